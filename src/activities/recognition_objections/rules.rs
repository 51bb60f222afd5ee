//! What must hold of an objection.

use crate::kit::problem::Rule;

/// One objects while it is publicised.
pub static CLOSED: Rule = Rule::refused(
    "recognition-objection-closed",
    "One objects while a nomination is publicised.",
    "不在公示期内，不能提出异议。",
);
/// Once each.
pub static MADE: Rule = Rule::refused(
    "recognition-objection-made",
    "You have objected to this already.",
    "您已对该公示提出过异议。",
);
/// It was answered.
pub static ANSWERED: Rule =
    Rule::refused("recognition-objection-answered", "The objection was answered already.", "该异议已答复。");
/// Not by who made it.
pub static OWN: Rule = Rule::refused(
    "recognition-objection-own",
    "Nobody answers their own objection.",
    "不得答复本人提出的异议。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&CLOSED, &MADE, &ANSWERED, &OWN];
