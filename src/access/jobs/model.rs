//! Rows of jobs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::crypto::random_bytes;
use crate::kit::problem::Result;
use crate::schema::jobs;
use crate::{id, text_enum};

id! {
    /// A job's id.
    JobId
}

text_enum! {
    /// How far a job is.
    pub enum JobState {
        /// It waits for its turn, or to be tried again.
        Queued = "queued",
        /// Somebody works at it.
        Running = "running",
        /// It is done.
        Done = "done",
        /// It ended before it was done.
        Failed = "failed",
    }
}

/// A job as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub account_id: AccountId,
    pub is_second_factor: bool,
    pub division: Option<Division>,
    pub payload: Value,
    pub state: JobState,
    pub done: i64,
    pub total: Option<i64>,
    pub result: Option<Value>,
    pub problem_code: Option<String>,
    pub attempts: i32,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// What somebody asks for, as a job.
pub struct NewJob {
    /// Which runner does it.
    pub kind: &'static str,
    /// The division it concerns, where it concerns one.
    pub division: Option<Division>,
    /// What its runner needs to know: ids and codes only, never personal data.
    pub payload: Value,
    /// Of how many things it consists, where that is known.
    pub total: Option<i64>,
}

/// What one batch of a job did, kept together with it.
#[derive(Debug, Default)]
pub struct Step {
    by: i64,
    total: Option<i64>,
    result: Option<Value>,
}

impl Step {
    /// So many things more are done.
    pub fn by(things: usize) -> Self {
        Step { by: things as i64, ..Step::default() }
    }

    /// Of so many in all, now that it is known.
    pub fn of(mut self, total: i64) -> Self {
        self.total = Some(total);
        self
    }

    /// What the job found so far: the next batch, in this process or another, reads it from the row. Ids, codes and
    /// numbers only.
    pub fn so_far(mut self, result: Value) -> Self {
        self.result = Some(result);
        self
    }

    /// What changes in the row of a job that was so far.
    pub(super) fn into_progress(self, done: i64, now: DateTime<Utc>) -> Progress {
        let Step { by, total, result } = self;
        Progress { done: done + by, total, result, attempts: (by > 0).then_some(0), heartbeat_at: now }
    }
}

/// What a batch changes in its job's row; what is none stays.
#[derive(AsChangeset)]
#[diesel(table_name = jobs)]
pub(super) struct Progress {
    pub done: i64,
    pub total: Option<i64>,
    pub result: Option<Value>,
    pub attempts: Option<i32>,
    pub heartbeat_at: DateTime<Utc>,
}

/// The end of a job that was not done.
#[derive(AsChangeset)]
#[diesel(table_name = jobs, treat_none_as_null = true)]
pub(super) struct Failure<'a> {
    pub state: JobState,
    pub claim: Option<Uuid>,
    pub problem_code: &'a str,
    pub finished_at: DateTime<Utc>,
}

impl<'a> Failure<'a> {
    /// With a problem's code, now.
    pub fn new(code: &'a str, now: DateTime<Utc>) -> Self {
        Failure { state: JobState::Failed, claim: None, problem_code: code, finished_at: now }
    }
}

/// A job that waits for a worker, or whose worker is silent.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Due {
    pub id: JobId,
    pub kind: String,
    pub state: JobState,
    pub attempts: i32,
}

/// A worker's hold on a job: the claim it took, and how far the job was when it last looked. Whoever lost the job to
/// another, or does not know of a batch that was written after all, holds it no more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    pub id: JobId,
    pub claim: Uuid,
    pub done: i64,
}

impl Hold {
    /// A claim that nobody had before.
    pub fn new_claim() -> Result<Uuid> {
        Ok(Uuid::from_bytes(random_bytes()?))
    }
}
