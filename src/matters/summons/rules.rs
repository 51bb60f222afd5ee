//! What must hold of a summons, and what follows from which state.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::model::{SummonsRow, SummonsState};
use crate::kit::clock::local_date;
use crate::kit::problem::{Result, Rule};

/// How far ahead one calls.
const AHEAD: Days = Days::new(366);

/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("summons-division-unknown", "There is no such division.", "没有该区划。");
/// There is no such organisation, or it is closed.
pub static ORGANISATION_UNKNOWN: Rule = Rule::invalid(
    "summons-organisation-unknown",
    "There is no such organisation, or it is closed.",
    "没有该组织，或该组织已撤销。",
);
/// There is no such matter within reach.
pub static MATTER_UNKNOWN: Rule =
    Rule::invalid("summons-matter-unknown", "There is no such matter.", "没有该事项。");
/// It calls to nothing.
pub static EMPTY: Rule = Rule::invalid(
    "summons-empty",
    "Say when the meeting is, or what is asked.",
    "请写明会议时间或需要答复的问题。",
);
/// The meeting is over, or too far away.
pub static MEETING_UNFIT: Rule = Rule::invalid(
    "summons-meeting-unfit",
    "The meeting is still to come, within a year.",
    "会议时间须在此刻之后、一年以内。",
);
/// Nobody can reply by then.
pub static REPLY_UNFIT: Rule = Rule::invalid(
    "summons-reply-unfit",
    "A reply is asked for between today and the day of the meeting, within a year.",
    "回复期限须在今日至会议当日之间，且在一年以内。",
);
/// Somebody else was faster, or it was never possible.
pub static STATE_CHANGED: Rule = Rule::refused(
    "summons-state-changed",
    "The summons' state does not allow this; it may have moved meanwhile.",
    "约请当前状态不允许此操作，可能已有变化。",
);
/// Nobody has met yet.
pub static NOT_MET: Rule = Rule::refused(
    "summons-not-met",
    "There is no meeting, or it has not begun: attendance is noted afterwards.",
    "没有会议或会议尚未开始，会后方可登记出席。",
);
/// An answer has words.
pub static ANSWER_MISSING: Rule =
    Rule::invalid("summons-answer-missing", "Write the answer.", "请填写答复内容。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &DIVISION_UNKNOWN,
    &ORGANISATION_UNKNOWN,
    &MATTER_UNKNOWN,
    &EMPTY,
    &MEETING_UNFIT,
    &REPLY_UNFIT,
    &STATE_CHANGED,
    &NOT_MET,
    &ANSWER_MISSING,
];

/// What is done to a summons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The organisation will come, or answer.
    Accept,
    /// It will not, and says why.
    Refuse,
    /// The caller writes down who came.
    NoteAttendance,
    /// The organisation answers, once.
    Answer,
    /// The caller takes it back, before anything came of it.
    Withdraw,
}

/// Refuses a step that does not follow from where the summons stands. Whoever never replied can still be noted as absent.
pub fn may_follow(step: Step, row: &SummonsRow, now: DateTime<Utc>) -> Result<()> {
    use SummonsState::{Accepted, Pending};
    let (is_noted, is_answered) = (row.attendance.is_some(), row.answer.is_some());
    let follows = match step {
        Step::Accept | Step::Refuse => row.state == Pending && !is_noted,
        Step::NoteAttendance => matches!(row.state, Pending | Accepted) && !is_noted,
        Step::Answer => (row.state == Accepted || is_noted) && !is_answered,
        Step::Withdraw => matches!(row.state, Pending | Accepted) && !is_noted && !is_answered,
    };
    if !follows {
        return STATE_CHANGED.refuse();
    }
    let is_met = row.meets_at.is_some_and(|at| at <= now);
    if step == Step::NoteAttendance && !is_met { NOT_MET.refuse() } else { Ok(()) }
}

/// Refuses days that have passed, or are too far away.
pub fn must_be_ahead(meets_at: Option<DateTime<Utc>>, reply_on: NaiveDate, now: DateTime<Utc>) -> Result<()> {
    let today = local_date(now);
    let last = today.checked_add_days(AHEAD).unwrap_or(today);
    if meets_at.is_some_and(|at| at <= now || local_date(at) > last) {
        return Err(MEETING_UNFIT.at("/meets_at"));
    }
    let last = meets_at.map_or(last, local_date);
    if reply_on < today || reply_on > last { Err(REPLY_UNFIT.at("/reply_on")) } else { Ok(()) }
}
