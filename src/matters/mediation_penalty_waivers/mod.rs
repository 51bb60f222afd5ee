//! No penalty where it was settled 不予处罚 (治安管理处罚法 2025, art. 9): what the police referred, mediation settled and the parties performed is not punished,
//! where somebody asks for that in writing. The police at the table decide.

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

/// What applications are called where files are attached to them.
pub const WAIVERS: &str = "mediation-penalty-waivers";

actions!("mediation-cases", allows, {
    List = "list_mediation_case_penalty_waivers",
    Create = "create_mediation_case_penalty_waiver",
    CreateDecision = "create_mediation_case_penalty_waiver_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List => reads(role),
        Action::Create => match role {
            Role::Resident => Reach::Own,
            _ => runs(role),
        },
        Action::CreateDecision => match role {
            Role::PoliceOfficer => Reach::Own,
            _ => Reach::Never,
        },
    }
}
