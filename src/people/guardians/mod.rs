//! Guardians 监护人: who acts for a child under 14, as a committee worker recorded it (个人信息保护法 art. 31). What they may do is
//! said by `subjects`.

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
pub use store::join;

actions!("guardians", allows, {
    List = "list_guardians",
    Create = "create_guardian",
    Delete = "delete_guardian",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Create | Action::Delete => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
