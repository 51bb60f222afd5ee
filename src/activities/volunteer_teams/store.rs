//! Every query of teams. Lock order: the team, then its members.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use serde_json::Value;
use uuid::Uuid;

use super::Action;
use super::model::{
    Activation, Filter, Founding, LedTeam, NewActivation, TeamChange, TeamRow, VolunteerTeam, VolunteerTeamId,
};
use super::rules::{ACTIVATED, DIVISION_UNKNOWN, NAME_TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::schema::{
    building_groups, emergency_orders, organisations, volunteer_team_activations, volunteer_team_members,
    volunteer_teams,
};

const MEMBERS: &str = "(SELECT count(*) FROM volunteer_team_members m WHERE m.team_id = volunteer_teams.id AND m.left_at IS NULL)";
const NAME: (&str, &Rule, &str) = ("volunteer_teams_division_name_key", &NAME_TAKEN, "/name");

macro_rules! loaded {
    () => {
        volunteer_teams::table.left_join(organisations::table).left_join(building_groups::table).select((
            TeamRow::as_select(),
            organisations::name.nullable(),
            building_groups::name.nullable(),
            building_groups::leader_id.nullable(),
            building_groups::deputy_id.nullable(),
            sql::<Nullable<BigInt>>(MEMBERS),
        ))
    };
}

/// Call-ups that hold: not stood down, by an order in force.
macro_rules! in_force {
    ($now:expr) => {
        volunteer_team_activations::table
            .inner_join(emergency_orders::table)
            .filter(volunteer_team_activations::stood_down_at.is_null())
            .filter(emergency_orders::ended_at.is_null().and(emergency_orders::ends_at.gt($now)))
    };
}

/// One page of teams, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<VolunteerTeam>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = loaded!().filter(within(volunteer_teams::division, &scope)).into_boxed();
    if let Some(organisation) = filter.organisation {
        query = query.filter(volunteer_teams::organisation_id.eq(organisation));
    }
    if let Some(group) = filter.building_group {
        query = query.filter(volunteer_teams::building_group_id.eq(group));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(volunteer_teams::kind.eq(kind));
    }
    if let Some(skill) = &filter.skill {
        query = query.filter(volunteer_teams::skills.contains(vec![Some(skill.clone())]));
    }
    let called = in_force!(look.now).select(volunteer_team_activations::team_id);
    match filter.is_activated {
        Some(true) => query = query.filter(volunteer_teams::id.eq_any(called)),
        Some(false) => query = query.filter(volunteer_teams::id.ne_all(called)),
        None => {}
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(volunteer_teams::division, volunteer_teams::id, after));
    }
    let order = (volunteer_teams::division, volunteer_teams::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A team the caller sees.
pub fn find(look: &mut Look<'_>, id: VolunteerTeamId) -> Result<VolunteerTeam> {
    let scope = look.scope(Action::Find)?;
    let seen = loaded!().filter(volunteer_teams::id.eq(id)).filter(within(volunteer_teams::division, &scope));
    Ok(seen.first(look.conn)?)
}

/// A team the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: VolunteerTeamId) -> Result<VolunteerTeam> {
    find(act, id)?;
    let one = volunteer_teams::table.find(id).select(volunteer_teams::id).for_no_key_update();
    one.first::<VolunteerTeamId>(act.conn)?;
    find(act, id)
}

/// Who leads a team.
pub fn captain(look: &mut Look<'_>, team: VolunteerTeamId) -> Result<Option<AccountId>> {
    use volunteer_team_members::{account_id, is_leader, team_id};
    let leader = volunteer_team_members::table.filter(team_id.eq(team).and(is_leader));
    Ok(leader.select(account_id).first(look.conn).optional()?)
}

/// The call-ups of these teams that hold.
pub fn activations(look: &mut Look<'_>, teams: &[VolunteerTeamId]) -> Result<Vec<Activation>> {
    use volunteer_team_activations::{activated_at, emergency_order_id, team_id};
    let held = in_force!(look.now).filter(team_id.eq_any(teams)).order((team_id, activated_at.desc()));
    Ok(held.select((team_id, emergency_order_id, activated_at)).load(look.conn)?)
}

/// Adds a team.
pub fn insert(act: &mut Act<'_>, founding: &Permit<Founding>) -> Result<()> {
    diesel::insert_into(volunteer_teams::table)
        .values(&founding.new)
        .execute(act.conn)
        .on_constraints(&[NAME, ("volunteer_teams_division_fkey", &DIVISION_UNKNOWN, "/division")])?;
    Ok(())
}

/// Changes a team; its version moves even if nothing else does.
pub fn update(act: &mut Act<'_>, team: &Permit<VolunteerTeam>, change: &TeamChange) -> Result<()> {
    let moved =
        (volunteer_teams::version.eq(volunteer_teams::version + 1), volunteer_teams::updated_at.eq(act.now));
    let changed = diesel::update(volunteer_teams::table.find(team.row.id)).set((change, moved));
    changed.execute(act.conn).on_constraints(&[NAME])?;
    Ok(())
}

/// Keeps what a team does each week; its version moves.
pub fn set_pattern(act: &mut Act<'_>, led: &Permit<LedTeam>, pattern: Value) -> Result<()> {
    let kept = (
        volunteer_teams::pattern.eq(pattern),
        volunteer_teams::version.eq(volunteer_teams::version + 1),
        volunteer_teams::updated_at.eq(act.now),
    );
    diesel::update(volunteer_teams::table.find(led.team.row.id)).set(kept).execute(act.conn)?;
    Ok(())
}

/// Calls a team up.
pub fn activate(act: &mut Act<'_>, _: &Permit<VolunteerTeam>, new: &NewActivation) -> Result<()> {
    let added = diesel::insert_into(volunteer_team_activations::table).values(new).execute(act.conn);
    added.on_constraint("volunteer_team_activations_open_key", &ACTIVATED)?;
    Ok(())
}

/// Lets a team stand down from whatever called it up.
pub fn stand_down(act: &mut Act<'_>, team: &Permit<VolunteerTeam>) -> Result<()> {
    use volunteer_team_activations::{stood_down_at, stood_down_by, team_id};
    let open = volunteer_team_activations::table.filter(team_id.eq(team.row.id).and(stood_down_at.is_null()));
    let by = act.actor.account()?;
    diesel::update(open).set((stood_down_at.eq(act.now), stood_down_by.eq(by))).execute(act.conn)?;
    Ok(())
}
