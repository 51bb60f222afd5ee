//! Every query of objections. Lock order: the recognition first.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{
    NewObjection, Objecting, ObjectionRow, RecognitionObjectionId, RecognitionObjectionOutcome,
};
use super::rules::MADE;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::activities::recognitions::{Recognition, RecognitionId};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::recognition_objections as objections;

/// One page of the objections to a recognition, the first first.
pub fn page(
    look: &mut Look<'_>,
    recognition: &Permit<Recognition>,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<ObjectionRow>> {
    let all = objections::table
        .filter(objections::recognition_id.eq(recognition.row.id))
        .select(ObjectionRow::as_select())
        .into_boxed();
    let all = match pager.after {
        Some(after) => all.filter(objections::id.gt(RecognitionObjectionId(after))),
        None => all,
    };
    Ok(all.order(objections::id).limit(pager.fetch()).load(look.conn)?)
}

/// An objection to a recognition that was locked, and who made it.
pub fn load(
    act: &mut Act<'_>,
    recognition: RecognitionId,
    id: RecognitionObjectionId,
) -> Result<(ObjectionRow, AccountId)> {
    let one = objections::table.find(id).filter(objections::recognition_id.eq(recognition));
    Ok(one.select((ObjectionRow::as_select(), objections::account_id)).first(act.conn)?)
}

/// Writes an objection down.
pub fn insert(act: &mut Act<'_>, objecting: &Permit<Objecting>) -> Result<ObjectionRow> {
    let new: &NewObjection = &objecting.new;
    diesel::insert_into(objections::table)
        .values(new)
        .returning(ObjectionRow::as_returning())
        .get_result(act.conn)
        .on_constraint("recognition_objections_account_id_key", &MADE)
}

/// Writes the answer to one.
pub fn answer(
    act: &mut Act<'_>,
    _: &Permit<Recognition>,
    id: RecognitionObjectionId,
    (outcome, answer): (RecognitionObjectionOutcome, String),
) -> Result<ObjectionRow> {
    let said = (
        objections::outcome.eq(outcome),
        objections::answer.eq(answer),
        objections::answered_by.eq(act.actor.account()?),
        objections::answered_at.eq(act.now),
    );
    let changed = diesel::update(objections::table.find(id)).set(said);
    Ok(changed.returning(ObjectionRow::as_returning()).get_result(act.conn)?)
}
