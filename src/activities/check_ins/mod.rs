//! Check-ins 签到 (G7, H13): somebody shows a code, and it is written down who was where for what: one mechanism for shifts, meetings,
//! trainings, visits to venues and enrolment. A code counts once, and a person once for one event, or once for each time they come to a
//! shift and go from it; a repeat is answered with what was written first. Or the other way about: somebody scans the code of a venue and
//! checks themselves in. Other features record through [`record`], in their own act.
//!
//! Check-ins are movement tracks 行踪轨迹: whoever is checked in has agreed to that separately (个人信息保护法 arts. 28, 29; an enrolment
//! is agreed to by itself), they go after 30 days, and with the consent; nothing gives them to third parties.

mod actions;
pub mod http;
mod model;
mod oneself;
mod recording;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{CheckInId, CheckInPurpose, CheckInRow, Occasion};
pub use recording::{Recorded, Scan, record, record_all};
pub use rules::{CODE_USED, PERSON_UNKNOWN, RULES};
pub use store::{find_use, forget_next, join};

actions!("check-ins", allows, {
    Create = "create_check_in",
    CreateBatch = "create_check_in_batch",
    List = "list_check_ins",
    ListOwn = "list_my_check_ins",
    CreateOwn = "create_my_check_in",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create | Action::CreateBatch => match role {
            GroupLeader | CommitteeWorker | CommitteeHead | StreetOfficer | PropertyStaff => Reach::Range,
            _ => Reach::Never,
        },
        Action::List => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::ListOwn | Action::CreateOwn => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
