//! Seats 席位 at the table of a case: the police, the judicial office and the lawyer 三所, departments where the dispute asks for them, and the
//! mediators (F2, F3; 3+3+N). Each is asked and says whether they sit; a party may choose a mediator, and object to one 回避 (人民调解法 19, 23).

mod actions;
pub mod http;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::mediation_cases::runs;

pub use rules::RULES;

actions!("mediation-cases", allows, {
    Create = "create_mediation_case_seat",
    CreateReply = "create_mediation_case_seat_reply",
    CreateObjection = "create_mediation_case_objection",
    CreateObjectionDecision = "create_mediation_case_objection_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // A party chooses a mediator; whoever runs it asks anybody.
        Action::Create => match role {
            Resident => Reach::Own,
            _ => runs(role),
        },
        Action::CreateReply => match role {
            Mediator | PoliceOfficer | JusticeOfficer | Lawyer | DepartmentOfficer => Reach::Own,
            _ => Reach::Never,
        },
        Action::CreateObjection => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::CreateObjectionDecision => runs(role),
    }
}
