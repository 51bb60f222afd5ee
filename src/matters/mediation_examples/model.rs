//! Rows of typical cases.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::crypto::random_bytes;
use crate::kit::problem::Result;
use crate::matters::disputes::DisputeType;
use crate::matters::registry::MatterId;
use crate::schema::mediation_examples;
use crate::{id, text_enum};

id! {
    /// A typical case's id.
    ExampleId
}

impl ExampleId {
    /// One that does not tell when it was made, and so not which case was filed just before.
    pub fn random() -> Result<Self> {
        Ok(Self(uuid::Builder::from_random_bytes(random_bytes::<16>()?).into_uuid()))
    }
}

text_enum! {
    /// Where a typical case stands.
    pub enum MediationExampleState {
        /// 待审核
        Draft = "draft",
        /// 已发布
        Published = "published",
        /// 已撤下
        Withdrawn = "withdrawn",
    }
}

/// A typical case as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_examples)]
pub struct ExampleRow {
    pub id: ExampleId,
    pub case_id: MatterId,
    pub district: Division,
    pub dispute_type: DisputeType,
    pub title: String,
    pub facts: String,
    pub mediation: String,
    pub lesson: String,
    pub state: MediationExampleState,
    pub written_by: AccountId,
    pub edited_by: AccountId,
    pub reviewed_by: Option<AccountId>,
    pub review_note: String,
    pub published_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawal_reason: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// One as everybody reads it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_examples)]
pub struct PostedRow {
    pub id: Uuid,
    pub district: Division,
    pub dispute_type: DisputeType,
    pub title: String,
    pub facts: String,
    pub mediation: String,
    pub lesson: String,
    pub published_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// One about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_examples, treat_none_as_default_value = false)]
pub struct NewExample {
    pub id: ExampleId,
    pub case_id: MatterId,
    pub district: Division,
    pub dispute_type: DisputeType,
    pub title: String,
    pub facts: String,
    pub mediation: String,
    pub lesson: String,
    pub state: MediationExampleState,
    pub written_by: AccountId,
    pub edited_by: AccountId,
    pub review_note: String,
    pub withdrawal_reason: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How one changes.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = mediation_examples)]
pub struct ExampleChange {
    pub title: Option<String>,
    pub facts: Option<String>,
    pub mediation: Option<String>,
    pub lesson: Option<String>,
    pub state: Option<MediationExampleState>,
    pub edited_by: Option<AccountId>,
    pub reviewed_by: Option<AccountId>,
    pub review_note: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub withdrawn_by: Option<AccountId>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawal_reason: Option<String>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub district: Option<Division>,
    pub dispute_type: Option<DisputeType>,
}
