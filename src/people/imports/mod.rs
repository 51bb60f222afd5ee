//! Imports 批量导入: a list of residents, as CSV or XLSX, becomes records (A4, A15). The same list twice makes nobody twice; a bad
//! row is told with its column, whole, so that it is mended and sent again, and the good ones go in, or none does where that was asked for.
//! Numbers stand whole in the list and in the report of its bad rows: both are read by whoever sent the list, as long as a post of
//! theirs reaches it, and by nobody else.

mod actions;
pub mod columns;
mod homes;
mod households;
pub mod http;
mod keeping;
pub mod load;
mod model;
mod reading;
mod relations;
pub mod report;
mod rules;
pub mod runner;
pub mod store;
pub mod walk;
mod wire;
pub mod words;
mod writing;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::door;
pub use model::{ImportId, ImportMode, ImportRow, NewImport, REPORT_SEAL, Tally};
pub use rules::{ROWS_REFUSED, RULES};

/// The name of the door, and the kind of the job.
pub const RESOURCE: &str = "imports";

actions!("imports", allows, {
    List = "list_imports",
    Find = "find_import",
    FindReport = "find_import_report",
    Create = "create_import",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::List | Action::Find | Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
        Action::FindReport => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Own,
            _ => Reach::Never,
        },
    }
}
