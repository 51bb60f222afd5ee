//! Records kept long enough 保存期限届满 (个人信息保护法 arts. 19, 47): that of somebody who moved away or died is erased as at their own
//! wish, unless something still stands on it; one that was merged is emptied of all but its name. How long is a line of `app::retention`.

mod store;

use chrono::{DateTime, TimeDelta, Utc};

use super::actions;
use super::model::Left;
use crate::access::act::{Act, Look};
use crate::access::actor::ResidentId;
use crate::access::gate::Gate;
use crate::kit::problem::Result;
use crate::kit::stop::Stop;
use crate::people::residents::ResidentStatus;
use crate::people::{corrections, homes, households};

/// So many records are erased in one sweep, or little more: jobs wait for it. What is left comes with the next.
const ONCE: usize = 20_000;

/// Whether something of another room stands on a record, as an open matter does. Each room that has such things says so.
pub type Standing = fn(&mut Look<'_>, ResidentId) -> Result<bool>;

/// Erases, so long after they left, the records of those who moved away or died; answers how many. Each in a transaction of its
/// own: one that fails holds up no other, and one that somebody holds comes next time.
pub fn erase_left(
    gate: &Gate,
    after: TimeDelta,
    standing: &'static [Standing],
    stop: &Stop,
) -> Result<usize> {
    let before = gate.now() - after;
    let (mut erased, mut failed) = (0, None);
    for status in [ResidentStatus::Deceased, ResidentStatus::Departed] {
        let mut behind: Option<Left> = None;
        while !stop.is_asked() && erased < ONCE {
            let page = gate.by_deadline(move |act| store::page_left(act, status, before, behind))?;
            behind = page.last().copied();
            if behind.is_none() {
                break;
            }
            let free = page.into_iter().filter(|left| left.is_free);
            for left in free.take_while(|_| !stop.is_asked()) {
                match gate.by_deadline(move |act| erase(act, before, left.id, standing)) {
                    Ok(is_erased) => erased += usize::from(is_erased),
                    Err(problem) => failed = Some(problem),
                }
            }
        }
    }
    failed.map_or(Ok(erased), Err)
}

/// Empties, so long after they were merged, records that were merged into another; answers how many.
pub fn empty_merged(gate: &Gate, after: TimeDelta, stop: &Stop) -> Result<usize> {
    let (before, mut emptied) = (gate.now() - after, 0);
    while !stop.is_asked() {
        match gate.by_deadline(move |act| store::empty_merged(act, before))? {
            0 => break,
            more => emptied += more,
        }
    }
    Ok(emptied)
}

/// As an erasure does it, but that nobody asked for it; whether it was done.
fn erase(act: &mut Act<'_>, before: DateTime<Utc>, id: ResidentId, standing: &[Standing]) -> Result<bool> {
    // Corrections before the record, as those who answer them lock.
    let waits = corrections::hold(act, id)?;
    let Some(record) = store::lock_left(act, before, id)? else { return Ok(false) };
    if waits || stands(act, id, standing)? {
        return Ok(false);
    }
    corrections::empty_all_of(act, id)?;
    actions::forget(act, id)?;
    super::store::clear(act, &record)?;
    let row = store::insert_due(act, &record)?;
    actions::tell(act, &row)?;
    Ok(true)
}

/// Whether something stands on a record that is held: asked once more of homes and households, as an erasure asks.
fn stands(act: &mut Act<'_>, id: ResidentId, standing: &[Standing]) -> Result<bool> {
    if homes::has_ties(act, id)? || households::has_ties(act, id)? {
        return Ok(true);
    }
    for stands_on in standing {
        if stands_on(act, id)? {
            return Ok(true);
        }
    }
    Ok(false)
}
