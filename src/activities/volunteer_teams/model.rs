//! Rows of teams.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor, OrganisationId};
use crate::access::division::Division;
use crate::activities::volunteer_calls::{CallRow, holds, leads};
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::{volunteer_team_activations, volunteer_teams};
use crate::{id, text_enum};

id! {
    /// A team's id.
    VolunteerTeamId
}
id! {
    /// The id of a call-up.
    VolunteerTeamActivationId
}

text_enum! {
    /// What a team is for.
    pub enum VolunteerTeamKind {
        /// 常设服务队
        Standing = "standing",
        /// 突击队
        FirstResponse = "first_response",
        /// 第二梯队
        SecondLine = "second_line",
    }
}

text_enum! {
    /// Whether a team goes on.
    pub enum VolunteerTeamStatus {
        /// 在队
        Active = "active",
        /// 已解散
        Dissolved = "dissolved",
    }
}

/// A team as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = volunteer_teams)]
pub struct TeamRow {
    pub id: VolunteerTeamId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub name: String,
    pub story: String,
    pub kind: VolunteerTeamKind,
    pub skills: Vec<Option<String>>,
    pub status: VolunteerTeamStatus,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub pattern: Value,
}

/// A team with whose it is.
#[derive(Clone, Debug, Queryable)]
pub struct VolunteerTeam {
    /// The team.
    pub row: TeamRow,
    /// The name of the organisation, where it is one's.
    pub organisation_name: Option<String>,
    /// The name of the building group, where it is one's.
    pub group_name: Option<String>,
    /// Who leads that.
    pub leader: Option<AccountId>,
    /// The deputy.
    pub deputy: Option<AccountId>,
    /// How many are in it.
    pub members: Option<i64>,
}

impl VolunteerTeam {
    /// Whether it goes on, and is of who organises the call.
    pub fn serves(&self, call: &CallRow) -> bool {
        self.row.status == VolunteerTeamStatus::Active
            && self.row.organisation_id == call.organisation_id
            && self.row.building_group_id == call.building_group_id
    }
}

impl Governed for VolunteerTeam {
    fn division(&self) -> Option<Division> {
        Some(self.row.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        let division = self.row.division;
        leads(actor, division, [self.leader, self.deputy]) || holds(actor, division)
    }
}

/// A team, to its leader, too: theirs, and of who leads the group whose team it is.
pub struct LedTeam {
    /// The team.
    pub team: VolunteerTeam,
    /// Its leader.
    pub captain: Option<AccountId>,
}

impl Governed for LedTeam {
    fn division(&self) -> Option<Division> {
        Some(self.team.row.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        self.team.is_own(actor) || (self.captain.is_some() && actor.account().ok() == self.captain)
    }
}

/// A team about to be written.
#[derive(Insertable)]
#[diesel(table_name = volunteer_teams, treat_none_as_default_value = false)]
pub struct NewTeam {
    pub id: VolunteerTeamId,
    pub division: Division,
    pub organisation_id: Option<OrganisationId>,
    pub building_group_id: Option<BuildingGroupId>,
    pub name: String,
    pub story: String,
    pub kind: VolunteerTeamKind,
    pub skills: Vec<Option<String>>,
    pub status: VolunteerTeamStatus,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub pattern: Value,
}

/// A team about to be written, with who leads the group whose it is.
pub struct Founding {
    pub new: NewTeam,
    pub leaders: [Option<AccountId>; 2],
}

impl Governed for Founding {
    fn division(&self) -> Option<Division> {
        Some(self.new.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        leads(actor, self.new.division, self.leaders) || holds(actor, self.new.division)
    }
}

/// What changes of a team.
#[derive(Default, AsChangeset)]
#[diesel(table_name = volunteer_teams)]
pub struct TeamChange {
    pub name: Option<String>,
    pub story: Option<String>,
    pub skills: Option<Vec<Option<String>>>,
    pub status: Option<VolunteerTeamStatus>,
    pub pattern: Option<Value>,
}

/// A call-up about to be written.
#[derive(Insertable)]
#[diesel(table_name = volunteer_team_activations)]
pub struct NewActivation {
    pub id: VolunteerTeamActivationId,
    pub team_id: VolunteerTeamId,
    pub emergency_order_id: EmergencyOrderId,
    pub activated_by: AccountId,
    pub activated_at: DateTime<Utc>,
}

/// A call-up in force.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Activation {
    pub team: VolunteerTeamId,
    pub order: EmergencyOrderId,
    pub at: DateTime<Utc>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub organisation: Option<OrganisationId>,
    pub building_group: Option<BuildingGroupId>,
    pub kind: Option<VolunteerTeamKind>,
    pub skill: Option<String>,
    pub is_activated: Option<bool>,
}
