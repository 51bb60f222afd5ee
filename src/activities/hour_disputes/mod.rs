//! Disputes 时长异议 of what was recorded of somebody: to who organised it first, then to the committee; of what a district or the city
//! organised, to somebody else there. What turns out to be wrong is put right by a correction of the attendance; the answer says whether
//! it was.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use rules::RULES;

actions!("hour-disputes", allows, {
    List = "list_hour_disputes",
    Create = "create_hour_dispute",
    Answer = "create_hour_dispute_answer",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        // One's own, and those of what one organises.
        Action::List => match role {
            Role::Resident => Reach::Own,
            _ => organises(role),
        },
        Action::Create => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::Answer => organises(role),
    }
}
