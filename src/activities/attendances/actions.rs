//! Noting who came and went, and putting it right. Lock order: the call, the person's turn, the stay.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::model::{
    AttendanceCorrectionId, AttendanceKind, AttendanceRow, AttendanceSource, Bearer, NewAttendance,
    NewCorrection, Told,
};
use super::rules::{
    CAME, MOMENT_UNFIT, NOT_OPEN, NOT_SIGNED_UP, STILL_OPEN, must_be_arrival, must_be_departure,
    must_be_possible,
};
use super::wire::{AttendanceCorrectionDraft, AttendanceDraft, AttendanceEvent, AttendanceView};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::activities::shift_signups::{self, SignupRow, must_be_anothers};
use crate::activities::shifts::{self, ShiftId, ShiftRow};
use crate::activities::volunteer_calls::{self, VolunteerCall, VolunteerCallStep, must_follow};
use crate::activities::volunteer_hours::{Around, AttendanceId, settle, take_turn};
use crate::kit::clock::local_date;
use crate::kit::problem::{Kind, Result};

/// How it is known that somebody came or went.
#[derive(Clone, Debug)]
enum By {
    /// A code was shown.
    Code,
    /// Who organises it writes it down, and says why.
    Leader(String),
}

impl By {
    fn parts(self, act: &Act<'_>) -> Result<(AttendanceSource, String, Option<AccountId>)> {
        Ok(match self {
            By::Code => (AttendanceSource::Code, String::new(), None),
            By::Leader(reason) => (AttendanceSource::Leader, reason, Some(act.actor.account()?)),
        })
    }
}

/// A code that was shown at a shift.
pub struct Scanned {
    /// Which shift.
    pub shift: ShiftId,
    /// Whose code.
    pub bearer: Bearer,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether they came, or went.
    pub is_arrival: bool,
    /// Where it was scanned.
    pub division: Division,
    /// Whether they scanned what the place shows at that moment, instead of being scanned by somebody.
    pub is_by_oneself: bool,
}

/// Where somebody has a place, and by which sign-up.
type Place = (ShiftRow, SignupRow);

/// Somebody who has a place came to the shift.
fn arrive(act: &mut Act<'_>, (shift, signup): &Place, at: DateTime<Utc>, by: By) -> Result<AttendanceRow> {
    must_be_arrival(shift, at, act.now)?;
    let day = local_date(at);
    shift_signups::must_be_safe(act, signup.id, (day, day))?;
    if store::is_noted(act, signup.id, Some(AttendanceKind::NoShow), None)? {
        return Err((&CAME).into());
    }
    let told = Told { kind: AttendanceKind::Present, arrived_at: Some(at), left_at: None, break_minutes: 0 };
    let parts = by.parts(act)?;
    note(act, shift, signup, told, parts)
}

/// Somebody who is there went, and has earned the hours, whatever became of the call, the shift or the sign-up since they came; nobody
/// else writes of the person meanwhile.
fn leave(
    act: &mut Act<'_>,
    (shift, signup): &Place,
    (at, break_minutes): (DateTime<Utc>, i32),
    by: By,
) -> Result<AttendanceRow> {
    store::hold_call(act, shift.call_id)?;
    take_turn(act, signup.resident_id)?;
    let stay = store::open(act, signup.id)?.ok_or(&NOT_OPEN)?;
    let arrived = stay.arrived_at.ok_or(&NOT_OPEN)?;
    must_be_departure((arrived, at), break_minutes, act.now, "/at")?;
    let told = Told { kind: stay.kind, arrived_at: stay.arrived_at, left_at: Some(at), break_minutes };
    let row = store::update(act, stay.id, &told)?;
    let reason = by.parts(act)?.1;
    settle(act, row.resident_id, Around::Days(local_date(arrived), local_date(at)), &reason)?;
    Ok(row)
}

