//! Health 居民健康情况表 (A17): how a person gets about, which care they need, what they suffer from. Kept only with the
//! person's consent, which is recorded with it, and removed when that is withdrawn. The committee's own people see it, for a
//! purpose that the person can read afterwards (`disclosures`); everybody else who works with people or their numbers is told
//! numbers, as `small_counts` says.

mod actions;
pub mod http;
mod kinds;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;
pub use store::{forget, forget_all, join, leave, restore};
pub use wire::NOTE_SEAL;

actions!("health", allows, {
    Find = "find_resident_health",
    Update = "update_resident_health",
    Delete = "delete_resident_health",
    FindSummary = "find_health_summary",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Find | Action::Update | Action::Delete => match role {
            CommitteeWorker | CommitteeHead => Reach::Range,
            _ => Reach::Never,
        },
        Action::FindSummary => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer | Dispatcher | DepartmentOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
