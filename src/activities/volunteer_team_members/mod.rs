//! Who is in a team of volunteers 队员. One joins for oneself, as a verified resident of the place the team serves, with what one can do,
//! and leaves whenever one likes: nobody is put into a team by anybody (志愿服务条例 25). A leader 队长 is one of them. The roster, by
//! skill, is for who organises the team and for its leader; each look is recorded.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use rules::RULES;
pub use store::join;

actions!("volunteer-team-members", allows, {
    List = "list_volunteer_team_members",
    ListOwn = "list_own_volunteer_teams",
    Create = "create_volunteer_team_member",
    Delete = "delete_volunteer_team_member",
    UpdateLeader = "update_volunteer_team_leader",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        // A resident as the team's leader sees who is in it, and takes themselves out.
        Action::List | Action::Delete => match role {
            Role::Resident => Reach::Own,
            role => organises(role),
        },
        Action::ListOwn | Action::Create => match role {
            Role::Resident => Reach::Own,
            _ => Reach::Never,
        },
        Action::UpdateLeader => organises(role),
    }
}
