//! How many carry a label, by division (A5). Never counted: an act that sets or removes a label inserts a delta in its own
//! transaction, so that no writer waits for another; a worker adds the deltas up, within a second, into one row for the
//! committee, its street, its district and the city. A look adds what is not added up yet and leaves out what has expired and
//! is not removed yet, in one statement, so that it is exact at any moment, and costs the same however many people there are.
//!
//! Who sees a label on the people of a division is told their number. Roles that see no people but may be shown the label
//! (dispatchers, departments) are told it as `small_counts` says. To everybody else there is no such label.

pub mod http;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use store::fold_next;

actions!("label-counts", allows, {
    List = "list_label_counts",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer | Dispatcher | DepartmentOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
