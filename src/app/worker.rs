//! What is done in the background, by two threads: one seals the audit trail, adds up the counts of labels, meets the deadlines
//! of matters, follows the thresholds of joint petitions and takes over rotated keys; the other does jobs, one at a time, and
//! deletes what is kept long enough. So nothing that takes long keeps the audit trail open. Safe with many processes: who seals
//! and who adds up takes a lock, jobs are claimed, a matter that is held is passed over, the rest may be done twice.

use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;

use super::retention::{LEFT, MERGED, PERIODS};
use crate::access::gate::Gate;
use crate::access::jobs::{self, Runner};
use crate::access::{audit, codes, files, tokens};
use crate::activities::check_ins;
use crate::kit::problem::{Problem, Result};
use crate::kit::retention::{BATCH, Fate, Period};
use crate::kit::stop::Stop;
use crate::matters::{petition_signatures, standing, tending};
use crate::people::{data_exports, erasures, exports, imports, label_counts, residencies, resident_labels};

/// Who does which jobs. A feature that has jobs adds its runner.
pub const RUNNERS: &[Runner] =
    &[data_exports::runner::RUNNER, exports::runner::RUNNER, imports::runner::RUNNER];

/// Forgets a batch of what somebody may no longer be known by; answers how many rows.
type ForgetNext = fn(&mut PgConnection, DateTime<Utc>) -> Result<usize>;
/// What goes with something else than the passing of time: a consent, an account.
const FORGETTING: &[ForgetNext] =
    &[check_ins::forget_next, residencies::forget_next, imports::store::forget_next];

/// Erases what was kept so long of those whom a line of the list names; answers how many rows.
type Erase = fn(&Gate, TimeDelta, &Stop) -> Result<usize>;
/// Who erases what, by the name that the list has for it.
const ERASING: &[(&str, Erase)] = &[
    (LEFT, |gate, after, stop| erasures::erase_left(gate, after, STANDING, stop)),
    (MERGED, erasures::empty_merged),
];
/// What keeps the record of somebody who left, room by room.
const STANDING: &[erasures::Standing] = &[standing::stands_on];

const TICK: Duration = Duration::from_millis(500);
/// Every so many ticks: 1 s for deadlines, 5 s for keys, 10 minutes for what the caller has to do besides.
const DEADLINES: u64 = 2;
const KEYS: u64 = 10;
const ALSO: u64 = 1_200;
/// Retention comes five minutes after the start, for a process that is started often, and then once an hour.
const FIRST_RETENTION: Duration = Duration::from_secs(300);
const RETENTION: Duration = Duration::from_secs(3_600);
/// Looking for bytes without a file reads all names of some days.
const ORPHANS: Duration = Duration::from_secs(6 * 3_600);

/// The background threads; they stop when dropped, the jobs first: what the last batch did is sealed, too.
pub struct Worker {
    _jobs: Background,
    _sealing: Background,
}

/// A thread that stops when dropped.
struct Background {
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts them; `also` is done every ten minutes.
    pub fn start(
        gate: Gate,
        runners: &'static [Runner],
        also: impl Fn() + Send + 'static,
    ) -> std::io::Result<Self> {
        let tending = gate.clone();
        Ok(Worker {
            _jobs: Background::start("jobs", move |stop| do_jobs(&gate, runners, stop))?,
            _sealing: Background::start("worker", move |stop| tend(&tending, also, stop))?,
        })
    }
}

impl Background {
    fn start(name: &str, run: impl FnOnce(&Stop) + Send + 'static) -> std::io::Result<Self> {
        let stop = Stop::default();
        let stopped = stop.clone();
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || run(&stopped))?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop.ask();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _a_panic_was_logged = thread.join();
        }
    }
}

fn tend(gate: &Gate, also: impl Fn(), stop: &Stop) {
    let mut tick = 0_u64;
    while !stop.is_asked() {
        std::thread::park_timeout(TICK);
        tick += 1;
        if tick.is_multiple_of(ALSO) {
            also();
        }
        // First, since a published key must be known in time even while the database can't be reached.
        if tick.is_multiple_of(KEYS) {
            warn(renew_keys(gate));
        }
        warn(seal(gate).map(drop));
        if tick.is_multiple_of(DEADLINES) {
            warn(tending::tend(gate).map(drop));
        }
        warn(petition_signatures::follow_next(gate).map(drop));
        // In turns with the sealing: however much there is to count, no event stays open for it.
        while !stop.is_asked() && counts_more(gate) {
            warn(seal(gate).map(drop));
        }
    }
    // What was done before the stop is sealed before the stop.
    let _the_next_process_seals_the_rest = seal(gate);
}

