//! What must hold before a call moves on.

use crate::kit::problem::Rule;

/// Something of it is still to come.
pub static NOT_OVER: Rule = Rule::refused(
    "volunteer-call-not-over",
    "A shift of the call is not over yet.",
    "该招募令尚有班次未结束。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NOT_OVER];
