//! Pledges 双报到 (G4, G12): an organisation (单位, 党支部), or a member for themselves, checks in to a community and offers something:
//! services, hours, places, skills, goods. The committee says yes or no, notes what came of it, and both report to each other once a year
//! 双报告: see `pledge_reports`. A member speaks for themselves, where they live; an organisation by who holds its head post.

mod actions;
pub mod http;
mod model;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

pub use actions::{must_be_anothers, must_be_seen, seen};
pub use model::{Pledge, PledgeId, PledgeState};
pub use rules::{RULES, STATE_UNFIT};
pub use store::join;
pub use wire::PledgePath;

actions!("pledges", allows, {
    List = "list_pledges",
    Find = "find_pledge",
    Create = "create_pledge",
    Update = "update_pledge",
    Decide = "create_pledge_decision",
    Complete = "create_pledge_completion",
});

fn allows(action: Action, role: Role) -> Reach {
    use Role::*;
    match action {
        // One's own, and those of an organisation whose head post one holds.
        Action::List | Action::Find | Action::Complete => match role {
            Resident => Reach::Own,
            role => receives(role),
        },
        Action::Create | Action::Update => match role {
            Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::Decide => receives(role),
    }
}

/// Who speaks for the community that is offered something.
pub(super) fn receives(role: Role) -> Reach {
    use Role::*;
    match role {
        CommitteeWorker | CommitteeHead | StreetOfficer => Reach::Range,
        _ => Reach::Never,
    }
}
