//! The inbox 待办 (J4): everything that waits on somebody, across all kinds: on the person, on an organisation they have a post in, or on
//! a level of the line in their range. What makes somebody wait writes an item in its own act, and what ends that takes it away.

pub mod http;
mod model;
mod store;
mod supervision;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{Item, Task, Whose};
pub use store::{About, clear, put, replace};
pub use supervision::supervision;

actions!("inbox", allows, { List = "list_inbox", });

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
