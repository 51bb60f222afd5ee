//! Dwellings 房屋: the homes of a building, by unit and number, with their exclusive area 专有面积 (A3, A4). Seen by staff
//! within their range; the archive's people live in them (a later issue).

mod actions;
mod area;
pub mod http;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use area::Area;
pub use model::{DwellingId, NewDwelling};

actions!("dwellings", allows, {
    List = "list_dwellings",
    Find = "find_dwelling",
    Create = "create_dwelling",
    Update = "update_dwelling",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer | CityOfficer
            | PoliceOfficer | PropertyStaff => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Update => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// The building has this dwelling already.
pub static TAKEN: Rule = Rule::refused(
    "dwelling-number-taken",
    "The building has a dwelling of this unit and number already.",
    "该楼栋已有相同单元和室号的房屋。",
);
/// There is no such building.
pub static BUILDING_UNKNOWN: Rule =
    Rule::invalid("dwelling-building-unknown", "There is no such building.", "没有该楼栋。");
/// The building has no such unit.
pub static UNIT_UNKNOWN: Rule =
    Rule::invalid("dwelling-unit-unknown", "The building has no such unit.", "该楼栋没有此单元。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TAKEN, &BUILDING_UNKNOWN, &UNIT_UNKNOWN];
