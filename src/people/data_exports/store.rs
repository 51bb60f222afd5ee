//! Every query of data exports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::Action;
use super::model::{DataExportId, DataExportRow};
use super::sections::Section;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::kit::page::Pager;
use crate::kit::problem::{Problem, Result};
use crate::people::residents::{ResidentDetailRow, ResidentStatus};
use crate::schema::{data_exports, residents};

type Columns = (data_exports::id, data_exports::account_id, data_exports::created_at);
const COLUMNS: Columns = (data_exports::id, data_exports::account_id, data_exports::created_at);

/// One page of the caller's own, the newest first.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, DataExportId>) -> Result<Vec<DataExportRow>> {
    look.scope(Action::List)?;
    let own = data_exports::table.filter(data_exports::account_id.eq(look.actor.account()?));
    let mut query = own.select(COLUMNS).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(data_exports::id.lt(after));
    }
    Ok(query.order(data_exports::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// One of the caller's own.
pub fn find(look: &mut Look<'_>, id: DataExportId) -> Result<DataExportRow> {
    look.scope(Action::Find)?;
    let own = data_exports::table.find(id).filter(data_exports::account_id.eq(look.actor.account()?));
    Ok(own.select(COLUMNS).first(look.conn)?)
}

/// What is in one, sealed; none before it is written.
pub fn content(look: &mut Look<'_>, export: &Permit<DataExportRow>) -> Result<Option<Vec<u8>>> {
    Ok(data_exports::table.find(export.id).select(data_exports::content_sealed).first(look.conn)?)
}

/// When the account asked since a moment, the oldest first.
pub fn asked_since(
    act: &mut Act<'_>,
    account: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>> {
    let asked = data_exports::table
        .filter(data_exports::account_id.eq(account).and(data_exports::created_at.gt(since)));
    Ok(asked.order(data_exports::created_at).select(data_exports::created_at).load(act.conn)?)
}

/// Adds one.
pub fn insert(act: &mut Act<'_>, new: &Permit<DataExportRow>) -> Result<()> {
    diesel::insert_into(data_exports::table).values(&**new).execute(act.conn)?;
    Ok(())
}

/// It is written.
pub fn finish(act: &mut Act<'_>, id: DataExportId, sealed: &[u8]) -> Result<()> {
    diesel::update(data_exports::table.find(id))
        .set(data_exports::content_sealed.eq(sealed))
        .execute(act.conn)?;
    Ok(())
}

/// The caller's own records in the archive, wherever, whole.
pub fn own_records(look: &mut Look<'_>) -> Result<Vec<ResidentDetailRow>> {
    let own = residents::table
        .filter(residents::account_id.eq(look.actor.account()?))
        .filter(residents::status.ne_all([ResidentStatus::Merged, ResidentStatus::Erased]));
    Ok(own
        .select(ResidentDetailRow::as_select())
        .order((residents::division, residents::id))
        .load(look.conn)?)
}

/// The rows of a section that belong to any of these.
pub fn rows(look: &mut Look<'_>, section: &Section, of: &[Uuid]) -> Result<Value> {
    #[derive(QueryableByName)]
    struct Rows {
        #[diesel(sql_type = Text)]
        rows: String,
    }
    let Section { table, column, columns, .. } = section;
    // Names from the list in this program; what is a person's is bound.
    let query = diesel::sql_query(format!(
        "SELECT coalesce(json_agg(row), '[]')::text AS rows FROM (SELECT {columns} FROM {table} WHERE {column} = ANY ($1)) row"
    ));
    let found: Rows = query.bind::<Array<SqlUuid>, _>(of).get_result(look.conn)?;
    serde_json::from_str(&found.rows).map_err(Problem::fault)
}

/// Deletes the account's copies.
pub fn delete_all_of(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::delete(data_exports::table.filter(data_exports::account_id.eq(account))).execute(act.conn)?;
    Ok(())
}
