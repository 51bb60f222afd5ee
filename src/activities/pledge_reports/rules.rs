//! What must hold of uses and reports.

use crate::kit::problem::Rule;

/// Not a day of the pledge.
pub static DAY_UNFIT: Rule = Rule::invalid(
    "pledge-use-day-unfit",
    "It was used on a day of the pledge, today or before.",
    "使用日期须在报到期间内，且不晚于今日。",
);
/// Not a year of the pledge.
pub static YEAR_UNFIT: Rule = Rule::invalid(
    "pledge-report-year-unfit",
    "A report is of a year of the pledge that has begun.",
    "报告年度须在报到期间内，且不晚于本年。",
);
/// Once a year.
pub static MADE: Rule = Rule::refused(
    "pledge-report-made",
    "The community has reported of this year already.",
    "该年度已作过报告。",
);
/// Once each.
pub static ANSWERED: Rule =
    Rule::refused("pledge-report-answered", "The report was answered already.", "该年度报告已回复。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DAY_UNFIT, &YEAR_UNFIT, &MADE, &ANSWERED];
