//! Every query of extensions.

use diesel::prelude::*;

use super::model::{ExtensionId, ExtensionRow, ExtensionStatus, NewExtension};
use super::rules::PENDING;
use crate::access::act::{Act, Look, Permit};
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::clocks::ClockRow;
use crate::schema::{matter_extensions, matter_policies};

/// A request, whose matter decides whether the caller may know of it.
pub fn find(look: &mut Look<'_>, id: ExtensionId) -> Result<ExtensionRow> {
    Ok(matter_extensions::table.find(id).select(ExtensionRow::as_select()).first(look.conn)?)
}

/// What the policy of a clock gave; a clock without one was given what it has.
pub fn given(look: &mut Look<'_>, clock: &ClockRow) -> Result<i32> {
    let Some(policy) = clock.policy_id else { return Ok(clock.amount) };
    Ok(matter_policies::table.find(policy).select(matter_policies::amount).first(look.conn)?)
}

/// Adds a request.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewExtension) -> Result<()> {
    diesel::insert_into(matter_extensions::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("matter_extensions_pending_key", &PENDING)?;
    Ok(())
}

/// Writes what became of a request.
pub fn end<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: ExtensionId,
    (status, note): (ExtensionStatus, &str),
) -> Result<()> {
    let ended = (
        matter_extensions::status.eq(status),
        matter_extensions::note.eq(note),
        matter_extensions::decided_by.eq(act.actor.account()?),
        matter_extensions::decided_at.eq(act.now),
    );
    diesel::update(matter_extensions::table.find(id)).set(ended).execute(act.conn)?;
    Ok(())
}
