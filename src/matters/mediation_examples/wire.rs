//! Typical cases in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ExampleChange, ExampleId, ExampleRow, Filter, MediationExampleState, PostedRow};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::clock::local_date;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::Change;
use crate::kit::text::{Label, Line, Story};
use crate::matters::disputes::DisputeType;
use crate::matters::registry::MatterId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationExampleQuery {
    /// Only those of this district 区.
    #[param(example = "310113000000")]
    pub district: Option<Division>,
    /// Only disputes of this type.
    #[param(inline)]
    pub dispute_type: Option<DisputeType>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl MediationExampleQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { district: self.district, dispute_type: self.dispute_type }
    }
}

/// The typical case in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationExamplePath {
    /// The typical case.
    #[param(value_type = uuid::Uuid)]
    pub mediation_example: ExampleId,
}

/// The typical case of a case in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationCaseExamplePath {
    /// The case.
    pub mediation_case: MatterId,
    /// The typical case.
    #[param(value_type = uuid::Uuid)]
    pub example: ExampleId,
}

/// Write a typical case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationExampleDraft {
    /// Its title.
    #[schema(example = "楼上楼下噪声，三期和解")]
    pub title: Line<100>,
    /// What the dispute was.
    #[schema(example = "赵某与钱某为上下楼邻居，因夜间拖动家具多次争执。")]
    pub facts: Story<4000>,
    /// How it was mediated.
    #[schema(example = "派出所、司法所、律师同桌，先分头听取意见，再面对面协商。")]
    pub mediation: Story<4000>,
    /// What is to be learnt from it.
    #[schema(example = "先处理情绪，再约定时段和履行方式。")]
    pub lesson: Story<2000>,
}

impl MediationExampleDraft {
    /// Each text with its place.
    pub fn texts(&self) -> [(&'static str, String); 4] {
        [
            ("/title", self.title.clone().into_inner()),
            ("/facts", self.facts.clone().into_inner()),
            ("/mediation", self.mediation.clone().into_inner()),
            ("/lesson", self.lesson.clone().into_inner()),
        ]
    }
}

/// Change a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationExamplePatch {
    /// Its title.
    #[serde(default)]
    #[schema(value_type = Option<Line<100>>)]
    pub title: Change<Line<100>>,
    /// What the dispute was.
    #[serde(default)]
    #[schema(value_type = Option<Story<4000>>)]
    pub facts: Change<Story<4000>>,
    /// How it was mediated.
    #[serde(default)]
    #[schema(value_type = Option<Story<4000>>)]
    pub mediation: Change<Story<4000>>,
    /// What is to be learnt from it.
    #[serde(default)]
    #[schema(value_type = Option<Story<2000>>)]
    pub lesson: Change<Story<2000>>,
}

impl MediationExamplePatch {
    /// As written, by whom.
    pub fn into_change(self, by: AccountId) -> ExampleChange {
        ExampleChange {
            title: self.title.map(Line::into_inner),
            facts: self.facts.map(Story::into_inner),
            mediation: self.mediation.map(Story::into_inner),
            lesson: self.lesson.map(Story::into_inner),
            edited_by: Some(by),
            ..ExampleChange::default()
        }
    }
}

/// Say whether a draft may be published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationExampleReviewDraft {
    /// The version that was read.
    pub version: Whole<1, 1_000_000>,
    /// Whether everybody may read it.
    pub is_approved: bool,
    /// What is to be changed, where not.
    #[serde(default)]
    #[schema(example = "请隐去小区特征。")]
    pub note: Label<1000>,
}

/// Take a typical case down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationExampleWithdrawalDraft {
    /// Why.
    #[schema(example = "当事人认为可被辨认。")]
    pub reason: Line<500>,
}

/// A typical case 典型案例, as everybody reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationExampleView {
    /// Its id.
    pub id: uuid::Uuid,
    /// In which district it was.
    #[schema(example = "310113000000")]
    pub district: Division,
    /// What kind of dispute it was.
    pub dispute_type: DisputeType,
    /// Its title.
    #[schema(example = "楼上楼下噪声，三期和解")]
    pub title: String,
    /// What the dispute was.
    pub facts: String,
    /// How it was mediated.
    pub mediation: String,
    /// What is to be learnt from it.
    pub lesson: String,
    /// On which day it was published.
    pub published_on: Option<NaiveDate>,
    #[serde(skip)]
    version: i64,
}

impl From<PostedRow> for MediationExampleView {
    fn from(row: PostedRow) -> Self {
        let PostedRow { id, district, dispute_type, title, facts, mediation, lesson, published_at, version } =
            row;
        let published_on = published_at.map(local_date);
        Self { id, district, dispute_type, title, facts, mediation, lesson, published_on, version }
    }
}

impl View for MediationExampleView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// A typical case, as whoever runs the case it is of reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationCaseExampleView {
    /// Its id.
    pub id: ExampleId,
    /// Of which case it is.
    pub mediation_case: MatterId,
    /// Its district, which is told.
    #[schema(example = "310113000000")]
    pub district: Division,
    /// What kind of dispute it was.
    pub dispute_type: DisputeType,
    /// Its title.
    #[schema(example = "楼上楼下噪声，三期和解")]
    pub title: String,
    /// What the dispute was.
    pub facts: String,
    /// How it was mediated.
    pub mediation: String,
    /// What is to be learnt from it.
    pub lesson: String,
    /// Where it stands.
    pub state: MediationExampleState,
    /// Who wrote it.
    pub written_by: AccountId,
    /// Who changed it last.
    pub edited_by: AccountId,
    /// Who reviewed it last; null while nobody has.
    pub reviewed_by: Option<AccountId>,
    /// What they said.
    pub review_note: String,
    /// When it was published; null while it is not.
    #[serde(serialize_with = "moment::write_some")]
    pub published_at: Option<DateTime<Utc>>,
    /// When it was withdrawn; null while it is not.
    #[serde(serialize_with = "moment::write_some")]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why.
    pub withdrawal_reason: String,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was written.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<ExampleRow> for MediationCaseExampleView {
    fn from(row: ExampleRow) -> Self {
        Self {
            id: row.id,
            mediation_case: row.case_id,
            district: row.district,
            dispute_type: row.dispute_type,
            title: row.title,
            facts: row.facts,
            mediation: row.mediation,
            lesson: row.lesson,
            state: row.state,
            written_by: row.written_by,
            edited_by: row.edited_by,
            reviewed_by: row.reviewed_by,
            review_note: row.review_note,
            published_at: row.published_at,
            withdrawn_at: row.withdrawn_at,
            withdrawal_reason: row.withdrawal_reason,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

impl View for MediationCaseExampleView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}
