//! Agreements 调解协议 of mediation, written or oral (人民调解法 28–30). A text is never edited: another supersedes it, and is signed anew. What is
//! signed is the hash of the text; it is in force when every party, a mediator and the committee with its seal have signed, an oral one on the
//! day it was made. Whoever has the number may ask whether it is, and learns nothing of the parties.

mod actions;
mod document;
pub mod http;
mod rules;
mod signing;
mod views;
mod wire;
mod writing;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::matters::mediation_cases::runs;

pub use actions::{must_be_told, stand};
pub use rules::RULES;
pub use signing::door;
pub use views::{MediationAgreementItemView, MediationAgreementView};

/// What signatures are called where files are attached to them.
pub const SIGNATURES: &str = "mediation-signatures";

actions!("mediation-cases", allows, {
    List = "list_mediation_case_agreements",
    Find = "find_mediation_case_agreement",
    FindDocument = "find_mediation_case_agreement_document",
    Create = "create_mediation_case_agreement",
    CreateSignature = "create_mediation_case_signature",
    FindVerification = "find_mediation_agreement_verification",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List | Action::Find | Action::FindDocument => reads(role),
        Action::Create => runs(role),
        // By the party, or by whoever runs it: as the mediator, for the committee, or for a party that signed on paper.
        Action::CreateSignature => match role {
            Role::Resident => Reach::Own,
            _ => runs(role),
        },
        Action::FindVerification => Reach::Everywhere,
    }
}

/// How far a role reaches with what is read by a case's parties, its table and its office.
pub fn reads(role: Role) -> Reach {
    match role {
        Role::Visitor => Reach::Never,
        Role::JusticeOfficer => Reach::Range,
        _ => Reach::Own,
    }
}
