//! What is refused of the ledger.

use crate::kit::problem::{FIELD_INVALID, Fault, Place, Problem, Rule};

/// A line is taken back once.
pub static REVERSED: Rule =
    Rule::refused("mediation-subsidy-reversed", "This line has been reversed already.", "该笔补贴已冲销。");
/// What takes a line back stays.
pub static IS_REVERSAL: Rule = Rule::refused(
    "mediation-subsidy-is-reversal",
    "A reversal is not itself reversed.",
    "冲销记录不得再冲销。",
);
/// Nobody decides over their own money.
pub static OWN: Rule =
    Rule::refused("mediation-subsidy-own", "Nobody reverses a line of their own.", "不得冲销本人的补贴。");
/// A span that can't be added up.
pub static SPAN_INVALID: Rule = Rule::invalid(
    "mediation-subsidy-span-invalid",
    "Add up from one day to a later one, at most 366 days.",
    "补贴汇总区间须从前到后，最长 366 天。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&REVERSED, &IS_REVERSAL, &OWN, &SPAN_INVALID];

/// The span is at fault.
pub fn span_invalid() -> Problem {
    Problem::from(&SPAN_INVALID).with(Fault {
        place: Place::Parameter("until".into()),
        code: FIELD_INVALID.code,
        detail: None,
    })
}
