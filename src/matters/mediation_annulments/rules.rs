//! What is refused of annulments.

use crate::kit::problem::Rule;

/// Nothing is in force that a court could have ended.
pub static NO_AGREEMENT: Rule = Rule::refused(
    "mediation-annulment-no-agreement",
    "There is no agreement in force that a court could have revoked or found void.",
    "没有已生效、可登记撤销或者确认无效的调解协议。",
);
/// A day that can't be.
pub static DAY_UNFIT: Rule = Rule::invalid(
    "mediation-annulment-day-unfit",
    "A court decides on the day the agreement took effect or later, and not in days to come.",
    "裁判日不得早于协议生效日或晚于今日。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NO_AGREEMENT, &DAY_UNFIT];
