//! Categories of petitions 诉求类别 (E1, E15): what neighbours bring, what is asked besides with each, what must be shown, and
//! which go the fast way 直通快办 (E3). They are data: a city, a district or a street adds its own to those above it, and a
//! petition's category and answers are checked against what stands here.

mod actions;
pub mod http;
mod import;
mod model;
pub mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use import::{CategoryLine, QuestionLine, import};
pub use model::{CategoryId, CategoryRow, QuestionDatatype, QuestionRow};
pub use rules::{RULES, check_answers};
pub use store::{count, questions};

actions!("petition-categories", allows, {
    List = "list_petition_categories",
    Find = "find_petition_category",
    Create = "create_petition_category",
    Update = "update_petition_category",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // A resident's form needs them.
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
