//! Households 家庭户: who keeps house together, by relation to the head 户主, with the number of the household register 户号
//! where it has one (A3, A4).
//!
//! A household that has members has exactly one head, and nobody is in two households at a time. Members and head are set
//! as a whole, since each relation is to the head. A household need not live where it is registered.

mod actions;
pub mod http;
mod leaving;
mod model;
mod rules;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use leaving::{has_ties, join, leave, restore};
pub use model::{HouseholdId, HouseholdMemberId, HouseholdRelation, NewHousehold, NewMember};
pub use rules::{MEMBER_TAKEN, NUMBER_TAKEN, RULES};
pub use store::delete_all_of;

actions!("households", allows, {
    List = "list_households",
    Find = "find_household",
    Create = "create_household",
    Update = "update_household",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Update => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
