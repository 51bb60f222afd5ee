//! Data exports in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::model::{DataExportId, DataExportRow};
use crate::access::jobs::{JobRow, JobState};
use crate::kit::answer::View;
use crate::kit::etag::etag_of_shown;
use crate::kit::moment;

/// The data export in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DataExportPath {
    /// The data export.
    pub data_export: DataExportId,
}

/// A copy of what is kept of oneself.
#[derive(Serialize, ToSchema)]
pub struct DataExportView {
    /// Its id.
    pub id: DataExportId,
    /// How far it is.
    pub state: JobState,
    /// Where the copy is fetched, for a week from when it was asked for; null until it is written.
    #[schema(example = "/v1/me/data-exports/0199c9f0-0000-7000-8000-000000000000/content")]
    pub content_url: Option<String>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl DataExportView {
    /// A data export and its job.
    pub fn new(row: DataExportRow, job: Option<JobRow>) -> Self {
        let state = job.map_or(JobState::Done, |job| job.state);
        let url = || format!("/v1/me/data-exports/{}/content", row.id);
        let content_url = (state == JobState::Done).then(url);
        Self { id: row.id, state, content_url, created_at: row.created_at }
    }
}

impl View for DataExportView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        etag_of_shown(self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/me/data-exports/{}", self.id))
    }
}

/// Everything that is kept of a person, by section: `account`, `records`, `homes`, `labels`, `health`, `visits`, `disclosures`,
/// `consents` and so on. Each is a list of what is kept as it is kept; numbers are whole.
#[derive(Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct DataExportContentView(pub Value);

impl View for DataExportContentView {
    const IS_SECRET: bool = true;
}
