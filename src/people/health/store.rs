//! Every query of health.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Action;
use super::model::{HealthCountRow, HealthRow, NewHealth};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::within;
use crate::kit::problem::Result;
use crate::people::disclosures::ResidentId;
use crate::people::residents::{OnePerson, ResidentDetailRow};
use crate::schema::{consents, resident_health, residents};

/// Each value of each field, in one statement, so that the numbers are of one moment.
const SUMMARY: &str = "\
    WITH here AS (SELECT mobility, care_level, conditions FROM resident_health \
        WHERE division >= $1 AND division < $2 AND left_at IS NULL) \
    SELECT 'people' AS field, '' AS value, count(*) AS count FROM here \
    UNION ALL SELECT 'mobility', mobility, count(*) FROM here GROUP BY mobility \
    UNION ALL SELECT 'care_level', care_level, count(*) FROM here GROUP BY care_level \
    UNION ALL SELECT 'condition', one, count(*) FROM here, unnest(conditions) AS one GROUP BY one";

/// The health record of a resident that the caller may see.
pub fn find(look: &mut Look<'_>, resident: &Permit<ResidentDetailRow>) -> Result<Option<HealthRow>> {
    let scope = look.scope(Action::Find)?;
    let seen = resident_health::table
        .find(resident.resident.id)
        .filter(within(resident_health::division, &scope))
        .filter(resident_health::left_at.is_null())
        .select(HealthRow::as_select());
    Ok(seen.first(look.conn).optional()?)
}

/// When the person agreed online to a record of their health, and under which version of the notice, if that counts. It is held, so that
/// who withdraws it meanwhile waits, and then finds what was written.
pub fn agreed(
    act: &mut Act<'_>,
    resident: &Permit<ResidentDetailRow>,
) -> Result<Option<(DateTime<Utc>, i32)>> {
    let id = resident.resident.id;
    let accounts = residents::table
        .filter(residents::id.eq(id).and(residents::account_id.is_not_null()))
        .select(residents::account_id.assume_not_null());
    let by_oneself = consents::resident_id.is_null().and(consents::account_id.eq_any(accounts));
    let counting = consents::table
        .filter(consents::withdrawn_at.is_null().and(consents::purpose.eq("health")))
        .filter(consents::resident_id.eq(id).or(by_oneself))
        .order(consents::given_at.desc())
        .select((consents::given_at, consents::notice_version));
    Ok(counting.for_share().first(act.conn).optional()?)
}

/// Writes a record whole, for a resident that is locked.
pub fn put(act: &mut Act<'_>, new: &Permit<NewHealth>) -> Result<HealthRow> {
    let row = (&**new, resident_health::created_at.eq(act.now));
    Ok(diesel::insert_into(resident_health::table)
        .values(row)
        .on_conflict(resident_health::resident_id)
        .do_update()
        .set((&**new, resident_health::left_at.eq(None::<DateTime<Utc>>)))
        .returning(HealthRow::as_returning())
        .get_result(act.conn)?)
}

/// Removes what is kept of somebody's health, whole: the consent is withdrawn. Whether there was anything.
pub fn forget(act: &mut Act<'_>, resident: ResidentId) -> Result<bool> {
    Ok(diesel::delete(resident_health::table.find(resident)).execute(act.conn)? > 0)
}

/// The same for all records of one person, whose consent was one. Locked first, so that nobody writes on an older consent.
pub fn forget_all(act: &mut Act<'_>, records: &[ResidentId]) -> Result<()> {
    let locked = residents::table.filter(residents::id.eq_any(records)).order(residents::id);
    let records: Vec<ResidentId> = locked.select(residents::id).for_no_key_update().load(act.conn)?;
    let kept = resident_health::table.filter(resident_health::resident_id.eq_any(records));
    diesel::delete(kept).execute(act.conn)?;
    Ok(())
}

/// Shows somebody's health to nobody any more, who has left. Before long it is deleted; see `app::retention`.
pub fn leave(act: &mut Act<'_>, resident: ResidentId) -> Result<()> {
    let row = resident_health::table.find(resident).filter(resident_health::left_at.is_null());
    diesel::update(row).set(resident_health::left_at.eq(act.now)).execute(act.conn)?;
    Ok(())
}

/// Shows again what [`leave`] took away at that moment: that somebody left was a mistake.
pub fn restore(act: &mut Act<'_>, resident: ResidentId, left_at: DateTime<Utc>) -> Result<()> {
    let row = resident_health::table.find(resident).filter(resident_health::left_at.eq(left_at));
    diesel::update(row).set(resident_health::left_at.eq(None::<DateTime<Utc>>)).execute(act.conn)?;
    Ok(())
}

/// Gives what is kept of somebody's health to another record of the same person; of two the newer stays.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let both = resident_health::table.filter(resident_health::resident_id.eq_any([pair.from, pair.into]));
    let both = both.order((resident_health::updated_at.desc(), resident_health::resident_id));
    let kept: Vec<ResidentId> = both.select(resident_health::resident_id).for_update().load(act.conn)?;
    let Some((newest, older)) = kept.split_first() else { return Ok(()) };
    diesel::delete(resident_health::table.filter(resident_health::resident_id.eq_any(older)))
        .execute(act.conn)?;
    let place = (resident_health::resident_id.eq(pair.into), resident_health::division.eq(pair.division));
    diesel::update(resident_health::table.find(newest)).set(place).execute(act.conn)?;
    Ok(())
}

/// How many in that division have which value of which field.
pub fn summary(look: &mut Look<'_>, division: &Permit<Division>) -> Result<Vec<HealthCountRow>> {
    let range = division.range();
    let counts = diesel::sql_query(SUMMARY).bind::<BigInt, _>(range.start).bind::<BigInt, _>(range.end);
    Ok(counts.load(look.conn)?)
}
