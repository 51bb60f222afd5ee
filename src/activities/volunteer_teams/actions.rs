//! Founding, changing and calling up teams.

use serde_json::json;

use super::model::{
    Founding, LedTeam, NewActivation, NewTeam, VolunteerTeam, VolunteerTeamActivationId, VolunteerTeamId,
    VolunteerTeamKind, VolunteerTeamStatus,
};
use super::rules::{DISSOLVED, KIND_UNFIT, NOT_ACTIVATED, ORDER_UNFIT, must_be_week};
use super::views::VolunteerTeamView;
use super::wire::{
    VolunteerTeamActivationDraft, VolunteerTeamDraft, VolunteerTeamPatch, VolunteerTeamPatternDraft, kept,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::policy;
use crate::activities::volunteer_calls::organiser_leaders;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::{Problem, Result};
use crate::matters::emergency_orders;

/// A team as it is answered.
pub fn find(look: &mut Look<'_>, id: VolunteerTeamId) -> Result<VolunteerTeamView> {
    let team = store::find(look, id)?;
    let held = store::activations(look, &[id])?;
    Ok(VolunteerTeamView::new(team, &held))
}

/// Founds a team.
pub fn create(act: &mut Act<'_>, draft: VolunteerTeamDraft) -> Result<VolunteerTeamView> {
    act.scope(Action::Create)?;
    must_be_week(draft.pattern.as_slice())?;
    let leaders = organiser_leaders(act, Action::Create, draft.division, &draft.organiser)?;
    let new = NewTeam {
        id: VolunteerTeamId::new(),
        division: draft.division,
        organisation_id: draft.organiser.organisation,
        building_group_id: draft.organiser.building_group,
        name: draft.name.into_inner(),
        story: draft.story.into_inner(),
        kind: draft.kind,
        skills: kept(draft.skills),
        status: VolunteerTeamStatus::Active,
        created_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
        pattern: serde_json::to_value(draft.pattern.as_slice()).map_err(Problem::fault)?,
    };
    let id = new.id;
    let founding = act.permit(Action::Create, Founding { new, leaders })?;
    store::insert(act, &founding)?;
    answer(act, Action::Create, id)
}

/// Changes a team.
pub fn update(
    act: &mut Act<'_>,
    id: VolunteerTeamId,
    seen: &IfMatch,
    patch: VolunteerTeamPatch,
) -> Result<VolunteerTeamView> {
    let team = store::lock(act, id)?;
    let team = act.permit(Action::Update, team)?;
    seen.check(team.row.version)?;
    if let Some(pattern) = &patch.pattern.0 {
        if patch.status.0.unwrap_or(team.row.status) == VolunteerTeamStatus::Dissolved {
            return DISSOLVED.refuse();
        }
        must_be_week(pattern.as_slice())?;
    }
    store::update(act, &team, &patch.into_change()?)?;
    answer(act, Action::Update, id)
}

/// Says what a team does each week.
pub fn set_pattern(
    act: &mut Act<'_>,
    id: VolunteerTeamId,
    seen: &IfMatch,
    draft: &VolunteerTeamPatternDraft,
) -> Result<VolunteerTeamView> {
    let team = store::lock(act, id)?;
    let captain = store::captain(act, id)?;
    let led = act.permit(Action::UpdatePattern, LedTeam { team, captain })?;
    seen.check(led.team.row.version)?;
    if led.team.row.status == VolunteerTeamStatus::Dissolved {
        return DISSOLVED.refuse();
    }
    let week = draft.pattern.as_slice();
    must_be_week(week)?;
    store::set_pattern(act, &led, serde_json::to_value(week).map_err(Problem::fault)?)?;
    answer(act, Action::UpdatePattern, id)
}

fn respond(act: &mut Act<'_>, action: Action, id: VolunteerTeamId) -> Result<Permit<VolunteerTeam>> {
    let team = store::lock(act, id)?;
    let team = act.permit(action, team)?;
    if team.row.kind == VolunteerTeamKind::Standing {
        return KIND_UNFIT.refuse();
    }
    Ok(team)
}

/// Calls a team up by an order that is in force where it is.
pub fn activate(
    act: &mut Act<'_>,
    id: VolunteerTeamId,
    draft: &VolunteerTeamActivationDraft,
) -> Result<VolunteerTeamView> {
    let team = respond(act, Action::Activate, id)?;
    if team.row.status == VolunteerTeamStatus::Dissolved {
        return DISSOLVED.refuse();
    }
    let order = emergency_orders::store::find(act, draft.emergency_order)
        .or_refuse(&ORDER_UNFIT, "/emergency_order")?;
    let now = act.now;
    let is_in_force = order.ended_at.is_none() && order.starts_at <= now && now < order.ends_at;
    if !is_in_force || !order.division.range().contains(team.row.division) {
        return Err(ORDER_UNFIT.at("/emergency_order"));
    }
    let new = NewActivation {
        id: VolunteerTeamActivationId::new(),
        team_id: id,
        emergency_order_id: order.id,
        activated_by: act.actor.account()?,
        activated_at: now,
    };
    store::activate(act, &team, &new)?;
    act.announce("volunteer_team.activated", json!({ "volunteer_team": id, "emergency_order": order.id }))?;
    answer(act, Action::Activate, id)
}

/// Lets a team stand down.
pub fn stand_down(act: &mut Act<'_>, id: VolunteerTeamId) -> Result<VolunteerTeamView> {
    let team = respond(act, Action::StandDown, id)?;
    if store::activations(act, &[id])?.is_empty() {
        return NOT_ACTIVATED.refuse();
    }
    store::stand_down(act, &team)?;
    act.announce("volunteer_team.stood_down", json!({ "volunteer_team": id }))?;
    answer(act, Action::StandDown, id)
}

fn answer(act: &mut Act<'_>, action: Action, id: VolunteerTeamId) -> Result<VolunteerTeamView> {
    let view = find(act, id)?;
    let team = store::find(act, id)?;
    record(act, action, &team)?;
    Ok(view)
}

/// Records what happened to a team.
pub fn record<A: policy::Action>(act: &mut Act<'_>, action: A, team: &VolunteerTeam) -> Result<()> {
    let detail = json!({ "kind": team.row.kind.as_str(), "status": team.row.status.as_str(), "version": team.row.version });
    act.record(Event { action, id: team.row.id.to_string(), division: Some(team.row.division), detail })
}
