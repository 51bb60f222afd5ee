//! Every query of mediation rooms.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, MediationRoomChange, MediationRoomId, MediationRoomRow, NamedRoomRow, NewMediationRoom,
    ServingRow, ShortRow,
};
use super::rules::{DIVISION_UNKNOWN, NAME_TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::schema::{mediation_room_staff, mediation_rooms, mediators, organisations};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("mediation_rooms_organisation_id_name_key", &NAME_TAKEN, "/name"),
    ("mediation_rooms_division_fkey", &DIVISION_UNKNOWN, "/division"),
];

/// The rooms that are used, and all within the range of the caller's posts.
macro_rules! seen {
    ($scope:expr, $near:expr) => {
        mediation_rooms::table
            .inner_join(organisations::table)
            .filter(within(mediation_rooms::division, $scope))
            .filter(mediation_rooms::is_active.or(within(mediation_rooms::division, $near)))
            .select((MediationRoomRow::as_select(), organisations::name))
    };
}

/// Where the caller sees rooms that are not used.
fn near(look: &Look<'_>) -> Scope {
    look.scope(Action::ListShortfalls).unwrap_or_else(|_| Scope::nothing())
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedRoomRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = seen!(&scope, &near(look)).into_boxed();
    if let Some(organisation) = filter.organisation {
        query = query.filter(mediation_rooms::organisation_id.eq(organisation));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(mediation_rooms::kind.eq(kind));
    }
    if let Some(is_active) = filter.is_active {
        query = query.filter(mediation_rooms::is_active.eq(is_active));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(mediation_rooms::division, mediation_rooms::id, after));
    }
    let order = (mediation_rooms::division, mediation_rooms::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A room the caller sees.
pub fn find(look: &mut Look<'_>, id: MediationRoomId) -> Result<NamedRoomRow> {
    let scope = look.scope(Action::Find)?;
    Ok(seen!(&scope, &near(look)).filter(mediation_rooms::id.eq(id)).first(look.conn)?)
}

/// A room the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: MediationRoomId) -> Result<MediationRoomRow> {
    let found = find(act, id)?;
    let row = mediation_rooms::table.find(found.room.id).select(MediationRoomRow::as_select());
    Ok(row.for_no_key_update().first(act.conn)?)
}

/// Adds a room.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewMediationRoom>) -> Result<()> {
    diesel::insert_into(mediation_rooms::table)
        .values(&**new)
        .execute(act.conn)
        .on_constraints(CONSTRAINTS)?;
    Ok(())
}

/// Changes a room.
pub fn update(
    act: &mut Act<'_>,
    room: &Permit<MediationRoomRow>,
    change: MediationRoomChange,
) -> Result<MediationRoomRow> {
    let (version, updated_at) = (mediation_rooms::version, mediation_rooms::updated_at);
    diesel::update(mediation_rooms::table.find(room.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(MediationRoomRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// A column of the closest staffing rule of a measure for a room: one for its kind before one for all kinds, that of the smallest
/// place, and of two the later.
fn of_rule(measure: &str, column: &str, on: NaiveDate) -> String {
    format!(
        "(SELECT rule.{column} FROM mediation_staffing_rules rule
          WHERE rule.measure = '{measure}'
            AND (rule.room_kind IS NULL OR rule.room_kind = mediation_rooms.kind)
            AND rule.division IN (
                mediation_rooms.division, mediation_rooms.division / 1000 * 1000,
                mediation_rooms.division / 1000000 * 1000000, mediation_rooms.division / 10000000000 * 10000000000)
            AND rule.effective_from <= '{on}' AND (rule.effective_until IS NULL OR rule.effective_until >= '{on}')
          ORDER BY rule.room_kind IS NULL, rule.division DESC, rule.effective_from DESC, rule.id DESC LIMIT 1)"
    )
}

/// Who serves as a mediator in a room on a day: their place there is not over, and neither is their term in the roster. Nobody
/// counts twice, in how many rosters they may stand.
fn serving(on: NaiveDate) -> String {
    format!(
        "staff.role = 'mediator' AND staff.ended_at IS NULL AND staff.starts_on <= '{on}'
         AND (staff.ends_on IS NULL OR staff.ends_on >= '{on}')
         AND person.status = 'active' AND person.starts_on <= '{on}'
         AND (person.ends_on IS NULL OR person.ends_on >= '{on}')
         AND NOT EXISTS (SELECT FROM accounts WHERE accounts.id = person.account_id AND accounts.closed_at IS NOT NULL)"
    )
}

/// How many mediators of a room count: whoever is there full time, or for enough hours a week.
fn counted(on: NaiveDate) -> String {
    let (serving, hours) = (serving(on), of_rule("part_time_hours", "amount", on));
    format!(
        "(SELECT count(DISTINCT coalesce(person.account_id, person.id)) FROM mediation_room_staff staff
          JOIN mediators person ON person.id = staff.mediator_id
          WHERE staff.room_id = mediation_rooms.id AND {serving}
            AND (NOT staff.is_part_time OR staff.weekly_hours >= coalesce({hours}, 1)))"
    )
}

/// One page of the rooms in use that have fewer mediators than they need today, in the order of divisions. One step into an index
/// for what each room needs and for who is there, so that a page costs what it passes over.
pub fn page_short(
    look: &mut Look<'_>,
    division: Option<Division>,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ShortRow>> {
    let scope = look.scope(Action::ListShortfalls)?.narrow(division);
    let on = local_date(look.now);
    let (needed, counted) = (of_rule("room_mediators", "amount", on), counted(on));
    let mut query = mediation_rooms::table
        .inner_join(organisations::table)
        .filter(within(mediation_rooms::division, &scope))
        .filter(mediation_rooms::is_active)
        .filter(sql::<Bool>(&format!("{counted} < {needed}")))
        .select((
            MediationRoomRow::as_select(),
            organisations::name,
            sql::<Integer>(&needed),
            sql::<Text>(&of_rule("room_mediators", "legal_basis", on)),
            sql::<Nullable<Integer>>(&of_rule("part_time_hours", "amount", on)),
            sql::<BigInt>(&counted),
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(mediation_rooms::division, mediation_rooms::id, after));
    }
    let order = (mediation_rooms::division, mediation_rooms::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// The mediators who serve today in rooms that were found.
pub fn serving_in(look: &mut Look<'_>, rooms: &[ShortRow]) -> Result<Vec<ServingRow>> {
    let rooms: Vec<MediationRoomId> = rooms.iter().map(|row| row.room.id).collect();
    let (staff, person) =
        (diesel::alias!(mediation_room_staff as staff), diesel::alias!(mediators as person));
    let there =
        staff
            .inner_join(person.on(
                person.field(mediators::id).nullable().eq(staff.field(mediation_room_staff::mediator_id)),
            ))
            .filter(staff.field(mediation_room_staff::room_id).eq_any(rooms))
            .filter(sql::<Bool>(&serving(local_date(look.now))))
            .order((staff.field(mediation_room_staff::room_id), staff.field(mediation_room_staff::id)))
            .select((
                staff.field(mediation_room_staff::room_id),
                person.field(mediators::id),
                person.field(mediators::name),
                staff.field(mediation_room_staff::is_part_time),
                staff.field(mediation_room_staff::weekly_hours),
            ));
    Ok(there.load(look.conn)?)
}
