//! Disclosures in JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{DisclosureId, DisclosurePurpose, DisclosureRow, ResidentId};
use crate::access::role::Role;
use crate::kit::answer::View;
use crate::kit::moment;

/// One look at oneself.
#[derive(Serialize, ToSchema)]
pub struct DisclosureView {
    /// Its id.
    pub id: DisclosureId,
    /// One's record.
    pub resident: ResidentId,
    /// Who looked.
    #[schema(example = "社工小王")]
    pub by: String,
    /// What they were there.
    pub role: Role,
    /// For which organisation.
    #[schema(example = "宝钢五村居委会")]
    pub organisation: Option<String>,
    /// What for.
    pub purpose: DisclosurePurpose,
    /// What was shown: `document`, `phone`, …
    pub fields: Vec<String>,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub at: DateTime<Utc>,
}

impl From<DisclosureRow> for DisclosureView {
    fn from(row: DisclosureRow) -> Self {
        let DisclosureRow { id, resident_id, by, role, organisation, purpose, fields, at } = row;
        let fields = fields.into_iter().flatten().collect();
        Self { id, resident: resident_id, by, role, organisation, purpose, fields, at }
    }
}

impl View for DisclosureView {
    const IS_SECRET: bool = true;
}
