//! Every query of imports.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Action;
use super::model::{FaultRow, ImportId, ImportRow, KnownRow, NewImport, Tally};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::people::residents::{NewResident, ResidentChange, ResidentId};
use crate::places::divisions::{Level, Status};
use crate::schema::{divisions, import_faults, import_keys, imports, residents};

/// One page of the imports that the caller sees, the newest first.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, ImportId>) -> Result<Vec<ImportRow>> {
    let scope = look.scope(Action::List)?;
    let mut query =
        imports::table.filter(within(imports::division, &scope)).select(ImportRow::as_select()).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(imports::id.lt(after));
    }
    Ok(query.order(imports::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// An import the caller sees.
pub fn find(look: &mut Look<'_>, id: ImportId) -> Result<ImportRow> {
    let scope = look.scope(Action::Find)?;
    let seen = imports::table.find(id).filter(within(imports::division, &scope));
    Ok(seen.select(ImportRow::as_select()).first(look.conn)?)
}

/// Adds an import.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewImport>) -> Result<ImportRow> {
    write(act.conn, new)
}

/// Adds an import of the command line, or goes on with the one of the same file that was broken off.
pub fn begin(conn: &mut PgConnection, new: &NewImport) -> Result<ImportRow> {
    let same = imports::table
        .filter(imports::account_id.is_null().and(imports::finished_at.is_null()))
        .filter(imports::sha256.eq(&new.sha256).and(imports::division.eq(new.division)))
        .filter(imports::mode.eq(new.mode).and(imports::is_dry_run.eq(new.is_dry_run)));
    match same.select(ImportRow::as_select()).first(conn).optional()? {
        Some(row) => Ok(row),
        None => write(conn, new),
    }
}

fn write(conn: &mut PgConnection, new: &NewImport) -> Result<ImportRow> {
    let entered = diesel::insert_into(imports::table).values(new).returning(ImportRow::as_returning());
    Ok(entered.get_result(conn)?)
}

/// An import at work, locked.
pub fn lock(conn: &mut PgConnection, id: ImportId) -> Result<ImportRow> {
    Ok(imports::table.find(id).select(ImportRow::as_select()).for_no_key_update().first(conn)?)
}

/// Writes down what became of some rows.
pub fn advance(conn: &mut PgConnection, id: ImportId, tally: Tally) -> Result<()> {
    let next = (
        imports::done.eq(imports::done + tally.done),
        imports::entered.eq(imports::entered + tally.entered),
        imports::changed.eq(imports::changed + tally.changed),
        imports::unchanged.eq(imports::unchanged + tally.unchanged),
        imports::refused.eq(imports::refused + tally.refused),
    );
    diesel::update(imports::table.find(id)).set(next).execute(conn)?;
    Ok(())
}

/// The first pass of an import that is all or nothing found every row good: the second begins.
pub fn begin_again(conn: &mut PgConnection, id: ImportId) -> Result<()> {
    forget_keys(conn, id)?;
    let next = (
        imports::is_checked.eq(true),
        imports::done.eq(0_i64),
        imports::entered.eq(0_i64),
        imports::changed.eq(0_i64),
        imports::unchanged.eq(0_i64),
    );
    diesel::update(imports::table.find(id)).set(next).execute(conn)?;
    Ok(())
}

/// The import is over.
pub fn finish(conn: &mut PgConnection, id: ImportId, now: DateTime<Utc>) -> Result<()> {
    forget_keys(conn, id)?;
    diesel::update(imports::table.find(id)).set(imports::finished_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Keeps an import's report, sealed, and how many bad rows it leaves out.
pub fn keep_report(
    conn: &mut PgConnection,
    id: ImportId,
    sealed: &[u8],
    until: DateTime<Utc>,
    left_out: i64,
) -> Result<()> {
    let next =
        (imports::report_sealed.eq(sealed), imports::report_until.eq(until), imports::left_out.eq(left_out));
    diesel::update(imports::table.find(id)).set(next).execute(conn)?;
    Ok(())
}

/// An import's report, sealed, as long as it may be fetched.
pub fn report(look: &mut Look<'_>, import: &Permit<ImportRow>) -> Result<Option<Vec<u8>>> {
    let there = imports::table.find(import.id).filter(imports::report_until.gt(look.now));
    let sealed = there.select(imports::report_sealed).first::<Option<Vec<u8>>>(look.conn);
    Ok(sealed.optional()?.flatten())
}

/// The import is over before its end, unless it had one; answers the list that is left of it.
pub fn give_up(conn: &mut PgConnection, id: ImportId, now: DateTime<Utc>) -> Result<Option<FileId>> {
    forget_keys(conn, id)?;
    let open = imports::table.find(id).filter(imports::finished_at.is_null());
    let ended = diesel::update(open).set(imports::finished_at.eq(now)).returning(imports::source_id);
    Ok(ended.get_result::<Option<FileId>>(conn).optional()?.flatten())
}

/// Ends imports of the command line that nobody has gone on with for a month; answers how many.
pub fn forget_next(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    let left = imports::table
        .filter(imports::account_id.is_null().and(imports::finished_at.is_null()))
        .filter(imports::created_at.lt(now - TimeDelta::days(30)))
        .select(imports::id);
    let left: Vec<ImportId> = left.limit(100).load(conn)?;
    for id in &left {
        give_up(conn, *id, now)?;
    }
    Ok(left.len())
}

fn forget_keys(conn: &mut PgConnection, id: ImportId) -> Result<()> {
    diesel::delete(import_keys::table.filter(import_keys::import_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Notes who stands in which row; answers the keys that were new.
pub fn note_keys(conn: &mut PgConnection, id: ImportId, keys: Vec<(Vec<u8>, i64)>) -> Result<Vec<Vec<u8>>> {
    let row = |(key, line): (Vec<u8>, i64)| {
        (import_keys::import_id.eq(id), import_keys::key.eq(key), import_keys::line.eq(line))
    };
    let rows: Vec<_> = keys.into_iter().map(row).collect();
    let noted = diesel::insert_into(import_keys::table).values(rows).on_conflict_do_nothing();
    Ok(noted.returning(import_keys::key).get_results(conn)?)
}

/// Which of these keys were noted.
pub fn noted_keys(conn: &mut PgConnection, id: ImportId, keys: &[Vec<u8>]) -> Result<Vec<Vec<u8>>> {
    let noted =
        import_keys::table.filter(import_keys::import_id.eq(id)).filter(import_keys::key.eq_any(keys));
    Ok(noted.select(import_keys::key).load(conn)?)
}

/// Notes what was wrong with rows.
pub fn note_faults(conn: &mut PgConnection, faults: &[FaultRow]) -> Result<()> {
    diesel::insert_into(import_faults::table).values(faults).on_conflict_do_nothing().execute(conn)?;
    Ok(())
}

/// What was wrong, row by row, from one on.
pub fn faults(
    conn: &mut PgConnection,
    id: ImportId,
    after: (i64, String),
    limit: i64,
) -> Result<Vec<FaultRow>> {
    use import_faults::{field, import_id, line};
    let (at, column) = after;
    let behind = line.gt(at).or(line.eq(at).and(field.gt(column)));
    let found = import_faults::table.filter(import_id.eq(id)).filter(line.ge(at)).filter(behind);
    Ok(found.order((line, field)).limit(limit).load(conn)?)
}

/// Which of these divisions are committees that stand.
pub fn committees(conn: &mut PgConnection, codes: &[Division]) -> Result<Vec<Division>> {
    let standing = divisions::table
        .filter(divisions::code.eq_any(codes))
        .filter(divisions::level.eq(Level::Committee).and(divisions::status.ne(Status::Abolished)));
    Ok(standing.select(divisions::code).load(conn)?)
}

/// Records that were not merged, as the indexes of documents and external ids say it. A parameter would fit neither, and each batch would read its whole committees.
pub const UNMERGED: &str = "residents.status <> 'merged'";

/// The records that rows may be about, locked.
pub fn known(conn: &mut PgConnection, news: &[&NewResident]) -> Result<Vec<KnownRow>> {
    let codes: BTreeSet<Division> = news.iter().map(|new| new.division).collect();
    let codes = Vec::from_iter(codes);
    let documents: Vec<&Vec<u8>> = news.iter().filter_map(|new| new.document_hash.as_ref()).collect();
    let phones: Vec<&Vec<u8>> = news.iter().filter_map(|new| new.phone_hash.as_ref()).collect();
    let ids: Vec<&String> = news.iter().filter_map(|new| new.external_id.as_ref()).collect();
    let alive = || {
        let records = residents::table.select(KnownRow::as_select());
        records.filter(residents::division.eq_any(&codes)).filter(sql::<Bool>(UNMERGED))
    };
    // Three statements, each by its own index; together as one they would go by none. Each locks in the order of ids.
    let mut found: Vec<KnownRow> = alive()
        .filter(residents::document_hash.eq_any(documents))
        .order(residents::id)
        .for_no_key_update()
        .load(conn)?;
    let by_id = alive().filter(residents::external_id.eq_any(ids)).order(residents::id);
    found.extend::<Vec<KnownRow>>(by_id.for_no_key_update().load(conn)?);
    let by_phone = alive().filter(residents::phone_hash.eq_any(phones)).order(residents::id);
    found.extend::<Vec<KnownRow>>(by_phone.for_no_key_update().load(conn)?);
    found.sort_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// Enters records; answers those that went in. One that somebody else entered meanwhile does not.
pub fn enter(conn: &mut PgConnection, news: &[NewResident]) -> Result<Vec<ResidentId>> {
    let entered = diesel::insert_into(residents::table).values(news).on_conflict_do_nothing();
    Ok(entered.returning(residents::id).get_results(conn)?)
}

/// Changes a record that [`known`] locked.
pub fn update(
    conn: &mut PgConnection,
    id: ResidentId,
    change: ResidentChange,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let next = (change, residents::version.eq(residents::version + 1), residents::updated_at.eq(now));
    diesel::update(residents::table.find(id)).set(next).execute(conn)
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// PostgreSQL's lock on a number, held to the end of the transaction.
    fn pg_advisory_xact_lock(
        key: diesel::sql_types::BigInt,
    ) -> diesel::sql_types::Nullable<diesel::sql_types::Text>;

    /// PostgreSQL's lock on a number, held as long as the connection; false where another has it.
    fn pg_try_advisory_lock(key: diesel::sql_types::BigInt) -> diesel::sql_types::Bool;
}

/// Takes the list of that hash for that division into this connection's hands until it closes; false where it is in others'.
pub fn hold(conn: &mut PgConnection, sha256: &[u8], division: Division) -> Result<bool> {
    let list = sha256.first_chunk().copied().map_or(0, i64::from_be_bytes);
    Ok(diesel::select(pg_try_advisory_lock(list ^ division.code())).get_result(conn)?)
}

/// Waits until no other import enters people into these committees, to the end of the transaction.
pub fn serialise(conn: &mut PgConnection, codes: &[Division]) -> Result<()> {
    let mut codes: Vec<i64> = codes.iter().map(|division| division.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        diesel::select(pg_advisory_xact_lock(code)).execute(conn)?;
    }
    Ok(())
}
