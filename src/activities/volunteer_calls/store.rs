//! Every query of calls.

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use uuid::Uuid;

use super::Action;
use super::course::VolunteerCallState;
use super::model::{
    CallChange, CallRow, Expected, Filter, Founding, Need, NewCall, VolunteerCall, VolunteerCallId,
    VolunteerCallVisibility,
};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{NOT_FOUND, OnConstraint, Result};
use crate::matters::petitions::store::own_groups;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::{
    building_groups, organisations, residents, shift_signups, shifts, volunteer_call_needs, volunteer_calls,
};

macro_rules! loaded {
    () => {
        volunteer_calls::table.left_join(organisations::table).left_join(building_groups::table).select((
            CallRow::as_select(),
            organisations::name.nullable(),
            building_groups::name.nullable(),
            building_groups::leader_id.nullable(),
            building_groups::deputy_id.nullable(),
        ))
    };
}

/// What the caller is, as far as it decides which calls they see.
struct Sight {
    /// The divisions that they are a resident of, with all those lie in.
    homes: Vec<Division>,
    /// The building groups they live in.
    groups: Vec<BuildingGroupId>,
}

impl Sight {
    fn of(look: &mut Look<'_>) -> Result<Self> {
        let residencies = look.residencies()?;
        let homes = residencies.iter().flat_map(|one| one.division.above().chain([one.division]));
        let (homes, groups) = (homes.collect(), own_groups(look)?);
        Ok(Sight { homes, groups })
    }

    fn sees(&self, call: &CallRow) -> bool {
        // A draft that was cancelled never was for anybody.
        let is_shown = call.state != VolunteerCallState::Draft && call.published_at.is_some();
        is_shown
            && match call.visibility {
                VolunteerCallVisibility::Public => true,
                VolunteerCallVisibility::Community => self.homes.contains(&call.division),
                VolunteerCallVisibility::BuildingGroup => {
                    call.building_group_id.is_some_and(|group| self.groups.contains(&group))
                }
            }
    }
}

