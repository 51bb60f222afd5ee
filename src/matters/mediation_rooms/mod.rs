//! Mediation rooms 调解室、调解站、调解点 (F3): whose they are, where, for how many, when they are open. Everybody signed in may know those
//! that are used; staff of the range see the others, too, and which have fewer mediators than the staffing rule asks for (S1: 一个
//! 调解室两名调解员, and 26 of the rooms asked said that they have too few). Who serves in a room is told by `mediation_room_staff`.

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

pub use model::{MediationRoomId, MediationRoomKind, MediationRoomRow, NamedRoomRow};
pub use rules::RULES;
pub use wire::MediationRoomPath;

actions!("mediation-rooms", allows, {
    List = "list_mediation_rooms",
    Find = "find_mediation_room",
    Create = "create_mediation_room",
    Update = "update_mediation_room",
    ListShortfalls = "list_mediation_room_shortfalls",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => match role {
            StreetOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // Whoever may know which rooms are short of people sees rooms that are not used, too.
        Action::ListShortfalls => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer
            | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
