//! Handling a petition: taken or not 受理, who asked is called 先行联系, progress, waiting 中止, answered 答复, closed 办结, taken back 撤回,
//! made one with another 并案. (E1 E2, 12345 practice, 信访工作条例 22–34)

mod actions;
pub mod http;
mod rules;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("petitions", allows, {
    Accept = "create_petition_acceptance",
    Reject = "create_petition_rejection",
    Withdraw = "create_petition_withdrawal",
    Contact = "create_petition_first_contact",
    Progress = "create_petition_progress",
    Suspend = "create_petition_suspension",
    Resume = "create_petition_resumption",
    Answer = "create_petition_answer",
    Close = "create_petition_closure",
    Merge = "create_petition_merge",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Accept | Action::Reject | Action::Merge => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Withdraw => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        // Whoever holds it; before somebody does, the line.
        Action::Contact | Action::Progress | Action::Suspend | Action::Resume | Action::Answer => {
            match role {
                CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer => {
                    Reach::Range
                }
                DepartmentOfficer
                | PoliceOfficer
                | JusticeOfficer
                | PropertyStaff
                | OwnersCommitteeMember
                | Mediator
                | Lawyer
                | CityOfficer => Reach::Own,
                _ => Reach::Never,
            }
        }
        // Who asked at any time after the answer; the line once they are content.
        Action::Close => match role {
            Resident => Reach::Own,
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
