//! Statistics of volunteering 志愿服务统计 (G13): who takes part, by age and building group, who came back, how many hours, how full shifts
//! were; of a range and a time. Who may not list who signed up is told numbers of people by `people::small_counts`: fewer than five
//! are left out, others rounded down. And who is asked too often 过度动员: people beyond so many hours or shifts in 30 days, with
//! their names, for those who see who signed up.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("volunteer-statistics", allows, {
    Find = "find_volunteer_statistics",
    ListLoads = "list_volunteer_loads",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::ListLoads => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
