//! Consents 同意: what a person agrees to, by purpose and by version of the privacy notice, withdrawn as easily as given
//! (个人信息保护法 arts. 13 to 16, 23, 29, 31). What is given to others is agreed to recipient by recipient. A guardian agrees for a child
//! under 14.

mod actions;
pub mod http;
mod model;
mod notice;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::witness;
pub use model::ConsentPurpose;
pub use notice::VERSION as NOTICE_VERSION;
pub use rules::{MISSING, NOTICE_STALE, RULES};
pub use store::{agreeing, agreements, has_agreed, is_withdrawn, join, require, require_of};

actions!("consents", allows, {
    List = "list_consents",
    Create = "create_consent",
    Delete = "delete_consent",
    FindNotice = "find_privacy_notice",
});

fn allows(action: Action, role: Role) -> Reach {
    match (action, role) {
        (Action::List | Action::Create | Action::Delete, Role::Resident) => Reach::Own,
        (Action::List | Action::Create | Action::Delete, _) => Reach::Never,
        (Action::FindNotice, _) => Reach::Everywhere,
    }
}
