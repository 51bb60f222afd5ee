//! Statistics of mediation 调解统计: what became of the cases that were registered in a place and a time, how long it took, whether it was
//! kept and confirmed, and whose disputes come back; of all together, and by type, source, room or month. Nobody's list tells how a case was
//! kept, or who is in it, and these numbers are passed on. So whoever may not read the cases themselves is told every number by
//! `people::small_counts`: fewer than five are left out, others rounded down, and rates and days follow from what is told and from
//! nothing else. The judicial office 司法所 that guides mediation (人民调解法 5) reads each case, and is told the numbers as they are.

pub mod http;
mod model;
mod reckoning;
mod rules;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use rules::RULES;

actions!("mediation-statistics", allows, { Find = "find_mediation_statistics", });

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Find => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
