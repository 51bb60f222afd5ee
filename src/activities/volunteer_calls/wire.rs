//! Calls in JSON, as they come in.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::course::VolunteerCallState;
use super::model::{CallChange, Filter, Need, VolunteerCallId, VolunteerCallVisibility};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Label, Line, Prose};
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;
use crate::places::coordinates::{CoordSystem, Point};

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerCallQuery {
    /// Only calls for this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only what this organisation organises.
    pub organisation: Option<OrganisationId>,
    /// Only what this building group organises.
    pub building_group: Option<BuildingGroupId>,
    /// Only what answers this petition; nothing, where the caller does not see it.
    pub petition: Option<MatterId>,
    /// Only calls in this state.
    #[param(inline)]
    pub state: Option<VolunteerCallState>,
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VolunteerCallQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let Self { division, organisation, building_group, petition, state, .. } = *self;
        Filter { division, organisation, building_group, petition, state }
    }
}

/// The call in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VolunteerCallPath {
    /// The call.
    #[param(value_type = uuid::Uuid)]
    pub volunteer_call: VolunteerCallId,
}

/// Who organises it: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallOrganiserDraft {
    /// An organisation of the division, or above it: the caller's own, or one within their range.
    pub organisation: Option<OrganisationId>,
    /// A building group of the division.
    pub building_group: Option<BuildingGroupId>,
}

/// Who is wanted.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallNeed {
    /// As what.
    #[schema(value_type = Line<60>, example = "搬运")]
    pub role: Line<60>,
    /// How many.
    #[schema(value_type = Whole<1, 10000>, example = 6)]
    pub quantity: Whole<1, 10_000>,
}

/// What is asked of who comes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallRequirementsDraft {
    /// The lowest age on the day.
    #[schema(value_type = Option<Whole<6, 100>>)]
    pub minimum_age: Option<Whole<6, 100>>,
    /// The highest age on the day.
    #[schema(value_type = Option<Whole<6, 120>>)]
    pub maximum_age: Option<Whole<6, 120>>,
    /// What one must be able to do; who signs up confirms it.
    #[serde(default)]
    #[schema(value_type = Label<100>, example = "会操作叉车")]
    pub skill: Label<100>,
    /// What one must have been taught; who signs up confirms it.
    #[serde(default)]
    #[schema(value_type = Label<100>)]
    pub training: Label<100>,
}

/// What the organiser insured against what may happen 人身意外伤害保险.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallInsuranceDraft {
    /// With whom.
    pub insurer: Line<100>,
    /// Under which number.
    #[schema(value_type = Line<64>, example = "PICC-2026-0048")]
    pub policy: Line<64>,
    /// Its last day.
    #[schema(value_type = Day)]
    pub until: Day,
}

/// Call for volunteers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallDraft {
    /// Where it is for: a committee, a street, a district, the city.
    #[schema(example = "310113003005")]
    pub division: Division,
    /// Who organises it.
    pub organiser: VolunteerCallOrganiserDraft,
    /// What it is called.
    #[schema(example = "“梯”升男友力：帮邻居搬东西上楼")]
    pub title: Line<100>,
    /// What it is about.
    #[serde(default)]
    pub story: Prose<4000>,
    /// Who is wanted.
    #[serde(default)]
    #[schema(value_type = Vec<VolunteerCallNeed>, max_items = 20)]
    pub needs: Few<VolunteerCallNeed, 0, 20>,
    /// What is asked of who comes.
    #[serde(default)]
    pub requirements: VolunteerCallRequirementsDraft,
    /// What may happen; who signs up confirms to have read it.
    #[serde(default)]
    pub risks: Prose<2000>,
    /// Whether somebody may be hurt: then nobody signs up before it is insured, and no minor does.
    #[serde(default)]
    pub is_dangerous: bool,
    /// The insurance, once there is one.
    pub insurance: Option<VolunteerCallInsuranceDraft>,
    /// Who sees it and may sign up.
    pub visibility: VolunteerCallVisibility,
    /// Whom to ask: an office, not a person's own number.
    #[serde(default)]
    #[schema(value_type = Label<100>, example = "居委会值班室")]
    pub contact: Label<100>,
    /// Where it happens, for maps of what is open nearby; a call of a whole division needs none.
    pub location: Option<Point>,
    /// The petition 诉求 that it answers: one that the caller sees as staff, of the place that the call is for, and no report. Who asked
    /// is told once the call is published; who does not see the petition is not told of it.
    pub petition: Option<MatterId>,
    /// A poster 海报: a picture or a PDF that one has sent.
    pub poster: Option<FileId>,
}

