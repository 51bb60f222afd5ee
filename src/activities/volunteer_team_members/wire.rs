//! Who is in a team in JSON, as it comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::VolunteerTeamMemberId;
use crate::activities::volunteer_teams::VolunteerTeamId;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::text::Line;

/// Whom to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerTeamMemberQuery {
    /// Only who can do this.
    #[param(value_type = Option<String>, max_length = 30, example = "急救")]
    pub skill: Option<Line<30>>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Somebody in a team, in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VolunteerTeamMemberPath {
    /// The team.
    #[param(value_type = uuid::Uuid)]
    pub volunteer_team: VolunteerTeamId,
    /// Somebody's being in it.
    #[param(value_type = uuid::Uuid)]
    pub member: VolunteerTeamMemberId,
}

/// Join a team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerTeamMemberDraft {
    /// What one can do, as far as one wants it known to who organises the team.
    #[serde(default)]
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    pub skills: Few<Line<30>, 0, 10>,
}

/// Say who leads a team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerTeamLeaderDraft {
    /// One of those in it.
    pub member: VolunteerTeamMemberId,
}
