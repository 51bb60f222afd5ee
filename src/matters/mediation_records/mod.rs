//! What is written down 笔录 and shown 证据 at the table of a case, each for whom its author says: the lawyer's advice is the lawyer's, and what one
//! party shows the mediators in confidence the other does not see (人民调解法 15).

mod actions;
pub mod http;
mod model;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use actions::door;

/// What evidence is called where files are attached to it.
pub const EVIDENCE: &str = "mediation-evidence";

actions!("mediation-cases", allows, {
    ListNotes = "list_mediation_case_notes",
    CreateNote = "create_mediation_case_note",
    ListEvidence = "list_mediation_case_evidence",
    CreateEvidence = "create_mediation_case_evidence",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // Whoever sees the case as more than that there is one.
        Action::ListNotes | Action::ListEvidence => match role {
            Visitor => Reach::Never,
            JusticeOfficer => Reach::Range,
            _ => Reach::Own,
        },
        Action::CreateNote => match role {
            Mediator | PoliceOfficer | JusticeOfficer | Lawyer | DepartmentOfficer => Reach::Own,
            _ => Reach::Never,
        },
        Action::CreateEvidence => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}

/// Nothing was written.
pub static TEXT_MISSING: Rule =
    Rule::invalid("mediation-text-missing", "Say what is to be written down.", "请填写内容。");
/// Whoever sits at no table writes nothing down there.
pub static NOT_SEATED: Rule = Rule::refused(
    "mediation-not-seated",
    "Only a party, or whoever has taken a seat, adds to the record.",
    "仅当事人或已就席人员可提交记录、证据。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TEXT_MISSING, &NOT_SEATED];
