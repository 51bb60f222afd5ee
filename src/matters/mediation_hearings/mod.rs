//! Hearings 调解会 of a case (F3, F5): a room and people reserved for a time, so that nothing is there twice; who was told and how that is
//! known 送达; who came; what was said 笔录 and what follows. Nothing is planned before every party agreed (人民调解法 17), nobody is heard in
//! the open unless all want it (23), and a difficult case not with an empty seat.

mod actions;
pub mod http;
mod notices;
mod planning;
mod rules;
mod shown;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::mediation_cases::runs;

pub use rules::RULES;

actions!("mediation-cases", allows, {
    List = "list_mediation_case_hearings",
    Find = "find_mediation_case_hearing",
    Create = "create_mediation_case_hearing",
    Update = "update_mediation_case_hearing",
    CreateNotice = "create_mediation_case_hearing_notice",
    CreateOpening = "create_mediation_case_hearing_opening",
    CreateAdjournment = "create_mediation_case_hearing_adjournment",
    CreateConclusion = "create_mediation_case_hearing_conclusion",
    CreateCancellation = "create_mediation_case_hearing_cancellation",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // Whoever sees the case as more than that there is one.
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            JusticeOfficer => Reach::Range,
            _ => Reach::Own,
        },
        // Whoever is expected says so themselves; whoever runs it notes how the others were told.
        Action::CreateNotice => match role {
            Resident => Reach::Own,
            _ => runs(role),
        },
        Action::Create
        | Action::Update
        | Action::CreateOpening
        | Action::CreateAdjournment
        | Action::CreateConclusion
        | Action::CreateCancellation => runs(role),
    }
}
