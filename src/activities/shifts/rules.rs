//! What must hold of a shift.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::ShiftKind;
use crate::kit::problem::{Result, Rule};

/// How far ahead one plans, and how long one works at a stretch.
const AHEAD: TimeDelta = TimeDelta::days(366);
const LONGEST: TimeDelta = TimeDelta::hours(24);
/// So many shifts a call has, so that it can be cancelled as one.
pub const MOST: i64 = 200;

/// Its times make no sense.
pub static TIMES_UNFIT: Rule = Rule::invalid(
    "shift-times-unfit",
    "A shift begins within a year from now and ends later; a fixed one within 24 hours, an open-ended one never.",
    "班次须在一年内开始且晚于此刻，结束晚于开始；固定时段不超过24小时，长期班次无结束时间。",
);
/// Deadlines lie before the shift.
pub static DEADLINE_UNFIT: Rule = Rule::invalid(
    "shift-deadline-unfit",
    "Withdrawing ends, and places open to all, before the shift does; of a fixed one before it begins.",
    "退出截止与开放报名时间须早于班次结束；固定时段须早于开始。",
);
/// Somebody is signed up.
pub static SIGNED_UP: Rule = Rule::refused(
    "shift-signed-up",
    "Somebody is signed up: the times stay; cancel the shift, and make another.",
    "已有人报名，不可更改时间；请取消本班次后另设。",
);
/// A reason of what does not happen.
pub static REASON_UNFIT: Rule = Rule::invalid(
    "shift-reason-unfit",
    "Say why a shift is cancelled where it is cancelled, and nowhere else.",
    "仅在取消班次时填写取消原因。",
);
/// Not a team of who calls.
pub static TEAM_UNFIT: Rule = Rule::invalid(
    "shift-team-unfit",
    "Name a team that goes on, of the organisation or the building group that organises the call.",
    "须为本招募发起方名下在队的服务队。",
);
/// There are not so few places.
pub static CAPACITY_TAKEN: Rule =
    Rule::refused("shift-capacity-taken", "More places are taken already.", "已占名额超过该人数。");
/// It has begun, or is over, or was cancelled.
pub static BEGUN: Rule = Rule::refused(
    "shift-begun",
    "The shift has begun, is over, or was cancelled.",
    "班次已开始、已结束或已取消。",
);
/// A call has not so many.
pub static TOO_MANY: Rule =
    Rule::refused("shift-too-many", "A call has at most 200 shifts.", "一份招募令最多200个班次。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &TIMES_UNFIT,
    &DEADLINE_UNFIT,
    &SIGNED_UP,
    &REASON_UNFIT,
    &TEAM_UNFIT,
    &CAPACITY_TAKEN,
    &BEGUN,
    &TOO_MANY,
];

/// When a shift is.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    pub kind: ShiftKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
}

/// Refuses times that make no sense. A flexible one may have begun: hours in it are still to come.
pub fn must_be_times(times: Times, now: DateTime<Utc>) -> Result<()> {
    let is_ahead = match times.kind {
        ShiftKind::Fixed => times.starts_at > now,
        ShiftKind::Flexible | ShiftKind::OpenEnded => times.starts_at > now - LONGEST,
    };
    if !is_ahead || times.starts_at > now + AHEAD {
        return Err(TIMES_UNFIT.at("/starts_at"));
    }
    let fits = match (times.kind, times.ends_at) {
        (ShiftKind::Fixed, Some(end)) => end > times.starts_at && end - times.starts_at <= LONGEST,
        (ShiftKind::Flexible, Some(end)) => {
            end > times.starts_at && end > now && end - times.starts_at <= AHEAD
        }
        (ShiftKind::OpenEnded, None) => true,
        (ShiftKind::Fixed | ShiftKind::Flexible, None) | (ShiftKind::OpenEnded, Some(_)) => false,
    };
    if fits { Ok(()) } else { Err(TIMES_UNFIT.at("/ends_at")) }
}

/// Refuses a beginning that is too far ahead.
pub fn must_be_near(starts_at: DateTime<Utc>, now: DateTime<Utc>, pointer: &str) -> Result<()> {
    if starts_at > now + AHEAD { Err(TIMES_UNFIT.at(pointer)) } else { Ok(()) }
}

/// Refuses a deadline that comes too late to be one.
pub fn must_be_deadline(times: Times, at: Option<DateTime<Utc>>, pointer: &str) -> Result<()> {
    let last = if times.kind == ShiftKind::Fixed { Some(times.starts_at) } else { times.ends_at };
    match (at, last) {
        (Some(at), Some(last)) if at > last => Err(DEADLINE_UNFIT.at(pointer)),
        (Some(at), None) if at > times.starts_at + AHEAD => Err(DEADLINE_UNFIT.at(pointer)),
        _ => Ok(()),
    }
}
