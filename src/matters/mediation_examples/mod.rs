//! Typical cases 典型案例 (E11): a mediation case that was filed, told so that nobody is known by it. Written by whoever runs the case; a text that
//! names a party, or tells how to reach or where to find one, is refused; somebody else of the judicial office 司法所 reads it before
//! everybody may. Published, it is not changed, only withdrawn. Which case it was is told to whoever runs that case: the public one has
//! a random id, and of its place the district alone.

mod actions;
mod anonymity;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::mediation_cases::runs;

pub use rules::RULES;

actions!("mediation-examples", allows, {
    List = "list_mediation_examples",
    Find = "find_mediation_example",
    ListOfCase = "list_mediation_case_examples",
    Create = "create_mediation_case_example",
    Update = "update_mediation_case_example",
    CreateReview = "create_mediation_case_example_review",
    CreateWithdrawal = "create_mediation_case_example_withdrawal",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List | Action::Find => Reach::Everywhere,
        Action::ListOfCase | Action::Create | Action::Update | Action::CreateWithdrawal => runs(role),
        // Who guides mediation answers for what is said of it (人民调解法 5).
        Action::CreateReview => match role {
            Role::JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
