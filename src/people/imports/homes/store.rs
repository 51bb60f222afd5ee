//! Every query of homes in lists.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{BuildingFound, DwellingFound, TieKnown};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::people::homes::{DwellingResidentId, NewHome};
use crate::people::residents::ResidentId;
use crate::places::buildings::BuildingId;
use crate::schema::{buildings, dwelling_residents, estates};

/// The buildings of these divisions that have one of these numbers.
pub fn buildings(
    conn: &mut PgConnection,
    codes: &[Division],
    numbers: &[String],
) -> Result<Vec<BuildingFound>> {
    let numbered = buildings::table
        .inner_join(estates::table)
        .filter(buildings::division.eq_any(codes).and(buildings::number.eq_any(numbers)))
        .select((buildings::id, buildings::division, buildings::number, estates::name));
    Ok(numbered.order(buildings::id).load(conn)?)
}

/// As pairs, so that each is one step into the index of the building, and no dwelling comes that nobody named.
const DWELLINGS: &str = "\
    SELECT d.id, d.building_id, d.unit, d.number FROM unnest($1, $2) AS wanted (building_id, number) \
    JOIN dwellings d ON d.building_id = wanted.building_id AND d.number = wanted.number";

/// The dwellings that have one of these numbers in its building.
pub fn dwellings(
    conn: &mut PgConnection,
    wanted: impl Iterator<Item = (BuildingId, String)>,
) -> Result<Vec<DwellingFound>> {
    let (buildings, numbers): (Vec<Uuid>, Vec<String>) =
        wanted.map(|(building, number)| (building.0, number)).unzip();
    Ok(diesel::sql_query(DWELLINGS)
        .bind::<Array<SqlUuid>, _>(buildings)
        .bind::<Array<Text>, _>(numbers)
        .load(conn)?)
}

/// What these people are in homes now. For who has locked the people.
pub fn ties(conn: &mut PgConnection, people: &[ResidentId]) -> Result<Vec<TieKnown>> {
    let current = dwelling_residents::table
        .filter(dwelling_residents::resident_id.eq_any(people))
        .filter(dwelling_residents::ends_on.is_null());
    Ok(current.select(TieKnown::as_select()).order(dwelling_residents::id).load(conn)?)
}

/// Ends what somebody is in a home.
pub fn end(conn: &mut PgConnection, id: DwellingResidentId, on: NaiveDate, now: DateTime<Utc>) -> Result<()> {
    let next = (
        dwelling_residents::ends_on.eq(on),
        dwelling_residents::version.eq(dwelling_residents::version + 1),
        dwelling_residents::updated_at.eq(now),
    );
    diesel::update(dwelling_residents::table.find(id)).set(next).execute(conn)?;
    Ok(())
}

/// People live in homes by what they are there, of which that was not known.
pub fn move_in(conn: &mut PgConnection, ties: &[DwellingResidentId], now: DateTime<Utc>) -> Result<()> {
    let next = (
        dwelling_residents::is_living.eq(true),
        dwelling_residents::version.eq(dwelling_residents::version + 1),
        dwelling_residents::updated_at.eq(now),
    );
    let known = dwelling_residents::table.filter(dwelling_residents::id.eq_any(ties));
    diesel::update(known).set(next).execute(conn)?;
    Ok(())
}

/// Enters what people are in homes.
pub fn enter(conn: &mut PgConnection, news: &[NewHome]) -> Result<()> {
    diesel::insert_into(dwelling_residents::table).values(news).execute(conn)?;
    Ok(())
}
