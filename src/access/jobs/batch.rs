//! The batch: a job's one way to the database. One transaction, the actor loaded fresh, progress and effect together.

use chrono::{DateTime, Utc};
use diesel::connection::Connection as _;
use diesel::pg::PgConnection;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Hold, JobId, JobRow, Step};
use super::store;
use crate::access::act::{Act, Look};
use crate::access::actor;
use crate::access::gate::Gate;
use crate::kit::problem::{BUSY, Problem, Result};
use crate::kit::stop::Stop;

/// Does the jobs of one kind.
#[derive(Clone, Copy)]
pub struct Runner {
    /// The kind, as in its rows.
    pub kind: &'static str,
    /// Whether who asked for the job still may: asked before every batch, so that a post that ended stops the job.
    pub may: fn(&Look<'_>, &JobRow) -> Result<()>,
    /// Goes on from where the job is, batch by batch, to its end. A refusal ends the job with its code; after a fault,
    /// or a stop, another attempt goes on from the last batch that was written.
    pub run: fn(&Gate, &mut Job) -> Result<Ended>,
    /// Puts away what a job leaves that failed or was given up, in the transaction that says so: whoever asked for it may be
    /// gone.
    pub failed: fn(&mut PgConnection, JobId, DateTime<Utc>) -> Result<()>,
}

/// A job came to its end.
#[derive(Debug, Default)]
pub struct Ended {
    /// What is kept of it: ids, codes and numbers only. None leaves what the last batch said.
    pub result: Option<Value>,
}

/// A job in the hands of a worker.
pub struct Job {
    pub(super) row: JobRow,
    pub(super) claim: Uuid,
    pub(super) runner: Runner,
    pub(super) stop: Stop,
}

impl Job {
    /// The job as the last batch left it.
    pub fn row(&self) -> &JobRow {
        &self.row
    }

    /// How many things are done.
    pub fn done(&self) -> i64 {
        self.row.done
    }

    /// What is to be done.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(&self.row.payload).map_err(Problem::fault)
    }

    pub(super) fn hold(&self) -> Hold {
        Hold { id: self.row.id, claim: self.claim, done: self.row.done }
    }

    fn check_stop(&self) -> Result<()> {
        match self.stop.is_asked() {
            true => Err(Problem::from(&BUSY).because("the worker was told to stop")),
            false => Ok(()),
        }
    }
}

/// A look as whoever asked for the job, if they still may.
fn look<'a>(
    gate: &'a Gate,
    conn: &'a mut PgConnection,
    row: &JobRow,
    runner: Runner,
    now: DateTime<Utc>,
) -> Result<Look<'a>> {
    let is_demo = gate.posts_without_second_factor();
    let actor = actor::load_absent(conn, row.account_id, row.is_second_factor, now, is_demo)?;
    let look = Look { conn, actor: actor.into(), now, ring: gate.ring() };
    (runner.may)(&look, row)?;
    Ok(look)
}

impl Gate {
    /// One batch of a job: a transaction that is permitted and audited like a request of whoever asked for the job, and
    /// that writes down how far the job is now. The row of the job is held meanwhile. Never tried twice.
    #[expect(clippy::disallowed_methods, reason = "the gate is where transactions begin")]
    pub fn act_for<F>(&self, job: &mut Job, work: F) -> Result<()>
    where
        F: FnOnce(&mut Act<'_>) -> Result<Step> + Send + 'static,
    {
        job.check_stop()?;
        let (gate, hold, runner) = (self.clone(), job.hold(), job.runner);
        let mut work = Some(work);
        job.row = self.jobs().run_here(move |conn| {
            let work = work.take().ok_or_else(|| Problem::fault("a batch runs once"))?;
            conn.transaction(|conn| {
                let now = gate.now();
                let row = store::lock_held(conn, hold)?;
                let request_id = format!("job-{}", row.id);
                let step = work(&mut Act::new(look(&gate, conn, &row, runner, now)?, &request_id))?;
                store::advance(conn, hold, step, now)
            })
        })?;
        Ok(())
    }

    /// A read of a job, as whoever asked for it.
    pub fn look_for<T, F>(&self, job: &Job, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Look<'_>) -> Result<T> + Send + 'static,
    {
        job.check_stop()?;
        let (gate, row, runner) = (self.clone(), job.row.clone(), job.runner);
        self.jobs().run_here(move |conn| work(&mut look(&gate, conn, &row, runner, gate.now())?))
    }
}
