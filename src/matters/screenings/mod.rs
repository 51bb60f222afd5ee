//! Screenings 排查: for some weeks a street, a committee or a police station looks for what may become a quarrel, or worse. What is seen is a
//! lead (`screening_leads`); here are the campaigns, and how many leads came of them. A campaign names nobody, and is read by the staff of
//! its place and of all below that it asks to look. (人民调解法 5, 25)

mod actions;
pub mod http;
mod model;
pub mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{ScreeningId, ScreeningLeadState, ScreeningRiskLevel, ScreeningRow};
pub use rules::{NOT_RUNNING, RULES};
pub use wire::ScreeningPath;

actions!("screenings", allows, {
    List = "list_screenings",
    Find = "find_screening",
    FindCounts = "find_screening_counts",
    Create = "create_screening",
    Update = "update_screening",
    Close = "create_screening_closure",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find | Action::FindCounts => match role {
            DistrictOfficer | CityOfficer => Reach::Range,
            _ => works(role),
        },
        Action::Create | Action::Update | Action::Close => match role {
            CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// How far a role reaches that goes out and looks.
pub fn works(role: Role) -> Reach {
    use Role::*;
    match role {
        CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer | Mediator => {
            Reach::Range
        }
        _ => Reach::Never,
    }
}
