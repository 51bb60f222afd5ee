//! Every query of records kept long enough. Here nobody looks: the worker does it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Date, Text, Timestamptz, Uuid as SqlUuid};

use crate::access::act::Act;
use crate::access::actor::ResidentId;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::erasures::model::{Emptied, ErasureId, ErasureRow, ErasureStatus, Left, NewErasure};
use crate::people::residents::{ResidentDetailRow, ResidentStatus};
use crate::people::subjects::CHILDHOOD;
use crate::schema::{erasures, residents};

/// What is answered where nobody asked.
const KEPT_LONG_ENOUGH: &str = "保存期限届满，依法删除";
/// So many records that were merged are emptied at once.
const MERGED: i64 = 1_000;

/// The next thousand of a status ($5) that left before a time ($1). They are taken from the index before anything is asked of them, so
/// that however many records something stands on, each is walked past once.
const PAGE: &str = "\
    SELECT id, status, account_id, ended_at FROM residents \
    WHERE status = $5 AND ended_at < $1 AND (ended_at, id) > ($3, $4) ORDER BY ended_at, id LIMIT 1000";

/// Whether nothing of this room stands on a record: no account of somebody who moved away, no home, no household, no child (born after
/// $2) who is here, no wish that waits for its answer.
const FREE: &str = "\
    (r.status = 'deceased' OR r.account_id IS NULL) \
      AND NOT EXISTS (SELECT FROM dwelling_residents h WHERE h.resident_id = r.id AND h.ends_on IS NULL) \
      AND NOT EXISTS (SELECT FROM household_members m WHERE m.resident_id = r.id AND m.left_on IS NULL) \
      AND NOT EXISTS (SELECT FROM guardians g JOIN residents w ON w.id = g.ward_id \
          WHERE g.guardian_id = r.id AND g.ended_at IS NULL AND w.status = 'present' AND w.born_on > $2) \
      AND NOT EXISTS (SELECT FROM erasures e WHERE e.resident_id = r.id AND e.status = 'pending')";

/// The next of those of a status that left before a time, and whether something of this room stands on the record.
pub fn page_left(
    act: &mut Act<'_>,
    status: ResidentStatus,
    before: DateTime<Utc>,
    behind: Option<Left>,
) -> Result<Vec<Left>> {
    let (since, id) = behind.map(|left| (left.ended_at, left.id.0)).unwrap_or_default();
    let page =
        format!("SELECT r.id, r.ended_at, {FREE} AS is_free FROM ({PAGE}) r ORDER BY r.ended_at, r.id");
    let page = diesel::sql_query(page)
        .bind::<Timestamptz, _>(before)
        .bind::<Date, _>(born_after(act))
        .bind::<Timestamptz, _>(since)
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>(status.as_str());
    Ok(page.load(act.conn)?)
}

/// One of them, locked, if nothing stands on it still and nobody else holds it.
pub fn lock_left(
    act: &mut Act<'_>,
    before: DateTime<Utc>,
    id: ResidentId,
) -> Result<Option<ResidentDetailRow>> {
    let one = format!(
        "SELECT r.id, r.ended_at, true AS is_free FROM residents r \
         WHERE r.id = $3 AND r.status IN ('deceased', 'departed') AND r.ended_at < $1 AND {FREE} \
         FOR NO KEY UPDATE OF r SKIP LOCKED"
    );
    let one = diesel::sql_query(one)
        .bind::<Timestamptz, _>(before)
        .bind::<Date, _>(born_after(act))
        .bind::<SqlUuid, _>(id.0);
    let held: Option<Left> = one.get_result(act.conn).optional()?;
    let Some(left) = held else { return Ok(None) };
    let row = residents::table.find(left.id).select(ResidentDetailRow::as_select());
    Ok(Some(row.first(act.conn)?))
}

/// Who was born after that day is a child under 14.
fn born_after(act: &Act<'_>) -> NaiveDate {
    local_date(act.now).checked_sub_months(CHILDHOOD).unwrap_or_default()
}

/// Writes that a record was erased because its time was over.
pub fn insert_due(act: &mut Act<'_>, record: &ResidentDetailRow) -> Result<ErasureRow> {
    let new = NewErasure {
        id: ErasureId::new(),
        resident_id: record.resident.id,
        division: record.resident.division,
        account_id: None,
        entered_by: None,
        asked_by: None,
        evidence: String::new(),
        reason: String::new(),
        status: ErasureStatus::Erased,
        created_at: act.now,
    };
    let row = (&new, erasures::answer.eq(KEPT_LONG_ENOUGH), erasures::decided_at.eq(act.now));
    let inserted = diesel::insert_into(erasures::table).values(row);
    Ok(inserted.returning(ErasureRow::as_returning()).get_result(act.conn)?)
}

/// Empties some records that were merged before a time; answers how many. The name stays: in another committee, what stayed with the
/// record says by it whose it was.
pub fn empty_merged(act: &mut Act<'_>, before: DateTime<Utc>) -> Result<usize> {
    let merged = residents::table
        .filter(residents::status.eq(ResidentStatus::Merged).and(residents::ended_at.lt(before)))
        .order(residents::ended_at)
        .limit(MERGED)
        .select(residents::id);
    let ids: Vec<ResidentId> = merged.for_no_key_update().skip_locked().load(act.conn)?;
    let next =
        (Emptied::new(), residents::version.eq(residents::version + 1), residents::updated_at.eq(act.now));
    Ok(diesel::update(residents::table.filter(residents::id.eq_any(ids))).set(next).execute(act.conn)?)
}
