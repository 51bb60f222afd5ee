//! Confirmation by the court 司法确认 (人民调解法 33; 民事诉讼法 205, 206): all parties together ask within 30 days of the day the agreement took effect, and
//! the court confirms or refuses. The 30 days are a row of the policies; day 30 counts, day 31 does not.

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

/// What requests are called where files are attached to them.
pub const CONFIRMATIONS: &str = "mediation-confirmations";

actions!("mediation-cases", allows, {
    Find = "find_mediation_case_confirmation",
    Create = "create_mediation_case_confirmation",
    Update = "update_mediation_case_confirmation",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::Find => reads(role),
        // By each party in the app, or by whoever runs the case for all that did on paper.
        Action::Create => match role {
            Role::Resident => Reach::Own,
            _ => runs(role),
        },
        Action::Update => runs(role),
    }
}
