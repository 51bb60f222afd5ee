//! Putting somebody into a room, and ending that.

use serde_json::json;

use super::model::{NewRoomStaff, RoomStaffId, RoomStaffRole};
use super::rules::{PERSON_UNFIT, ROOM_INACTIVE, may_end, must_be_a_term};
use super::wire::{RoomStaffDraft, RoomStaffEndDraft, RoomStaffView};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::AccountId;
use crate::access::posts;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::matters::mediation_rooms::{self, MediationRoomId, MediationRoomRow};
use crate::matters::mediators::{self, MediatorId, serves};

/// Puts somebody into a room within reach.
pub fn create(act: &mut Act<'_>, id: MediationRoomId, draft: RoomStaffDraft) -> Result<RoomStaffView> {
    let room = mediation_rooms::store::lock(act, id)?;
    let room = act.permit(Action::Create, room)?;
    if !room.is_active {
        return ROOM_INACTIVE.refuse();
    }
    let today = local_date(act.now);
    let (mediator_id, account_id) = person(act, &room, &draft)?;
    let new = NewRoomStaff {
        id: RoomStaffId::new(),
        room_id: id,
        role: draft.role,
        mediator_id,
        account_id,
        is_part_time: draft.is_part_time,
        weekly_hours: draft.weekly_hours.get(),
        starts_on: draft.starts_on.map_or(today, Day::get),
        ends_on: draft.ends_on.map(Day::get),
        created_by: act.actor.account()?,
        created_at: act.now,
    };
    must_be_a_term(new.starts_on, new.ends_on, today)?;
    if let Some(held) = mediator_id.map(|id| id.0).or(account_id.map(|id| id.0)) {
        store::hold(act, MediatorId(held))?;
    }
    store::insert(act, &room, &new)?;
    record(act, Action::Create, &room, new.id)?;
    let row = store::find(act, &room, new.id)?;
    Ok(RoomStaffView::new(row, today))
}

/// Who it is: of mediators and lawyers the entry in a roster that serves the room's place, of liaisons the account.
fn person(
    act: &mut Act<'_>,
    room: &Permit<MediationRoomRow>,
    draft: &RoomStaffDraft,
) -> Result<(Option<MediatorId>, Option<AccountId>)> {
    match (draft.role.roster(), draft.mediator, draft.account) {
        (Some(kind), Some(entry), None) => {
            let entry = mediators::store::find(act, entry).or_refuse(&PERSON_UNFIT, "/mediator")?.mediator;
            let is_fit = entry.kind == kind
                && entry.stands(local_date(act.now))
                && serves(entry.division, room.division);
            if is_fit { Ok((Some(entry.id), None)) } else { Err(PERSON_UNFIT.at("/mediator")) }
        }
        (Some(kind), None, Some(account)) => {
            let entry = mediators::store::of_account(act, account, kind, room.division)
                .or_refuse(&PERSON_UNFIT, "/account")?;
            Ok((Some(entry.mediator.id), None))
        }
        (None, None, Some(account)) => {
            let there = posts::reaching(act, &[account], room.division)?;
            if there.is_empty() { Err(PERSON_UNFIT.at("/account")) } else { Ok((None, Some(account))) }
        }
        (None, ..) => Err(PERSON_UNFIT.at("/account")),
        (Some(_), ..) => Err(PERSON_UNFIT.at("/mediator")),
    }
}

/// Ends somebody's time in a room: on a day, or at once.
pub fn create_end(
    act: &mut Act<'_>,
    (room, id): (MediationRoomId, RoomStaffId),
    draft: RoomStaffEndDraft,
) -> Result<RoomStaffView> {
    let room = mediation_rooms::store::lock(act, room)?;
    let room = act.permit(Action::CreateEnd, room)?;
    let staff = store::lock(act, &room, id)?;
    let (on, today) = (draft.on.map(Day::get), local_date(act.now));
    may_end(&staff, on, today)?;
    store::end(act, &room, id, on)?;
    record(act, Action::CreateEnd, &room, id)?;
    let row = store::find(act, &room, id)?;
    Ok(RoomStaffView::new(row, today))
}

fn record(act: &mut Act<'_>, action: Action, room: &Permit<MediationRoomRow>, id: RoomStaffId) -> Result<()> {
    let staff = store::find(act, room, id)?.staff;
    let detail = json!({
        "staff": id, "role": RoomStaffRole::as_str(staff.role), "mediator": staff.mediator_id, "account": staff.account_id,
        "starts_on": staff.starts_on, "ends_on": staff.ends_on
    });
    act.record(Event { action, id: room.id.to_string(), division: Some(room.division), detail })
}
