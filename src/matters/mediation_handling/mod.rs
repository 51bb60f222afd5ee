//! Running a case: taken or not 受理, not settled 调解不成 with the other ways told, filed 归档 (人民调解法 26, 27).

mod actions;
pub mod http;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;
use crate::matters::mediation_cases::runs;

actions!("mediation-cases", allows, {
    Accept = "create_mediation_case_acceptance",
    Refuse = "create_mediation_case_refusal",
    Fail = "create_mediation_case_failure",
    Close = "create_mediation_case_closure",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Accept | Action::Refuse | Action::Fail | Action::Close => runs(role),
    }
}

/// There are two sides to a dispute.
pub static SIDES_MISSING: Rule = Rule::refused(
    "mediation-sides-missing",
    "A dispute is taken when somebody of both sides is known: an applicant and a respondent.",
    "受理前须登记申请人和被申请人。",
);
/// The reason is not one for this.
pub static REASON_UNFIT: Rule = Rule::invalid(
    "mediation-reason-unfit",
    "This reason is given elsewhere: by the party that refuses or stops, or where an agreement is broken.",
    "该原因不适用于此环节。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&SIDES_MISSING, &REASON_UNFIT];
