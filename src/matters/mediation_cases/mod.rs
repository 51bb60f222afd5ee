//! Mediation cases 调解案件 of 三所联动 (F1–F9): police station, judicial office and law firm settle a dispute together, in confidence. Whoever
//! has the range is told that there is one; what it is about, and who is in it, is read by the parties, by who sits at the table and by
//! the office that has it. Its parties, seats, records and handling have folders of their own beside this one. (人民调解法;
//! 人民调解工作若干规定)

mod actions;
mod advance;
pub mod agreements;
mod archive;
pub mod course;
mod details;
pub mod extensions;
mod filing;
pub mod hearings;
pub mod http;
mod import;
mod keeping;
mod kinds;
mod model;
pub mod parties;
mod rules;
pub mod seats;
mod seeing;
pub mod store;
mod timing;
mod views;
mod waiting;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{as_seen_by_seat, find, must_sit_apart, note};
pub use advance::{CaseMove, advance};
pub use archive::{Known, in_archive_of};
pub use details::{PartyName, party_names};
pub use filing::{Brought, enter_party, file, is_minor, must_be_of_line};
pub use import::import;
pub use kinds::{
    MediationConsent, MediationConsentBy, MediationEndReason, MediationEvidenceAudience, MediationGrade,
    MediationNoteAudience, MediationObjectionDecision, MediationPartyKind, MediationRepresentation,
    MediationRoute, MediationSeatRole, MediationSeatState, MediationSide, MediationSource,
};
pub use model::{AsParty, AsRunner, AsSeat, Case, CaseChange, GradeRow};
pub use rules::{CONSENT_MISSING, PARTIES_MANY, RULES, SEAT_CONFLICT, must_be_anothers, routes, told};
pub use seeing::{CaseStance, lock, seen};
pub use store::{CONTACT_SEAL, change, names};
pub use views::{MediationCaseDetailView, MediationCaseView};
pub use wire::{MediationCaseDraft, MediationCasePath, MediationPartyDraft};

actions!("mediation-cases", allows, {
    List = "list_mediation_cases",
    Find = "find_mediation_case",
    ListEvents = "list_mediation_case_events",
    Create = "create_mediation_case",
    Update = "update_mediation_case",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // One's own, and of the range that there is one.
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer | JusticeOfficer => Reach::Range,
            _ => Reach::Own,
        },
        Action::ListEvents => match role {
            Visitor => Reach::Never,
            JusticeOfficer => Reach::Range,
            _ => Reach::Own,
        },
        Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | PoliceOfficer | JusticeOfficer | Mediator => {
                Reach::Range
            }
            _ => Reach::Never,
        },
        // Whoever runs it: its mediators and the office that has it; the judicial office guides all (人民调解法 5).
        Action::Update => runs(role),
    }
}

/// How far a role reaches with what whoever runs a case does.
pub fn runs(role: Role) -> Reach {
    match role {
        Role::JusticeOfficer => Reach::Range,
        Role::Mediator | Role::CommitteeHead => Reach::Own,
        _ => Reach::Never,
    }
}
