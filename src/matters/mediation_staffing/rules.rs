//! What a staffing rule can't say.

use chrono::NaiveDate;

use super::model::{NewStaffingRule, StaffingMeasure, StaffingRuleRow};
use crate::kit::problem::{Result, Rule};

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("mediation-staffing-rule-division-unknown", "There is no such division.", "没有该区划。");
/// A term is the same in every kind of room.
pub static ROOM_KIND_UNFIT: Rule = Rule::invalid(
    "mediation-staffing-rule-room-kind-unfit",
    "A term does not depend on the kind of room.",
    "任期不分调解场所类型。",
);
/// Each measure has numbers that make sense.
pub static AMOUNT_UNFIT: Rule = Rule::invalid(
    "mediation-staffing-rule-amount-unfit",
    "0 to 50 mediators, 1 to 60 hours a week, 1 to 600 months.",
    "人数为0至50，每周小时数为1至60，任期为1至600个月。",
);
/// What was in force on a day stays what was in force.
pub static DAY_PAST: Rule = Rule::invalid(
    "mediation-staffing-rule-day-past",
    "This day has passed; a rule begins and ends today or later.",
    "日期已过；规则只能自今日或以后生效、终止。",
);
/// A rule does not end before it begins.
pub static TERM_REVERSED: Rule = Rule::invalid(
    "mediation-staffing-rule-term-reversed",
    "A rule can't end before it begins.",
    "终止日期不能早于生效日期。",
);
/// An end is brought forward, never put off.
pub static ENDED: Rule = Rule::refused(
    "mediation-staffing-rule-ended",
    "This rule ends on that day or before it already.",
    "该规则已在该日或更早终止。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&DIVISION_UNKNOWN, &ROOM_KIND_UNFIT, &AMOUNT_UNFIT, &DAY_PAST, &TERM_REVERSED, &ENDED];

/// A rule that would mean nothing is refused.
pub fn must_fit(new: &NewStaffingRule) -> Result<()> {
    let fitting = match new.measure {
        StaffingMeasure::RoomMediators => 0..=50,
        StaffingMeasure::PartTimeHours => 1..=60,
        StaffingMeasure::MediatorTermMonths => 1..=600,
    };
    if !fitting.contains(&new.amount) {
        return Err(AMOUNT_UNFIT.at("/amount"));
    }
    match (new.measure, new.room_kind) {
        (StaffingMeasure::MediatorTermMonths, Some(_)) => Err(ROOM_KIND_UNFIT.at("/room_kind")),
        _ => Ok(()),
    }
}

/// It begins today or later, and ends after that.
pub fn must_be_ahead(new: &NewStaffingRule, today: NaiveDate) -> Result<()> {
    if new.effective_from < today {
        return Err(DAY_PAST.at("/effective_from"));
    }
    if new.effective_until.is_some_and(|until| until < new.effective_from) {
        return Err(TERM_REVERSED.at("/effective_until"));
    }
    Ok(())
}

/// It may end on that day.
pub fn may_end(rule: &StaffingRuleRow, on: NaiveDate, today: NaiveDate) -> Result<()> {
    if rule.effective_until.is_some_and(|until| until <= on) {
        return ENDED.refuse();
    }
    if on < rule.effective_from {
        return Err(TERM_REVERSED.at("/on"));
    }
    if on < today { Err(DAY_PAST.at("/on")) } else { Ok(()) }
}
