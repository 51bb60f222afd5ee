//! More time 延期: whoever holds a petition asks for it, the level above allows it or not, and who asked is told (信访工作条例 34).

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::ExtensionId;
pub use rules::RULES;

actions!("matter-extensions", allows, {
    Create = "create_petition_extension",
    Decide = "create_matter_extension_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer => Reach::Range,
            DepartmentOfficer | PoliceOfficer | JusticeOfficer | PropertyStaff | CityOfficer => Reach::Own,
            _ => Reach::Never,
        },
        Action::Decide => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
