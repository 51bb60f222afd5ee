//! Noting who came and went, and putting it right.

use serde_json::json;

use super::following::follow_later;
use super::model::{AttendanceCorrectionId, AttendanceKind, AttendanceRow, NewCorrection, Told};
use super::noting::{By, Place, arrive, leave, note, place, record};
use super::rules::{CAME, MOMENT_UNFIT, NOT_SIGNED_UP, STILL_OPEN, must_be_possible};
use super::wire::{AttendanceCorrectionDraft, AttendanceDraft, AttendanceEvent, AttendanceView};
use super::{Action, store};
use crate::access::act::{Act, Permit};
use crate::activities::shift_signups::{self, must_be_anothers};
use crate::activities::shifts::{self, ShiftId};
use crate::activities::volunteer_calls::{self, VolunteerCall, VolunteerCallStep};
use crate::activities::volunteer_hours::{Around, AttendanceId, settle, take_turn};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// Writes down that somebody came, went, or did not come.
pub fn create(act: &mut Act<'_>, shift: ShiftId, draft: AttendanceDraft) -> Result<AttendanceView> {
    act.scope(Action::Create)?;
    let shift = shifts::store::load(act, shift)?;
    let call = volunteer_calls::store::find(act, shift.call_id)?;
    act.permit(Action::Create, call)?;
    let signup = shift_signups::store::find_of(act, shift.id, draft.signup)?
        .ok_or_else(|| NOT_SIGNED_UP.at("/signup"))?;
    must_be_anothers(act, &signup)?;
    let (at, by) = (draft.at.unwrap_or(act.now), By::Leader(draft.reason.into_inner()));
    let there = (shift, signup);
    let row = match draft.event {
        AttendanceEvent::Departure => leave(act, &there, (at, draft.break_minutes.get()), by)?,
        AttendanceEvent::Arrival => {
            let place = place(act, &there)?;
            arrive(act, &place, at, by)?
        }
        AttendanceEvent::NoShow => {
            let place = place(act, &there)?;
            stay_away(act, &place, by)?
        }
    };
    record(act, Action::Create, &row)?;
    if matches!(draft.event, AttendanceEvent::Departure) {
        follow_later(act, &there)?;
    }
    Ok(row.into())
}

/// Somebody who has a place did not come.
fn stay_away(act: &mut Act<'_>, (shift, signup): &Place, by: By) -> Result<AttendanceRow> {
    if shift.starts_at > act.now {
        return Err(MOMENT_UNFIT.at("/event"));
    }
    if store::is_noted(act, signup.id, None, None)? {
        return CAME.refuse();
    }
    let told = Told { kind: AttendanceKind::NoShow, arrived_at: None, left_at: None, break_minutes: 0 };
    let parts = by.parts(act)?;
    note(act, shift, signup, told, parts)
}

/// Puts right what is noted of a stay: the hours follow, as a reversal and a new line with the reason.
pub fn correct(
    act: &mut Act<'_>,
    id: AttendanceId,
    draft: AttendanceCorrectionDraft,
) -> Result<AttendanceView> {
    act.scope(Action::Correct)?;
    let resident = store::load(act, id)?.resident_id;
    let shift = store::load(act, id)?.shift_id;
    let shift = shifts::store::load(act, shift)?;
    let step = VolunteerCallStep::CorrectAttendance;
    let call = volunteer_calls::seen_for(act, Action::Correct, shift.call_id, step)?;
    take_turn(act, resident)?;
    let before = store::load(act, id)?;
    let signup = shift_signups::store::load(act, before.signup_id)?;
    must_be_anothers(act, &signup)?;
    let told = Told {
        kind: draft.kind,
        arrived_at: draft.arrived_at,
        left_at: draft.left_at,
        break_minutes: draft.break_minutes.get(),
    };
    must_be_possible(&shift, &told, act.now)?;
    if told.kind == AttendanceKind::NoShow && store::is_noted(act, signup.id, None, Some(id))? {
        return CAME.refuse();
    }
    let row = store::update(act, id, &told)?;
    let reason = draft.reason.into_inner();
    keep(act, &call, &before, &row, reason.clone())?;
    let moments = [before.arrived_at, before.left_at, row.arrived_at, row.left_at];
    let days = || moments.iter().flatten().map(|at| local_date(*at));
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        settle(act, row.resident_id, Around::Days(first, last), &reason)?;
    }
    record(act, Action::Correct, &row)?;
    if before.kind == AttendanceKind::Present && before.left_at.is_none() {
        follow_later(act, &(shift, signup))?;
    }
    act.announce("attendance.corrected", json!({ "attendance": id }))?;
    Ok(row.into())
}

fn keep(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    before: &AttendanceRow,
    after: &AttendanceRow,
    reason: String,
) -> Result<()> {
    let new = NewCorrection {
        id: AttendanceCorrectionId::new(),
        attendance_id: before.id,
        was_kind: before.kind,
        was_arrived: before.arrived_at,
        was_left: before.left_at,
        was_break: before.break_minutes,
        kind: after.kind,
        arrived_at: after.arrived_at,
        left_at: after.left_at,
        break_minutes: after.break_minutes,
        reason,
        corrected_by: act.actor.account()?,
        created_at: act.now,
    };
    store::insert_correction(act, call, &new)
}

/// The call is over: who came must have gone, and who had a place of a fixed shift and is not noted did not come.
pub fn finish(act: &mut Act<'_>, call: &Permit<VolunteerCall>) -> Result<()> {
    if store::has_open(act, call.row.id)? {
        return STILL_OPEN.refuse();
    }
    store::insert_absent(act, call)
}
