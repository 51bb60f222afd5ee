//! The thread that starts a server that died again.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::{Duration, Instant};

use super::server::Server;

/// How often the server is looked at.
const BEAT: Duration = Duration::from_millis(500);

/// The longest pause between two attempts to start a server that keeps dying.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long a server has to last for its past to be forgotten.
const STEADY: Duration = Duration::from_secs(60);

/// A running watch over a server.
#[derive(Debug)]
pub(super) struct Watch {
    thread: JoinHandle<()>,
    /// Dropped to end the thread.
    bell: Sender<()>,
}

impl Watch {
    pub fn begin(server: Arc<Server>) -> io::Result<Self> {
        let (bell, rung) = channel();
        let thread = Builder::new().name("cluster-watch".into()).spawn(move || keep(&server, &rung))?;
        Ok(Self { thread, bell })
    }

    /// Ends the watch, and with it a start that it may be in the midst of.
    #[expect(clippy::disallowed_methods, reason = "after everything was served, a thread may wait")]
    pub fn end(self, server: &Server) {
        const GLANCE: Duration = Duration::from_millis(10);
        drop(self.bell);
        sleep(GLANCE);
        while !self.thread.is_finished() {
            // A start ends early when its server is stopped.
            let _it_is_tried_again = server.halt();
            sleep(GLANCE);
        }
        let _a_panic_was_logged = self.thread.join();
    }
}

fn keep(server: &Server, rung: &Receiver<()>) {
    let mut pause = BEAT;
    let mut since = Instant::now();
    while rung.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        if server.is_running() {
            if since.elapsed() > STEADY {
                pause = BEAT;
            }
            continue;
        }
        tracing::warn!("the embedded PostgreSQL has died and is started again");
        match server.start() {
            Ok(()) => tracing::info!("the embedded PostgreSQL is back"),
            Err(error) => tracing::error!(%error, "the embedded PostgreSQL does not start"),
        }
        since = Instant::now();
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
