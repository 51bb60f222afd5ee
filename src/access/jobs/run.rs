//! Taking a job, having it done, and what becomes of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use diesel::connection::Connection as _;
use uuid::Uuid;

use super::batch::{Ended, Job, Runner};
use super::model::{Hold, JobId, JobRow, JobState};
use super::rules::{ATTEMPTS, HEARTBEAT, backoff, is_worth_another};
use super::{ABANDONED, store};
use crate::access::gate::Gate;
use crate::kit::problem::{Problem, Result};
use crate::kit::stop::Stop;

/// Does what is due, one job after another, until nothing is or a stop is asked for; answers how many were taken.
pub fn run_due(gate: &Gate, runners: &[Runner], stop: &Stop) -> Result<usize> {
    let mut taken = 0;
    while !stop.is_asked() && run_next(gate, runners, stop)? {
        taken += 1;
    }
    Ok(taken)
}

/// Takes the next job and does it; false if none is due.
pub fn run_next(gate: &Gate, runners: &[Runner], stop: &Stop) -> Result<bool> {
    let Some((row, claim)) = take(gate, runners.to_vec())? else { return Ok(false) };
    let runner = runner_of(runners, &row.kind)?;
    let mut job = Job { row, claim, runner, stop: stop.clone() };
    let outcome = work(gate, &mut job);
    settle(gate, &job, outcome)?;
    Ok(true)
}

fn runner_of(runners: &[Runner], kind: &str) -> Result<Runner> {
    let found = runners.iter().find(|runner| runner.kind == kind);
    found.copied().ok_or_else(|| Problem::fault("a job of another kind was taken"))
}

/// Takes the next job that one of these does. One that took its workers down too often is given up on the way.
#[expect(clippy::disallowed_methods, reason = "run by the worker, outside of any act")]
fn take(gate: &Gate, runners: Vec<Runner>) -> Result<Option<(JobRow, Uuid)>> {
    let now = gate.now();
    let kinds: Vec<&'static str> = runners.iter().map(|runner| runner.kind).collect();
    gate.jobs().run_here(move |conn| {
        conn.transaction(|conn| {
            while let Some(due) = store::lock_due(conn, &kinds, now)? {
                if due.state == JobState::Running && due.attempts >= ATTEMPTS {
                    store::give_up(conn, due.id, ABANDONED.code, now)?;
                    (runner_of(&runners, &due.kind)?.failed)(conn, due.id, now)?;
                    tracing::error!(job = %due.id, "a job was given up: its workers died of it");
                    continue;
                }
                let claim = Hold::new_claim()?;
                return Ok(Some((store::claim(conn, due.id, claim, now)?, claim)));
            }
            Ok(None)
        })
    })
}

/// Runs the job beside a heart that tells others that its worker lives.
fn work(gate: &Gate, job: &mut Job) -> Result<Ended> {
    let (id, claim, run) = (job.row.id, job.claim, job.runner.run);
    let over = Stop::default();
    thread::scope(|scope| {
        let heart = scope.spawn(|| beat(gate, id, claim, &over));
        let outcome = catch_unwind(AssertUnwindSafe(|| run(gate, job)));
        over.ask();
        heart.thread().unpark();
        outcome.unwrap_or_else(|_| Err(Problem::fault("a job panicked")))
    })
}

fn beat(gate: &Gate, id: JobId, claim: Uuid, over: &Stop) {
    loop {
        thread::park_timeout(HEARTBEAT);
        if over.is_asked() {
            return;
        }
        let now = gate.now();
        if let Err(problem) = gate.jobs().run_here(move |conn| beat_once(conn, id, claim, now)) {
            tracing::warn!(%problem, job = %id, "a heartbeat was lost");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "run by the worker, outside of any act")]
fn beat_once(
    conn: &mut diesel::PgConnection,
    id: JobId,
    claim: Uuid,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    conn.transaction(|conn| store::beat(conn, id, claim, now))
}

/// Writes down how it went.
fn settle(gate: &Gate, job: &Job, outcome: Result<Ended>) -> Result<()> {
    let (now, hold, attempts) = (gate.now(), job.hold(), job.row.attempts);
    let (id, kind, is_stopped) = (job.row.id, job.row.kind.as_str(), job.stop.is_asked());
    let runner = job.runner;
    let is_held = match outcome {
        Ok(Ended { result }) => {
            tracing::info!(job = %id, kind, "a job is done");
            gate.jobs().run_here(move |conn| store::finish(conn, hold, result.clone(), now))?
        }
        Err(problem) if is_stopped && is_worth_another(&problem) => {
            tracing::info!(job = %id, kind, "a job is handed on");
            gate.jobs().run_here(move |conn| store::release(conn, hold, (attempts - 1).max(0), now))?
        }
        Err(problem) if is_worth_another(&problem) && attempts < ATTEMPTS => {
            tracing::warn!(job = %id, kind, %problem, attempts, "a job is tried again");
            let run_at = now + backoff(attempts);
            gate.jobs().run_here(move |conn| store::release(conn, hold, attempts, run_at))?
        }
        Err(problem) => {
            let code = problem.rule().code;
            tracing::warn!(job = %id, kind, %problem, "a job failed");
            gate.jobs().run_here(move |conn| fail(conn, runner, hold, code, now))?
        }
    };
    if !is_held {
        tracing::warn!(job = %id, kind, "the job was in other hands by then");
    }
    Ok(())
}

/// The job failed, and what it leaves is put away; false if it is held no more.
#[expect(clippy::disallowed_methods, reason = "run by the worker, outside of any act")]
fn fail(
    conn: &mut diesel::PgConnection,
    runner: Runner,
    hold: Hold,
    code: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<bool> {
    conn.transaction(|conn| {
        let is_held = store::fail(conn, hold, code, now)?;
        if is_held {
            (runner.failed)(conn, hold.id, now)?;
        }
        Ok(is_held)
    })
}
