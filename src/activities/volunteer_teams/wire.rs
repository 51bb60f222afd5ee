//! Teams in JSON, as they come in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, TeamChange, VolunteerTeamId, VolunteerTeamKind, VolunteerTeamStatus};
use super::pattern::WeeklyShift;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallOrganiserDraft;
use crate::kit::list::Few;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::problem::{Problem, Result};
use crate::kit::text::{Line, Prose};
use crate::matters::emergency_orders::EmergencyOrderId;
use crate::places::building_groups::BuildingGroupId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerTeamQuery {
    /// Only teams of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Only those of this building group.
    pub building_group: Option<BuildingGroupId>,
    /// Only those of this kind: the roster by tier.
    #[param(inline)]
    pub kind: Option<VolunteerTeamKind>,
    /// Only those that can do this.
    #[param(value_type = Option<String>, max_length = 30, example = "急救")]
    pub skill: Option<Line<30>>,
    /// Only those that are called up, or that are not.
    pub is_activated: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VolunteerTeamQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter {
            division: self.division,
            organisation: self.organisation,
            building_group: self.building_group,
            kind: self.kind,
            skill: self.skill.as_ref().map(|skill| skill.to_string()),
            is_activated: self.is_activated,
        }
    }
}

/// The team in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VolunteerTeamPath {
    /// The team.
    #[param(value_type = uuid::Uuid)]
    pub volunteer_team: VolunteerTeamId,
}

/// Found a team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerTeamDraft {
    /// Where it serves: a committee, a street, a district, the city.
    #[schema(example = "310113003005")]
    pub division: Division,
    /// Whose it is.
    pub organiser: VolunteerCallOrganiserDraft,
    /// What it is called.
    #[schema(value_type = Line<60>, example = "'梯'升男友力服务队")]
    pub name: Line<60>,
    /// What it does.
    #[serde(default)]
    pub story: Prose<2000>,
    /// What it is for.
    pub kind: VolunteerTeamKind,
    /// What it can do, or looks for.
    #[serde(default)]
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    pub skills: Few<Line<30>, 0, 10>,
    /// What it does each week.
    #[serde(default)]
    #[schema(value_type = Vec<WeeklyShift>, max_items = 14)]
    pub pattern: Few<WeeklyShift, 0, 14>,
}

/// Change a team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerTeamPatch {
    /// What it is called.
    #[schema(value_type = Line<60>)]
    #[serde(default)]
    pub name: Change<Line<60>>,
    /// What it does.
    #[schema(value_type = Prose<2000>)]
    #[serde(default)]
    pub story: Change<Prose<2000>>,
    /// What it can do, in place of what it could.
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    #[serde(default)]
    pub skills: Change<Few<Line<30>, 0, 10>>,
    /// Whether it goes on.
    #[schema(value_type = VolunteerTeamStatus)]
    #[serde(default)]
    pub status: Change<VolunteerTeamStatus>,
    /// What it does each week, in place of what it did; shifts that are made already stay.
    #[schema(value_type = Vec<WeeklyShift>, max_items = 14)]
    #[serde(default)]
    pub pattern: Change<Few<WeeklyShift, 0, 14>>,
}

/// Say what a team does each week.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerTeamPatternDraft {
    /// What it does each week, in place of what it did; shifts that are made already stay.
    #[schema(value_type = Vec<WeeklyShift>, max_items = 14)]
    pub pattern: Few<WeeklyShift, 0, 14>,
}

impl VolunteerTeamPatch {
    /// What changes.
    pub fn into_change(self) -> Result<TeamChange> {
        let week = |pattern: Few<WeeklyShift, 0, 14>| serde_json::to_value(pattern.as_slice());
        Ok(TeamChange {
            name: self.name.map(Line::into_inner),
            story: self.story.map(Prose::into_inner),
            skills: self.skills.map(kept),
            status: self.status.0,
            pattern: self.pattern.map(week).transpose().map_err(Problem::fault)?,
        })
    }
}

/// Skills as kept: each once.
pub fn kept<const MAX: usize>(skills: Few<Line<30>, 0, MAX>) -> Vec<Option<String>> {
    let mut kept: Vec<Option<String>> = Vec::new();
    for skill in skills.into_inner() {
        let skill = Some(skill.into_inner());
        if !kept.contains(&skill) {
            kept.push(skill);
        }
    }
    kept
}

/// Call a team up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerTeamActivationDraft {
    /// By which order, which is in force where the team is.
    pub emergency_order: EmergencyOrderId,
}
