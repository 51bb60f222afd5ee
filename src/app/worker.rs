//! What is done in the background: sealing the audit trail, taking over rotated keys, sweeping what has expired.
//! Safe with many processes: the sealer takes a lock, the rest may be done twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::access::gate::Gate;
use crate::access::{audit, files, otps, outbox, sessions, tokens};
use crate::kit::idempotency;
use crate::kit::problem::Result;

const TICK: Duration = Duration::from_millis(500);
/// Every so many ticks: 5 s for keys, 10 minutes for sweeping.
const KEYS: u64 = 10;
const SWEEP: u64 = 1_200;
/// Looking for bytes without a file reads all names of some days: at the first sweep, and then every 6 hours.
const ORPHANS: u64 = SWEEP * 36;

/// The background thread; stops when dropped.
pub struct Worker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts it; `also` is done at every sweep.
    pub fn start(gate: Gate, also: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let run = move || {
            let mut tick = 0;
            while !stopped.load(Ordering::Relaxed) {
                std::thread::park_timeout(TICK);
                tick += 1;
                if tick % SWEEP == 0 {
                    also();
                }
                if let Err(problem) = work(&gate, tick) {
                    tracing::warn!(%problem, "background work failed, and is tried again");
                }
            }
            // What was done before the stop is sealed before the stop.
            let _the_next_process_seals_the_rest = seal(&gate);
        };
        let thread = std::thread::Builder::new().name("worker".into()).spawn(run)?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _a_panic_was_logged = thread.join();
        }
    }
}

fn work(gate: &Gate, tick: u64) -> Result<()> {
    seal(gate)?;
    if tick.is_multiple_of(KEYS) {
        let (doors, now) = (gate.clone(), gate.now());
        let keys = gate.jobs().run_here(move |conn| tokens::load(conn, doors.ring(), now))?;
        gate.tokens().replace_keys(keys);
    }
    if tick.is_multiple_of(SWEEP) {
        sweep(gate)?;
    }
    if tick % ORPHANS == SWEEP {
        let orphans = files::sweep_orphans(gate, gate.now())?;
        tracing::debug!(orphans, "swept bytes without a file");
    }
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

/// Removes what has expired; answers how many rows.
pub fn sweep(gate: &Gate) -> Result<usize> {
    let now = gate.now();
    let rows = gate.jobs().run_here(move |conn| {
        Ok(idempotency::sweep(conn, now)?
            + otps::sweep(conn, now)?
            + sessions::sweep(conn, now)?
            + outbox::sweep(conn, now)?)
    })?;
    let files = files::sweep(gate, now)?;
    tracing::debug!(rows, files, "swept what had expired");
    Ok(rows + files)
}
