//! Residencies 居民认证: an account shows who it is in the archive, by name, document and home. What agrees in all three is bound at
//! once, unless the record has another telephone number than the account: the three leak together, the number proves itself.
//! Anything else waits for the committee, and whatever was wrong looks the same.

mod actions;
mod following;
pub mod http;
mod model;
mod rules;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use following::Follower;
pub use rules::RULES;
pub use store::{bind, forget_next, is_open, join, unbind};

actions!("residencies", allows, {
    Find = "find_residency",
    FindRecord = "find_my_record",
    Create = "create_residency",
    Delete = "delete_residency",
    List = "list_residencies",
    Decide = "create_residency_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Find | Action::FindRecord | Action::Create | Action::Delete => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::List | Action::Decide => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
