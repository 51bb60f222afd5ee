//! Erasures 删除: a person asks to have their record deleted, and what becomes of it: emptied, kept by law and worked with no more,
//! or refused with the reason (个人信息保护法 art. 47). Who has no account asks in the office. What is kept by law is
//! found by the committee's head only. What was kept long enough the worker erases in the same way (`expiring`).

mod actions;
mod expiring;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use expiring::{Standing, empty_merged, erase_left};
pub use rules::RULES;
pub use store::join;

actions!("erasures", allows, {
    ListOwn = "list_my_erasures",
    Create = "create_erasure",
    Delete = "delete_erasure",
    List = "list_erasures",
    Enter = "create_resident_erasure",
    Decide = "create_erasure_decision",
    ListRestricted = "list_restricted_residents",
    FindRestricted = "find_restricted_resident",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::ListOwn | Action::Create | Action::Delete => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::List => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Enter => match role {
            CommitteeWorker | CommitteeHead => Reach::Range,
            _ => Reach::Never,
        },
        // What is emptied can't be brought back.
        Action::Decide => match role {
            CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::ListRestricted | Action::FindRestricted => match role {
            CommitteeHead => Reach::Range,
            _ => Reach::Never,
        },
    }
}
