//! Data-sharing grants 数据共享授权 (A14): an officer lets an organisation read certain fields of the residents of a division,
//! for a purpose, for a year at most, on a basis of the law: a duty of the grantee 履行法定职责, or that each person agreed
//! to be shown to that grantee 单独同意, which is asked anew at each page. Each person reads which grants show them, and who asks. The organisation's staff read page by page; each page is on record for both sides, and
//! each person whose whole numbers were read can see that. An ended grant is refused at once. What was not granted is not in
//! the answer, not even masked.

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

actions!("data-grants", allows, {
    List = "list_data_grants",
    Create = "create_data_grant",
    Delete = "delete_data_grant",
    ListResidents = "list_data_grant_residents",
    ListReads = "list_data_grant_reads",
    ListOwn = "list_my_data_grants",
});

/// A grant is its grantee's own: of everybody who has a post in that organisation.
fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::ListReads => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::Create | Action::Delete => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::ListResidents | Action::ListOwn => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
