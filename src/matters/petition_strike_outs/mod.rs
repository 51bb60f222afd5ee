//! Striking out many signatures 批量剔除: a condition that is written down with how many it meets, carried out in a second step, and
//! cancelled at any time, which restores what it struck out. Signatures that were struck out do not count and are not given anew.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("petition-strike-outs", allows, {
    List = "list_petition_strike_outs",
    Create = "create_petition_strike_out",
    CreateExecution = "create_strike_out_execution",
    CreateCancellation = "create_strike_out_cancellation",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Create | Action::CreateExecution | Action::CreateCancellation => match role {
            StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
