//! Rating, opening again, reviewing.

use chrono::{DateTime, Utc};

use super::Action;
use super::rules::{
    RATED_ALREADY, RATED_BY_HOLDER, RATED_BY_OTHERS, RATED_WELL, REVIEW_ABSENT, REVIEW_OWN, REVIEW_PENDING,
    REVIEW_UNFIT, REVIEWED_ALREADY,
};
use super::wire::{
    PetitionRatingDraft, PetitionReopeningDraft, PetitionReviewAnswerDraft, PetitionReviewDraft,
};
use crate::access::act::{Act, Permit};
use crate::kit::clock::local_date;
use crate::kit::id;
use crate::kit::problem::{FORBIDDEN, Result};
use crate::kit::text::{Label, Line, Prose};
use crate::matters::calendar::{self, Reckoning};
use crate::matters::clocks;
use crate::matters::line;
use crate::matters::petitions::course::{PetitionStep, after};
use crate::matters::petitions::outcomes::{self, NewRating, NewReview, ReviewId, ReviewRow};
use crate::matters::petitions::{
    self, AsPetitioner, Move, Petition, PetitionDetailView, PetitionKind, ReviewStage, advance,
};
use crate::matters::policies::{self, ClockKind, Level, PolicyMode, Wanted};
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// A petition as who asked has it, or as the street that called them back has.
enum Voice {
    Own(Permit<AsPetitioner>),
    Called(Permit<Petition>),
}

impl Voice {
    fn petition(&self) -> &Petition {
        match self {
            Voice::Own(own) => &own.0,
            Voice::Called(petition) => petition,
        }
    }
}

fn voice(act: &mut Act<'_>, action: Action, id: MatterId) -> Result<Voice> {
    let (petition, _) = petitions::lock(act, id)?;
    if petition.is_of(&act.actor) {
        return act.permit(action, AsPetitioner(petition)).map(Voice::Own);
    }
    let petition = act.permit(action, petition)?;
    match petition.own.account_id {
        Some(_) => RATED_BY_OTHERS.refuse(),
        None if petition.matter.holder_id.is_some()
            && petitions::must_hold(&petition, &act.actor).is_ok() =>
        {
            RATED_BY_HOLDER.refuse()
        }
        None => Ok(Voice::Called(petition)),
    }
}

fn step(act: &mut Act<'_>, action: Action, voice: &Voice, mut step: Move) -> Result<PetitionDetailView> {
    let id = voice.petition().matter.id;
    match voice {
        Voice::Own(own) => advance(act, action, own, step)?,
        Voice::Called(petition) => {
            step.entry.is_on_behalf = true;
            advance(act, action, petition, step)?
        }
    };
    petitions::find(act, id)
}

/// Rates an answer 评价, once.
pub fn rate(act: &mut Act<'_>, id: MatterId, draft: PetitionRatingDraft) -> Result<PetitionDetailView> {
    let voice = voice(act, Action::Rate, id)?;
    let petition = voice.petition();
    after(petition.state, PetitionStep::Rate).ok_or(&STATE_UNFIT)?;
    if outcomes::is_rated(act, id)? {
        return RATED_ALREADY.refuse();
    }
    let new = NewRating {
        id: id::next(),
        petition_id: id,
        division: petition.matter.division,
        organisation_id: petition.matter.holder_id,
        satisfaction: draft.satisfaction,
        is_on_time: draft.is_on_time,
        is_solved: draft.is_solved,
        comment: Label::into_inner(draft.comment),
        created_at: act.now,
    };
    match &voice {
        Voice::Own(own) => outcomes::add_rating(act, own, &new)?,
        Voice::Called(petition) => outcomes::add_rating(act, petition, &new)?,
    }
    let mut rated = Move::new(PetitionStep::Rate);
    rated.entry.reason = Some(draft.satisfaction.as_str());
    step(act, Action::Rate, &voice, rated)
}

/// Opens it again 重办: who asked is not content.
pub fn reopen(act: &mut Act<'_>, id: MatterId, draft: PetitionReopeningDraft) -> Result<PetitionDetailView> {
    let voice = voice(act, Action::Reopen, id)?;
    after(voice.petition().state, PetitionStep::Reopen).ok_or(&STATE_UNFIT)?;
    let pending = outcomes::pending(act, id)?;
    if pending.is_rated_well {
        return RATED_WELL.refuse();
    }
    if pending.review.is_some() {
        return REVIEW_PENDING.refuse();
    }
    step(act, Action::Reopen, &voice, Move::new(PetitionStep::Reopen).saying(Line::into_inner(draft.reason)))
}

