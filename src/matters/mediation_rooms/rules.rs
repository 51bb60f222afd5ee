//! What must hold of mediation rooms.

use crate::kit::problem::Rule;

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("mediation-room-division-unknown", "There is no such division.", "没有该区划。");
/// There is no such organisation that works there.
pub static ORGANISATION_UNFIT: Rule = Rule::invalid(
    "mediation-room-organisation-unfit",
    "There is no such organisation, it is closed, or it does not work there.",
    "没有该组织，或该组织已撤销，或其不在该区域工作。",
);
/// One organisation's rooms have names of their own.
pub static NAME_TAKEN: Rule = Rule::refused(
    "mediation-room-name-taken",
    "The organisation has a room of this name already.",
    "该组织已有同名调解场所。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &ORGANISATION_UNFIT, &NAME_TAKEN];
