//! The audit trail: plain inserts by the acts, sealed into a hash chain by a worker within a second.
//!
//! Kept at least 180 days (网络安全法 art. 21 asks for six months of logs); nothing here deletes.

pub mod http;
mod seal;
mod store;
mod wire;

use super::policy::Reach;
use super::role::Role;
use crate::actions;

pub use seal::{Verdict, count_seals, seal_next, verify};
pub use store::{Command, append_command, was_done};
pub(super) use store::{Noted, append, append_all};

actions!("audit-events", allows, { List = "list_audit_events", });

/// 审计管理员 only, within the range of the post.
fn allows(action: Action, role: Role) -> Reach {
    match (action, role) {
        (Action::List, Role::Auditor) => Reach::Range,
        (Action::List, _) => Reach::Never,
    }
}
