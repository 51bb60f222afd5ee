//! Building groups 楼组: neighbours of some buildings or units who organise themselves, with a leader 楼组长 and a deputy, a
//! slogan, a brand (as 247号楼's "'梯'升男友力"), an introduction, and the titles they won, such as 活力楼组 (A8, G2).

mod actions;
pub mod http;
mod leaders;
mod model;
mod rules;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{grant, take_back};
pub use leaders::follow;
pub use model::{BuildingGroupId, BuildingGroupRow, BuildingGroupTitleId};
pub use rules::RULES;
pub use store::find;

actions!("building-groups", allows, {
    List = "list_building_groups",
    Find = "find_building_group",
    Create = "create_building_group",
    Update = "update_building_group",
    UpdateLeader = "update_building_group_leader",
    UpdateBrand = "update_building_group_brand",
    CreateTitle = "create_building_group_title",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update | Action::UpdateLeader => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // A group's own leader and deputy tell its story.
        Action::UpdateBrand => match role {
            GroupLeader => Reach::Own,
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::CreateTitle => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
