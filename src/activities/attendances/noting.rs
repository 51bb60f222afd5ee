//! That somebody came or went, whoever says so. Lock order: the call, the record, the person's turn, the stay.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::model::{AttendanceKind, AttendanceRow, AttendanceSource, NewAttendance, Told};
use super::rules::{CAME, NOT_OPEN, NOT_SIGNED_UP, must_be_arrival, must_be_departure};
use super::{Action, store};
use crate::access::act::{Act, Event};
use crate::access::actor::AccountId;
use crate::activities::shift_signups::{self, SignupRow};
use crate::activities::shifts::ShiftRow;
use crate::activities::volunteer_calls::{VolunteerCallStep, must_follow};
use crate::activities::volunteer_hours::{Around, AttendanceId, settle, take_turn};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// How it is known that somebody came or went.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// A code was shown.
    Code,
    /// Who organises it writes it down, and says why.
    Leader(String),
}

impl By {
    /// In the columns of a stay: how it is known, why, and who wrote it down.
    pub(super) fn parts(self, act: &Act<'_>) -> Result<(AttendanceSource, String, Option<AccountId>)> {
        Ok(match self {
            By::Code => (AttendanceSource::Code, String::new(), None),
            By::Leader(reason) => (AttendanceSource::Leader, reason, Some(act.actor.account()?)),
        })
    }
}

/// Where somebody comes or goes, and by which sign-up.
pub(super) type Place = (ShiftRow, SignupRow);

/// Somebody who has a place came to the shift.
pub(super) fn arrive(
    act: &mut Act<'_>,
    (shift, signup): &Place,
    at: DateTime<Utc>,
    by: By,
) -> Result<AttendanceRow> {
    must_be_arrival(shift, at, act.now)?;
    let day = local_date(at);
    shift_signups::must_be_safe(act, signup.id, (day, day))?;
    if store::is_noted(act, signup.id, Some(AttendanceKind::NoShow), None)? {
        return CAME.refuse();
    }
    let told = Told { kind: AttendanceKind::Present, arrived_at: Some(at), left_at: None, break_minutes: 0 };
    let parts = by.parts(act)?;
    note(act, shift, signup, told, parts)
}

/// Somebody who is there went, and has earned the hours, whatever became of the call, the shift or the sign-up since they came; nobody
/// else writes of the person meanwhile.
pub(super) fn leave(
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
    let (_, reason, by) = by.parts(act)?;
    if let Some(by) = by {
        store::note_leaving(act, row.id, by)?;
    }
    settle(act, row.resident_id, Around::Days(local_date(arrived), local_date(at)), &reason)?;
    Ok(row)
}

/// Where somebody has a place, and by which sign-up at this moment, while the call goes on; nobody else writes of the person meanwhile.
pub(super) fn place(act: &mut Act<'_>, (shift, signup): &Place) -> Result<Place> {
    must_follow(store::hold_call(act, shift.call_id)?, VolunteerCallStep::NoteAttendance)?;
    let resident = signup.resident_id;
    take_turn(act, resident)?;
    let signup = store::place_of(act, shift.id, resident)?.ok_or_else(|| NOT_SIGNED_UP.at("/signup"))?;
    Ok((shift.clone(), signup))
}

/// Writes a stay.
pub(super) fn note(
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

/// Records what was written of a stay.
pub(super) fn record(act: &mut Act<'_>, action: Action, row: &AttendanceRow) -> Result<()> {
    let detail = json!({
        "shift": row.shift_id, "signup": row.signup_id, "kind": row.kind.as_str(), "is_open": row.left_at.is_none(),
        "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
