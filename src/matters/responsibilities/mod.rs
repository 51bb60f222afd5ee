//! Who handles what where 权责清单、街道条块对接运行图 (E13): which organisation leads, and which assist, with petitions of a category in a
//! division, by which law, from when to when. Everybody may know: "who handles this here" is no secret.
//!
//! The deepest division decides: what a street says of itself goes before what its district says of all streets. A dispatch
//! that came back 退单 proposes a correction of the map; an officer decides, and nothing changes silently.

mod actions;
pub mod http;
mod model;
pub mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{propose, responsible};
pub use model::{ResponsibilityId, ResponsibilityProposalId, ResponsibleRow};
pub use rules::RULES;

actions!("responsibilities", allows, {
    List = "list_responsibilities",
    Find = "find_responsibility",
    Create = "create_responsibility",
    Update = "update_responsibility",
    FindResponsible = "find_responsible",
    ListProposals = "list_responsibility_proposals",
    Decide = "create_responsibility_proposal_decision",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find | Action::FindResponsible => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update | Action::ListProposals | Action::Decide => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
