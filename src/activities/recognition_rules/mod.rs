//! By what rules somebody is recognised 评选规则 (G2, G3): how long a nomination is publicised 公示, by what criteria a building group is
//! assessed, each with the most points it gives, and how many are enough. Data, by place and day, each with what it stands on; a closer
//! place goes before a wider one, with all its criteria. Streets, districts and the city say theirs from a day on.

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
pub use model::{RecognitionKind, Rules};
pub use rules::RULES;

actions!("recognition-rules", allows, {
    Find = "find_recognition_rules",
    List = "list_recognition_rules",
    Create = "create_recognition_rule",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // The rules by which one is honoured are everybody's to know.
        Action::Find | Action::List => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        // A street, which also assesses and confirms, bends no case at hand by it: what is said holds from tomorrow on, and each
        // nomination is judged by what held on its day.
        Action::Create => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
