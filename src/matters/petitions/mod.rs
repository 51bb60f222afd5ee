//! Petitions 诉求 (E1): what a resident asks, complains of, suggests or reports, from a neighbour's word to an answered, rated, closed
//! matter. Filed by verified residents, or by staff on somebody's behalf; read by who asked, by staff of the range, by the
//! organisations that work on it, and by neighbours as far as it is open to them. Who handles it, how it is answered and rated,
//! and who signs a joint one have folders of their own beside this one.

mod actions;
mod advance;
pub mod course;
mod details;
mod filing;
mod fitting;
pub mod http;
mod kinds;
mod model;
pub mod outcomes;
mod rules;
mod seeing;
pub mod store;
mod views;
mod waiting;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::line;

pub use actions::find;
pub use advance::{Move, advance, refresh};
pub use kinds::{
    Adoption, AnswerOutcome, AnswerState, ConsentBy, Deliberation, PetitionChannel, PetitionKind,
    PetitionVisibility, Publicity, RejectionReason, ReviewConclusion, ReviewStage, Satisfaction,
    SuspensionReason,
};
pub use model::{AsHandler, AsPetitioner, ListedRow, Petition, PetitionChange, PetitionRow};
pub use rules::{CATEGORY_UNFIT, LEVEL_ABOVE, RULES, must_be_anothers, must_hold, must_stand_at};
pub use seeing::{Stance, door, lock, lock_two, seen};
pub use store::{CONTACT_SEAL, change, load};
pub use views::{PetitionDetailView, PetitionLookupView, PetitionView};
pub use wire::{PetitionLookupDraft, PetitionPath};

/// What petitions are called where something is attached to them.
pub const PETITIONS: &str = "petitions";

actions!("petitions", allows, {
    List = "list_petitions",
    Find = "find_petition",
    ListEvents = "list_petition_events",
    ListReports = "list_petition_reports",
    Create = "create_petition",
    CreateLookup = "create_petition_lookup",
    Update = "update_petition",
    CreateConfirmation = "create_petition_confirmation",
    CreateModeration = "create_petition_moderation",
    CreatePublication = "create_petition_publication",
    CreateContactDisclosure = "create_petition_contact_disclosure",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // One's own, those one's organisation works on, and what neighbours may read.
        Action::List | Action::Find | Action::ListEvents => match role {
            Visitor => Reach::Never,
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher | DistrictOfficer | CityOfficer => {
                Reach::Range
            }
            _ => Reach::Own,
        },
        Action::ListReports => match line::reads_reports(role) {
            true => Reach::Range,
            false => Reach::Never,
        },
        Action::Create => match role {
            Resident => Reach::Own,
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher => Reach::Range,
            _ => Reach::Never,
        },
        // What there is already, as far as the asker may read it.
        Action::CreateLookup => match role {
            Visitor => Reach::Never,
            _ => Reach::Own,
        },
        Action::Update | Action::CreateConfirmation => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::CreateModeration | Action::CreatePublication => match role {
            CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        // To call who asked 先行联系: whoever works on it.
        Action::CreateContactDisclosure => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | Dispatcher => Reach::Range,
            DepartmentOfficer | PoliceOfficer | JusticeOfficer => Reach::Own,
            _ => Reach::Never,
        },
    }
}