/// One page of what the caller sees: of their range all, of what is published what is for them. In the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<VolunteerCall>> {
    let scope = look.scope(Action::List)?;
    let (sight, account) = (Sight::of(look)?, look.actor.account()?);
    let led = building_groups::leader_id.eq(account).or(building_groups::deputy_id.eq(account));
    let is_leader = look.actor.standings.iter().any(|standing| standing.role == Role::GroupLeader);
    let is_shown =
        volunteer_calls::state.ne(VolunteerCallState::Draft).and(volunteer_calls::published_at.is_not_null());
    let shown = is_shown.and(
        volunteer_calls::visibility
            .eq(VolunteerCallVisibility::Public)
            .or(volunteer_calls::visibility
                .eq(VolunteerCallVisibility::Community)
                .and(volunteer_calls::division.eq_any(sight.homes)))
            .or(volunteer_calls::visibility
                .eq(VolunteerCallVisibility::BuildingGroup)
                .and(volunteer_calls::building_group_id.eq_any(sight.groups).assume_not_null())),
    );
    let seen = within(volunteer_calls::division, &scope).or(shown);
    let mut query = loaded!().into_boxed();
    query = match is_leader {
        true => query.filter(seen.or(led.assume_not_null())),
        false => query.filter(seen),
    };
    if let Some(division) = filter.division {
        let range = division.range();
        query = query
            .filter(volunteer_calls::division.ge(range.start).and(volunteer_calls::division.lt(range.end)));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(volunteer_calls::organisation_id.eq(organisation));
    }
    if let Some(group) = filter.building_group {
        query = query.filter(volunteer_calls::building_group_id.eq(group));
    }
    if let Some(petition) = filter.petition {
        query = query.filter(volunteer_calls::petition_id.eq(petition));
    }
    if let Some(state) = filter.state {
        query = query.filter(volunteer_calls::state.eq(state));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(volunteer_calls::division, volunteer_calls::id, after));
    }
    let order = (volunteer_calls::division, volunteer_calls::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A call, whoever looks: for acts of deadlines, and for those who know already that the caller sees it.
pub fn load(look: &mut Look<'_>, id: VolunteerCallId) -> Result<VolunteerCall> {
    Ok(loaded!().filter(volunteer_calls::id.eq(id)).first(look.conn)?)
}

/// A call the caller sees.
pub fn find(look: &mut Look<'_>, id: VolunteerCallId) -> Result<VolunteerCall> {
    look.scope(Action::Find)?;
    let call = load(look, id)?;
    if look.permit(Action::Find, call.clone()).is_ok() || Sight::of(look)?.sees(&call.row) {
        Ok(call)
    } else {
        NOT_FOUND.refuse()
    }
}

/// A call the caller sees, which nobody else moves until this act has ended.
pub fn lock(act: &mut Act<'_>, id: VolunteerCallId) -> Result<VolunteerCall> {
    // Who may not see it does not hold it up, either.
    find(act, id)?;
    let one = volunteer_calls::table.find(id).select(volunteer_calls::id).for_no_key_update();
    one.first::<VolunteerCallId>(act.conn)?;
    find(act, id)
}

/// Who is wanted for a call that was found.
pub fn needs(look: &mut Look<'_>, id: VolunteerCallId) -> Result<Vec<Need>> {
    let wanted = volunteer_call_needs::table.filter(volunteer_call_needs::call_id.eq(id));
    Ok(wanted.order(volunteer_call_needs::position).select(Need::as_select()).load(look.conn)?)
}

/// How many people have places in a call that was found, as what: who comes several times as one thing is one.
pub fn filled(look: &mut Look<'_>, id: VolunteerCallId) -> Result<Vec<(String, i64)>> {
    let held = shift_signups::table
        .inner_join(shifts::table)
        .filter(shifts::call_id.eq(id))
        .filter(shift_signups::state.eq_any(["held"]))
        .group_by(shifts::role)
        .select((shifts::role, sql::<BigInt>("count(DISTINCT shift_signups.person_id)")));
    Ok(held.load(look.conn)?)
}

/// Adds a call.
pub fn insert(act: &mut Act<'_>, founding: &Permit<Founding>, needs: &[Need]) -> Result<()> {
    let new: &NewCall = &founding.new;
    diesel::insert_into(volunteer_calls::table).values(new).execute(act.conn).on_constraints(&[(
        "volunteer_calls_division_fkey",
        &DIVISION_UNKNOWN,
        "/division",
    )])?;
    diesel::insert_into(volunteer_call_needs::table).values(needs).execute(act.conn)?;
    Ok(())
}

/// Changes a call; its version moves even if nothing else does.
pub fn update(act: &mut Act<'_>, call: &Permit<VolunteerCall>, change: &CallChange) -> Result<()> {
    let moved =
        (volunteer_calls::version.eq(volunteer_calls::version + 1), volunteer_calls::updated_at.eq(act.now));
    diesel::update(volunteer_calls::table.find(call.row.id)).set((change, moved)).execute(act.conn)?;
    Ok(())
}

/// Who is still to come to a call, or may come again: those who have a place, wait or ask for one.
pub fn expected(act: &mut Act<'_>, call: &Permit<VolunteerCall>) -> Result<Vec<Expected>> {
    let active = shift_signups::table
        .inner_join(shifts::table)
        .inner_join(residents::table)
        .filter(shifts::call_id.eq(call.row.id))
        .filter(shifts::ends_at.is_null().or(shifts::ends_at.gt(act.now)))
        .filter(shift_signups::state.eq_any(["requested", "held", "waiting"]))
        .group_by((shifts::starts_at, shifts::ends_at))
        .select((
            shifts::starts_at,
            shifts::ends_at,
            max(residents::born_on),
            sql::<Bool>("bool_or(residents.born_on IS NULL)"),
        ));
    Ok(active.load(act.conn)?)
}

/// Makes these what is wanted.
pub fn set_needs(act: &mut Act<'_>, call: &Permit<VolunteerCall>, needs: &[Need]) -> Result<()> {
    let before = volunteer_call_needs::table.filter(volunteer_call_needs::call_id.eq(call.row.id));
    diesel::delete(before).execute(act.conn)?;
    diesel::insert_into(volunteer_call_needs::table).values(needs).execute(act.conn)?;
    Ok(())
}
