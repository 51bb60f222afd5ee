//! Every query of homes.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Action;
use super::model::{
    DepartureId, DwellingResidentId, HomeChange, HomeRelation, HomeRow, NamedHomeRow, NewHome, PlacedHomeRow,
};
use super::rules::{HELD, LIVES_ELSEWHERE};
use crate::access::act::{Act, Look, Permit};
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::people::residents::{ResidentDetailRow, ResidentId, ResidentStatus};
use crate::places::dwellings::DwellingId;
use crate::schema::{buildings, dwelling_residents, dwellings, estates, organisations, residents};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("dwelling_residents_overlap_excl", &HELD, ""),
    ("dwelling_residents_living_key", &LIVES_ELSEWHERE, ""),
];

macro_rules! named {
    ($dwelling:expr, $scope:expr) => {
        dwelling_residents::table
            .left_join(
                residents::table.on(residents::id
                    .nullable()
                    .eq(dwelling_residents::resident_id)
                    .and(residents::status.ne_all(ResidentStatus::HIDDEN))),
            )
            .left_join(
                organisations::table.on(organisations::id.nullable().eq(dwelling_residents::organisation_id)),
            )
            .filter(dwelling_residents::dwelling_id.eq($dwelling))
            .filter(within(dwelling_residents::division, $scope))
            .select((HomeRow::as_select(), residents::name.nullable(), organisations::name.nullable()))
    };
}

/// One page of who is something in a dwelling, in the order of entering; with `history` who was, too.
pub fn page(
    look: &mut Look<'_>,
    dwelling: DwellingId,
    history: bool,
    pager: &Pager<'_, DwellingResidentId>,
) -> Result<Vec<NamedHomeRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = named!(dwelling, &scope).into_boxed();
    if !history {
        query = query.filter(dwelling_residents::ends_on.is_null());
    }
    if let Some(after) = pager.after {
        query = query.filter(dwelling_residents::id.gt(after));
    }
    Ok(query.order(dwelling_residents::id).limit(pager.fetch()).load(look.conn)?)
}

