//! Every query of jobs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use serde_json::Value;
use uuid::Uuid;

use super::model::{Due, Failure, Hold, JobId, JobRow, JobState, NewJob, Step};
use super::rules::SILENCE;
use crate::access::act::{Act, Look};
use crate::kit::problem::{BUSY, Problem, Result};
use crate::schema::jobs::dsl;

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first of two times that there is.
    fn coalesce(one: Nullable<Timestamptz>, other: Nullable<Timestamptz>) -> Nullable<Timestamptz>;
}

/// Asks for a job in the name of who acts, in the same transaction as whatever else the act does.
pub fn insert(act: &mut Act<'_>, new: NewJob) -> Result<JobRow> {
    let row = (
        dsl::id.eq(JobId::new()),
        dsl::kind.eq(new.kind),
        dsl::account_id.eq(act.actor.account()?),
        dsl::is_second_factor.eq(act.actor.is_second_factor),
        dsl::division.eq(new.division),
        dsl::payload.eq(new.payload),
        dsl::state.eq(JobState::Queued),
        dsl::total.eq(new.total),
        dsl::run_at.eq(act.now),
        dsl::created_at.eq(act.now),
    );
    Ok(diesel::insert_into(dsl::jobs).values(row).returning(JobRow::as_returning()).get_result(act.conn)?)
}

/// A job of this kind that the caller asked for.
pub fn find_own(look: &mut Look<'_>, kind: &str, id: JobId) -> Result<JobRow> {
    let account = look.actor.account()?;
    let own = dsl::jobs.find(id).filter(dsl::account_id.eq(account).and(dsl::kind.eq(kind)));
    Ok(own.select(JobRow::as_select()).first(look.conn)?)
}

/// The jobs that there still are of these things, by the id that a thing and its job share; for a feature that has found the
/// things.
pub fn of_things(look: &mut Look<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<BTreeMap<Uuid, JobRow>> {
    let ids: Vec<JobId> = ids.into_iter().map(JobId).collect();
    let jobs: Vec<JobRow> =
        dsl::jobs.filter(dsl::id.eq_any(ids)).select(JobRow::as_select()).load(look.conn)?;
    Ok(jobs.into_iter().map(|job| (job.id.0, job)).collect())
}

/// The next job of these kinds that is due or whose worker is silent, locked. What another worker looks at just now is
/// passed over.
pub(super) fn lock_due(conn: &mut PgConnection, kinds: &[&str], now: DateTime<Utc>) -> Result<Option<Due>> {
    let is_due = dsl::state.eq(JobState::Queued).and(dsl::run_at.le(now));
    let is_silent = dsl::state.eq(JobState::Running).and(dsl::heartbeat_at.lt(now - SILENCE));
    let next = dsl::jobs
        .filter(dsl::finished_at.is_null())
        .filter(dsl::kind.eq_any(kinds))
        .filter(is_due.or(is_silent))
        .order((dsl::run_at, dsl::id))
        .select((dsl::id, dsl::kind, dsl::state, dsl::attempts));
    Ok(next.for_update().skip_locked().first(conn).optional()?)
}

/// Takes a job whose row is locked: whoever worked at it before has lost it.
pub(super) fn claim(conn: &mut PgConnection, id: JobId, claim: Uuid, now: DateTime<Utc>) -> Result<JobRow> {
    let taken = (
        dsl::state.eq(JobState::Running),
        dsl::claim.eq(claim),
        dsl::attempts.eq(dsl::attempts + 1),
        dsl::heartbeat_at.eq(now),
        dsl::started_at.eq(coalesce(dsl::started_at, now)),
    );
    let row = diesel::update(dsl::jobs.find(id)).set(taken).returning(JobRow::as_returning());
    Ok(row.get_result(conn)?)
}

/// The row of a job that is held, locked to the end of the batch: as long, nobody takes it over.
pub(super) fn lock_held(conn: &mut PgConnection, hold: Hold) -> Result<JobRow> {
    let held = dsl::jobs.find(hold.id).filter(dsl::claim.eq(hold.claim).and(dsl::done.eq(hold.done)));
    let row = held.select(JobRow::as_select()).for_update().first(conn).optional()?;
    row.ok_or_else(|| Problem::from(&BUSY).because("the job is in other hands, or further than was thought"))
}

/// Writes down what a batch did to a job whose row is locked.
pub(super) fn advance(conn: &mut PgConnection, hold: Hold, step: Step, now: DateTime<Utc>) -> Result<JobRow> {
    let next = step.into_progress(hold.done, now);
    Ok(diesel::update(dsl::jobs.find(hold.id))
        .set(next)
        .returning(JobRow::as_returning())
        .get_result(conn)?)
}

/// Says that the worker lives. A batch that is being written holds the row, and then nobody asks.
pub(super) fn beat(conn: &mut PgConnection, id: JobId, claim: Uuid, now: DateTime<Utc>) -> Result<()> {
    let free: Option<JobId> = dsl::jobs
        .find(id)
        .filter(dsl::claim.eq(claim))
        .select(dsl::id)
        .for_no_key_update()
        .skip_locked()
        .first(conn)
        .optional()?;
    if let Some(id) = free {
        diesel::update(dsl::jobs.find(id)).set(dsl::heartbeat_at.eq(now)).execute(conn)?;
    }
    Ok(())
}

/// The job is done; false if it is held no more.
pub(super) fn finish(
    conn: &mut PgConnection,
    hold: Hold,
    result: Option<Value>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let ended = (
        dsl::state.eq(JobState::Done),
        dsl::claim.eq(None::<Uuid>),
        dsl::finished_at.eq(now),
        dsl::problem_code.eq(None::<String>),
        result.map(|result| dsl::result.eq(result)),
    );
    let held = dsl::jobs.find(hold.id).filter(dsl::claim.eq(hold.claim));
    Ok(diesel::update(held).set(ended).execute(conn)? == 1)
}

/// The job ends before it is done; false if it is held no more.
pub(super) fn fail(conn: &mut PgConnection, hold: Hold, code: &str, now: DateTime<Utc>) -> Result<bool> {
    let held = dsl::jobs.find(hold.id).filter(dsl::claim.eq(hold.claim));
    Ok(diesel::update(held).set(Failure::new(code, now)).execute(conn)? == 1)
}

/// Gives up a job that is nobody's, and whose row is locked.
pub(super) fn give_up(conn: &mut PgConnection, id: JobId, code: &str, now: DateTime<Utc>) -> Result<()> {
    diesel::update(dsl::jobs.find(id)).set(Failure::new(code, now)).execute(conn)?;
    Ok(())
}

/// Gives the job back to be tried again; false if it is held no more.
pub(super) fn release(
    conn: &mut PgConnection,
    hold: Hold,
    attempts: i32,
    run_at: DateTime<Utc>,
) -> Result<bool> {
    let waiting = (
        dsl::state.eq(JobState::Queued),
        dsl::claim.eq(None::<Uuid>),
        dsl::attempts.eq(attempts),
        dsl::run_at.eq(run_at),
    );
    let held = dsl::jobs.find(hold.id).filter(dsl::claim.eq(hold.claim));
    Ok(diesel::update(held).set(waiting).execute(conn)? == 1)
}
