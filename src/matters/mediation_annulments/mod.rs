//! An agreement that a court revoked or found void 撤销、确认无效 (人民调解法 32, 33; 人民调解工作若干规定 37): noted by whoever runs the case, with the court's
//! document. It holds no more, and whoever asks about its number is told so. A case that was still to be kept has failed, and the other
//! ways are told; what was performed, broken or filed before stays what it was, and so does what was paid for it. What is mediated once more
//! goes on.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::mediation_agreements::reads;
use crate::matters::mediation_cases::runs;

pub use actions::door;
pub use rules::RULES;

/// What annulments are called where files are attached to them.
pub const ANNULMENTS: &str = "mediation-annulments";

actions!("mediation-cases", allows, {
    Find = "find_mediation_case_annulment",
    Create = "create_mediation_case_annulment",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Find => reads(role),
        // Whoever files the case.
        Action::Create => runs(role),
    }
}
