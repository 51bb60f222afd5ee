//! Imports in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ImportId, ImportMode, ImportRow};
use crate::access::act::Governed;
use crate::access::actor::Actor;
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::access::jobs::{JobRow, JobState};
use crate::kit::answer::View;
use crate::kit::etag::etag_of_shown;
use crate::kit::moment;
use crate::kit::sheets::Form;

/// The import in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ImportPath {
    /// The import.
    pub import: ImportId,
}

/// Import a list of residents.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportDraft {
    /// The list: a CSV or XLSX file that was sent before. It is removed when the import is over.
    pub file: FileId,
    /// The division: rows that name no committee go here, rows that name one outside of it are refused.
    pub division: Division,
    /// What becomes of good rows when others are bad.
    pub mode: ImportMode,
    /// Whether only to say what would happen.
    #[serde(default)]
    pub is_dry_run: bool,
}

/// An import.
#[derive(Serialize, ToSchema)]
pub struct ImportView {
    /// Its id.
    pub id: ImportId,
    /// Its division.
    pub division: Division,
    /// What the list is.
    pub form: Form,
    /// What becomes of good rows when others are bad.
    pub mode: ImportMode,
    /// Whether it only says what would happen.
    pub is_dry_run: bool,
    /// How far it is.
    pub state: JobState,
    /// Why it failed.
    #[schema(example = "import-rows-refused")]
    pub problem: Option<String>,
    /// Rows looked at.
    pub done: i64,
    /// Rows in all, once they are counted. Two ways through the list count twice.
    pub total: Option<i64>,
    /// Records made.
    pub entered: i64,
    /// Records changed.
    pub changed: i64,
    /// Rows that said nothing new.
    pub unchanged: i64,
    /// Rows with something wrong. Where that is the household alone, the person went in and is counted above, too.
    pub refused: i64,
    /// Where the report of bad rows is fetched, for a week; null where there is none, and for all but who sent the list.
    #[schema(example = "/v1/imports/0199c9f0-0000-7000-8000-000000000000/report")]
    pub report_url: Option<String>,
    /// Bad rows that the report leaves out: it holds the first 10,000.
    #[schema(example = 0)]
    pub left_out: i64,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was over.
    #[serde(serialize_with = "moment::write_some")]
    pub finished_at: Option<DateTime<Utc>>,
}

impl ImportView {
    /// An import and its job, as an actor sees them at a moment.
    pub fn new(row: ImportRow, job: Option<JobRow>, actor: &Actor, now: DateTime<Utc>) -> Self {
        let total = job.as_ref().and_then(|job| job.total);
        let done = job.as_ref().map_or(row.done, |job| job.done);
        // The command line has no job; and a job is forgotten before its import.
        let ended = if row.finished_at.is_some() { JobState::Done } else { JobState::Running };
        let has_report = row.is_own(actor) && row.report_until.is_some_and(|until| until > now);
        let (state, problem) = job.map_or((ended, None), |job| (job.state, job.problem_code));
        Self {
            id: row.id,
            division: row.division,
            form: row.form,
            mode: row.mode,
            is_dry_run: row.is_dry_run,
            state,
            problem,
            done,
            total,
            entered: row.entered,
            changed: row.changed,
            unchanged: row.unchanged,
            refused: row.refused,
            report_url: has_report.then(|| format!("/v1/imports/{}/report", row.id)),
            left_out: row.left_out,
            created_at: row.created_at,
            finished_at: row.finished_at,
        }
    }
}

impl View for ImportView {
    fn etag(&self) -> Option<String> {
        etag_of_shown(self)
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/imports/{}", self.id))
    }
}
