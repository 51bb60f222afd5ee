//! What came of a pledge 双报告 (G4): each use, as the community notes it; once a year the community reports to who pledged what was done,
//! with the sums of its notes, and who pledged answers, once. So both sides have told each other, and either can show it.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::pledges::receives;

pub use rules::RULES;

actions!("pledge-reports", allows, {
    ListUses = "list_pledge_uses",
    CreateUse = "create_pledge_use",
    List = "list_pledge_reports",
    Create = "create_pledge_report",
    Answer = "create_pledge_report_answer",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        // Both sides read what was noted and told.
        Action::ListUses | Action::List => match role {
            Role::Resident => Reach::Own,
            role => receives(role),
        },
        Action::CreateUse | Action::Create => receives(role),
        Action::Answer => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
    }
}
