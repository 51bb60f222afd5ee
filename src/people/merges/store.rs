//! Every query of merges.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::model::{Hashes, NewMerge};
use crate::access::act::{Act, Permit};
use crate::kit::problem::Result;
use crate::people::residents::{OnePerson, ResidentDetailRow, ResidentId};
use crate::schema::{resident_merges, residents};

/// The keyed hashes of a record's numbers.
pub fn hashes(act: &mut Act<'_>, resident: &Permit<ResidentDetailRow>) -> Result<Hashes> {
    let row = residents::table.find(resident.resident.id);
    Ok(row.select((residents::document_hash, residents::phone_hash)).first(act.conn)?)
}

/// Nothing more is written of either record until this act has ended: of one that closes it would stay behind.
pub fn hold(
    act: &mut Act<'_>,
    from: &Permit<ResidentDetailRow>,
    into: &Permit<ResidentDetailRow>,
) -> Result<()> {
    let both = residents::table.filter(residents::id.eq_any([from.resident.id, into.resident.id]));
    both.select(residents::id).order(residents::id).for_update().load::<ResidentId>(act.conn)?;
    Ok(())
}

/// Whoever has left by both records left when the later of them says.
pub fn end_last(
    act: &mut Act<'_>,
    from: &Permit<ResidentDetailRow>,
    into: &Permit<ResidentDetailRow>,
) -> Result<()> {
    let closes = residents::table.find(from.resident.id);
    let ended: Option<DateTime<Utc>> = closes.select(residents::ended_at).first(act.conn)?;
    diesel::update(residents::table.find(into.resident.id).filter(residents::ended_at.lt(ended)))
        .set(residents::ended_at.eq(ended))
        .execute(act.conn)?;
    Ok(())
}

/// Adds which record went into which.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewMerge>) -> Result<()> {
    diesel::insert_into(resident_merges::table).values(&**new).execute(act.conn)?;
    Ok(())
}

/// Records that were merged into the one that closes are merged into the one that stays.
pub fn flatten(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    diesel::update(residents::table.filter(residents::merged_into.eq(pair.from)))
        .set((residents::merged_into.eq(pair.into), residents::updated_at.eq(act.now)))
        .execute(act.conn)?;
    Ok(())
}
