//! Every query of households.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, HouseholdChange, HouseholdId, HouseholdRow, MemberChange, MemberRow, NamedMemberRow,
    NewHousehold, NewMember,
};
use super::rules::{MEMBER_TAKEN, NOT_RESTORABLE, NUMBER_TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::people::homes::DepartureId;
use crate::people::residents::{ResidentId, ResidentStatus};
use crate::schema::{household_members, households, residents};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[("households_division_number_key", &NUMBER_TAKEN, "/number")];

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<HouseholdRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = households::table
        .filter(within(households::division, &scope))
        .select(HouseholdRow::as_select())
        .into_boxed();
    if let Some(dwelling) = filter.dwelling {
        query = query.filter(households::dwelling_id.eq(dwelling));
    }
    if let Some(resident) = filter.resident {
        // A record that daily work does not find is not found by its household either.
        let seen = household_members::table
            .inner_join(residents::table)
            .filter(household_members::resident_id.eq(resident).and(household_members::left_on.is_null()))
            .filter(residents::status.ne_all(ResidentStatus::HIDDEN));
        query = query.filter(households::id.eq_any(seen.select(household_members::household_id)));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(households::division, households::id, after));
    }
    Ok(query.order((households::division, households::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A household the caller sees.
pub fn find(look: &mut Look<'_>, id: HouseholdId) -> Result<HouseholdRow> {
    let scope = look.scope(Action::Find)?;
    let seen = households::table.find(id).filter(within(households::division, &scope));
    Ok(seen.select(HouseholdRow::as_select()).first(look.conn)?)
}

/// A household the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: HouseholdId) -> Result<HouseholdRow> {
    let scope = act.scope(Action::Find)?;
    let seen = households::table.find(id).filter(within(households::division, &scope));
    Ok(seen.select(HouseholdRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Who is in a household that was found, in the order of entering.
pub fn named_members(look: &mut Look<'_>, household: &HouseholdRow) -> Result<Vec<NamedMemberRow>> {
    let members = household_members::table
        .inner_join(residents::table)
        .filter(household_members::household_id.eq(household.id))
        .filter(household_members::left_on.is_null())
        .select((MemberRow::as_select(), residents::name));
    Ok(members.order(household_members::id).load(look.conn)?)
}

/// Who is in a household. For who has locked it.
pub fn members(act: &mut Act<'_>, household: HouseholdId) -> Result<Vec<MemberRow>> {
    let members = household_members::table
        .filter(household_members::household_id.eq(household))
        .filter(household_members::left_on.is_null());
    Ok(members.select(MemberRow::as_select()).order(household_members::id).load(act.conn)?)
}

/// Somebody's times in households, wherever, in the order in which households are locked. For who has locked the resident.
pub fn times_of(act: &mut Act<'_>, resident: ResidentId) -> Result<Vec<MemberRow>> {
    let times = household_members::table.filter(household_members::resident_id.eq(resident));
    Ok(times
        .select(MemberRow::as_select())
        .order((household_members::household_id, household_members::id))
        .load(act.conn)?)
}

/// Somebody's times in households that a departure ended.
pub fn ended_by(act: &mut Act<'_>, departure: DepartureId) -> Result<Vec<MemberRow>> {
    let times = household_members::table.filter(household_members::departure_id.eq(departure));
    Ok(times.select(MemberRow::as_select()).order(household_members::id).load(act.conn)?)
}

/// Adds a household, without members yet.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewHousehold>) -> Result<HouseholdRow> {
    diesel::insert_into(households::table)
        .values(&**new)
        .returning(HouseholdRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a household; its version moves even if nothing else does, since its members are part of it.
pub fn update(
    act: &mut Act<'_>,
    household: &Permit<HouseholdRow>,
    change: HouseholdChange,
) -> Result<HouseholdRow> {
    let next = (change, households::version.eq(households::version + 1), households::updated_at.eq(act.now));
    diesel::update(households::table.find(household.id))
        .set(next)
        .returning(HouseholdRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Adds somebody to a household; `pointer` says where the request named them.
pub fn insert_member(
    act: &mut Act<'_>,
    _household: &Permit<HouseholdRow>,
    new: &NewMember,
    pointer: &str,
) -> Result<()> {
    let taken = [("household_members_resident_key", &MEMBER_TAKEN, pointer)];
    diesel::insert_into(household_members::table).values(new).execute(act.conn).on_constraints(&taken)?;
    Ok(())
}

/// Changes somebody's time in a household.
pub fn update_member(
    act: &mut Act<'_>,
    _household: &Permit<HouseholdRow>,
    member: &MemberRow,
    change: MemberChange,
) -> Result<()> {
    diesel::update(household_members::table.find(member.id))
        .set(change)
        .execute(act.conn)
        .on_constraints(&[("household_members_head_key", &NOT_RESTORABLE, "")])?;
    Ok(())
}

/// Deletes somebody's times in households.
pub fn delete_all_of(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    diesel::delete(household_members::table.filter(household_members::resident_id.eq(resident)))
        .execute(act.conn)?;
    Ok(())
}
