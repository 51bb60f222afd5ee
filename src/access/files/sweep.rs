//! What belongs to nothing after a day goes: first the row, then, when that is certain, the bytes.

use chrono::{DateTime, TimeDelta, Utc};

use super::actions::day_folder;
use super::store;
use crate::access::gate::Gate;
use crate::kit::problem::Result;

/// Bytes younger than this may be about to get their row.
const YOUNG: TimeDelta = TimeDelta::hours(24);
/// How many days are looked through for bytes that a crash left without a row.
const DAYS: i64 = 8;
/// How many names are asked about at once.
const BATCH: usize = 500;

/// Removes files that belong to nothing and whose time is over; answers how many.
pub fn sweep(gate: &Gate, now: DateTime<Utc>) -> Result<usize> {
    let mut swept = 0;
    loop {
        let gone = gate.jobs().run_here(move |conn| store::remove_expired(conn, now))?;
        if gone.is_empty() {
            return Ok(swept);
        }
        swept += gone.len();
        let keys = gone.into_iter().flat_map(|(content, thumbnail)| [Some(content), thumbnail]).flatten();
        gate.files().store.remove_here(keys.collect())?;
    }
}

/// Removes bytes that no row knows, of the last days but not of the last hours; answers how many.
pub fn sweep_orphans(gate: &Gate, now: DateTime<Utc>) -> Result<usize> {
    let mut swept = 0;
    for day in 1..=DAYS {
        let folder = day_folder(now - TimeDelta::days(day));
        let kept = gate.files().store.list_here(&folder, now - YOUNG)?;
        for keys in kept.chunks(BATCH) {
            let keys = keys.to_vec();
            let orphans = gate.jobs().run_here(move |conn| store::unknown(conn, keys.clone()))?;
            swept += orphans.len();
            gate.files().store.remove_here(orphans)?;
        }
    }
    Ok(swept)
}
