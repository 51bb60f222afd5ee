//! Seats: as many threads as connections, fed by a bounded queue. A full queue says so at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::pg::PgConnection;
use tokio::sync::oneshot;

use super::manager::{Limits, Manager};
use crate::kit::problem::{BUSY, DATABASE_UNREACHABLE, Problem, Result};

type Pool = r2d2::Pool<Manager>;
type Job = Box<dyn FnOnce(&Pool) + Send>;

/// Whether work may be done twice when the connection turns out to be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tries {
    /// Writes: never.
    Once,
    /// Reads: once more, on a fresh connection.
    Twice,
}

/// A set of seats with their own connections.
#[derive(Clone)]
pub struct Seats {
    queue: Sender<Job>,
}

impl Seats {
    /// Opens `size` connections and as many threads; `waiting` jobs may queue for them.
    #[expect(clippy::disallowed_methods, reason = "a seat is where connections are taken")]
    pub fn open(url: &str, size: u32, waiting: usize, limits: Limits) -> Result<Self> {
        let pool = r2d2::Pool::builder()
            .max_size(size)
            .test_on_check_out(false)
            .connection_timeout(Duration::from_millis(250))
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build_unchecked(Manager { url: url.to_owned(), limits });
        // The first connection may take longer than a request would wait for one.
        let first = pool.get_timeout(Duration::from_secs(10)).map_err(|e| Problem::fault(e.to_string()))?;
        drop(first);
        let (queue, jobs) = bounded::<Job>(waiting);
        for seat in 0..size {
            let (pool, jobs) = (pool.clone(), jobs.clone());
            let thread = std::thread::Builder::new().name(format!("seat-{seat}"));
            thread.spawn(move || serve(&pool, &jobs)).map_err(Problem::fault)?;
        }
        Ok(Self { queue })
    }

    /// Runs work on a connection and gives its answer. Work whose caller has gone is not begun.
    pub async fn run<T, F>(&self, tries: Tries, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut PgConnection) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |pool| {
            if !reply.is_closed() {
                let _caller_may_have_gone = reply.send(attempt(pool, tries, work));
            }
        });
        self.queue.try_send(job).map_err(|_| Problem::from(&BUSY).after(1))?;
        answer.await.map_err(|_| Problem::fault("a seat dropped its job"))?
    }

    /// Runs work on a connection from a thread that may wait (start-up, the command line, workers).
    pub fn run_here<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut PgConnection) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = bounded(1);
        let job: Job = Box::new(move |pool| {
            let _caller_may_have_gone = reply.send(once(pool, &mut work));
        });
        self.queue.send(job).map_err(|_| Problem::from(&BUSY))?;
        answer.recv().map_err(|_| Problem::fault("a seat dropped its job"))?
    }
}

fn serve(pool: &Pool, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job(pool);
    }
}

fn attempt<T>(pool: &Pool, tries: Tries, mut work: impl FnMut(&mut PgConnection) -> Result<T>) -> Result<T> {
    let first = once(pool, &mut work);
    match (&first, tries) {
        (Err(problem), Tries::Twice) if problem.is_lost_connection() => once(pool, &mut work),
        _ => first,
    }
}

#[expect(clippy::disallowed_methods, reason = "a seat is where connections are taken")]
fn once<T>(pool: &Pool, work: &mut impl FnMut(&mut PgConnection) -> Result<T>) -> Result<T> {
    let unreachable = |e: r2d2::Error| Problem::from(&DATABASE_UNREACHABLE).after(1).because(e);
    let mut connection = pool.get().map_err(unreachable)?;
    // A panic must not cost a seat; its connection may be in any state, so it goes.
    match catch_unwind(AssertUnwindSafe(|| work(&mut connection.pg))) {
        Ok(answer) => {
            connection.is_lost = answer.as_ref().is_err_and(Problem::is_lost_connection);
            answer
        }
        Err(_) => {
            connection.is_lost = true;
            Err(Problem::fault("a job panicked"))
        }
    }
}
