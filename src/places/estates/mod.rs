//! Estates 小区: where people live together, each in the division of one committee, with its kind, age, lifts and property
//! company (A2). Known to everybody signed in.

mod actions;
pub mod http;
mod model;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use model::{EstateId, EstateKind, EstateRow, NewEstate};

actions!("estates", allows, {
    List = "list_estates",
    Find = "find_estate",
    Create = "create_estate",
    Update = "update_estate",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find => match role {
            Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}

/// The committee has an estate of this name already.
pub static TAKEN: Rule = Rule::refused(
    "estate-name-taken",
    "The committee has an estate of this name already.",
    "该居村委已有同名小区。",
);
/// An estate lies in the division of one committee.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "estate-division-not-committee",
    "An estate lies in the division of one committee that has not been abolished; this is none.",
    "小区必须属于一个未撤销的居委会或村委会。",
);
/// This is no property company.
pub static COMPANY_UNKNOWN: Rule = Rule::invalid(
    "estate-property-company-unknown",
    "There is no such organisation, or it is no property company.",
    "没有该组织，或该组织不是物业服务企业。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TAKEN, &NOT_COMMITTEE, &COMPANY_UNKNOWN];
