//! Who serves in a mediation room, full time or part time 专职、兼职 (F3, F4): mediators and lawyers of a roster, and liaisons 联络员 by account,
//! each from a day to a day and for so many hours a week. Who was there stays on record.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{RoomStaffId, RoomStaffRole};
pub use rules::RULES;

actions!("mediation-room-staff", allows, {
    List = "list_mediation_room_staff",
    Create = "create_mediation_room_staff",
    CreateEnd = "create_mediation_room_staff_end",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer
            | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::CreateEnd => match role {
            StreetOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
