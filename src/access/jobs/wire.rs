//! How jobs look from outside.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{JobId, JobRow, JobState};

use crate::kit::moment;

/// How far a job is. Whatever feature has jobs shows this beside what is its own.
#[derive(Serialize, ToSchema)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// How far it is.
    pub state: JobState,
    /// How many things are done.
    #[schema(example = 400)]
    pub done: i64,
    /// Of how many, once that is known.
    #[schema(example = 1000)]
    pub total: Option<i64>,
    /// The problem code that says why it failed.
    #[schema(example = "forbidden")]
    pub problem: Option<String>,
    /// When it was asked for.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When work at it began.
    #[serde(serialize_with = "moment::write_some")]
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended, done or failed.
    #[serde(serialize_with = "moment::write_some")]
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<JobRow> for JobView {
    fn from(row: JobRow) -> Self {
        JobView {
            id: row.id,
            state: row.state,
            done: row.done,
            total: row.total,
            problem: row.problem_code,
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
        }
    }
}