/// Asks for a review 复查, or for a final one 复核.
pub fn review(act: &mut Act<'_>, id: MatterId, draft: PetitionReviewDraft) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let own = act.permit(Action::Review, AsPetitioner(petition))?;
    let petition = &own.0;
    after(petition.state, PetitionStep::AskReview).ok_or(&STATE_UNFIT)?;
    let (clock, since) = answered_at(act, petition, draft.stage)?;
    must_be_in_time(act, petition, clock, since)?;
    let new = NewReview {
        id: ReviewId::new(),
        petition_id: id,
        stage: draft.stage,
        reason: draft.reason.clone().into_inner(),
        created_at: act.now,
    };
    outcomes::add_review(act, &own, &new, &REVIEWED_ALREADY)?;
    clocks::start(act, &petition.subject(), clock)?;
    let mut asked = Move::new(PetitionStep::AskReview);
    asked.entry.reason = Some(draft.stage.as_str());
    advance(act, Action::Review, &own, asked)?;
    petitions::find(act, id)
}

/// When that was answered which the review is about, and which clock the review runs by.
fn answered_at(
    act: &mut Act<'_>,
    petition: &Petition,
    stage: ReviewStage,
) -> Result<(ClockKind, DateTime<Utc>)> {
    let is_fit = matches!(petition.own.kind, PetitionKind::Request | PetitionKind::Complaint);
    let reviews = outcomes::reviews(act, petition.matter.id)?;
    let (clock, answered) = match stage {
        ReviewStage::Review => {
            let answers = outcomes::answers(act, petition.matter.id)?;
            (ClockKind::Review, answers.last().map(|answer| answer.created_at))
        }
        ReviewStage::FinalReview => {
            let first = reviews.iter().find(|review| review.stage == ReviewStage::Review);
            (ClockKind::FinalReview, first.and_then(|review| review.answered_at))
        }
    };
    let answered = answered.filter(|_| is_fit).ok_or(&REVIEW_UNFIT)?;
    if reviews.iter().any(|review| review.stage == stage) {
        return REVIEWED_ALREADY.refuse();
    }
    Ok((clock, answered))
}

/// As long as the law gives the office for its answer it gives who asked for asking: 30 days.
fn must_be_in_time(
    act: &mut Act<'_>,
    petition: &Petition,
    clock: ClockKind,
    since: DateTime<Utc>,
) -> Result<()> {
    let subject = petition.subject();
    let wanted = Wanted {
        kind: subject.kind,
        variant: Some(subject.variant),
        category: subject.category.as_deref(),
        grade: Some(subject.grade),
        mode: PolicyMode::Normal,
        clock,
        division: subject.division,
        on: local_date(act.now),
    };
    let policy = policies::find(act.conn, &wanted)?.ok_or(&REVIEW_UNFIT)?;
    let anchor_on = local_date(since);
    let until = Reckoning { anchor_on, amount: policy.amount, unit: policy.unit };
    let last = until.due(&calendar::load(act.conn, anchor_on)?).on;
    REVIEW_UNFIT.unless(local_date(act.now) <= last)
}

/// Answers a review: the street, or a higher level; the final one at the district or the city.
pub fn answer_review(
    act: &mut Act<'_>,
    id: MatterId,
    stage: ReviewStage,
    draft: PetitionReviewAnswerDraft,
) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let petition = act.permit(Action::AnswerReview, petition)?;
    petitions::must_be_anothers(&petition, &act.actor)?;
    let (level, clock) = match stage {
        ReviewStage::Review => (Level::Street, ClockKind::Review),
        ReviewStage::FinalReview => (Level::District, ClockKind::FinalReview),
    };
    if !line::stands_at(&act.actor, level, petition.matter.division) {
        return FORBIDDEN.refuse();
    }
    let is_waiting = |review: &&ReviewRow| review.stage == stage && review.answered_at.is_none();
    let reviews = outcomes::reviews(act, id)?;
    let waiting = reviews.iter().find(is_waiting).ok_or(&REVIEW_ABSENT)?;
    let reviewer = act.actor.account()?;
    if outcomes::has_answered(act, id, reviewer)? {
        return REVIEW_OWN.refuse();
    }
    let text = Prose::into_inner(draft.text);
    outcomes::answer_review(act, &petition, waiting.id, (draft.conclusion, &text))?;
    clocks::stop(act, id, &[clock])?;
    let organisation = act.actor.standing_for(Action::AnswerReview, petition.matter.division);
    let mut answered =
        Move::new(PetitionStep::AnswerReview).by(organisation.and_then(|standing| standing.organisation));
    answered.entry.reason = Some(draft.conclusion.as_str());
    advance(act, Action::AnswerReview, &petition, answered)?;
    petitions::find(act, id)
}
