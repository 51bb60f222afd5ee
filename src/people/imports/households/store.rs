//! Every query of households in lists.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::model::{HouseholdKnown, MemberKnown};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::people::households::{HouseholdId, HouseholdMemberId, NewHousehold, NewMember};
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;
use crate::schema::{household_members, households, residents};

/// As pairs, so that no household is locked that nobody named.
const NUMBERED: &str = "\
    SELECT h.id, h.division, h.number FROM unnest($1, $2) AS named (division, number) \
    JOIN households h ON h.division = named.division AND h.number = named.number \
    ORDER BY h.id FOR NO KEY UPDATE OF h";

/// The households of these numbers, each in its division, locked. For who has locked the people.
pub fn households(
    conn: &mut PgConnection,
    named: impl IntoIterator<Item = (Division, String)>,
) -> Result<Vec<HouseholdKnown>> {
    let (divisions, numbers): (Vec<Division>, Vec<String>) = named.into_iter().unzip();
    Ok(diesel::sql_query(NUMBERED)
        .bind::<Array<BigInt>, _>(divisions)
        .bind::<Array<Text>, _>(numbers)
        .load(conn)?)
}

/// Where these people live.
pub fn homes(conn: &mut PgConnection, people: &[ResidentId]) -> Result<Vec<(ResidentId, DwellingId)>> {
    let housed =
        residents::table.filter(residents::id.eq_any(people)).filter(residents::home_id.is_not_null());
    Ok(housed.select((residents::id, residents::home_id.assume_not_null())).load(conn)?)
}

/// Who is in these households now.
pub fn members(conn: &mut PgConnection, households: &[HouseholdId]) -> Result<Vec<MemberKnown>> {
    let current = household_members::table
        .filter(household_members::household_id.eq_any(households))
        .filter(household_members::left_on.is_null());
    Ok(current.select(MemberKnown::as_select()).order(household_members::id).load(conn)?)
}

/// Where these people are in a household now. For who has locked the people.
pub fn memberships(conn: &mut PgConnection, people: &[ResidentId]) -> Result<Vec<MemberKnown>> {
    let current = household_members::table
        .filter(household_members::resident_id.eq_any(people))
        .filter(household_members::left_on.is_null());
    Ok(current.select(MemberKnown::as_select()).order(household_members::id).load(conn)?)
}

/// Enters households; answers those that went in. One of a number that somebody else entered meanwhile does not.
pub fn enter(conn: &mut PgConnection, news: &[NewHousehold]) -> Result<Vec<HouseholdId>> {
    let entered = diesel::insert_into(households::table).values(news).on_conflict_do_nothing();
    Ok(entered.returning(households::id).get_results(conn)?)
}

/// Moves the versions of households on, of which their members are part.
pub fn touch(conn: &mut PgConnection, ids: &[HouseholdId], now: DateTime<Utc>) -> Result<()> {
    let next = (households::version.eq(households::version + 1), households::updated_at.eq(now));
    diesel::update(households::table.filter(households::id.eq_any(ids))).set(next).execute(conn)?;
    Ok(())
}

/// Ends somebody's time in a household.
pub fn end(conn: &mut PgConnection, id: HouseholdMemberId, on: NaiveDate) -> Result<()> {
    let left = household_members::left_on.eq(on);
    diesel::update(household_members::table.find(id)).set(left).execute(conn)?;
    Ok(())
}

/// Enters who is in households.
pub fn join(conn: &mut PgConnection, news: &[NewMember]) -> Result<()> {
    diesel::insert_into(household_members::table).values(news).execute(conn)?;
    Ok(())
}
