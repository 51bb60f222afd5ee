//! Merges 合并档案: two records that were found to be of one person become one.
//!
//! The record that closes points to the one that stays, which answers under both ids; but for its name it is emptied before long
//! (`erasures`). What only the former knew is filled in; what hangs on it moves, table by table ([`Moves`]). A person has one record in a committee and
//! may have another in another (人户分离), so two committees' records are merged only by who reaches both, and nothing that
//! holds now may be left in the other committee.

mod actions;
pub mod http;
mod model;
mod moves;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use moves::{MOVES, Move, Moves};
pub use rules::RULES;

actions!("resident-merges", allows, {
    Create = "create_resident_merge",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        Action::Create => match role {
            CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
            _ => Reach::Never,
        },
    }
}
