//! Looks at files on threads of its own: decoding is slow, so never on a thread that speaks HTTP, nor while a connection is
//! held. Few at once, for a large picture takes much memory; a full line says so at once.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::web::Bytes;
use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::sync::oneshot;

use super::{FileKind, picture, whole};
use crate::kit::crypto::sha256;
use crate::kit::problem::{BUSY, Problem, Result};
use crate::kit::sheets::is_modest;

type Job = Box<dyn FnOnce() + Send>;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// There is nothing in it.
    Empty,
    /// It is of no kind that is taken.
    Unsupported,
    /// It is broken, or not all of it came.
    Unreadable,
    /// The picture has too many pixels.
    TooManyPixels,
    /// The workbook unpacks to too much.
    TooMuchUnpacked,
}

/// A file that was looked at, as it may be kept.
#[derive(Debug)]
pub struct Inspected {
    /// What it is.
    pub kind: FileKind,
    /// Its bytes: of a picture without what was said about it, else as they were sent.
    pub content: Bytes,
    /// SHA-256 of these.
    pub sha256: [u8; 32],
    /// What there is to say of a picture.
    pub picture: Option<Picture>,
}

/// What there is to say of a picture.
#[derive(Debug)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// A small JPEG of it.
    pub thumbnail: Bytes,
}

/// A few threads that look at files.
#[derive(Clone)]
pub struct Inspector {
    queue: Sender<Job>,
}

impl Inspector {
    /// With so many threads, and so many files that may wait for them.
    pub fn start(threads: usize, waiting: usize) -> Result<Self> {
        let (queue, jobs) = bounded::<Job>(waiting);
        for number in 0..threads {
            let jobs = jobs.clone();
            let thread = std::thread::Builder::new().name(format!("inspector-{number}"));
            thread.spawn(move || serve(&jobs)).map_err(Problem::fault)?;
        }
        Ok(Self { queue })
    }

    /// Looks at a file. One whose sender has gone is not looked at.
    pub async fn inspect(&self, bytes: Bytes) -> Result<Result<Inspected, Flaw>> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            if !reply.is_closed() {
                // What makes a decoder panic is a broken picture.
                let seen = catch_unwind(AssertUnwindSafe(|| inspect(bytes))).unwrap_or(Err(Flaw::Unreadable));
                let _sender_may_have_gone = reply.send(seen);
            }
        });
        self.queue.try_send(job).map_err(|_| Problem::from(&BUSY).after(2))?;
        answer.await.map_err(|_| Problem::fault("an inspector dropped its job"))
    }
}

fn serve(jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job();
    }
}

fn inspect(bytes: Bytes) -> Result<Inspected, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Empty);
    }
    let kind = FileKind::of(&bytes).ok_or(Flaw::Unsupported)?;
    if !kind.is_picture() {
        let sha256 = sha256(&bytes);
        require_modest(kind, &bytes)?;
        return match whole::is_whole(kind, &bytes) {
            true => Ok(Inspected { kind, content: bytes, sha256, picture: None }),
            false => Err(Flaw::Unreadable),
        };
    }
    let picture::Cleaned { content, width, height, thumbnail } = picture::clean(kind, &bytes)?;
    let picture = Some(Picture { width, height, thumbnail: thumbnail.into() });
    Ok(Inspected { kind, sha256: sha256(&content), content: content.into(), picture })
}

/// What a workbook unpacks to is known before anybody reads it.
fn require_modest(kind: FileKind, bytes: &Bytes) -> Result<(), Flaw> {
    match kind {
        FileKind::Xlsx => match is_modest(&mut Cursor::new(bytes)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Flaw::TooMuchUnpacked),
            Err(_) => Err(Flaw::Unreadable),
        },
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_full_line_says_so_at_once() {
        // Nobody serves the line, so that it stays as long as it is.
        let (queue, _jobs) = bounded(2);
        let inspector = Inspector { queue };
        let mut waiting = [inspector.inspect(Bytes::new()).boxed(), inspector.inspect(Bytes::new()).boxed()];
        for one in &mut waiting {
            assert!(one.now_or_never().is_none());
        }
        let refused = inspector.inspect(Bytes::new()).now_or_never().unwrap().unwrap_err();
        assert_eq!((refused.rule().code, refused.retry_after()), ("busy", Some(2)));
    }
}
