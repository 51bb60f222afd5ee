//! Rows of who is in a team.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, ResidentId};
use crate::access::division::Division;
use crate::activities::volunteer_teams::{VolunteerTeam, VolunteerTeamId};
use crate::id;
use crate::schema::volunteer_team_members;

id! {
    /// The id of somebody's being in a team.
    VolunteerTeamMemberId
}

/// Somebody in a team, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = volunteer_team_members)]
pub struct MemberRow {
    pub id: VolunteerTeamMemberId,
    pub team_id: VolunteerTeamId,
    pub resident_id: ResidentId,
    pub account_id: AccountId,
    pub skills: Vec<Option<String>>,
    pub is_leader: bool,
    pub joined_at: DateTime<Utc>,
}

/// The same with the name.
#[derive(Clone, Debug, Queryable)]
pub struct NamedMember {
    pub row: MemberRow,
    pub name: Option<String>,
}

/// Somebody about to join.
#[derive(Insertable)]
#[diesel(table_name = volunteer_team_members, treat_none_as_default_value = false)]
pub struct NewMember {
    pub id: VolunteerTeamMemberId,
    pub team_id: VolunteerTeamId,
    pub resident_id: ResidentId,
    pub account_id: AccountId,
    pub skills: Vec<Option<String>>,
    pub joined_at: DateTime<Utc>,
}

/// Somebody joins a team themselves.
pub struct Joining {
    pub new: NewMember,
    pub division: Division,
}

impl Governed for Joining {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().ok() == Some(self.new.account_id)
    }
}

/// Somebody's being in a team: theirs, and of who leads the group whose team it is.
pub struct Membership {
    pub row: MemberRow,
    pub team: VolunteerTeam,
}

impl Governed for Membership {
    fn division(&self) -> Option<Division> {
        Some(self.team.row.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.team.is_own(actor) || actor.account().ok() == Some(self.row.account_id)
    }
}
