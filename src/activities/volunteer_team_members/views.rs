//! Who is in a team in JSON, as it is answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{MemberRow, NamedMember, VolunteerTeamMemberId};
use crate::access::actor::ResidentId;
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::answer::View;
use crate::kit::moment;

/// Somebody in a team.
#[derive(Serialize, ToSchema)]
pub struct VolunteerTeamMemberView {
    /// The id of being in it.
    pub id: VolunteerTeamMemberId,
    /// Which team.
    pub volunteer_team: VolunteerTeamId,
    /// Whose record.
    pub resident: ResidentId,
    /// What they can do.
    pub skills: Vec<String>,
    /// Whether they lead it.
    pub is_leader: bool,
    /// Since when.
    #[serde(serialize_with = "moment::write")]
    pub joined_at: DateTime<Utc>,
}

impl From<MemberRow> for VolunteerTeamMemberView {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            volunteer_team: row.team_id,
            resident: row.resident_id,
            skills: row.skills.into_iter().flatten().collect(),
            is_leader: row.is_leader,
            joined_at: row.joined_at,
        }
    }
}

impl View for VolunteerTeamMemberView {
    const IS_SECRET: bool = true;
}

/// Somebody in a team, as who organises it sees them.
#[derive(Serialize, ToSchema)]
pub struct NamedVolunteerTeamMemberView {
    /// Who is in it.
    #[serde(flatten)]
    pub member: VolunteerTeamMemberView,
    /// The person's name; null where the record is sealed or deleted.
    pub name: Option<String>,
}

impl From<NamedMember> for NamedVolunteerTeamMemberView {
    fn from(named: NamedMember) -> Self {
        Self { member: named.row.into(), name: named.name }
    }
}

impl View for NamedVolunteerTeamMemberView {
    const IS_SECRET: bool = true;
}
