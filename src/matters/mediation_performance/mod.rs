//! Whether an agreement is kept 履行 (人民调解法 31): item by item, done, partly or not at all, with what shows it. All done, and the case is performed.
//! Broken, it is mediated once more, or handed over to whoever decides, without what was said in confidence (26).

mod actions;
mod handing;
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

/// What performances are called where files are attached to them.
pub const PERFORMANCES: &str = "mediation-performances";

actions!("mediation-cases", allows, {
    List = "list_mediation_case_performances",
    Create = "create_mediation_case_performance",
    CreateReopening = "create_mediation_case_reopening",
    FindHandOver = "find_mediation_case_hand_over",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List => reads(role),
        // By whom it is owed to, or by whoever runs the case; a party takes its own package along.
        Action::Create | Action::FindHandOver => match role {
            Role::Resident => Reach::Own,
            _ => runs(role),
        },
        Action::CreateReopening => runs(role),
    }
}
