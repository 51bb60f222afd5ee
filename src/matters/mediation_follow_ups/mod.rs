//! Follow-up visits 回访 (人民调解法 31): whoever runs the case sees to it that the agreement is kept. One is planned, then recorded; while something is still owed
//! the next is due by the same policy.

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

pub use rules::RULES;

actions!("mediation-cases", allows, {
    List = "list_mediation_case_follow_ups",
    Create = "create_mediation_case_follow_up",
    Update = "update_mediation_case_follow_up",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List => reads(role),
        Action::Create | Action::Update => runs(role),
    }
}
