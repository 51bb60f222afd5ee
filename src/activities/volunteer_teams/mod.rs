//! Teams of volunteers 志愿服务队 (G5, G6): standing ones of an organisation or a building group, and those that an emergency order calls
//! up: response teams 突击队, and the second line 第二梯队 behind them. An order in force at the place calls a team up; it stands down by
//! hand, or with the order, whichever comes first. Nobody is put into a team: see `volunteer_team_members`. What a team does each week is
//! kept with it, as who organises it or its leader 队长 says; whoever organises makes shifts of that, some weeks ahead: see `shift_series`.

mod actions;
pub mod http;
mod model;
mod pattern;
mod rules;
pub mod store;
mod views;
mod wire;

use crate::access::policy::Reach;
use crate::access::role::Role;
use crate::actions;

use super::volunteer_calls::organises;

pub use actions::record;
pub use model::{LedTeam, VolunteerTeam, VolunteerTeamId, VolunteerTeamKind, VolunteerTeamStatus};
pub use pattern::WeeklyShift;
pub use rules::{DISSOLVED, RULES};
pub use wire::{VolunteerTeamPath, kept};

actions!("volunteer-teams", allows, {
    List = "list_volunteer_teams",
    Find = "find_volunteer_team",
    Create = "create_volunteer_team",
    Update = "update_volunteer_team",
    UpdatePattern = "update_volunteer_team_pattern",
    Activate = "create_volunteer_team_activation",
    StandDown = "create_volunteer_team_stand_down",
});

fn allows(action: Action, role: Role) -> Reach {
    match action {
        Action::List | Action::Find => match role {
            Role::Visitor => Reach::Never,
            _ => Reach::Everywhere,
        },
        Action::Create | Action::Update => organises(role),
        // A resident as the team's leader says what it does each week.
        Action::UpdatePattern => match role {
            Role::Resident => Reach::Own,
            role => organises(role),
        },
        Action::Activate | Action::StandDown => match role {
            Role::CommitteeHead | Role::StreetOfficer | Role::DistrictOfficer | Role::CityOfficer => {
                Reach::Range
            }
            _ => Reach::Never,
        },
    }
}
