//! As whom somebody sees an entry. It is told in confidence: whoever merely has the range is told that there is one, of which type and where
//! it went; the other side, and whoever has not even the range, is told that there is none.

use super::Action;
use super::model::{DisputeEntryId, EntryRow, PlacedEntryRow};
use super::store;
use crate::access::act::{Act, Look};
use crate::kit::problem::{NOT_FOUND, Result};
use crate::people::subjects;
use crate::text_enum;

text_enum! {
    /// As whom one reads an entry.
    pub enum DisputeReadAs {
        /// 本人、监护人、代为登记人
        Entrant = "entrant",
        /// 接收单位
        Receiver = "receiver",
        /// 辖区: that there is one
        Overseer = "overseer",
    }
}

/// As whom the actor sees it; none: not at all.
fn stance(look: &mut Look<'_>, row: &EntryRow) -> Result<Option<DisputeReadAs>> {
    let account = look.actor.account().ok();
    let is_whose = row.account_id.is_some() && row.account_id == account && speaks(look, row)?;
    let actor = &look.actor;
    let division = Some(row.division);
    let entered = account == Some(row.entered_by);
    // What one told for a child in one's care was not told at the counter, whatever post one has besides.
    let at_counter = entered && row.guardian_id.is_none();
    if is_whose || (at_counter && actor.may(Action::Create, division, false)) {
        return Ok(Some(DisputeReadAs::Entrant));
    }
    if row.is_received_by(actor) {
        return Ok(Some(DisputeReadAs::Receiver));
    }
    let is_overseen = actor.may(Action::Find, division, false) && !row.is_about(actor);
    Ok((is_overseen || entered).then_some(DisputeReadAs::Overseer))
}

/// Whether whoever told it speaks for whose it is: themselves, or a child whose guardian they are still.
fn speaks(look: &mut Look<'_>, row: &EntryRow) -> Result<bool> {
    match row.resident_id.filter(|_| row.guardian_id.is_some()) {
        Some(child) => subjects::keeps(look, child),
        None => Ok(true),
    }
}

/// An entry the caller sees, and as whom.
pub fn seen(look: &mut Look<'_>, id: DisputeEntryId) -> Result<(PlacedEntryRow, DisputeReadAs)> {
    look.scope(Action::Find)?;
    let row = store::load(look, id)?;
    let read_as = stance(look, &row.entry)?.ok_or(&NOT_FOUND)?;
    Ok((row, read_as))
}

/// An entry the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: DisputeEntryId) -> Result<EntryRow> {
    // Who may not see it does not hold it up, either.
    seen(act, id)?;
    let row = store::lock(act, id)?;
    stance(act, &row)?.ok_or(&NOT_FOUND)?;
    Ok(row)
}
