//! Hours of service 志愿服务时长 (民政部令第67号): a ledger that is only added to. What a stay earns is the time between coming and going,
//! inside the shift, less breaks; travel is not counted, two stays at one time count once, and a day counts up to a cap. What is put
//! right is taken back and earned anew, with the reason.
//!
//! [`reckoning`] says what all stays of a person earn; [`settle`] writes what differs from what is written.

pub mod http;
mod model;
pub mod reckoning;
mod settling;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::AttendanceId;
pub use settling::{Around, follow, join, settle, take_turn};
pub use store::total;

actions!("volunteer-hours", allows, { ListOwn = "list_volunteer_hours", });

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::ListOwn => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
