//! Summons 约请 (B8): a street or a district calls an organisation to a meeting or asks it a question, and keeps the record of it: whether
//! it agreed to come, came, sent somebody or stayed away, and what it answered. What is counted against whom stands in
//! `list_summons_records`.
//!
//! Who speaks for the organisation that is called: whoever has a post in it, of the roles in [`SPEAKERS`]. It sees what it is
//! called to wherever that lies.

mod actions;
pub mod http;
mod model;
pub mod rules;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{SPEAKERS, SummonsId, spoken_for_by};
pub use rules::RULES;

actions!("summons", allows, {
    List = "list_summons",
    Find = "find_summons",
    Create = "create_summons",
    Accept = "create_summons_acceptance",
    Refuse = "create_summons_refusal",
    NoteAttendance = "create_summons_attendance",
    Answer = "create_summons_answer",
    Withdraw = "create_summons_withdrawal",
    ListRecords = "list_summons_records",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    let speaker = if SPEAKERS.contains(&role) { Reach::Own } else { Reach::Never };
    match action {
        // What the officers' own organisations are called to is theirs to see, too: see `store`.
        Action::List | Action::Find => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => speaker,
        },
        Action::Create | Action::NoteAttendance | Action::Withdraw => match role {
            StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Accept | Action::Refuse | Action::Answer => speaker,
        Action::ListRecords => match role {
            StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
