//! Recognitions in JSON, as they are answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{PointsRow, Recognition, RecognitionId, RecognitionPart, RecognitionState, Sight};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::activities::recognition_rules::RecognitionKind;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::places::building_groups::BuildingGroupId;

/// What was given for one criterion.
#[derive(Serialize, ToSchema)]
pub struct RecognitionPointsView {
    /// The code of the criterion.
    #[schema(example = "mutual_help")]
    pub criterion: String,
    /// What it is called.
    pub name: String,
    /// The points that were given.
    #[schema(minimum = 0)]
    pub points: i32,
    /// The most that it gives.
    #[schema(minimum = 1)]
    pub most: i32,
}

impl From<&PointsRow> for RecognitionPointsView {
    fn from(row: &PointsRow) -> Self {
        Self { criterion: row.criterion.clone(), name: row.name.clone(), points: row.points, most: row.most }
    }
}

/// What the nominee agreed to.
#[derive(Serialize, ToSchema)]
pub struct RecognitionAgreementView {
    /// What is shown of them.
    pub shows: Vec<RecognitionPart>,
    /// Whether workers may find them by what they can do.
    pub is_findable: bool,
    /// Since when.
    #[serde(serialize_with = "moment::write")]
    pub agreed_at: DateTime<Utc>,
}

/// A recognition. Who is neither staff of the range nor the nominee is told of a person what they agreed to.
#[derive(Serialize, ToSchema)]
pub struct RecognitionView {
    /// Its id.
    pub id: RecognitionId,
    /// Where.
    pub division: Division,
    /// As what.
    pub kind: RecognitionKind,
    /// Whose record, of a person; null where that is not told.
    pub resident: Option<ResidentId>,
    /// Which building group.
    pub building_group: Option<BuildingGroupId>,
    /// The name of the person or the group; null where it is not told.
    pub name: Option<String>,
    /// The title.
    pub title: String,
    /// What for; null where it is not told.
    pub story: Option<String>,
    /// What they can do, where it is told.
    pub skills: Vec<String>,
    /// Where it stands.
    pub state: RecognitionState,
    /// What the nominee agreed to; null where they have not, or where it is not told.
    pub agreement: Option<RecognitionAgreementView>,
    /// What was given by criterion; nothing where nobody was assessed.
    pub assessment: Vec<RecognitionPointsView>,
    /// All points together.
    #[schema(minimum = 0)]
    pub points: i32,
    /// Until when one may object; null before it is publicised.
    #[serde(serialize_with = "moment::write_some")]
    pub publicised_until: Option<DateTime<Utc>>,
    /// Who granted the title; null before it is confirmed.
    pub granted_by: Option<OrganisationId>,
    /// When it was decided last; null before.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused or withdrawn; empty where that is not so, or not told.
    pub reason: String,
    /// Its version, for `If-Match`: `"v1"`.
    pub version: i64,
    /// When it was nominated.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl RecognitionView {
    /// As somebody sees it, with the points of all that are told.
    pub fn new(recognition: Recognition, sight: Sight, points: &[PointsRow]) -> Self {
        let row = recognition.row;
        let is_whole = sight == Sight::Whole;
        let is_person = row.resident_id.is_some();
        // Of a record that was sealed or deleted nothing is told, not even to staff.
        let is_known = !is_person || recognition.name.is_some();
        let tells = |part| is_known && (is_whole || !is_person || row.shows.contains(&Some(part)));
        let given: Vec<_> = points.iter().filter(|one| one.recognition_id == row.id).collect();
        let agreement = row.agreed_at.filter(|_| is_whole).map(|agreed_at| RecognitionAgreementView {
            shows: row.shows.iter().copied().flatten().collect(),
            is_findable: row.is_findable,
            agreed_at,
        });
        Self {
            name: recognition.name.or(recognition.group_name).filter(|_| tells(RecognitionPart::Name)),
            story: Some(row.story).filter(|_| tells(RecognitionPart::Story)),
            skills: if tells(RecognitionPart::Skills) {
                row.skills.into_iter().flatten().collect()
            } else {
                Vec::new()
            },
            id: row.id,
            division: row.division,
            kind: row.kind,
            resident: row.resident_id.filter(|_| is_whole),
            building_group: row.building_group_id,
            title: row.title,
            state: row.state,
            agreement,
            points: given.iter().map(|one| one.points).sum(),
            assessment: given.into_iter().map(RecognitionPointsView::from).collect(),
            publicised_until: row.publicised_until,
            granted_by: row.granted_by,
            decided_at: row.decided_at,
            reason: if is_whole { row.reason } else { String::new() },
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for RecognitionView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/recognitions/{}", self.id))
    }
}
