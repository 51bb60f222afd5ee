//! Disclosures 查询记录: who looked at whole values of a resident, when and for what. The person reads them; nobody changes them.

pub mod http;
mod model;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{DisclosurePurpose, ResidentId};
pub use store::{join, note};

actions!("disclosures", allows, {
    List = "list_disclosures",
});

fn allows(action: Action, role: Role) -> Reach {
    match (action, role) {
        (Action::List, Role::Resident) => Reach::Own,
        (Action::List, _) => Reach::Never,
    }
}
