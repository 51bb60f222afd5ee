//! Entering a free time, and taking it away.

use serde_json::json;

use super::model::{HearingSlotId, NewSlot, ShownSlotRow, SlotRow};
use super::rules::{ROOM_INACTIVE, TIME_UNFIT, is_a_time};
use super::wire::{HearingSlotDraft, HearingSlotView};
use super::{Action, store};
use crate::access::act::{Act, Event};
use crate::kit::answer::Nothing;
use crate::kit::problem::Result;
use crate::matters::mediation_rooms::{self, MediationRoomId};

/// Enters a free time of a room within reach.
pub fn create(act: &mut Act<'_>, room: MediationRoomId, draft: HearingSlotDraft) -> Result<HearingSlotView> {
    let room = mediation_rooms::store::find(act, room)?.room;
    let room = act.permit(Action::Create, room)?;
    if !room.is_active {
        return ROOM_INACTIVE.refuse();
    }
    let HearingSlotDraft { begins_at, ends_at } = draft;
    if !is_a_time(begins_at, ends_at, act.now) {
        return Err(TIME_UNFIT.at("/begins_at"));
    }
    let new = NewSlot {
        id: HearingSlotId::new(),
        room_id: room.id,
        begins_at,
        ends_at,
        created_by: act.actor.account()?,
        created_at: act.now,
    };
    store::hold(act, room.id)?;
    store::insert(act, &room, &new)?;
    let (action, division) = (Action::Create, Some(room.division));
    let detail = json!({ "room": room.id, "begins_at": begins_at, "ends_at": ends_at });
    act.record(Event { action, id: new.id.to_string(), division, detail })?;
    let NewSlot { id, room_id, begins_at, ends_at, created_at, .. } = new;
    let slot = SlotRow { id, room_id, begins_at, ends_at, created_at };
    Ok(ShownSlotRow { slot, is_taken: false }.into())
}

/// Takes a free time away that no hearing ever took.
pub fn delete(act: &mut Act<'_>, room: MediationRoomId, id: HearingSlotId) -> Result<Nothing> {
    let room = mediation_rooms::store::find(act, room)?.room;
    let room = act.permit(Action::Delete, room)?;
    store::delete(act, &room, id)?;
    let (action, division) = (Action::Delete, Some(room.division));
    act.record(Event { action, id: id.to_string(), division, detail: json!({ "room": room.id }) })?;
    Ok(Nothing {})
}
