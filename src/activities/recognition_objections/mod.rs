//! Objections 公示异议 to a nomination while it is publicised: by neighbours who are verified residents of its committee, once each, with
//! what they have to say. Who objected is told to nobody; staff of the range read and answer them, and none may be left open.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("recognition-objections", allows, {
    List = "list_recognition_objections",
    Create = "create_recognition_objection",
    Answer = "create_recognition_objection_answer",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::List | Action::Answer => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
