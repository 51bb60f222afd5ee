//! Exports 导出: a list of residents as CSV or XLSX, numbers masked, for a purpose that is kept (A14, A15). Written by a job, fetched by
//! whoever asked for it, and gone after a week.

mod actions;
pub mod http;
mod model;
pub mod runner;
pub mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;
use crate::kit::problem::Rule;

pub use actions::door;
pub use model::ExportId;

/// The name of the door, and the kind of the job.
pub const RESOURCE: &str = "exports";

actions!("exports", allows, {
    List = "list_exports",
    Find = "find_export",
    Create = "create_export",
});

/// A list of many people is for who answers for them; who asked for one fetches it.
fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::List | Action::Find => match role {
            CommitteeHead | StreetOfficer | DistrictOfficer | CityOfficer => Reach::Own,
            _ => Reach::Never,
        },
    }
}

/// More people than one list holds.
pub static TOO_MANY: Rule = Rule::refused(
    "export-too-many",
    "More than 200,000 people: narrow the list.",
    "超过20万人，请缩小范围。",
);
/// There is no such division within reach.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("export-division-unknown", "There is no such division.", "没有该区划。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TOO_MANY, &DIVISION_UNKNOWN];
