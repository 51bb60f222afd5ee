//! Free times 可约时段 of mediation rooms (F3), that a hearing takes. Everybody signed in may know them, and which are still free; for whom
//! the others are taken is told nowhere.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{HearingSlotId, SlotRow};
pub use rules::{RULES, is_a_time};

actions!("hearing-slots", allows, {
    List = "list_hearing_slots",
    Create = "create_hearing_slot",
    Delete = "delete_hearing_slot",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        // Who keeps the rooms.
        Action::Create | Action::Delete => match role {
            StreetOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
