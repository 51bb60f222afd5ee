//! Every query of corrections.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{CorrectionField, CorrectionId, CorrectionRow, CorrectionStatus, Filter, NewCorrection};
use super::rules::PENDING;
use crate::access::act::{Act, Look, Mine, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::people::subjects::Subject;
use crate::schema::corrections;

/// One page of what was asked for somebody the caller may act for, the newest first.
pub fn page_own(
    look: &mut Look<'_>,
    subject: &Permit<Subject>,
    pager: &Pager<'_, CorrectionId>,
) -> Result<Vec<CorrectionRow>> {
    let mut query = corrections::table
        .filter(corrections::resident_id.eq(subject.resident))
        .select(CorrectionRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(corrections::id.lt(after));
    }
    Ok(query.order(corrections::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// One page of what the caller's posts reach.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<CorrectionRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = corrections::table
        .filter(within(corrections::division, &scope))
        .filter(corrections::status.eq(filter.status))
        .select(CorrectionRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(corrections::division, corrections::id, after));
    }
    Ok(query.order((corrections::division, corrections::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A correction that the caller's posts reach, locked.
pub fn lock(act: &mut Act<'_>, id: CorrectionId) -> Result<CorrectionRow> {
    let scope = act.scope(Action::List)?;
    let seen = corrections::table.find(id).filter(within(corrections::division, &scope));
    Ok(seen.select(CorrectionRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// What the caller asked for, locked.
pub fn lock_own(act: &mut Act<'_>, id: CorrectionId) -> Result<CorrectionRow> {
    let own = corrections::table.find(id).filter(corrections::account_id.eq(act.actor.account()?));
    Ok(own.select(CorrectionRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Takes back what [`lock_own`] found; nothing is left of what it said.
pub fn withdraw(act: &mut Act<'_>, _: &Permit<Mine>, id: CorrectionId) -> Result<CorrectionRow> {
    let ended = (
        corrections::status.eq(CorrectionStatus::Withdrawn),
        corrections::value_sealed.eq(None::<Vec<u8>>),
        corrections::note.eq(""),
        corrections::decided_at.eq(act.now),
    );
    let withdrawn = diesel::update(corrections::table.find(id)).set(ended);
    Ok(withdrawn.returning(CorrectionRow::as_returning()).get_result(act.conn)?)
}

/// Adds a correction.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewCorrection>) -> Result<CorrectionRow> {
    diesel::insert_into(corrections::table)
        .values(&**new)
        .returning(CorrectionRow::as_returning())
        .get_result(act.conn)
        .on_constraint("corrections_resident_id_field_key", &PENDING)
}

/// Writes what became of a correction; its value goes.
pub fn end(
    act: &mut Act<'_>,
    correction: &Permit<CorrectionRow>,
    status: CorrectionStatus,
    answer: &str,
) -> Result<CorrectionRow> {
    let ended = (
        corrections::status.eq(status),
        corrections::answer.eq(answer),
        corrections::value_sealed.eq(None::<Vec<u8>>),
        corrections::decided_by.eq(act.actor.account()?),
        corrections::decided_at.eq(act.now),
    );
    Ok(diesel::update(corrections::table.find(correction.id))
        .set(ended)
        .returning(CorrectionRow::as_returning())
        .get_result(act.conn)?)
}

/// Ends what waits for an answer about a record that is worked with no more, by proof of an act that may, and empties
/// what was written beside.
pub fn stop<T>(act: &mut Act<'_>, _: &Permit<T>, resident: ResidentId, by: AccountId) -> Result<()> {
    let of_record = corrections::table.filter(corrections::resident_id.eq(resident));
    let ended = (
        corrections::status.eq(CorrectionStatus::Refused),
        corrections::value_sealed.eq(None::<Vec<u8>>),
        corrections::decided_by.eq(by),
        corrections::decided_at.eq(act.now),
    );
    diesel::update(of_record.filter(corrections::status.eq(CorrectionStatus::Pending)))
        .set(ended)
        .execute(act.conn)?;
    empty_all_of(act, resident)
}

/// Empties what was written beside the corrections of a record.
pub fn empty_all_of(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    diesel::update(corrections::table.filter(corrections::resident_id.eq(resident)))
        .set((corrections::note.eq(""), corrections::answer.eq("")))
        .execute(act.conn)?;
    Ok(())
}

/// Holds the corrections of a record; whether one of them waits for its answer.
pub fn hold(act: &mut Act<'_>, resident: ResidentId) -> Result<bool> {
    let of_record = corrections::table.filter(corrections::resident_id.eq(resident)).order(corrections::id);
    let held: Vec<CorrectionStatus> =
        of_record.select(corrections::status).for_no_key_update().load(act.conn)?;
    Ok(held.contains(&CorrectionStatus::Pending))
}

/// Gives what was said of one record to another of the same person, and to the committee that keeps that. What waits of one field twice waits once.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let waiting = corrections::status.eq(CorrectionStatus::Pending);
    let known = corrections::table.filter(corrections::resident_id.eq(pair.into).and(waiting));
    let fields: Vec<CorrectionField> = known.select(corrections::field).load(act.conn)?;
    let of_record = corrections::table.filter(corrections::resident_id.eq(pair.from));
    let double = of_record.filter(waiting.and(corrections::field.eq_any(fields)));
    let ended = (
        corrections::status.eq(CorrectionStatus::Refused),
        corrections::value_sealed.eq(None::<Vec<u8>>),
        corrections::decided_by.eq(act.actor.account()?),
        corrections::decided_at.eq(act.now),
    );
    diesel::update(double).set(ended).execute(act.conn)?;
    let kept = (corrections::resident_id.eq(pair.into), corrections::division.eq(pair.division));
    diesel::update(of_record).set(kept).execute(act.conn)?;
    Ok(())
}
