//! Corrections 更正: a person says what is wrong in their record, and the committee answers (个人信息保护法 art. 46).

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
pub use store::{empty_all_of, hold, join, stop};
pub use wire::VALUE_SEAL;

actions!("corrections", allows, {
    ListOwn = "list_my_corrections",
    Create = "create_correction",
    Delete = "delete_correction",
    List = "list_corrections",
    Decide = "create_correction_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::ListOwn | Action::Create | Action::Delete => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::List | Action::Decide => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
