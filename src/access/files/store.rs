//! Every query of files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Attachment, FileId, FileRow, Kept, NewFile, NewLink};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::kit::problem::{Problem, Result};
use crate::schema::{file_links, files};

/// How many files one sweep takes at a time.
const BATCH: i64 = 500;

/// A file, and the thing it belongs to. Whether the viewer may see it is not yet said: only [`super::actions`] asks.
pub fn find(look: &mut Look<'_>, action: Action, id: FileId) -> Result<(FileRow, Option<(String, Uuid)>)> {
    look.scope(action)?;
    let columns = (file_links::resource, file_links::resource_id).nullable();
    let found = files::table.left_join(file_links::table).filter(files::id.eq(id));
    Ok(found.select((FileRow::as_select(), columns)).first(look.conn)?)
}

/// The files of a thing that the caller has found, in the order they were sent.
pub fn of(look: &mut Look<'_>, resource: &str, id: Uuid) -> Result<Vec<FileRow>> {
    let linked = files::table
        .inner_join(file_links::table)
        .filter(file_links::resource.eq(resource).and(file_links::resource_id.eq(id)));
    Ok(linked.select(FileRow::as_select()).order(file_links::file_id).load(look.conn)?)
}

/// How many files of an account belong to nothing yet, and how many bytes they have.
pub fn count_waiting(act: &mut Act<'_>, account: AccountId) -> Result<(i64, i64)> {
    let waiting = files::table.filter(files::account_id.eq(account).and(files::expires_at.gt(act.now)));
    let sizes: Vec<i64> = waiting.select(files::size).load(act.conn)?;
    Ok((sizes.len().try_into().map_err(Problem::fault)?, sizes.iter().sum()))
}

/// Enters a file.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewFile>) -> Result<FileRow> {
    let entered = diesel::insert_into(files::table).values(&**new).returning(FileRow::as_returning());
    Ok(entered.get_result(act.conn)?)
}

/// Which of these files are the caller's own and belong to nothing; they stay locked.
pub fn lock_waiting(act: &mut Act<'_>, ids: &[FileId]) -> Result<Vec<FileId>> {
    let (account, now) = (act.actor.account()?, act.now);
    let own = files::table.filter(
        files::id.eq_any(ids.to_vec()).and(files::account_id.eq(account)).and(files::expires_at.gt(now)),
    );
    // In one order, so that two who name the same files do not wait for each other.
    Ok(own.select(files::id).order(files::id).for_update().load(act.conn)?)
}

/// Attaches files that [`lock_waiting`] found. A sweep that waits for one of them finds that it does not expire any more.
pub fn attach(act: &mut Act<'_>, ids: &[FileId], to: &Attachment) -> Result<()> {
    link(act, ids, to)?;
    let named = files::table.filter(files::id.eq_any(ids.to_vec()));
    diesel::update(named).set(files::expires_at.eq(None::<DateTime<Utc>>)).execute(act.conn)?;
    Ok(())
}

/// Links files to a thing, and leaves how long they are kept.
pub fn link(act: &mut Act<'_>, ids: &[FileId], to: &Attachment) -> Result<()> {
    let Attachment { resource, id, division } = *to;
    let link =
        |file: &FileId| NewLink { file_id: *file, resource, resource_id: id, division, created_at: act.now };
    let links: Vec<NewLink> = ids.iter().map(link).collect();
    diesel::insert_into(file_links::table).values(links).execute(act.conn)?;
    Ok(())
}

/// Lets go of a file: it belongs to nothing, and its time is over.
pub fn release(conn: &mut PgConnection, id: FileId, now: DateTime<Utc>) -> Result<()> {
    diesel::delete(file_links::table.find(id)).execute(conn)?;
    diesel::update(files::table.find(id)).set(files::expires_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Where the bytes of a file lie. For jobs whose feature found the thing that it belongs to.
pub fn kept(look: &mut Look<'_>, id: FileId) -> Result<Kept> {
    Ok(files::table.find(id).select(Kept::as_select()).first(look.conn)?)
}

/// Removes rows of files that belong to nothing and whose time is over; answers where their bytes are kept.
pub fn remove_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<(String, Option<String>)>> {
    let is_over = files::expires_at.le(now);
    let due: Vec<FileId> =
        files::table.filter(is_over).select(files::id).order(files::expires_at).limit(BATCH).load(conn)?;
    let gone = diesel::delete(files::table.filter(files::id.eq_any(due).and(is_over)));
    Ok(gone.returning((files::content_key, files::thumbnail_key)).get_results(conn)?)
}

/// Which of these names of kept bytes no row has.
pub fn unknown(conn: &mut PgConnection, keys: Vec<String>) -> Result<Vec<String>> {
    let contents = files::table.filter(files::content_key.eq_any(&keys)).select(files::content_key);
    let thumbnails = files::table.filter(files::thumbnail_key.eq_any(&keys)).select(files::thumbnail_key);
    let mut known: Vec<Option<String>> = thumbnails.load(conn)?;
    known.extend(contents.load::<String>(conn)?.into_iter().map(Some));
    Ok(keys.into_iter().filter(|key| !known.iter().flatten().any(|one| one == key)).collect())
}
