//! What must hold of a walk-in.

use crate::kit::problem::Rule;

/// Nobody gave a place back.
pub static FULL: Rule = Rule::refused(
    "shift-full",
    "All places of this shift are taken; a shift of more places has some again.",
    "该班次名额已满，可先增加名额。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&FULL];
