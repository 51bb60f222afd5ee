//! Every query of statistics: one pass each over the ledger or the shifts of a range. A person counts once, whichever of their
//! records they come by.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::Action;
use super::model::{Days, Filled, Limits, Load, OfAge, OfGroup, Took};
use crate::access::act::Look;
use crate::access::division::{Division, Range};
use crate::activities::shift_signups;
use crate::kit::clock::{local_date, start_of};
use crate::kit::page::Pager;
use crate::kit::problem::{NOT_FOUND, Result};

/// So many days somebody's load is counted over.
pub const MONTH: TimeDelta = TimeDelta::days(30);

/// The range of a division, where the caller may count all of it.
pub fn range(look: &Look<'_>, action: Action, division: Division) -> Result<Range> {
    let scope = look.scope(action)?;
    let wanted = division.range();
    let covers = scope.ranges.iter().any(|range| range.covers(wanted));
    if covers { Ok(wanted) } else { NOT_FOUND.refuse() }
}

/// Whether the caller may list who signed up in all of a range, so that no number hides anybody from them.
pub fn may_list(look: &Look<'_>, range: Range) -> bool {
    let scope = look.scope(shift_signups::Action::List);
    scope.is_ok_and(|scope| scope.ranges.iter().any(|seen| seen.covers(range)))
}

/// Who served in the days from $3 until $4, and who of them from $5 on before, in the range from $1 to $2.
pub const TOOK: &str = "\
    WITH served AS ( \
        SELECT coalesce(r.account_id, r.id) AS person, \
               coalesce(sum(h.minutes) FILTER (WHERE h.worked_on >= $3), 0) AS now, \
               coalesce(sum(h.minutes) FILTER (WHERE h.worked_on < $3), 0) AS earlier \
        FROM volunteer_hours h JOIN residents r ON r.id = h.resident_id \
        WHERE h.division >= $1 AND h.division < $2 AND h.worked_on >= $5 AND h.worked_on <= $4 GROUP BY 1) \
    SELECT count(*) FILTER (WHERE now > 0) AS volunteers, coalesce(sum(now), 0)::bigint AS minutes, \
           count(*) FILTER (WHERE earlier > 0) AS before, count(*) FILTER (WHERE earlier > 0 AND now > 0) AS stayed \
    FROM served";

/// Who served, and who of those that served just before.
pub fn took(look: &mut Look<'_>, range: Range, days: Days) -> Result<Took> {
    let bound = diesel::sql_query(TOOK)
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Date, _>(days.from)
        .bind::<Date, _>(days.until)
        .bind::<Date, _>(days.before().from);
    Ok(bound.get_result(look.conn)?)
}

const AGES: &str = "\
    WITH served AS ( \
        SELECT coalesce(r.account_id, r.id) AS person, max(r.born_on) AS born_on \
        FROM volunteer_hours h JOIN residents r ON r.id = h.resident_id \
        WHERE h.division >= $1 AND h.division < $2 AND h.worked_on BETWEEN $3 AND $4 \
        GROUP BY 1 HAVING sum(h.minutes) > 0), \
    aged AS (SELECT extract(year FROM age($4::timestamp, born_on::timestamp)) AS years FROM served) \
    SELECT CASE WHEN years IS NULL THEN 'unknown' WHEN years < 18 THEN 'under_18' WHEN years < 35 THEN 'from_18' \
                WHEN years < 60 THEN 'from_35' WHEN years < 70 THEN 'from_60' ELSE 'from_70' END AS band, \
           count(*) AS volunteers \
    FROM aged GROUP BY 1";

/// Who served, by age.
pub fn ages(look: &mut Look<'_>, range: Range, days: Days) -> Result<Vec<OfAge>> {
    let bound = diesel::sql_query(AGES)
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Date, _>(days.from)
        .bind::<Date, _>(days.until);
    Ok(bound.load(look.conn)?)
}

const GROUPS: &str = "\
    WITH served AS ( \
        SELECT coalesce(r.account_id, r.id) AS person, r.home_id \
        FROM volunteer_hours h JOIN residents r ON r.id = h.resident_id \
        WHERE h.division >= $1 AND h.division < $2 AND h.worked_on BETWEEN $3 AND $4 \
        GROUP BY 1, 2 HAVING sum(h.minutes) > 0) \
    SELECT g.id AS building_group, g.name, count(DISTINCT s.person) AS volunteers \
    FROM served s JOIN dwellings d ON d.id = s.home_id \
    JOIN building_group_members m ON m.building_id = d.building_id AND m.unit IN ('', d.unit) \
    JOIN building_groups g ON g.id = m.building_group_id AND g.division >= $1 AND g.division < $2 \
    GROUP BY g.id, g.name ORDER BY volunteers DESC, g.id LIMIT 100";

