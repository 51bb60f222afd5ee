//! Dispute entries 解纷一件事: whoever is in dispute tells it once, and need not know whose it is. By rules of the place it goes to
//! mediation, to legal aid, to a court or to the police, and comes back: where it went, where it stands, what came of it. What is
//! mediated becomes a case in the same act. Read whole by whose it is and by who received it; whoever has the range is told that there is
//! one, of which type, and where it went. (人民调解法 17; 法律援助法 31; 人民调解工作若干规定 22)

mod actions;
mod details;
mod filing;
pub mod http;
mod model;
pub mod rules;
mod seeing;
pub mod store;
mod told;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::summons::SPEAKERS;

pub use model::DisputeEntryId;
pub use rules::RULES;
pub use store::{OTHER_PHONE_SEAL, PHONE_SEAL};

actions!("dispute-entries", allows, {
    List = "list_dispute_entries",
    Find = "find_dispute_entry",
    Create = "create_dispute_entry",
    Accept = "create_dispute_entry_acceptance",
    Answer = "create_dispute_entry_answer",
    HandOver = "create_dispute_entry_handover",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // One's own, what one's organisation received, and of the range that there is one.
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | JusticeOfficer => Reach::Range,
            _ => Reach::Own,
        },
        // For oneself, for a child in one's care, or for somebody at the counter.
        Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer => Reach::Range,
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        // Whoever speaks for the organisation that received it.
        Action::Accept | Action::Answer | Action::HandOver => {
            if SPEAKERS.contains(&role) {
                Reach::Own
            } else {
                Reach::Never
            }
        }
    }
}
