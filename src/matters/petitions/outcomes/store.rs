//! Every query of answers, ratings and reviews.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::super::kinds::{ReviewConclusion, ReviewStage, Satisfaction};
use super::super::waiting::Pending;
use super::model::{AnswerRow, NewAnswer, NewRating, NewReview, RatingRow, ReviewId, ReviewRow};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::schema::{matter_extensions, organisations, petition_answers, petition_ratings, petition_reviews};

/// The answers to a petition that was found, the first first.
pub fn answers(look: &mut Look<'_>, id: MatterId) -> Result<Vec<AnswerRow>> {
    let given = petition_answers::table
        .left_join(
            organisations::table.on(organisations::id.nullable().eq(petition_answers::organisation_id)),
        )
        .filter(petition_answers::petition_id.eq(id))
        .order(petition_answers::id)
        .select((
            petition_answers::outcome,
            petition_answers::text,
            petition_answers::law,
            petition_answers::organisation_id,
            organisations::name.nullable(),
            petition_answers::created_at,
        ));
    Ok(given.load(look.conn)?)
}

/// Whether this person answered the petition, or an earlier review of it.
pub fn has_answered(look: &mut Look<'_>, id: MatterId, account: AccountId) -> Result<bool> {
    let answers = petition_answers::table
        .filter(petition_answers::petition_id.eq(id).and(petition_answers::account_id.eq(account)));
    let reviews = petition_reviews::table
        .filter(petition_reviews::petition_id.eq(id).and(petition_reviews::answered_by.eq(account)));
    let any = diesel::dsl::exists(answers);
    if diesel::select(any).get_result(look.conn)? {
        return Ok(true);
    }
    Ok(diesel::select(diesel::dsl::exists(reviews)).get_result(look.conn)?)
}

/// The ratings of a petition that was found, the first first.
pub fn ratings(look: &mut Look<'_>, id: MatterId) -> Result<Vec<RatingRow>> {
    let given =
        petition_ratings::table.filter(petition_ratings::petition_id.eq(id)).order(petition_ratings::id);
    Ok(given.select(RatingRow::as_select()).load(look.conn)?)
}

/// The reviews of a petition that was found, the first first.
pub fn reviews(look: &mut Look<'_>, id: MatterId) -> Result<Vec<ReviewRow>> {
    let asked =
        petition_reviews::table.filter(petition_reviews::petition_id.eq(id)).order(petition_reviews::id);
    Ok(asked.select(ReviewRow::as_select()).load(look.conn)?)
}

/// Adds an answer. Nothing changes one that was given.
pub fn add_answer<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewAnswer) -> Result<()> {
    diesel::insert_into(petition_answers::table).values(new).execute(act.conn)?;
    Ok(())
}

/// Adds a rating.
pub fn add_rating<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewRating) -> Result<()> {
    diesel::insert_into(petition_ratings::table).values(new).execute(act.conn)?;
    Ok(())
}

/// Asks for a review; of each stage there is one.
pub fn add_review<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewReview, taken: &'static Rule) -> Result<()> {
    diesel::insert_into(petition_reviews::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("petition_reviews_petition_id_stage_key", taken)?;
    Ok(())
}

/// Writes what a review came to.
pub fn answer_review<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: ReviewId,
    (conclusion, answer): (ReviewConclusion, &str),
) -> Result<()> {
    let given = (
        petition_reviews::conclusion.eq(conclusion),
        petition_reviews::answer.eq(answer),
        petition_reviews::answered_by.eq(act.actor.account()?),
        petition_reviews::answered_at.eq(act.now),
    );
    diesel::update(petition_reviews::table.find(id)).set(given).execute(act.conn)?;
    Ok(())
}

/// The last rating since the last answer.
fn latest(look: &mut Look<'_>, id: MatterId) -> Result<Option<Satisfaction>> {
    let answered: Option<DateTime<Utc>> = petition_answers::table
        .filter(petition_answers::petition_id.eq(id))
        .select(diesel::dsl::max(petition_answers::created_at))
        .first(look.conn)?;
    let mut rated = petition_ratings::table.filter(petition_ratings::petition_id.eq(id)).into_boxed();
    if let Some(answered) = answered {
        rated = rated.filter(petition_ratings::created_at.ge(answered));
    }
    let last = rated.order(petition_ratings::id.desc()).select(petition_ratings::satisfaction);
    Ok(last.first(look.conn).optional()?)
}

/// Whether it was rated since it was last answered.
pub fn is_rated(look: &mut Look<'_>, id: MatterId) -> Result<bool> {
    latest(look, id).map(|last| last.is_some())
}

/// It was answered or is over: a request for more time that nobody decided is void.
pub fn lapse_extensions(look: &mut Look<'_>, id: MatterId) -> Result<()> {
    let pending = matter_extensions::table
        .filter(matter_extensions::matter_id.eq(id).and(matter_extensions::status.eq("pending")));
    let lapsed = (matter_extensions::status.eq("lapsed"), matter_extensions::decided_at.eq(look.now));
    diesel::update(pending).set(lapsed).execute(look.conn)?;
    Ok(())
}

/// What else decides what a petition waits for.
pub fn pending(look: &mut Look<'_>, id: MatterId) -> Result<Pending> {
    let extension = matter_extensions::table
        .filter(matter_extensions::matter_id.eq(id).and(matter_extensions::status.eq("pending")))
        .select(matter_extensions::id)
        .first(look.conn)
        .optional()?;
    let review = petition_reviews::table
        .filter(petition_reviews::petition_id.eq(id).and(petition_reviews::answered_at.is_null()))
        .select(petition_reviews::stage)
        .first::<ReviewStage>(look.conn)
        .optional()?;
    let is_rated_well = latest(look, id)?.is_some_and(|said| said != Satisfaction::Dissatisfied);
    Ok(Pending { extension, review, is_rated_well })
}
