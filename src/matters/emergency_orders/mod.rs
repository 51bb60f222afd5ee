//! Emergency orders 平急转换 (G6): for a range and a time, the clocks of matters run by the policies of emergencies, and each matter
//! says so. What holds at a place may be ordered above it, so staff see the orders of the levels above them, too.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{EmergencyOrderId, EmergencyOrderRow};
pub use rules::RULES;
pub use store::{all_in_force, in_force};

actions!("emergency-orders", allows, {
    List = "list_emergency_orders",
    Find = "find_emergency_order",
    Create = "create_emergency_order",
    CreateEnd = "create_emergency_order_end",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor | Resident => Reach::Never,
            _ => Reach::Range,
        },
        Action::Create | Action::CreateEnd => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
