//! Departures 迁出、死亡: somebody leaves the committee for good. What they are in homes and in a household ends; what they own
//! stays theirs until it is sold or inherited. The record closes, and opens again when they come back, or at once when
//! it was a mistake; every departure is kept.

mod actions;
pub mod http;
mod model;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use model::DepartureKind;
pub use store::{empty_all_of, join};

actions!("resident-departures", allows, {
    Find = "find_resident_departure",
    Create = "create_resident_departure",
    Delete = "delete_resident_departure",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Delete => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// Nobody leaves tomorrow.
pub static DAY_AHEAD: Rule = Rule::invalid(
    "resident-departure-day-ahead",
    "The day of leaving is still to come.",
    "离开日期尚未到来。",
);
/// Where somebody who died goes is not asked.
pub static DESTINATION_OF_DECEASED: Rule = Rule::invalid(
    "resident-departure-destination",
    "Only somebody who moves out has a destination.",
    "仅迁出人员可填写去向。",
);
/// The person is here.
pub static NOT_DEPARTED: Rule =
    Rule::refused("resident-not-departed", "This person has not left.", "该人员并未迁出或死亡。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DAY_AHEAD, &DESTINATION_OF_DECEASED, &NOT_DEPARTED];
