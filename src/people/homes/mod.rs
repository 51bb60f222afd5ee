//! Homes 人房关系: who owns, rents and lives in which dwelling, since when and by what source (A3, A4).
//!
//! Owning and living are two relations. Who owns a home and lives in it is its owner and its occupant, so that selling ends
//! the one and moving out the other. The owners of a home are set as a whole, and their shares are exactly 1.
//!
//! Every relation names a record of the dwelling's own committee, ownership too. An owner who lives elsewhere has a record
//! here as well (仅为业主, `owner_only`), as has somebody registered here who lives elsewhere (人户分离): neither committee learns of
//! the other's record, and the owners of an estate, which lies in one committee, are counted as heads without looking
//! anywhere else.

mod actions;
pub mod http;
mod leaving;
mod model;
mod owners;
mod rules;
mod shares;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use leaving::{has_ties, join, leave, restore};
pub use model::{DepartureId, DwellingResidentId, HomeRelation, HomeRow, HomeSource, NewHome};
pub use rules::{DAY_AHEAD, LIVES_ELSEWHERE, RULES, TIES_ELSEWHERE};
pub use shares::HomeShare;
pub use store::delete_all_of;

actions!("dwelling-residents", allows, {
    List = "list_dwelling_residents",
    ListOfResident = "list_resident_homes",
    Create = "create_dwelling_resident",
    Update = "update_dwelling_resident",
    Delete = "delete_dwelling_resident",
    FindOwners = "find_dwelling_owners",
    UpdateOwners = "update_dwelling_owners",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::ListOfResident | Action::FindOwners => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Update | Action::Delete | Action::UpdateOwners => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