fn do_jobs(gate: &Gate, runners: &[Runner], stop: &Stop) {
    let mut retention = Instant::now() + FIRST_RETENTION;
    let mut orphans = retention;
    while !stop.is_asked() {
        if Instant::now() >= retention {
            retention = Instant::now() + RETENTION;
            warn(sweep(gate, stop).map(drop));
        }
        if Instant::now() >= orphans {
            orphans = Instant::now() + ORPHANS;
            warn(files::sweep_orphans(gate, gate.now()).map(drop));
        }
        match jobs::run_next(gate, runners, stop) {
            Ok(true) => continue,
            nothing => warn(nothing.map(drop)),
        }
        std::thread::park_timeout(TICK);
    }
}

fn warn(done: Result<()>) {
    if let Err(problem) = done {
        tracing::warn!(%problem, "background work failed, and is tried again");
    }
}

/// Takes over keys that were published, rotated or retired: sealing keys of the keyring's file, signing keys of the
/// database.
pub fn renew_keys(gate: &Gate) -> Result<()> {
    let now = gate.now();
    match gate.ring().renew(now) {
        Ok(None) => {}
        Ok(Some(key)) => tracing::info!(key, "another key seals now"),
        Err(error) => tracing::error!(error, "the keyring can't be read again; the one from before goes on"),
    }
    let doors = gate.clone();
    let (keys, code_keys) = gate.jobs().run_here(move |conn| {
        Ok((tokens::load(conn, doors.ring(), now)?, codes::load(conn, doors.ring(), now)?))
    })?;
    gate.tokens().replace_keys(keys);
    gate.codes().replace_keys(code_keys);
    Ok(())
}

/// Seals what acts have written; answers how many events.
pub fn seal(gate: &Gate) -> Result<usize> {
    let mut sealed = 0;
    loop {
        let (doors, now) = (gate.clone(), gate.now());
        match gate.jobs().run_here(move |conn| audit::seal_next(conn, doors.ring(), now))? {
            0 => return Ok(sealed),
            more => sealed += more,
        }
    }
}

/// Deletes and empties what is kept long enough; answers how many rows. What fails in one table holds up no other.
pub fn sweep(gate: &Gate, stop: &Stop) -> Result<usize> {
    let (mut all, mut failed) = (0, None);
    for period in PERIODS {
        match sweep_table(gate, period, stop) {
            Ok(0) => {}
            Ok(rows) => {
                tracing::info!(table = period.table, rows, "kept long enough");
                all += rows;
            }
            Err(problem) => failed = Some(problem),
        }
    }
    for forget_next in FORGETTING {
        match forget(gate, *forget_next, stop) {
            Ok(rows) => all += rows,
            Err(problem) => failed = Some(problem),
        }
    }
    // Their bytes go with them, so they are not a line of the list.
    match files::sweep(gate, gate.now()) {
        Ok(files) => all += files,
        Err(problem) => failed = Some(problem),
    }
    failed.map_or(Ok(all), Err)
}

/// Batch by batch, so that others get their turn on the seats for jobs.
fn sweep_table(gate: &Gate, period: &'static Period, stop: &Stop) -> Result<usize> {
    if let Fate::Erased { whose, after, .. } = period.fate {
        let known = ERASING.iter().find(|(name, _)| *name == whose);
        let (_, erase) = known.ok_or_else(|| Problem::fault("nobody erases what the list names"))?;
        return erase(gate, after, stop);
    }
    let (now, mut all) = (gate.now(), 0);
    while !stop.is_asked() {
        let rows = gate.jobs().run_here(move |conn| period.sweep(conn, now))?;
        all += rows;
        if rows < BATCH {
            break;
        }
    }
    Ok(all)
}

/// Batch by batch, too.
fn forget(gate: &Gate, forget_next: ForgetNext, stop: &Stop) -> Result<usize> {
    let (now, mut all) = (gate.now(), 0);
    while !stop.is_asked() {
        let rows = gate.jobs().run_here(move |conn| forget_next(conn, now))?;
        all += rows;
        if rows < BATCH {
            break;
        }
    }
    Ok(all)
}

/// Removes a batch of labels whose time is over from people, and adds up a batch of what was noted; answers how many both.
pub fn count_labels(gate: &Gate) -> Result<usize> {
    let now = gate.now();
    let expired = gate.jobs().run_here(move |conn| resident_labels::expire_next(conn, now))?;
    Ok(expired + gate.jobs().run_here(label_counts::fold_next)?)
}

fn counts_more(gate: &Gate) -> bool {
    let counted = count_labels(gate);
    let more = counted.as_ref().is_ok_and(|rows| *rows > 0);
    warn(counted.map(drop));
    more
}
