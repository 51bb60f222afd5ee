//! Teams in JSON, as they are answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Activation, VolunteerTeam, VolunteerTeamId, VolunteerTeamKind, VolunteerTeamStatus};
use super::pattern::WeeklyShift;
use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallOrganiserView;
use crate::kit::answer::View;
use crate::kit::etag::etag_beside;
use crate::kit::moment;
use crate::matters::emergency_orders::EmergencyOrderId;

/// By what a team is called up.
#[derive(Serialize, ToSchema)]
pub struct VolunteerTeamActivationView {
    /// The order.
    pub emergency_order: EmergencyOrderId,
    /// Since when.
    #[serde(serialize_with = "moment::write")]
    pub activated_at: DateTime<Utc>,
}

/// A team of volunteers.
#[derive(Serialize, ToSchema)]
pub struct VolunteerTeamView {
    /// Its id.
    pub id: VolunteerTeamId,
    /// Where it serves.
    pub division: Division,
    /// Whose it is.
    pub organiser: VolunteerCallOrganiserView,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub story: String,
    /// What it is for.
    pub kind: VolunteerTeamKind,
    /// What it can do, or looks for.
    pub skills: Vec<String>,
    /// What it does each week; whoever organises makes shifts of it.
    #[schema(max_items = 14)]
    pub pattern: Vec<WeeklyShift>,
    /// Whether it goes on.
    pub status: VolunteerTeamStatus,
    /// How many are in it.
    #[schema(minimum = 0)]
    pub members: i64,
    /// By what it is called up; null while it is not.
    pub activation: Option<VolunteerTeamActivationView>,
    /// Its version. Who is in it, and whether it is called up, does not move it, though it moves the ETag; `If-Match` takes both
    /// that ETag and `"v1"`.
    pub version: i64,
    /// When it was founded.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl VolunteerTeamView {
    /// With what calls it up, of those that hold.
    pub fn new(team: VolunteerTeam, held: &[Activation]) -> Self {
        let row = team.row;
        let activation = held.iter().find(|one| one.team == row.id);
        Self {
            id: row.id,
            division: row.division,
            organiser: VolunteerCallOrganiserView {
                organisation: row.organisation_id,
                building_group: row.building_group_id,
                name: team.organisation_name.or(team.group_name).unwrap_or_default(),
            },
            name: row.name,
            story: row.story,
            kind: row.kind,
            skills: row.skills.into_iter().flatten().collect(),
            pattern: WeeklyShift::read(row.pattern),
            status: row.status,
            members: team.members.unwrap_or_default(),
            activation: activation
                .map(|one| VolunteerTeamActivationView { emergency_order: one.order, activated_at: one.at }),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for VolunteerTeamView {
    fn etag(&self) -> Option<String> {
        etag_beside(self.version, self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/volunteer-teams/{}", self.id))
    }
}
