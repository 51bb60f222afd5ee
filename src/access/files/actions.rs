//! Sending, attaching and fetching files.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::doors::Doors;
use super::model::{Attachment, FileId, FileRow, Kept, NewFile};
use super::wire::{FileView, hex};
use super::{
    Action, EMPTY, KIND_UNSUPPORTED, PICTURE_TOO_LARGE, TOO_MANY, UNKNOWN, UNREADABLE, USED,
    WORKBOOK_TOO_LARGE, keeping, store,
};
use crate::access::act::{Act, Event, Look, Mine};
use crate::access::actor::AccountId;
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::kit::answer::{Nothing, Written};
use crate::kit::crypto::{random_bytes, sha256};
use crate::kit::files::{Download, FileKind, Flaw, Inspected, Upload, safe_name};
use crate::kit::problem::{FIELD_INVALID, Fault, Kind, NOT_FOUND, Place, Problem, Result, Rule};
use crate::kit::text::Label;

/// A file that belongs to nothing is kept this long.
const WAITING: TimeDelta = TimeDelta::hours(24);
/// So many files of one account may belong to nothing, and so many bytes.
const MOST_FILES: i64 = 100;
const MOST_BYTES: i64 = 256 * 1024 * 1024;
/// The field at fault, whatever is wrong with a file.
const POINTER: &str = "/file";

/// Looks at a file, keeps its bytes, then enters it: in this order, so that what is broken off leaves bytes without a row at
/// most, which a sweep finds, and never a row without bytes.
pub async fn create(gate: &Gate, caller: Caller, upload: Upload) -> Result<Written> {
    // The bytes hold their share of the room for uploads until they are kept.
    let Upload { name, content, room: _room } = upload;
    let name = Label::<200>::new(&name).map_err(misnamed)?;
    let seen = gate.files().inspector.inspect(content).await?.map_err(|flaw| rule(flaw).at(POINTER))?;
    let name = safe_name(seen.kind, &name);
    let content_key = fresh_key(gate.now())?;
    let thumbnail_key = seen.picture.is_some().then(|| fresh_key(gate.now())).transpose()?;
    let keys: Vec<String> =
        [Some(content_key.clone()), thumbnail_key.clone()].into_iter().flatten().collect();
    let store = &gate.files().store;
    let (content, key_sealed) = keeping::packed(gate.ring(), seen.kind, seen.content.clone())?;
    store.put(&content_key, content).await?;
    if let (Some(key), Some(picture)) = (&thumbnail_key, &seen.picture) {
        store.put(key, picture.thumbnail.clone()).await?;
    }
    let kept = (Kept { content_key, key_sealed }, thumbnail_key);
    let written = gate.write(caller, move |act| enter(act, &seen, name, kept)).await;
    if is_left_over(&written)
        && let Err(problem) = store.remove(keys).await
    {
        tracing::debug!(%problem, "bytes without a file are left to the sweep");
    }
    written
}

fn enter(
    act: &mut Act<'_>,
    seen: &Inspected,
    name: String,
    (Kept { content_key, key_sealed }, thumbnail_key): (Kept, Option<String>),
) -> Result<FileView> {
    let account_id = act.actor.account()?;
    let pixels = |side: u32| i32::try_from(side).map_err(Problem::fault);
    let new = NewFile {
        id: FileId::new(),
        account_id,
        kind: seen.kind,
        name,
        size: i64::try_from(seen.content.len()).map_err(Problem::fault)?,
        width: seen.picture.as_ref().map(|picture| pixels(picture.width)).transpose()?,
        height: seen.picture.as_ref().map(|picture| pixels(picture.height)).transpose()?,
        sha256: seen.sha256.to_vec(),
        content_key,
        thumbnail_key,
        created_at: act.now,
        expires_at: Some(act.now + WAITING),
        key_sealed,
    };
    let new = act.permit(Action::Create, new)?;
    require_room(act, account_id, new.size)?;
    let row = store::insert(act, &new)?;
    let detail = json!({ "kind": row.kind, "size": row.size });
    act.record(Event { action: Action::Create, id: row.id.to_string(), division: None, detail })?;
    Ok(row.into())
}

fn require_room(act: &mut Act<'_>, account: AccountId, size: i64) -> Result<()> {
    // A hundred at once count as a hundred.
    act.serialise(&sha256(account.0.as_bytes()))?;
    let (count, bytes) = store::count_waiting(act, account)?;
    TOO_MANY.unless(count < MOST_FILES && bytes + size <= MOST_BYTES)
}

/// Whether the bytes just kept belong to no row: an earlier request with the same key was answered, or this one was refused.
/// After a fault it is not known whether the row is there.
fn is_left_over(written: &Result<Written>) -> bool {
    match written {
        Ok(written) => written.is_replayed,
        Err(problem) => !matches!(problem.rule().kind, Kind::Fault | Kind::Busy),
    }
}

/// The day first, so that a sweep need not look through all that was ever kept; then 128 random bits.
pub(super) fn fresh_key(now: DateTime<Utc>) -> Result<String> {
    Ok(format!("{}/{}", day_folder(now), hex(&random_bytes::<16>()?)))
}

