//! What is refused at the table.

use crate::access::role::Role;
use crate::kit::problem::Rule;
use crate::matters::mediation_cases::MediationSeatRole;

/// Somebody else sits there, or they sit elsewhere.
pub static SEAT_TAKEN: Rule = Rule::invalid(
    "mediation-seat-taken",
    "Somebody was asked to take this seat already, or this person has a seat of the case.",
    "该席位已有人或已邀请，或此人已在席。",
);
/// Nobody sits for an institution they are not of.
pub static SEAT_UNFIT: Rule = Rule::invalid(
    "mediation-seat-unfit",
    "Nobody with this account holds a post there by which they may take this seat.",
    "此人在当地没有可就此席位的职务。",
);
/// A party chooses mediators alone.
pub static CHOICE_UNFIT: Rule = Rule::invalid(
    "mediation-choice-unfit",
    "A party may choose a mediator (People's Mediation Law, art. 23); the other seats are filled by the office.",
    "当事人可选择人民调解员（人民调解法第二十三条）；其他席位由调解单位邀请。",
);
/// The seat was answered before, or is another's.
pub static REPLY_UNFIT: Rule =
    Rule::refused("mediation-seat-replied", "This seat waits for no answer of yours.", "该席位不待您答复。");
/// Who declines says why.
pub static REASON_MISSING: Rule =
    Rule::invalid("mediation-seat-reason-missing", "Say why you decline.", "谢绝须写明原因。");
/// Objections are to mediators who sit, or are asked to.
pub static OBJECTION_UNFIT: Rule = Rule::invalid(
    "mediation-objection-unfit",
    "An objection is to a mediator of this case who sits there or was asked to.",
    "仅可对本案在席或受邀的人民调解员申请回避。",
);
/// Once is enough.
pub static OBJECTED_ALREADY: Rule = Rule::invalid(
    "mediation-objected-already",
    "This party has objected to them already.",
    "已对其申请过回避。",
);
/// It was decided.
pub static OBJECTION_DECIDED: Rule =
    Rule::refused("mediation-objection-decided", "This objection has been decided.", "该回避申请已决定。");
/// Nobody decides over themselves.
pub static OBJECTION_OWN: Rule = Rule::refused(
    "mediation-objection-own",
    "Whoever is objected to does not decide over it.",
    "被申请回避人不得自行决定。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &SEAT_TAKEN,
    &SEAT_UNFIT,
    &CHOICE_UNFIT,
    &REPLY_UNFIT,
    &REASON_MISSING,
    &OBJECTION_UNFIT,
    &OBJECTED_ALREADY,
    &OBJECTION_DECIDED,
    &OBJECTION_OWN,
];

/// By which post one sits there.
pub fn post_for(seat: MediationSeatRole) -> Role {
    match seat {
        MediationSeatRole::Police => Role::PoliceOfficer,
        MediationSeatRole::Justice => Role::JusticeOfficer,
        MediationSeatRole::Lawyer => Role::Lawyer,
        MediationSeatRole::Department => Role::DepartmentOfficer,
        MediationSeatRole::Mediator => Role::Mediator,
    }
}
