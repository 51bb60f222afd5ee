//! Venues 场所: where people come together, as the halls and reception rooms of building groups (红色议事厅, 楼组会客厅, B2), each with a code
//! (场所码, G7) that whoever comes scans with their own phone. Three grades of trust: `static` hangs on the wall and may ask that one
//! is near; `rotating` is shown on a screen and changes every 30 seconds; `attended` has no code: staff scan the person's.

mod actions;
pub mod codes;
pub mod http;
mod model;
mod rules;
mod sheet;
mod short_code;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::read_code;
pub use codes::VenueScan;
pub use model::{CodeGrade, SECRET_SEAL, VenueId, VenueKind, VenueRow};
pub use rules::RULES;

actions!("venues", allows, {
    List = "list_venues",
    Find = "find_venue",
    Create = "create_venue",
    Update = "update_venue",
    FindCode = "find_venue_code",
    FindCodeImage = "find_venue_code_image",
    CreateCode = "create_venue_code",
    FindSheet = "find_venue_sheet",
});

/// Where one may go is known to everybody signed in; what is shown at the door, to whoever looks after it.
fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update | Action::CreateCode => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::FindCode | Action::FindCodeImage | Action::FindSheet => match role {
            GroupLeader | CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
