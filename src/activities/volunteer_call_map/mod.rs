//! The map of what is open nearby (G1): published calls for everybody, where they happen, as GeoJSON. Public, as the calls are.

pub mod http;
mod model;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

actions!("volunteer-call-map", allows, { Find = "find_volunteer_call_map", });

fn allows(action: Action, _: Role) -> Reach {
    match action {
        Action::Find => Reach::Everywhere,
    }
}
