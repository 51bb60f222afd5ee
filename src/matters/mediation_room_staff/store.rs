//! Every query of who serves in a room.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Filter, NamedStaffRow, NewRoomStaff, RoomStaffId, RoomStaffRow};
use super::rules::{FULL_TIME_ELSEWHERE, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::mediation_rooms::MediationRoomRow;
use crate::matters::mediators::MediatorId;
use crate::schema::{accounts, mediation_room_staff, mediators};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("mediation_room_staff_term_excl", &TAKEN, ""),
    ("mediation_room_staff_full_time_excl", &FULL_TIME_ELSEWHERE, ""),
];

/// With what the roster says, or what the account is called.
macro_rules! named {
    ($room:expr) => {
        mediation_room_staff::table
            .left_join(mediators::table)
            .left_join(
                accounts::table.on(accounts::id
                    .nullable()
                    .eq(mediation_room_staff::account_id)
                    .or(accounts::id.nullable().eq(mediators::account_id.nullable()))),
            )
            .filter(mediation_room_staff::room_id.eq($room))
            .select((
                RoomStaffRow::as_select(),
                (mediators::name, mediators::status, mediators::starts_on, mediators::ends_on).nullable(),
                accounts::display_name.nullable(),
                accounts::closed_at.nullable(),
            ))
    };
}

/// One page of who serves, served or will serve in a room that the caller may ask of.
pub fn page(
    look: &mut Look<'_>,
    room: &Permit<MediationRoomRow>,
    filter: Filter,
    pager: &Pager<'_, RoomStaffId>,
) -> Result<Vec<NamedStaffRow>> {
    let mut query = named!(room.id).into_boxed();
    if let Some(role) = filter.role {
        query = query.filter(mediation_room_staff::role.eq(role));
    }
    if let Some(on) = filter.on {
        let not_over = mediation_room_staff::ends_on.is_null().or(mediation_room_staff::ends_on.ge(on));
        query = query
            .filter(mediation_room_staff::ended_at.is_null())
            .filter(mediation_room_staff::starts_on.le(on).and(not_over));
    }
    if let Some(after) = pager.after {
        query = query.filter(mediation_room_staff::id.gt(after));
    }
    Ok(query.order(mediation_room_staff::id).limit(pager.fetch()).load(look.conn)?)
}

/// Somebody in a room that the caller may ask of.
pub fn find(look: &mut Look<'_>, room: &Permit<MediationRoomRow>, id: RoomStaffId) -> Result<NamedStaffRow> {
    Ok(named!(room.id).filter(mediation_room_staff::id.eq(id)).first(look.conn)?)
}

/// The same, locked. Rooms are locked before who is in them.
pub fn lock(act: &mut Act<'_>, room: &Permit<MediationRoomRow>, id: RoomStaffId) -> Result<RoomStaffRow> {
    let there = mediation_room_staff::table.find(id).filter(mediation_room_staff::room_id.eq(room.id));
    Ok(there.select(RoomStaffRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Until this act has ended nobody else puts the person of this entry into a room: two full-time places at once would wait for each
/// other.
pub fn hold(act: &mut Act<'_>, person: MediatorId) -> Result<()> {
    act.serialise(&act.ring.hash("mediation-room.person", &[person.0.as_bytes()]))
}

/// Puts somebody into a room.
pub fn insert(act: &mut Act<'_>, _: &Permit<MediationRoomRow>, new: &NewRoomStaff) -> Result<()> {
    diesel::insert_into(mediation_room_staff::table)
        .values(new)
        .execute(act.conn)
        .on_constraints(CONSTRAINTS)?;
    Ok(())
}

/// Says which day is the last, or that it ends now.
pub fn end(
    act: &mut Act<'_>,
    _: &Permit<MediationRoomRow>,
    id: RoomStaffId,
    on: Option<NaiveDate>,
) -> Result<()> {
    use mediation_room_staff::dsl;
    let row = dsl::mediation_room_staff.find(id);
    match on {
        Some(on) => diesel::update(row).set(dsl::ends_on.eq(on)).execute(act.conn)?,
        None => diesel::update(row).set(dsl::ended_at.eq(act.now)).execute(act.conn)?,
    };
    Ok(())
}
