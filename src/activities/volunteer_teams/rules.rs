//! What must hold of a team.

use super::pattern::WeeklyShift;
use crate::kit::problem::{Result, Rule};

/// The name is taken.
pub static NAME_TAKEN: Rule = Rule::refused(
    "volunteer-team-name-taken",
    "The division has a team of this name already.",
    "该区划已有同名服务队。",
);
/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("volunteer-team-division-unknown", "There is no such division.", "没有该区划。");
/// Hours that make no sense.
pub static PATTERN_UNFIT: Rule = Rule::invalid(
    "volunteer-team-pattern-unfit",
    "A shift of the week ends after it begins, on the same day.",
    "每周班次的结束时间须晚于开始时间，且在同一天。",
);
/// It is no more.
pub static DISSOLVED: Rule =
    Rule::refused("volunteer-team-dissolved", "The team was dissolved.", "该服务队已解散。");
/// Only response teams are called up.
pub static KIND_UNFIT: Rule = Rule::refused(
    "volunteer-team-kind-unfit",
    "Only response teams and second lines are called up.",
    "仅突击队、第二梯队可启用。",
);
/// The order does not hold there.
pub static ORDER_UNFIT: Rule = Rule::invalid(
    "volunteer-team-order-unfit",
    "Name an emergency order that is in force where the team is.",
    "须为该队所在区域内正在生效的应急命令。",
);
/// It was called up already.
pub static ACTIVATED: Rule = Rule::refused(
    "volunteer-team-activated",
    "The team is called up by this order already.",
    "该队已依此命令启用。",
);
/// It is not called up.
pub static NOT_ACTIVATED: Rule =
    Rule::refused("volunteer-team-not-activated", "The team is not called up.", "该队当前未启用。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NAME_TAKEN,
    &DIVISION_UNKNOWN,
    &PATTERN_UNFIT,
    &DISSOLVED,
    &KIND_UNFIT,
    &ORDER_UNFIT,
    &ACTIVATED,
    &NOT_ACTIVATED,
];

/// Refuses a week with a shift that does not end after it begins.
pub fn must_be_week(pattern: &[WeeklyShift]) -> Result<()> {
    match WeeklyShift::reversed(pattern) {
        Some(n) => Err(PATTERN_UNFIT.at(format!("/pattern/{n}/until"))),
        None => Ok(()),
    }
}
