//! What is refused of more time.

use crate::kit::problem::Rule;

/// Only what runs is extended.
pub static CLOCK_ABSENT: Rule = Rule::refused(
    "mediation-extension-clock-absent",
    "The time for mediation does not run.",
    "调解期限未在计时。",
);
/// One request at a time.
pub static PENDING: Rule = Rule::refused(
    "mediation-extension-pending",
    "The parties were asked for more time already and have not all answered.",
    "已征求延期意见，尚待当事人答复。",
);
/// Nothing was asked.
pub static NOT_PENDING: Rule = Rule::refused(
    "mediation-extension-not-pending",
    "No request for more time waits for an answer.",
    "没有待答复的延期征询。",
);
/// A party answers once.
pub static ANSWERED: Rule =
    Rule::refused("mediation-extension-answered", "This party has answered already.", "该当事人已答复。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&CLOCK_ABSENT, &PENDING, &NOT_PENDING, &ANSWERED];
