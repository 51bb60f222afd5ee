//! Merges in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{KeptDocument, NewMerge, ResidentMergeId};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::text::Line;
use crate::people::residents::ResidentId;

/// Merge two records of one person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentMergeDraft {
    /// The record that closes.
    pub from: ResidentId,
    /// The record that stays.
    pub into: ResidentId,
    /// How it was found that they are one person.
    #[schema(example = "姓名和电话一致，本人到场核对证件")]
    pub reason: Line<200>,
    /// Whose document is kept; needed where both have one and they differ.
    pub document: Option<KeptDocument>,
}

/// Two records that have become one.
#[derive(Serialize, ToSchema)]
pub struct ResidentMergeView {
    /// Its id.
    pub id: ResidentMergeId,
    /// The committee of the record that stays.
    pub division: Division,
    /// The record that closed.
    pub from: ResidentId,
    /// The record that stays, and answers under both ids.
    pub into: ResidentId,
    /// How it was found that they are one person.
    pub reason: String,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<NewMerge> for ResidentMergeView {
    fn from(row: NewMerge) -> Self {
        let NewMerge { id, division, from_id, into_id, reason, created_at } = row;
        Self { id, division, from: from_id, into: into_id, reason, created_at }
    }
}

impl View for ResidentMergeView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some(format!("/v1/residents/{}", self.into))
    }
}
