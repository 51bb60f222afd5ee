//! Files that the program makes itself: reports and exports. Kept and entered as those that people send, but they are attached
//! from the beginning, and go after a while.

use actix_web::web::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;

use super::actions::fresh_key;
use super::model::{Attachment, FileId, FileRow, Kept, NewFile};
use super::{keeping, store};
use crate::access::act::{Act, Look};
use crate::access::gate::Gate;
use crate::kit::crypto::sha256;
use crate::kit::files::FileKind;
use crate::kit::problem::{Problem, Result};

/// How long whoever asked for it may fetch it.
const FETCHED: TimeDelta = TimeDelta::days(7);

/// A file whose bytes are kept, and that has no row yet.
pub struct Made {
    kind: FileKind,
    name: String,
    size: i64,
    sha256: [u8; 32],
    content_key: String,
    key_sealed: Option<Vec<u8>>,
}

/// Keeps the bytes, for a thread that may wait.
pub fn keep_made(gate: &Gate, kind: FileKind, name: &str, content: Vec<u8>) -> Result<Made> {
    let (size, sha256) = (i64::try_from(content.len()).map_err(Problem::fault)?, sha256(&content));
    let content_key = fresh_key(gate.now())?;
    let (content, key_sealed) = keeping::packed(gate.ring(), kind, Bytes::from(content))?;
    gate.files().store.put_here(&content_key, content)?;
    Ok(Made { kind, name: name.to_owned(), size, sha256, content_key, key_sealed })
}

/// Enters it, attached to its thing. The act is permitted by what it does besides.
pub fn enter_made(act: &mut Act<'_>, made: Made, to: &Attachment) -> Result<FileId> {
    let new = NewFile {
        id: FileId::new(),
        account_id: act.actor.account()?,
        kind: made.kind,
        name: made.name,
        size: made.size,
        width: None,
        height: None,
        sha256: made.sha256.to_vec(),
        content_key: made.content_key,
        thumbnail_key: None,
        created_at: act.now,
        expires_at: Some(act.now + FETCHED),
        key_sealed: made.key_sealed,
    };
    let new = act.permit(super::Action::Create, new)?;
    let FileRow { id, .. } = store::insert(act, &new)?;
    store::link(act, &[id], to)?;
    Ok(id)
}

/// Lets go of a file that served its purpose: it is attached to nothing any more, and the next sweep removes it.
pub fn release(act: &mut Act<'_>, id: FileId) -> Result<()> {
    let now = act.now;
    release_after(act.conn, id, now)
}

/// The same where a job failed that worked on it, and nobody acts any more.
pub fn release_after(conn: &mut PgConnection, id: FileId, now: DateTime<Utc>) -> Result<()> {
    store::release(conn, id, now)
}

/// Where the bytes of a file lie, for a job that works on what it was given.
pub fn kept(look: &mut Look<'_>, id: FileId) -> Result<Kept> {
    store::kept(look, id)
}
