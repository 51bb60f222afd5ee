//! Adding, changing and cancelling shifts.

use serde_json::json;
use uuid::Uuid;

use super::model::{NewShift, ShiftId, ShiftRow};
use super::rules::{
    BEGUN, CAPACITY_TAKEN, MOST, REASON_UNFIT, SIGNED_UP, TEAM_UNFIT, TOO_MANY, Times, must_be_deadline,
    must_be_times,
};
use super::wire::{ShiftDraft, ShiftPatch, ShiftView};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::activities::volunteer_calls::{
    self, VolunteerCall, VolunteerCallId, VolunteerCallState, VolunteerCallStep,
};
use crate::activities::volunteer_teams::{self, VolunteerTeamId};
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::number::Whole;
use crate::kit::problem::Result;

/// So many ids stand in one message.
const TOLD_AT_ONCE: usize = 200;

/// Adds a shift to a call that can still get some.
pub fn create(act: &mut Act<'_>, call: VolunteerCallId, draft: ShiftDraft) -> Result<ShiftView> {
    let call = volunteer_calls::seen_for(act, Action::Create, call, VolunteerCallStep::AddShift)?;
    let times = Times { kind: draft.kind, starts_at: draft.starts_at, ends_at: draft.ends_at };
    must_be_times(times, act.now)?;
    must_be_deadline(times, draft.withdraw_until, "/withdraw_until")?;
    must_be_deadline(times, draft.own_first_until, "/own_first_until")?;
    must_be_theirs(act, &call, draft.volunteer_team)?;
    if store::count(act, call.row.id)? >= MOST {
        return TOO_MANY.refuse();
    }
    let new = NewShift {
        id: ShiftId::new(),
        call_id: call.row.id,
        division: call.row.division,
        role: draft.role.into_inner(),
        place: draft.place.into_inner(),
        kind: draft.kind,
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        capacity: draft.capacity.get(),
        needs_approval: draft.needs_approval,
        withdraw_until: draft.withdraw_until,
        own_first_until: draft.own_first_until,
        is_open: call.row.state == VolunteerCallState::Published,
        team_id: draft.volunteer_team,
        created_at: act.now,
        updated_at: act.now,
    };
    let row = store::insert(act, &call, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// A team that comes first is of who organises the call, and goes on.
fn must_be_theirs(act: &mut Act<'_>, call: &VolunteerCall, team: Option<VolunteerTeamId>) -> Result<()> {
    let Some(id) = team else { return Ok(()) };
    let team = volunteer_teams::store::find(act, id).or_refuse(&TEAM_UNFIT, "/volunteer_team")?;
    if team.serves(&call.row) { Ok(()) } else { Err(TEAM_UNFIT.at("/volunteer_team")) }
}

/// Changes a shift.
pub fn update(act: &mut Act<'_>, id: ShiftId, seen: &IfMatch, patch: ShiftPatch) -> Result<ShiftView> {
    let call = store::load(act, id)?.call_id;
    let call = volunteer_calls::seen_for(act, Action::Update, call, VolunteerCallStep::ChangeShift)?;
    let row = store::lock(act, id)?;
    seen.check(row.version)?;
    if row.is_cancelled || row.is_begun(act.now) {
        return BEGUN.refuse();
    }
    must_be_possible(act, &row, &patch)?;
    if let Some(capacity) = patch.capacity.0.map(Whole::get) {
        resize(act, &row, capacity)?;
    }
    if patch.is_cancelled.0 == Some(true) {
        let ended = cancel(act, &call, id, patch.cancelled_because.0.as_deref())?;
        tell_cancelled(act, call.row.id, &ended)?;
    }
    let row = store::update(act, &call, id, &patch.into_change())?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

fn must_be_possible(act: &mut Act<'_>, row: &ShiftRow, patch: &ShiftPatch) -> Result<()> {
    if patch.cancelled_because.0.is_some() && patch.is_cancelled.0 != Some(true) {
        return Err(REASON_UNFIT.at("/cancelled_because"));
    }
    let times = Times {
        kind: row.kind,
        starts_at: patch.starts_at.0.unwrap_or(row.starts_at),
        ends_at: patch.ends_at.0.or(row.ends_at),
    };
    let is_moved = times.starts_at != row.starts_at || times.ends_at != row.ends_at;
    if is_moved {
        must_be_times(times, act.now)?;
    }
    // Whoever asks for a place is busy at that time, whether or not they have one yet.
    if is_moved && store::has_signups(act, row.id)? {
        return SIGNED_UP.refuse();
    }
    must_be_deadline(times, patch.withdraw_until.clone().over(row.withdraw_until), "/withdraw_until")?;
    must_be_deadline(times, patch.own_first_until.clone().over(row.own_first_until), "/own_first_until")
}

fn resize(act: &mut Act<'_>, row: &ShiftRow, capacity: i32) -> Result<()> {
    if capacity < row.taken {
        return CAPACITY_TAKEN.refuse();
    }
    if capacity != row.capacity {
        for moved in store::change_places(act, row.id, None, Some(capacity))? {
            act.announce("shift_signup.moved_up", json!({ "signup": moved.signup, "shift": row.id }))?;
        }
    }
    Ok(())
}

/// Cancels a shift that was locked, with the reason where there is one; answers whose sign-ups ended with it.
pub fn cancel(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    id: ShiftId,
    reason: Option<&str>,
) -> Result<Vec<Uuid>> {
    store::cancel(act, call, id, reason)
}

/// Tells whoever listens that these sign-ups are cancelled; each person finds it in the list of their own.
pub fn tell_cancelled(act: &mut Act<'_>, call: VolunteerCallId, signups: &[Uuid]) -> Result<()> {
    for some in signups.chunks(TOLD_AT_ONCE) {
        act.announce("shift_signups.cancelled", json!({ "volunteer_call": call, "signups": some }))?;
    }
    Ok(())
}

fn record(act: &mut Act<'_>, action: Action, row: &ShiftRow) -> Result<()> {
    let detail = json!({
        "volunteer_call": row.call_id, "capacity": row.capacity, "is_cancelled": row.is_cancelled, "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
