//! Policies 时限规则: how long each clock of a matter runs, where, since when, and by which law. The numbers of the law are rows that a
//! street, a district or the city adds to; a newer or a closer one takes the place of an older or a wider one, so that what held
//! on a day can still be told (E1, G6).

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
pub use model::{ClockKind, MatterKind, PolicyId, PolicyMode, PolicyRow, Wanted};
pub use rules::RULES;
pub use store::{find, thresholds};

pub use crate::places::divisions::Level;

actions!("matter-policies", allows, {
    List = "list_policies",
    Create = "create_policy",
    CreateEnd = "create_policy_end",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // The rules by which one is treated are everybody's to know, those of the levels above, too.
        Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::CreateEnd => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