/// Change a call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerCallPatch {
    /// What it is called.
    #[schema(value_type = Line<100>)]
    #[serde(default)]
    pub title: Change<Line<100>>,
    /// What it is about.
    #[schema(value_type = Prose<4000>)]
    #[serde(default)]
    pub story: Change<Prose<4000>>,
    /// Who is wanted, in place of who was.
    #[schema(value_type = Vec<VolunteerCallNeed>, max_items = 20)]
    #[serde(default)]
    pub needs: Change<Few<VolunteerCallNeed, 0, 20>>,
    /// What is asked of who comes, in place of what was. Who is signed up stays so.
    #[schema(value_type = VolunteerCallRequirementsDraft)]
    #[serde(default)]
    pub requirements: Change<VolunteerCallRequirementsDraft>,
    /// What may happen.
    #[schema(value_type = Prose<2000>)]
    #[serde(default)]
    pub risks: Change<Prose<2000>>,
    /// Whether somebody may be hurt.
    #[schema(value_type = bool)]
    #[serde(default)]
    pub is_dangerous: Change<bool>,
    /// The insurance.
    #[serde(default)]
    #[schema(value_type = Option<VolunteerCallInsuranceDraft>)]
    pub insurance: Patch<VolunteerCallInsuranceDraft>,
    /// Who sees it.
    #[schema(value_type = VolunteerCallVisibility)]
    #[serde(default)]
    pub visibility: Change<VolunteerCallVisibility>,
    /// Whom to ask.
    #[schema(value_type = Label<100>)]
    #[serde(default)]
    pub contact: Change<Label<100>>,
    /// Where it happens.
    #[serde(default)]
    #[schema(value_type = Option<Point>)]
    pub location: Patch<Point>,
    /// The petition that it answers; from its publication on it stays as it is.
    #[serde(default)]
    #[schema(value_type = Option<MatterId>)]
    pub petition: Patch<MatterId>,
    /// Another poster.
    #[schema(value_type = uuid::Uuid)]
    #[serde(default)]
    pub poster: Change<FileId>,
}

impl VolunteerCallPatch {
    /// What changes, without needs and poster.
    pub fn into_change(self) -> CallChange {
        let mut change = CallChange {
            title: self.title.map(Line::into_inner),
            story: self.story.map(Prose::into_inner),
            risks: self.risks.map(Prose::into_inner),
            is_dangerous: self.is_dangerous.0,
            visibility: self.visibility.0,
            contact: self.contact.map(Label::into_inner),
            ..CallChange::default()
        };
        if let Some(asked) = self.requirements.0 {
            change.minimum_age = Some(asked.minimum_age.map(Whole::get));
            change.maximum_age = Some(asked.maximum_age.map(Whole::get));
            change.skill = Some(asked.skill.into_inner());
            change.training = Some(asked.training.into_inner());
        }
        let location = self.location.map(Point::to_wgs84);
        change.longitude = location.map(|point| point.map(|at| at.longitude));
        change.latitude = location.map(|point| point.map(|at| at.latitude));
        change.petition_id = self.petition.map(|one| one);
        let insurance = self.insurance.map(|one| one);
        change.insurer = insurance.clone().map(|one| one.map(|one| one.insurer.into_inner()));
        change.insurance_policy = insurance.clone().map(|one| one.map(|one| one.policy.into_inner()));
        change.insured_until = insurance.map(|one| one.map(|one| one.until.get()));
        change
    }
}

/// What is wanted, as kept.
pub fn kept(call: VolunteerCallId, needs: Vec<VolunteerCallNeed>) -> Vec<Need> {
    let row = |(position, need): (i32, VolunteerCallNeed)| Need {
        call_id: call,
        position,
        role: need.role.into_inner(),
        quantity: need.quantity.get(),
    };
    (0..).zip(needs).map(row).collect()
}
