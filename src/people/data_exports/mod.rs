//! Data exports 个人信息副本: everything that is kept of a person, as JSON, for that person (个人信息保护法 art. 45). Written by a job,
//! kept sealed, gone after a week.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod runner;
pub mod sections;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use model::{CONTENT_SEAL, DataExportId};
pub use rules::RULES;
pub use store::delete_all_of;

/// The kind of the job.
pub const RESOURCE: &str = "data-exports";

actions!("data-exports", allows, {
    List = "list_data_exports",
    Find = "find_data_export",
    FindContent = "find_data_export_content",
    Create = "create_data_export",
});

fn allows(_: Action, role: Role) -> Reach {
    match role {
        Role::Resident => Reach::Own,
        _ => Reach::Never,
    }
}
