//! Dispatching a petition 派单 (E4): to an organisation that leads or assists, which takes it 签收 or gives it back 退单 with a reason and
//! whose it is instead. The map of responsibilities 权责清单 (E13) proposes the owner, and is taught by what came back, never silently. Every
//! second return lifts the matter one level up the line by itself.

mod actions;
pub mod http;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("dispatches", allows, {
    Create = "create_petition_dispatch",
    Accept = "update_dispatch_acceptance",
    Return = "create_dispatch_return",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // Whoever has a post in the organisation it came to.
        Action::Accept | Action::Return => match role {
            CommitteeWorker
            | CommitteeHead
            | StreetOfficer
            | Dispatcher
            | DepartmentOfficer
            | DistrictOfficer
            | CityOfficer
            | Mediator
            | PoliceOfficer
            | JusticeOfficer
            | Lawyer
            | PropertyStaff
            | OwnersCommitteeMember => Reach::Own,
            _ => Reach::Never,
        },
    }
}
