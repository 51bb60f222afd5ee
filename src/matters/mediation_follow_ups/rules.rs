//! What is refused of follow-up visits.

use crate::kit::problem::Rule;

/// Nobody plans for yesterday.
pub static PLANNED_PAST: Rule = Rule::invalid(
    "mediation-follow-up-past",
    "A visit is planned for today or later.",
    "回访应安排在今日或以后。",
);
/// What was done was done on a day.
pub static DONE_ON_UNFIT: Rule = Rule::invalid(
    "mediation-follow-up-day-unfit",
    "A visit was made after the agreement took effect, and not in days to come.",
    "回访日期不得早于协议生效日或晚于今日。",
);
/// It was recorded.
pub static RECORDED: Rule =
    Rule::refused("mediation-follow-up-recorded", "This visit has been recorded.", "该次回访已登记。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&PLANNED_PAST, &DONE_ON_UNFIT, &RECORDED];
