//! Recognitions in JSON, as they come in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, RecognitionId, RecognitionPart, RecognitionState};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::activities::recognition_rules::RecognitionKind;
use crate::kit::list::Few;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::text::{Line, Story};
use crate::places::building_groups::BuildingGroupId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecognitionQuery {
    /// Only those of this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those as this.
    #[param(inline)]
    pub kind: Option<RecognitionKind>,
    /// Only those that stand so.
    #[param(inline)]
    pub state: Option<RecognitionState>,
    /// Only those of this building group.
    pub building_group: Option<BuildingGroupId>,
    /// Only who holds a title, can do this, and lets it be known: staff find who agreed to be found, others whose skills are shown.
    #[param(value_type = Option<String>, max_length = 30, example = "修自行车")]
    pub skill: Option<Line<30>>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl RecognitionQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter {
            division: self.division,
            kind: self.kind,
            state: self.state,
            building_group: self.building_group,
            skill: self.skill.as_ref().map(|skill| skill.to_string()),
        }
    }
}

/// The recognition in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RecognitionPath {
    /// The recognition.
    #[param(value_type = uuid::Uuid)]
    pub recognition: RecognitionId,
}

/// Nominate somebody, or apply for a building group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionDraft {
    /// As what.
    pub kind: RecognitionKind,
    /// Of a community star: whose record. Left out, oneself.
    pub resident: Option<ResidentId>,
    /// Of a vital group: which building group, led by the caller.
    pub building_group: Option<BuildingGroupId>,
    /// The title.
    #[schema(value_type = Line<60>, example = "社区达人")]
    pub title: Line<60>,
    /// What for.
    #[schema(value_type = Story<2000>, example = "二十年来为邻居免费修自行车。")]
    pub story: Story<2000>,
    /// What they can do.
    #[serde(default)]
    #[schema(value_type = Vec<Line<30>>, max_items = 10)]
    pub skills: Few<Line<30>, 0, 10>,
}

/// Say whether one agrees, and to what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionAgreementDraft {
    /// Whether one agrees at all. Who does not ends it; who no longer does gives the title back.
    pub agrees: bool,
    /// What is shown of oneself. A building group is shown whole.
    #[serde(default)]
    #[schema(value_type = Vec<RecognitionPart>, max_items = 3)]
    pub shows: Few<RecognitionPart, 0, 3>,
    /// Whether workers may find one by what one can do.
    #[serde(default)]
    pub is_findable: bool,
}

impl RecognitionAgreementDraft {
    /// What is shown, each once.
    pub fn parts(&self) -> Vec<Option<RecognitionPart>> {
        let named = |part: &&RecognitionPart| self.agrees && self.shows.as_slice().contains(part);
        RecognitionPart::ALL.iter().filter(named).copied().map(Some).collect()
    }
}

/// The points for one criterion.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionPointsDraft {
    /// The code of the criterion.
    #[schema(value_type = Line<40>, example = "mutual_help")]
    pub criterion: Line<40>,
    /// The points.
    #[schema(value_type = i32, minimum = 0, maximum = 1000)]
    pub points: Whole<0, 1000>,
}

/// Assess by the criteria of the place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionAssessmentDraft {
    /// The points, for each criterion once.
    #[schema(value_type = Vec<RecognitionPointsDraft>, min_items = 1, max_items = 30)]
    pub points: Few<RecognitionPointsDraft, 1, 30>,
}

/// Grant the title.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionConfirmationDraft {
    /// In whose name: the caller's own organisation, or one within their range.
    pub granted_by: OrganisationId,
}

/// End it, and say why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionReasonDraft {
    /// Why; for staff and the nominee to read.
    #[schema(value_type = Story<500>)]
    pub reason: Story<500>,
}
