//! Every query of statistics: one pass each over the cases that were registered in the span, found by place and time.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use uuid::Uuid;

use super::Action;
use super::model::{Counted, MediationStatisticsGrouping, Parties, Span, Took};
use crate::access::act::Look;
use crate::access::division::{Division, Range};
use crate::kit::problem::{NOT_FOUND, Result};
use crate::matters::mediation_cases;
use crate::schema::mediation_rooms;

/// So many rooms are told apart.
const MOST_ROOMS: i64 = 500;

/// The range of a division, where the caller may count all of it.
pub fn range(look: &Look<'_>, division: Division) -> Result<Range> {
    let scope = look.scope(Action::Find)?;
    let wanted = division.range();
    let covers = scope.ranges.iter().any(|range| range.covers(wanted));
    if covers { Ok(wanted) } else { NOT_FOUND.refuse() }
}

/// Whether the caller may read every case of a range, so that no number hides anything from them.
pub fn may_read(look: &Look<'_>, range: Range) -> bool {
    let scope = look.scope(mediation_cases::Action::Update);
    scope.is_ok_and(|scope| scope.ranges.iter().any(|read| read.covers(range)))
}

/// What a case is counted under.
fn key(by: Option<MediationStatisticsGrouping>) -> &'static str {
    match by {
        None => "''",
        Some(MediationStatisticsGrouping::DisputeType) => "c.dispute_type",
        Some(MediationStatisticsGrouping::Source) => "c.source",
        Some(MediationStatisticsGrouping::Room) => {
            "coalesce((SELECT h.room_id::text FROM mediation_hearings h WHERE h.case_id = m.id AND h.state <> 'cancelled' \
             ORDER BY h.begins_at DESC LIMIT 1), '')"
        }
        Some(MediationStatisticsGrouping::Month) => {
            "to_char(m.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"
        }
    }
}

/// The cases of the span, and how they stand; of those that are filed, how they stood before.
fn cases(by: Option<MediationStatisticsGrouping>) -> String {
    format!(
        "WITH cases AS ( \
             SELECT m.id, {} AS key, CASE WHEN m.state <> 'closed' THEN m.state ELSE ( \
                 SELECT e.state FROM matter_events e WHERE e.matter_id = m.id AND e.state <> 'closed' ORDER BY e.id DESC LIMIT 1) \
             END AS state \
             FROM matters m JOIN mediation_cases c ON c.id = m.id \
             WHERE m.division >= $1 AND m.division < $2 AND m.created_at >= $3 AND m.created_at < $4)",
        key(by)
    )
}

macro_rules! bound {
    ($statement:expr, $range:expr, $span:expr) => {
        diesel::sql_query($statement)
            .bind::<BigInt, _>($range.start)
            .bind::<BigInt, _>($range.end)
            .bind::<Timestamptz, _>($span.from)
            .bind::<Timestamptz, _>($span.before)
    };
}

/// What became of the cases, by group.
pub fn counted(
    look: &mut Look<'_>,
    (range, span): (Range, Span),
    by: Option<MediationStatisticsGrouping>,
) -> Result<Vec<Counted>> {
    let statement = format!(
        "{} SELECT key, count(*) AS registered, count(*) FILTER (WHERE state = 'declined') AS declined, \
                count(*) FILTER (WHERE state IN ('agreed', 'performing', 'performed', 'breached')) AS agreed, \
                count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn, \
                count(*) FILTER (WHERE state = 'performed') AS performed, count(*) FILTER (WHERE state = 'breached') AS breached, \
                count(*) FILTER (WHERE state IN ('agreed', 'performing', 'performed', 'breached') AND EXISTS ( \
                    SELECT 1 FROM mediation_agreements a JOIN mediation_confirmations f ON f.agreement_id = a.id \
                    WHERE a.case_id = cases.id AND f.state = 'confirmed')) AS confirmed \
         FROM cases GROUP BY key ORDER BY key",
        cases(by)
    );
    Ok(bound!(statement, range, span).load(look.conn)?)
}

/// How many days it took from acceptance to the first agreement, of the cases that have one, by group.
pub fn took(
    look: &mut Look<'_>,
    (range, span): (Range, Span),
    by: Option<MediationStatisticsGrouping>,
) -> Result<Vec<Took>> {
    let statement = format!(
        "{}, times AS ( \
             SELECT key, min(e.at) FILTER (WHERE e.event = 'accepted') AS accepted, min(e.at) FILTER (WHERE e.event = 'agreed') AS agreed \
             FROM cases JOIN matter_events e ON e.matter_id = cases.id AND e.event IN ('accepted', 'agreed') \
             WHERE cases.state IN ('agreed', 'performing', 'performed', 'breached') GROUP BY cases.id, key) \
         SELECT key, (agreed AT TIME ZONE 'Asia/Shanghai')::date - (accepted AT TIME ZONE 'Asia/Shanghai')::date AS days, \
                count(*) AS cases \
         FROM times WHERE agreed >= accepted GROUP BY 1, 2 ORDER BY 1, 2",
        cases(by)
    );
    Ok(bound!(statement, range, span).load(look.conn)?)
}

/// Who is in the cases that can be told to be the same: people of the archive, by account or record, and organisations.
pub fn parties(look: &mut Look<'_>, range: Range, span: Span) -> Result<Parties> {
    let statement = "\
        WITH people AS ( \
            SELECT coalesce(p.organisation_id, r.account_id, p.resident_id) AS person, count(DISTINCT p.case_id) AS cases \
            FROM matters m JOIN mediation_parties p ON p.case_id = m.id LEFT JOIN residents r ON r.id = p.resident_id \
            WHERE m.division >= $1 AND m.division < $2 AND m.created_at >= $3 AND m.created_at < $4 \
              AND num_nonnulls(p.organisation_id, p.resident_id) = 1 \
            GROUP BY 1) \
        SELECT count(*) AS parties, count(*) FILTER (WHERE cases > 1) AS repeat_parties FROM people";
    Ok(bound!(statement, range, span).get_result(look.conn)?)
}

/// The rooms of a range by name, whether or not anybody was heard there.
pub fn rooms(look: &mut Look<'_>, range: Range) -> Result<Vec<(String, Option<String>)>> {
    let there = mediation_rooms::table
        .filter(mediation_rooms::division.ge(range.start).and(mediation_rooms::division.lt(range.end)))
        .order((mediation_rooms::division, mediation_rooms::id))
        .limit(MOST_ROOMS)
        .select((mediation_rooms::id, mediation_rooms::name));
    let rows: Vec<(Uuid, String)> = there.load(look.conn)?;
    Ok(rows.into_iter().map(|(id, name)| (id.to_string(), Some(name))).collect())
}
