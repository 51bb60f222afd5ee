//! Calls in JSON, as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::course::VolunteerCallState;
use super::model::{Need, VolunteerCall, VolunteerCallId, VolunteerCallVisibility};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::files::FileView;
use crate::kit::answer::View;
use crate::kit::etag::etag_beside;
use crate::kit::moment;
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;
use crate::places::coordinates::{Located, Point};

/// Who organises a call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VolunteerCallOrganiserView {
    /// The organisation, where one does.
    pub organisation: Option<OrganisationId>,
    /// The building group, where one does.
    pub building_group: Option<BuildingGroupId>,
    /// Its name.
    #[schema(example = "247号楼组")]
    pub name: String,
}

impl From<&VolunteerCall> for VolunteerCallOrganiserView {
    fn from(call: &VolunteerCall) -> Self {
        let name = call.organisation_name.clone().or_else(|| call.group_name.clone());
        VolunteerCallOrganiserView {
            organisation: call.row.organisation_id,
            building_group: call.row.building_group_id,
            name: name.unwrap_or_default(),
        }
    }
}

/// What is asked of who comes.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallRequirementsView {
    /// The lowest age on the day.
    pub minimum_age: Option<i32>,
    /// The highest age on the day.
    pub maximum_age: Option<i32>,
    /// What one must be able to do; empty where nothing is asked.
    pub skill: String,
    /// What one must have been taught; empty where nothing is asked.
    pub training: String,
}

/// What the organiser insured.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallInsuranceView {
    /// With whom.
    pub insurer: String,
    /// Under which number.
    pub policy: String,
    /// Its last day.
    pub until: NaiveDate,
}

/// A call for volunteers.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallView {
    /// Its id.
    pub id: VolunteerCallId,
    /// Where it is for.
    pub division: Division,
    /// Who organises it.
    pub organiser: VolunteerCallOrganiserView,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub story: String,
    /// What is asked of who comes.
    pub requirements: VolunteerCallRequirementsView,
    /// What may happen.
    pub risks: String,
    /// Whether somebody may be hurt.
    pub is_dangerous: bool,
    /// The insurance; null while there is none.
    pub insurance: Option<VolunteerCallInsuranceView>,
    /// Who sees it.
    pub visibility: VolunteerCallVisibility,
    /// Whom to ask.
    pub contact: String,
    /// Where it happens; null where that is not said.
    pub location: Option<Point>,
    /// Where it stands.
    pub state: VolunteerCallState,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// When it was published.
    #[serde(serialize_with = "moment::write_some")]
    pub published_at: Option<DateTime<Utc>>,
    /// When it was over.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was written.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<VolunteerCall> for VolunteerCallView {
    fn from(call: VolunteerCall) -> Self {
        let organiser = VolunteerCallOrganiserView::from(&call);
        let row = call.row;
        let insured = row.insurer.zip(row.insurance_policy).zip(row.insured_until);
        Self {
            id: row.id,
            division: row.division,
            organiser,
            title: row.title,
            story: row.story,
            requirements: VolunteerCallRequirementsView {
                minimum_age: row.minimum_age,
                maximum_age: row.maximum_age,
                skill: row.skill,
                training: row.training,
            },
            risks: row.risks,
            is_dangerous: row.is_dangerous,
            insurance: insured.map(|((insurer, policy), until)| VolunteerCallInsuranceView {
                insurer,
                policy,
                until,
            }),
            visibility: row.visibility,
            contact: row.contact,
            location: Point::stored(row.longitude, row.latitude),
            state: row.state,
            reason: row.reason,
            published_at: row.published_at,
            ended_at: row.ended_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Located for VolunteerCallView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for VolunteerCallView {}

/// Who is wanted.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallNeedView {
    /// As what.
    pub role: String,
    /// How many.
    pub quantity: i32,
    /// How many people have places in shifts of that role; who comes several times is one.
    pub filled: i64,
}

impl VolunteerCallNeedView {
    /// A need, with what is filled of all roles.
    pub fn new(need: Need, filled: &[(String, i64)]) -> Self {
        let of_role = filled.iter().find(|(role, _)| *role == need.role);
        Self { role: need.role, quantity: need.quantity, filled: of_role.map_or(0, |(_, people)| *people) }
    }
}

/// A call for volunteers with all that belongs to it.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallDetailView {
    /// The call.
    #[serde(flatten)]
    pub call: VolunteerCallView,
    /// Who is wanted, and how many of them there are.
    pub needs: Vec<VolunteerCallNeedView>,
    /// The poster, the newest; null while there is none.
    pub poster: Option<FileView>,
    /// The petition 诉求 that it answers; null where it answers none that the reader sees.
    pub petition: Option<MatterId>,
}

impl Located for VolunteerCallDetailView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        self.call.location_mut()
    }
}

impl View for VolunteerCallDetailView {
    fn etag(&self) -> Option<String> {
        etag_beside(self.call.version, self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/volunteer-calls/{}", self.call.id))
    }
}