/// Who served, by the building group they live in: the hundred with the most.
pub fn groups(look: &mut Look<'_>, range: Range, days: Days) -> Result<Vec<OfGroup>> {
    let bound = diesel::sql_query(GROUPS)
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Date, _>(days.from)
        .bind::<Date, _>(days.until);
    Ok(bound.load(look.conn)?)
}

/// The places of the fixed shifts that began from $3 to $4, in the range from $1 to $2, and who came.
pub const FILLED: &str = "\
    WITH held AS ( \
        SELECT s.id, s.capacity, s.taken FROM shifts s JOIN volunteer_calls c ON c.id = s.call_id \
        WHERE s.division >= $1 AND s.division < $2 AND s.starts_at >= $3 AND s.starts_at < $4 \
          AND s.kind = 'fixed' AND NOT s.is_cancelled AND c.state IN ('published', 'closed', 'finished')), \
    came AS ( \
        SELECT a.signup_id, bool_or(a.kind = 'present') AS is_there FROM attendances a JOIN held ON held.id = a.shift_id GROUP BY 1) \
    SELECT count(*) AS shifts, coalesce(sum(capacity), 0)::bigint AS places, coalesce(sum(taken), 0)::bigint AS taken, \
           (SELECT count(*) FROM came WHERE is_there) AS attended, \
           (SELECT count(*) FROM came WHERE NOT is_there) AS no_shows \
    FROM held";

/// How full the fixed shifts were that began in these days.
pub fn filled(look: &mut Look<'_>, range: Range, days: Days) -> Result<Filled> {
    let bound = diesel::sql_query(FILLED)
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Timestamptz, _>(start_of(days.from))
        .bind::<Timestamptz, _>(start_of(days.until) + TimeDelta::days(1));
    Ok(bound.get_result(look.conn)?)
}

const LOADS: &str = "\
    WITH worked AS ( \
        SELECT coalesce(r.account_id, r.id) AS person, (array_agg(r.id ORDER BY r.id))[1] AS resident, sum(h.minutes) AS minutes \
        FROM volunteer_hours h JOIN residents r ON r.id = h.resident_id \
        WHERE h.division >= $1 AND h.division < $2 AND h.worked_on > $3 GROUP BY 1), \
    asked AS ( \
        SELECT coalesce(r.account_id, r.id) AS person, (array_agg(r.id ORDER BY r.id))[1] AS resident, count(*) AS shifts \
        FROM shift_signups g JOIN shifts s ON s.id = g.shift_id JOIN residents r ON r.id = g.resident_id \
        WHERE s.division >= $1 AND s.division < $2 AND s.starts_at > $4 AND s.starts_at <= $5 AND g.state = 'held' GROUP BY 1), \
    loads AS ( \
        SELECT least(w.resident, a.resident) AS resident, coalesce(minutes, 0)::bigint AS minutes, coalesce(shifts, 0)::bigint AS shifts \
        FROM worked w FULL JOIN asked a USING (person)) \
    SELECT l.resident, r.name, l.minutes, l.shifts \
    FROM loads l LEFT JOIN residents r ON r.id = l.resident AND r.status IN ('present', 'departed', 'deceased', 'merged') \
    WHERE (l.minutes >= $6 OR l.shifts >= $7) AND l.resident > $8 ORDER BY l.resident LIMIT $9";

/// One page of whom (a person once, however many records they have) the organisers of a range asked for at least so much in the last 30 days.
pub fn loads(
    look: &mut Look<'_>,
    range: Range,
    limits: Limits,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<Load>> {
    let since = look.now - MONTH;
    let bound = diesel::sql_query(LOADS)
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Date, _>(local_date(since))
        .bind::<Timestamptz, _>(since)
        .bind::<Timestamptz, _>(look.now)
        .bind::<BigInt, _>(limits.minutes)
        .bind::<BigInt, _>(limits.shifts)
        .bind::<SqlUuid, _>(pager.after.unwrap_or_default())
        .bind::<BigInt, _>(pager.fetch());
    Ok(bound.load(look.conn)?)
}
