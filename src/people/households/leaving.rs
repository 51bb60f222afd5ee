//! What becomes of somebody's household when they leave, come back, or turn out to be one person with another record.

use chrono::NaiveDate;

use super::model::{HouseholdChange, HouseholdId, HouseholdRelation, HouseholdRow, MemberChange, MemberRow};
use super::rules::{HEADS_HOUSEHOLD, NOT_RESTORABLE};
use super::{Action, store};
use crate::access::act::{Act, Permit};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::homes::{DepartureId, TIES_ELSEWHERE};
use crate::people::residents::{OnePerson, ResidentId};

/// Somebody leaves their household. Who heads one with others must hand it over first: each relation is to the head.
pub fn leave(act: &mut Act<'_>, resident: ResidentId, departure: DepartureId, on: NaiveDate) -> Result<()> {
    let times = store::times_of(act, resident)?;
    let Some(member) = times.into_iter().find(MemberRow::is_current) else { return Ok(()) };
    let household = lock(act, member.household_id)?;
    must_leave_a_head(act, &member)?;
    let change = MemberChange {
        left_on: Some(Some(on.max(member.joined_on))),
        departure_id: Some(Some(departure)),
        ..MemberChange::default()
    };
    store::update_member(act, &household, &member, change)?;
    store::update(act, &household, HouseholdChange::default()).map(drop)
}

/// Somebody is again in the household that a departure took them from.
pub fn restore(act: &mut Act<'_>, departure: DepartureId) -> Result<()> {
    for member in store::ended_by(act, departure)? {
        let household = lock(act, member.household_id)?;
        // Where all have left there is no head to whom somebody could be anything.
        let has_members = !store::members(act, household.id)?.is_empty();
        if !has_members && member.relation != HouseholdRelation::Head {
            return NOT_RESTORABLE.refuse();
        }
        let change =
            MemberChange { left_on: Some(None), departure_id: Some(None), ..MemberChange::default() };
        store::update_member(act, &household, &member, change)?;
        store::update(act, &household, HouseholdChange::default())?;
    }
    Ok(())
}

/// Gives one record's times in households to another record of the same person. Who is in two households by two records is
/// in that of the record that stays.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let is_in_one = store::times_of(act, pair.into)?.iter().any(MemberRow::is_current);
    for member in store::times_of(act, pair.from)? {
        if member.division != pair.division {
            // The past of another committee stays there.
            if member.is_current() { return TIES_ELSEWHERE.refuse() } else { continue }
        }
        let household = lock(act, member.household_id)?;
        let leaves = member.is_current() && is_in_one;
        if leaves {
            must_leave_a_head(act, &member)?;
        }
        let left_on = leaves.then(|| Some(member.joined_on.max(local_date(act.now))));
        let change = MemberChange { resident_id: Some(pair.into), left_on, ..MemberChange::default() };
        store::update_member(act, &household, &member, change)?;
        store::update(act, &household, HouseholdChange::default())?;
    }
    Ok(())
}

fn lock(act: &mut Act<'_>, household: HouseholdId) -> Result<Permit<HouseholdRow>> {
    let row = store::lock(act, household)?;
    act.permit(Action::Update, row)
}

/// Nobody who stays is left without a head.
fn must_leave_a_head(act: &mut Act<'_>, member: &MemberRow) -> Result<()> {
    let stays = store::members(act, member.household_id)?.iter().any(|other| other.id != member.id);
    let is_head = member.relation == HouseholdRelation::Head;
    if is_head && stays { HEADS_HOUSEHOLD.refuse() } else { Ok(()) }
}

/// Whether somebody is in a household now.
pub fn has_ties(act: &mut Act<'_>, resident: ResidentId) -> Result<bool> {
    Ok(store::times_of(act, resident)?.iter().any(MemberRow::is_current))
}
