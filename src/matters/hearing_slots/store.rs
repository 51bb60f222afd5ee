//! Every query of free times.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Filter, HearingSlotId, NewSlot, ShownSlotRow, SlotRow};
use super::rules::{IN_USE, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::mediation_rooms::{MediationRoomId, MediationRoomRow};
use crate::schema::{hearing_slots, mediation_hearings};

/// A hearing, planned or held just now, has the room in that time.
macro_rules! taken {
    () => {
        exists(
            mediation_hearings::table
                .filter(mediation_hearings::room_id.eq(hearing_slots::room_id))
                .filter(mediation_hearings::holds)
                .filter(mediation_hearings::begins_at.lt(hearing_slots::ends_at))
                .filter(mediation_hearings::ends_at.gt(hearing_slots::begins_at)),
        )
    };
}

/// One page of the free times of a room that was found, the earliest first.
pub fn page(
    look: &mut Look<'_>,
    room: MediationRoomId,
    filter: Filter,
    pager: &Pager<'_, (DateTime<Utc>, Uuid)>,
) -> Result<Vec<ShownSlotRow>> {
    let mut query = hearing_slots::table
        .filter(hearing_slots::room_id.eq(room).and(hearing_slots::ends_at.gt(filter.from)))
        .select((SlotRow::as_select(), taken!()))
        .into_boxed();
    match filter.is_free {
        Some(true) => query = query.filter(not(taken!())),
        Some(false) => query = query.filter(taken!()),
        None => {}
    }
    if let Some((at, id)) = pager.after {
        let later = hearing_slots::begins_at.gt(at);
        query = query.filter(later.or(hearing_slots::begins_at.eq(at).and(hearing_slots::id.gt(id))));
    }
    let order = (hearing_slots::begins_at, hearing_slots::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A free time, taken or not, whoever may see its room.
pub fn find(look: &mut Look<'_>, id: HearingSlotId) -> Result<SlotRow> {
    Ok(hearing_slots::table.find(id).select(SlotRow::as_select()).first(look.conn)?)
}

/// Until this act has ended nobody else enters times of this room: two at once would wait for each other.
pub fn hold(act: &mut Act<'_>, room: MediationRoomId) -> Result<()> {
    act.serialise(&act.ring.hash("hearing-slot.room", &[room.0.as_bytes()]))
}

/// Adds a free time. For who holds the room's times.
pub fn insert(act: &mut Act<'_>, _: &Permit<MediationRoomRow>, new: &NewSlot) -> Result<()> {
    diesel::insert_into(hearing_slots::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("hearing_slots_term_excl", &TAKEN)?;
    Ok(())
}

/// Takes a free time away that no hearing ever took.
pub fn delete(act: &mut Act<'_>, room: &Permit<MediationRoomRow>, id: HearingSlotId) -> Result<()> {
    let there = hearing_slots::table.find(id).filter(hearing_slots::room_id.eq(room.id));
    let gone = diesel::delete(there).execute(act.conn);
    match gone.on_constraint("mediation_hearings_slot_id_fkey", &IN_USE)? {
        0 => Err(diesel::result::Error::NotFound.into()),
        _ => Ok(()),
    }
}
