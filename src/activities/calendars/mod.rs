//! Calendars 日历订阅 that phones subscribe to (RFC 5545): one's own shifts, or the public calls of a community. A subscription can't sign
//! in, so its address is the secret: 256 bits, of which 64 sign the rest. A forged one is refused without the database; of a
//! genuine one a keyed hash is kept and nothing else. Taken away, or with the account closed, the address answers nothing. What is
//! fetched names nobody: neither neighbours nor the child whom a guardian signed up.

mod actions;
mod feed;
pub mod http;
mod model;
mod rules;
mod store;
mod token;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("calendars", allows, {
    List = "list_calendars",
    Create = "create_calendar",
    Delete = "delete_calendar",
    Find = "find_calendar",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List | Action::Create | Action::Delete => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
        // Whoever has the address.
        Action::Find => Reach::Everywhere,
    }
}