/// What a code that was shown at a shift says of the hours: its bearer came, or went. It says nothing of who has no place there, is there
/// already, or has gone, nor at another time or of oneself, nor of who may not do dangerous work that day: the check-in stands, and
/// whoever organises may note what was.
pub fn follow(act: &mut Act<'_>, scanned: &Scanned) -> Result<()> {
    match come_or_go(act, scanned) {
        Err(problem) if matches!(problem.rule().kind, Kind::Refused | Kind::Invalid | Kind::Absent) => Ok(()),
        other => other,
    }
}

fn come_or_go(act: &mut Act<'_>, scanned: &Scanned) -> Result<()> {
    let &Scanned { shift, bearer, at, is_arrival, division, is_by_oneself } = scanned;
    let known = match is_arrival {
        true => store::whose_place(act, shift, bearer)?,
        false => store::whose_stay(act, shift, bearer)?,
    };
    let Some(signup) = known else { return Ok(()) };
    let found = shifts::store::load(act, shift)?;
    let is_here = found.division.range().contains(division) || division.range().contains(found.division);
    let has_witness = is_by_oneself || act.actor.application.is_some();
    if !is_here || !has_witness && must_be_anothers(act, &signup).is_err() {
        return Ok(());
    }
    let row = match is_arrival {
        true => {
            let place = place(act, found, signup.resident_id)?;
            if store::open(act, place.1.id)?.is_some() {
                return Ok(());
            }
            arrive(act, &place, at, By::Code)?
        }
        false => leave(act, &(found, signup), (at, 0), By::Code)?,
    };
    record(act, Action::Create, &row)
}

/// The shift, and the sign-up by which somebody has a place, while the call goes on; nobody else writes of the person meanwhile.
fn place(act: &mut Act<'_>, shift: ShiftRow, resident: ResidentId) -> Result<Place> {
    must_follow(store::hold_call(act, shift.call_id)?, VolunteerCallStep::NoteAttendance)?;
    take_turn(act, resident)?;
    let signup = store::place_of(act, shift.id, resident)?.ok_or_else(|| NOT_SIGNED_UP.at("/signup"))?;
    Ok((shift, signup))
}

fn note(
    act: &mut Act<'_>,
    shift: &ShiftRow,
    signup: &SignupRow,
    told: Told,
    (source, reason, noted_by): (AttendanceSource, String, Option<AccountId>),
) -> Result<AttendanceRow> {
    let new = NewAttendance {
        id: AttendanceId::new(),
        signup_id: signup.id,
        shift_id: shift.id,
        resident_id: signup.resident_id,
        division: shift.division,
        kind: told.kind,
        arrived_at: told.arrived_at,
        left_at: told.left_at,
        break_minutes: told.break_minutes,
        source,
        reason,
        noted_by,
        created_at: act.now,
        updated_at: act.now,
    };
    store::insert(act, &new)
}

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
    let row = match draft.event {
        AttendanceEvent::Departure => leave(act, &(shift, signup), (at, draft.break_minutes.get()), by)?,
        AttendanceEvent::Arrival => {
            let place = place(act, shift, signup.resident_id)?;
            arrive(act, &place, at, by)?
        }
        AttendanceEvent::NoShow => {
            let place = place(act, shift, signup.resident_id)?;
            stay_away(act, &place, by)?
        }
    };
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Somebody who has a place did not come.
fn stay_away(act: &mut Act<'_>, (shift, signup): &Place, by: By) -> Result<AttendanceRow> {
    if shift.starts_at > act.now {
        return Err(MOMENT_UNFIT.at("/event"));
    }
    if store::is_noted(act, signup.id, None, None)? {
        return Err((&CAME).into());
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
        return Err((&CAME).into());
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
        return Err((&STILL_OPEN).into());
    }
    store::insert_absent(act, call)
}

fn record(act: &mut Act<'_>, action: Action, row: &AttendanceRow) -> Result<()> {
    let detail = json!({
        "shift": row.shift_id, "signup": row.signup_id, "kind": row.kind.as_str(), "is_open": row.left_at.is_none(),
        "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
