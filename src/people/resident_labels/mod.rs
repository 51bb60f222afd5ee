//! Labels on people: who carries which, from where, why, by whom, since and until when. A label is set only where its
//! division covers the person's committee, only by its `set_roles`, and seen only by its `see_roles`. One whose time is over
//! is neither shown nor counted; the worker removes it.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;
pub use store::{delete_all_of, expire_next, join, leave, restore};

actions!("resident-labels", allows, {
    List = "list_resident_labels",
    Create = "create_resident_label",
    Delete = "delete_resident_label",
});

/// Whoever sees people; which labels they see and set is said by each label.
fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Create | Action::Delete => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::policy::Action as _;
    use crate::people::labels::{IN_NUMBERS, ON_PEOPLE};
    use crate::people::residents;

    #[test]
    fn labels_are_seen_on_people_by_those_who_list_people_and_by_nobody_else() {
        for role in Role::ALL {
            let lists = residents::Action::List.allows(*role) == Reach::Range;
            assert_eq!(ON_PEOPLE.contains(role), lists, "{role:?}");
            assert_eq!(allows(Action::List, *role) == Reach::Range, lists, "{role:?}");
            assert!(!(lists && IN_NUMBERS.contains(role)), "{role:?}");
        }
    }
}
