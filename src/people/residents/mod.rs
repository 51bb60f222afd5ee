//! Residents 居民: the archive 实有人口 of a committee (A4, A6, A15). A person is entered once; numbers are kept sealed, answered
//! masked, and told whole only for a purpose that the person can read afterwards (`disclosures`).

mod actions;
pub mod http;
mod kinds;
mod model;
mod narrowing;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
pub use crate::people::disclosures::ResidentId;

pub use actions::{assemble, enter, update};
pub use kinds::{Education, NoIdentifier, PoliticalStatus, Residence, ResidentSource, ResidentStatus};
pub use model::{
    Filter, NewResident, OnePerson, ResidentChange, ResidentDetailRow, ResidentRow, ResidentView,
};
pub use rules::{CLOSED, DOCUMENT_TAKEN, RULES, born, facts};
pub use store::taken;
pub use views::{MaskedDocumentView, PHONE_SEAL, ResidentDetailView, open_document, open_phone};
pub use wire::{Ethnicity, Nationality, ResidentDraft, ResidentPatch};

actions!("residents", allows, {
    List = "list_residents",
    Find = "find_resident",
    Create = "create_resident",
    Update = "update_resident",
    FindIdentity = "find_resident_identity",
    CreateLookup = "create_resident_lookup",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find | Action::CreateLookup => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer
            | PoliceOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::Create | Action::Update => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::FindIdentity => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
