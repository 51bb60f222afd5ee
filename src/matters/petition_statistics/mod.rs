//! Statistics of petitions 四率 (12345 practice): called in time 先行联系率, resolved in time 按时办结率, solved 实际解决率, satisfied 满意率, of a range
//! and of each organisation. Reports 检举 are left out. Who reads them may read each petition, so no number is hidden.

pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("petition-statistics", allows, { Find = "find_petition_statistics", });

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer | CityOfficer => {
                Reach::Range
            }
            _ => Reach::Never,
        },
    }
}