/// One page of what a resident is and was in those homes that the caller sees, what was entered last first. For who has found the
/// resident.
pub fn page_of_resident(
    look: &mut Look<'_>,
    resident: ResidentId,
    pager: &Pager<'_, DwellingResidentId>,
) -> Result<Vec<PlacedHomeRow>> {
    let scope = look.scope(Action::ListOfResident)?;
    let mut query = dwelling_residents::table
        .inner_join(dwellings::table)
        .inner_join(buildings::table.on(buildings::id.eq(dwellings::building_id)))
        .inner_join(estates::table.on(estates::id.eq(buildings::estate_id)))
        .filter(dwelling_residents::resident_id.eq(resident))
        .filter(within(dwelling_residents::division, &scope))
        .select((HomeRow::as_select(), estates::name, buildings::number, dwellings::unit, dwellings::number))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(dwelling_residents::id.lt(after));
    }
    Ok(query.order(dwelling_residents::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// What somebody is in a dwelling, with their name.
pub fn find_named(look: &mut Look<'_>, dwelling: DwellingId, id: DwellingResidentId) -> Result<NamedHomeRow> {
    let scope = look.scope(Action::List)?;
    Ok(named!(dwelling, &scope).filter(dwelling_residents::id.eq(id)).first(look.conn)?)
}

/// Who owns a dwelling now, with their names.
pub fn named_owners(look: &mut Look<'_>, dwelling: DwellingId) -> Result<Vec<NamedHomeRow>> {
    let scope = look.scope(Action::FindOwners)?;
    let owners = named!(dwelling, &scope)
        .filter(dwelling_residents::relation.eq(HomeRelation::Owner))
        .filter(dwelling_residents::ends_on.is_null());
    Ok(owners.order(dwelling_residents::id).load(look.conn)?)
}

/// The version of a dwelling's owners: it counts every row and every change of a row that there ever was, so that it only
/// ever grows.
pub fn owners_version(look: &mut Look<'_>, dwelling: DwellingId) -> Result<i64> {
    let versions = dwelling_residents::table
        .filter(dwelling_residents::dwelling_id.eq(dwelling))
        .filter(dwelling_residents::relation.eq(HomeRelation::Owner))
        .select(sql::<BigInt>("(1 + coalesce(sum(version), 0))::bigint"));
    Ok(versions.first(look.conn)?)
}

/// Who owns a dwelling now, locked. For who has locked the dwelling.
pub fn lock_owners(act: &mut Act<'_>, dwelling: DwellingId) -> Result<Vec<HomeRow>> {
    let owners = dwelling_residents::table
        .filter(dwelling_residents::dwelling_id.eq(dwelling))
        .filter(dwelling_residents::relation.eq(HomeRelation::Owner))
        .filter(dwelling_residents::ends_on.is_null())
        .select(HomeRow::as_select());
    Ok(owners.order(dwelling_residents::id).for_no_key_update().load(act.conn)?)
}

/// What somebody is in a dwelling, locked.
pub fn lock(act: &mut Act<'_>, dwelling: DwellingId, id: DwellingResidentId) -> Result<HomeRow> {
    let scope = act.scope(Action::List)?;
    let seen = dwelling_residents::table
        .find(id)
        .filter(dwelling_residents::dwelling_id.eq(dwelling))
        .filter(within(dwelling_residents::division, &scope));
    Ok(seen.select(HomeRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// What these people are and were in homes, wherever, locked in the order of its ids. For who has locked the people.
pub fn lock_all_of(act: &mut Act<'_>, people: &[ResidentId]) -> Result<Vec<HomeRow>> {
    let rows = dwelling_residents::table.filter(dwelling_residents::resident_id.eq_any(people));
    Ok(rows.select(HomeRow::as_select()).order(dwelling_residents::id).for_no_key_update().load(act.conn)?)
}

/// Where somebody lives now.
pub fn lived_in(act: &mut Act<'_>, resident: &Permit<ResidentDetailRow>) -> Result<Option<HomeRow>> {
    let row = dwelling_residents::table
        .filter(dwelling_residents::resident_id.eq(resident.resident.id))
        .filter(dwelling_residents::is_living.and(dwelling_residents::ends_on.is_null()));
    Ok(row.select(HomeRow::as_select()).first(act.conn).optional()?)
}

/// Adds what somebody is in a home.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewHome>) -> Result<HomeRow> {
    diesel::insert_into(dwelling_residents::table)
        .values(&**new)
        .returning(HomeRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes what somebody is in a home.
pub fn update(act: &mut Act<'_>, home: &Permit<HomeRow>, change: HomeChange) -> Result<HomeRow> {
    let (version, updated_at) = (dwelling_residents::version, dwelling_residents::updated_at);
    diesel::update(dwelling_residents::table.find(home.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(HomeRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Ends what somebody is in homes but an owner, because they left.
pub fn end_by(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    departure: DepartureId,
    on: NaiveDate,
) -> Result<()> {
    use dwelling_residents::{departure_id, ends_on, relation, resident_id, updated_at, version};
    let rows = dwelling_residents::table
        .filter(resident_id.eq(resident.resident.id))
        .filter(relation.ne(HomeRelation::Owner).and(ends_on.is_null()));
    diesel::update(rows)
        .set((ends_on.eq(on), departure_id.eq(departure), version.eq(version + 1), updated_at.eq(act.now)))
        .execute(act.conn)?;
    Ok(())
}

/// Makes what a departure ended hold again.
pub fn reopen_by(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
    departure: DepartureId,
) -> Result<Vec<HomeRow>> {
    use dwelling_residents::{departure_id, ends_on, resident_id, updated_at, version};
    let rows = dwelling_residents::table
        .filter(resident_id.eq(resident.resident.id).and(departure_id.eq(departure)));
    let next = (
        ends_on.eq(None::<NaiveDate>),
        departure_id.eq(None::<DepartureId>),
        version.eq(version + 1),
        updated_at.eq(act.now),
    );
    diesel::update(rows)
        .set(next)
        .returning(HomeRow::as_returning())
        .get_results(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Deletes what somebody was in homes.
pub fn delete_all_of(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    let rows = dwelling_residents::table.filter(dwelling_residents::resident_id.eq(resident));
    diesel::delete(rows).execute(act.conn)?;
    Ok(())
}