/// What was kept on that day is kept under this.
pub fn day_folder(day: DateTime<Utc>) -> String {
    day.format("%Y%m%d").to_string()
}

fn rule(flaw: Flaw) -> &'static Rule {
    match flaw {
        Flaw::Empty => &EMPTY,
        Flaw::Unsupported => &KIND_UNSUPPORTED,
        Flaw::Unreadable => &UNREADABLE,
        Flaw::TooManyPixels => &PICTURE_TOO_LARGE,
        Flaw::TooMuchUnpacked => &WORKBOOK_TOO_LARGE,
    }
}

fn misnamed(what: String) -> Problem {
    let place = Place::Pointer(POINTER.into());
    let detail = Some(format!("the file's name {what}"));
    Problem::from(&FIELD_INVALID).with(Fault { place, code: FIELD_INVALID.code, detail })
}

/// Finds a file that the caller may see.
pub async fn find(gate: &Gate, caller: Caller, action: Action, id: FileId) -> Result<FileRow> {
    let doors = gate.files().doors.clone();
    gate.fetch(caller, move |look| see(look, action, &doors, id)).await
}

/// A file that the caller may see: their own that belongs to nothing, or one that belongs to what they may see.
fn see(look: &mut Look<'_>, action: Action, doors: &Doors, id: FileId) -> Result<FileRow> {
    let (row, thing) = store::find(look, action, id)?;
    match thing {
        Some((resource, id)) => doors.pass(look, &resource, id)?,
        None => {
            let is_waiting = row.expires_at.is_some_and(|at| at > look.now);
            if !is_waiting || row.account_id != look.actor.account()? {
                return NOT_FOUND.refuse();
            }
        }
    }
    Ok(row)
}

/// The bytes of a file that the caller was shown.
pub async fn fetch(gate: &Gate, row: FileRow) -> Result<Download> {
    let store = &gate.files().store;
    // Before anything is fetched: without its key it would be fetched in vain.
    let opening = keeping::opening(gate.ring(), row.key_sealed.as_deref())?;
    let kept = store.get(&row.content_key).await?;
    let content = match opening {
        Some(opening) => store.opened(kept, opening, u64::try_from(row.size).map_err(Problem::fault)?)?,
        None => kept,
    };
    Ok(Download { content, kind: row.kind, etag: format!("\"{}\"", hex(&row.sha256)), name: row.name })
}

/// A small JPEG of a picture that the caller was shown.
pub async fn fetch_thumbnail(gate: &Gate, row: FileRow) -> Result<Download> {
    let content = gate.files().store.get(&row.thumbnail_key.ok_or(&NOT_FOUND)?).await?;
    let etag = format!("\"thumbnail-{}\"", hex(&row.sha256));
    Ok(Download { content, kind: FileKind::Jpeg, etag, name: safe_name(FileKind::Jpeg, &row.name) })
}

/// Removes a file of one's own that belongs to nothing; the next sweep takes its bytes.
pub fn delete(act: &mut Act<'_>, id: FileId) -> Result<Nothing> {
    act.permit(Action::Delete, Mine)?;
    // Locked first: whoever attaches it meanwhile comes before, and then it is used, or after, and then it is gone.
    let is_waiting = !store::lock_waiting(act, &[id])?.is_empty();
    let (row, thing) = store::find(act, Action::Delete, id)?;
    if row.account_id != act.actor.account()? {
        return NOT_FOUND.refuse();
    }
    match (thing, is_waiting) {
        (Some(_), _) => return USED.refuse(),
        (None, false) => return NOT_FOUND.refuse(),
        (None, true) => {
            let now = act.now;
            store::release(act.conn, id, now)?;
        }
    }
    act.record(Event { action: Action::Delete, id: id.to_string(), division: None, detail: json!({}) })?;
    Ok(Nothing {})
}

/// Attaches files to a thing, for the act that writes the thing. They must be the caller's own and belong to nothing; one that
/// is not, or is named twice, is refused as `file-unknown` at its place in the list that `pointer` leads to.
pub fn attach(act: &mut Act<'_>, files: &[FileId], to: &Attachment, pointer: &str) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let waiting = store::lock_waiting(act, files)?;
    for (at, id) in files.iter().enumerate() {
        if !waiting.contains(id) || files.iter().take(at).any(|before| before == id) {
            return Err(UNKNOWN.at(format!("{pointer}/{at}")));
        }
    }
    store::attach(act, files, to)
}

/// Attaches one file; one that is not the caller's own, or belongs to something, is refused at `pointer`.
pub fn attach_one(act: &mut Act<'_>, file: FileId, to: &Attachment, pointer: &str) -> Result<FileRow> {
    if store::lock_waiting(act, &[file])?.is_empty() {
        return Err(UNKNOWN.at(pointer));
    }
    store::attach(act, &[file], to)?;
    store::find(act, Action::Find, file).map(|(row, _)| row)
}

/// The files of a thing that the caller has found, in the order they were sent.
pub fn of(look: &mut Look<'_>, resource: &str, id: Uuid) -> Result<Vec<FileView>> {
    Ok(store::of(look, resource, id)?.into_iter().map(FileView::from).collect())
}
