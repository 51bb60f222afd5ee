//! Buildings 楼栋 of an estate, with their units 单元 (A2, A3). Known to everybody signed in.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{BuildingId, BuildingRow, NewBuilding};
pub use rules::{ESTATE_UNKNOWN, RULES, TAKEN, UNIT_IN_USE, UNIT_REPEATED, has_unit};

actions!("buildings", allows, {
    List = "list_buildings",
    Find = "find_building",
    Create = "create_building",
    Update = "update_building",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
