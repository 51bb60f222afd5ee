//! What must hold of a stay.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{AttendanceKind, Told};
use crate::activities::shifts::ShiftRow;
use crate::kit::problem::{Result, Rule};

/// One may come so long before a shift begins, and be there so long at a stretch.
const EARLY: TimeDelta = TimeDelta::hours(2);
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Who has no place did not come to it.
pub static NOT_SIGNED_UP: Rule = Rule::invalid(
    "attendance-not-signed-up",
    "There is no such sign-up with a place of this shift.",
    "该班次没有此已确认的报名。",
);
/// The moment can't be.
pub static MOMENT_UNFIT: Rule = Rule::invalid(
    "attendance-moment-unfit",
    "One comes from two hours before the shift until it ends, goes after that within 24 hours, and neither is ahead.",
    "到岗须在班次开始前两小时至结束之间，离岗须晚于到岗且不超过24小时，均不得晚于此刻。",
);
/// Nobody rests longer than they are there.
pub static BREAK_UNFIT: Rule =
    Rule::invalid("attendance-break-unfit", "The break is longer than the stay.", "休息时间超过在岗时间。");
/// One is there already.
pub static OPEN: Rule = Rule::refused(
    "attendance-open",
    "The person has come already, and has not gone.",
    "该人员已到岗，尚未离岗。",
);
/// One is not there.
pub static NOT_OPEN: Rule = Rule::refused(
    "attendance-not-open",
    "The person is not there: note the coming first, or correct what is noted.",
    "该人员未在岗，请先登记到岗，或更正已有记录。",
);
/// Whoever came did not stay away.
pub static CAME: Rule = Rule::refused(
    "attendance-noted",
    "It is noted already whether the person came: correct that.",
    "该人员的出勤已登记，请使用更正。",
);
/// Somebody has not gone.
pub static STILL_OPEN: Rule = Rule::refused(
    "volunteer-call-attendance-open",
    "Somebody came to a shift of the call and has not gone: note when they went.",
    "有人员尚未登记离岗，请先补登。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&NOT_SIGNED_UP, &MOMENT_UNFIT, &BREAK_UNFIT, &OPEN, &NOT_OPEN, &CAME, &STILL_OPEN];

/// Whether one may come to a shift at that moment.
pub fn must_be_arrival(shift: &ShiftRow, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let is_ended = shift.ends_at.is_some_and(|end| at > end);
    match at > now || at < shift.starts_at - EARLY || is_ended {
        true => Err(MOMENT_UNFIT.at("/at")),
        false => Ok(()),
    }
}

/// Whether one may go at that moment, having come at that, with such a break.
pub fn must_be_departure(
    (arrived, left): (DateTime<Utc>, DateTime<Utc>),
    break_minutes: i32,
    now: DateTime<Utc>,
    pointer: &str,
) -> Result<()> {
    if left > now || left < arrived || left - arrived > LONGEST {
        return Err(MOMENT_UNFIT.at(pointer));
    }
    match TimeDelta::minutes(i64::from(break_minutes)) > left - arrived {
        true => Err(BREAK_UNFIT.at("/break_minutes")),
        false => Ok(()),
    }
}

/// Whether a stay can have been like that.
pub fn must_be_possible(shift: &ShiftRow, told: &Told, now: DateTime<Utc>) -> Result<()> {
    match (told.kind, told.arrived_at, told.left_at) {
        (AttendanceKind::NoShow, None, None) if shift.starts_at <= now => Ok(()),
        (AttendanceKind::Present, Some(arrived), Some(left)) => {
            must_be_arrival(shift, arrived, now).map_err(|_| MOMENT_UNFIT.at("/arrived_at"))?;
            must_be_departure((arrived, left), told.break_minutes, now, "/left_at")
        }
        (AttendanceKind::NoShow | AttendanceKind::Present, _, _) => Err(MOMENT_UNFIT.at("/kind")),
    }
}
