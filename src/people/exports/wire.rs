//! Exports in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ExportId, ExportRow};
use crate::access::division::Division;
use crate::access::jobs::{JobRow, JobState};
use crate::kit::answer::View;
use crate::kit::etag::etag_of_shown;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::sheets::Form;
use crate::people::disclosures::DisclosurePurpose;
use crate::people::residents::Residence;

/// An age in whole years.
pub type Age = Whole<0, 150>;

/// The export in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ExportPath {
    /// The export.
    pub export: ExportId,
}

/// Ask for a list of residents.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportDraft {
    /// Whose: a division within one's range.
    pub division: Division,
    /// As what.
    pub form: Form,
    /// What for; it is kept.
    pub purpose: DisclosurePurpose,
    /// Only those who reside so.
    pub residence: Option<Residence>,
    /// Only those of at least this age.
    pub min_age: Option<Age>,
    /// Only those of at most this age.
    pub max_age: Option<Age>,
}

/// An export.
#[derive(Serialize, ToSchema)]
pub struct ExportView {
    /// Its id.
    pub id: ExportId,
    /// Whose residents.
    pub division: Division,
    /// As what.
    pub form: Form,
    /// What for.
    pub purpose: DisclosurePurpose,
    /// How far it is.
    pub state: JobState,
    /// Why it failed.
    #[schema(example = "export-too-many")]
    pub problem: Option<String>,
    /// How many people are in it; null until it is written.
    pub people: Option<i64>,
    /// Where the list is fetched, for a week; null until it is written, and after that.
    #[schema(example = "/v1/files/0199c9f0-0000-7000-8000-000000000000/content")]
    pub content_url: Option<String>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl ExportView {
    /// An export and its job.
    pub fn new(row: ExportRow, job: Option<JobRow>) -> Self {
        // A job is forgotten before its export.
        let (state, problem) = job.map_or((JobState::Done, None), |job| (job.state, job.problem_code));
        Self {
            id: row.id,
            division: row.division,
            form: row.form,
            purpose: row.purpose,
            state,
            problem,
            people: row.people,
            content_url: row.file_id.map(|file| format!("/v1/files/{file}/content")),
            created_at: row.created_at,
        }
    }
}

impl View for ExportView {
    fn etag(&self) -> Option<String> {
        etag_of_shown(self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/exports/{}", self.id))
    }
}
