//! Visits 走访 and receptions 接待 (H7): whom or which home, when, by whom, what was said, what was found, when to look again.
//! Photos belong to the visit and are seen by whoever may find it. The visited person reads their own visits; what staff note
//! for themselves, the words of findings and the photos are left out there, since they may speak of others.

mod actions;
pub mod http;
mod model;
mod parts;
mod rules;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use crate::people::visit_findings::{VISITS, VisitId};
pub use model::VisitKind;
pub use rules::RULES;
pub use store::{door, empty_all_of, join};

actions!("visits", allows, {
    List = "list_visits",
    Find = "find_visit",
    Create = "create_visit",
    Update = "update_visit",
    ListOwn = "list_own_visits",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create => match role {
            CommitteeWorker | CommitteeHead => Reach::Range,
            _ => Reach::Never,
        },
        // A worker mends what they wrote themselves.
        Action::Update => match role {
            CommitteeHead => Reach::Range,
            CommitteeWorker => Reach::Own,
            _ => Reach::Never,
        },
        Action::ListOwn => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
