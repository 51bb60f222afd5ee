//! Labels 标签 by level (A5, A6): 84 of the city, 256 of districts, 895 of streets. A definition belongs to a division; a
//! lower level adds, never redefines: a code or a name that is used above or below is refused. Who sees a label, and who
//! sets it, is said role by role; to everybody else it is as absent as one that does not exist. That a code is taken is
//! told to the officers who define labels, and tells them no more than that.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod viewers;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{LabelId, LabelRow};
pub use rules::{IN_NUMBERS, LABEL_UNKNOWN, ON_PEOPLE, RETIRED, RULES};
pub use viewers::{counters_of, may_set, posts_on_people, seers_of};

actions!("labels", allows, {
    List = "list_labels",
    Create = "create_label",
    Update = "update_label",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer | Dispatcher | DepartmentOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // Each for exactly their own division: see `rules`.
        Action::Create | Action::Update => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
