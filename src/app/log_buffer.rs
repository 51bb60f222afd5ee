//! A buffer before the log: a line costs a copy, not a wake-up of another thread. Written out five times a second, when
//! it grows, and at the end.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

const PAUSE: Duration = Duration::from_millis(200);
/// From this many bytes on, the one who logs writes out.
const FULL: usize = 256 * 1024;

/// Lines that wait to be written to standard error.
#[derive(Clone, Default)]
pub struct LogBuffer(Arc<Mutex<Vec<u8>>>);

/// Writes out what waits, until dropped: then for the last time.
pub struct Flusher {
    buffer: LogBuffer,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl LogBuffer {
    fn lines(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn write_out(&self) {
        let waiting = std::mem::take(&mut *self.lines());
        // A log that can't be written can't be complained about either.
        let _nowhere_to_tell = io::stderr().write_all(&waiting);
    }

    /// Begins writing out in the background.
    pub fn flusher(&self) -> io::Result<Flusher> {
        let (buffer, stop) = (self.clone(), Arc::new(AtomicBool::new(false)));
        let (waiting, stopped) = (self.clone(), stop.clone());
        let run = move || {
            while !stopped.load(Ordering::Relaxed) {
                std::thread::park_timeout(PAUSE);
                waiting.write_out();
            }
        };
        let thread = std::thread::Builder::new().name("log".into()).spawn(run)?;
        Ok(Flusher { buffer, stop, thread: Some(thread) })
    }
}

impl Drop for Flusher {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _a_panic_was_shown = thread.join();
        }
        self.buffer.write_out();
    }
}

impl Write for LogBuffer {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let is_full = {
            let mut lines = self.lines();
            lines.extend_from_slice(line);
            lines.len() > FULL
        };
        if is_full {
            self.write_out();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogBuffer {
    type Writer = LogBuffer;
    fn make_writer(&'a self) -> LogBuffer {
        self.clone()
    }
}
