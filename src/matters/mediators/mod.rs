//! Rosters 调解员名册 (F1, F2): mediators 人民调解员, lawyers 律师 and experts 专家, each for a term (人民调解法 arts. 8, 9, 13): what they know,
//! in which languages, and how many cases they take at once. Who has a dispute may choose one (art. 23), so everybody signed in is
//! told of those that serve their name, what they know and their languages, and no more.

mod actions;
pub mod http;
mod model;
pub mod rules;
mod seeing;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::propose;
pub use model::{MediatorId, MediatorKind, MediatorRow, MediatorStatus, NamedMediatorRow};
pub use rules::{RULES, serves};
pub use views::MediatorProposalView;

actions!("mediators", allows, {
    List = "list_mediators",
    Find = "find_mediator",
    Create = "create_mediator",
    Update = "update_mediator",
    ListProposals = "list_mediator_proposals",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => match role {
            StreetOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // Whoever may ask for proposals sees the whole roster of their range, too.
        Action::ListProposals => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer
            | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
