//! Finding one's committee 找居委 (H1): by the text of an address or the name of a place, to the building, the estate and the
//! committee, how to reach it, and whether it is open now. Public.

mod actions;
pub mod http;
mod question;
mod ranking;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

actions!("committee-finder", allows, {
    Find = "find_committee",
});

fn allows(action: Action, _role: Role) -> Reach {
    match action {
        Action::Find => Reach::Everywhere,
    }
}
