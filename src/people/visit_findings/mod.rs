//! Findings 民情记录: what a visit or a reception brought to light, one by one (H7). A finding stays open until somebody says what
//! became of it. It has an address of its own and carries what a petition will need: whose committee, whom, which home, what kind,
//! the words and the photos.

mod actions;
pub mod http;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use model::{
    FindingChange, HomeRow, NewFinding, VISITS, VisitFindingCategory, VisitFindingId, VisitFindingState,
    VisitId,
};
pub use wire::{VisitAccountView, VisitFindingDraft, VisitFindingView, VisitHomeView, VisitResidentView};

actions!("visit-findings", allows, {
    List = "list_visit_findings",
    Find = "find_visit_finding",
    CreateClosure = "create_visit_finding_closure",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer | DistrictOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::CreateClosure => match role {
            CommitteeWorker | CommitteeHead => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// The finding was closed before.
pub static CLOSED: Rule =
    Rule::refused("visit-finding-closed", "This finding is closed already.", "该问题已办结。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&CLOSED];
