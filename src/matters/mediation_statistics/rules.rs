//! What is refused of statistics.

use crate::kit::problem::{FIELD_INVALID, Fault, Place, Problem, Rule};

/// A span that can't be counted.
pub static SPAN_INVALID: Rule = Rule::invalid(
    "mediation-statistics-span-invalid",
    "Count from one day to a later one, at most 366 days.",
    "调解统计区间须从前到后，最长 366 天。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&SPAN_INVALID];

/// The span is at fault.
pub fn span_invalid() -> Problem {
    Problem::from(&SPAN_INVALID).with(Fault {
        place: Place::Parameter("until".into()),
        code: FIELD_INVALID.code,
        detail: None,
    })
}
