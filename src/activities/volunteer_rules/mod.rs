//! Rules that hours are counted and honoured by: how many make a star 星级, and how many count of one day. Data, by place and day, each
//! with what it stands on; a closer place goes before a wider one, with all its stars. Streets, districts and the city say theirs from a
//! day on.

mod actions;
pub mod http;
mod import;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use import::{Line, import};
pub use model::{RuleRow, Rules};
pub use rules::RULES;

actions!("volunteer-rules", allows, {
    List = "list_volunteer_rules",
    Create = "create_volunteer_rule",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // The rules by which one's hours count are everybody's to know.
        Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        // A street, which also organises, bends no hours at hand by it: what is said holds from tomorrow on, and each day counts by
        // what held on it.
        Action::Create => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
