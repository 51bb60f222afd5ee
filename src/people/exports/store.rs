//! Every query of exports.

use diesel::prelude::*;

use super::Action;
use super::model::{ExportId, ExportRow, NewExport};
use crate::access::act::{Act, Look, Permit};
use crate::access::files::FileId;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::schema::exports;

/// One page of what the caller asked for and might still ask for, the newest first.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, ExportId>) -> Result<Vec<ExportRow>> {
    look.scope(Action::List)?;
    let scope = look.scope(Action::Create)?;
    let own = exports::table.filter(exports::account_id.eq(look.actor.account()?));
    let mut query = own.filter(within(exports::division, &scope)).select(ExportRow::as_select()).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(exports::id.lt(after));
    }
    Ok(query.order(exports::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// An export that the caller asked for, and might still ask for: whose office is another now has no list of the one before.
pub fn find(look: &mut Look<'_>, id: ExportId) -> Result<ExportRow> {
    look.scope(Action::Find)?;
    let scope = look.scope(Action::Create)?;
    let own = exports::table.find(id).filter(exports::account_id.eq(look.actor.account()?));
    Ok(own.filter(within(exports::division, &scope)).select(ExportRow::as_select()).first(look.conn)?)
}

/// Adds an export.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewExport>) -> Result<ExportRow> {
    let entered = diesel::insert_into(exports::table).values(&**new).returning(ExportRow::as_returning());
    Ok(entered.get_result(act.conn)?)
}

/// The list is written.
pub fn finish(act: &mut Act<'_>, id: ExportId, people: i64, file: FileId) -> Result<()> {
    let end = (exports::people.eq(people), exports::file_id.eq(file));
    diesel::update(exports::table.find(id)).set(end).execute(act.conn)?;
    Ok(())
}
