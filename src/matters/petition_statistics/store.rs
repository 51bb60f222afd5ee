//! Every query of statistics: one pass each over what was done with in the span, found by place and time.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};

use super::Action;
use super::model::{Met, Rated, Received, Span};
use crate::access::act::Look;
use crate::access::division::{Division, Range};
use crate::kit::problem::{NOT_FOUND, Result};

/// The range of a division, where the caller may count all of it.
pub fn range(look: &Look<'_>, division: Division) -> Result<Range> {
    let scope = look.scope(Action::Find)?;
    let wanted = division.range();
    let covers = scope.ranges.iter().any(|range| range.covers(wanted));
    if covers { Ok(wanted) } else { NOT_FOUND.refuse() }
}

/// What came in the span, and how much of it is still open, or late.
pub fn received(look: &mut Look<'_>, range: Range, span: Span) -> Result<Received> {
    let query = diesel::sql_query(
        "SELECT count(*) AS received, count(*) FILTER (WHERE m.is_open) AS open,
                count(*) FILTER (WHERE m.is_open AND m.due_at < $5) AS overdue
         FROM matters m JOIN petitions p ON p.id = m.id
         WHERE m.division >= $1 AND m.division < $2 AND m.created_at >= $3 AND m.created_at < $4 AND p.kind <> 'report'",
    );
    let bound = query
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Timestamptz, _>(span.from)
        .bind::<Timestamptz, _>(span.before)
        .bind::<Timestamptz, _>(look.now);
    Ok(bound.get_result(look.conn)?)
}

/// The clocks that were done with in the span, by whose the petition was.
pub fn met(look: &mut Look<'_>, range: Range, span: Span) -> Result<Vec<Met>> {
    let query = diesel::sql_query(
        "SELECT m.holder_id, o.name,
                count(*) FILTER (WHERE c.clock = 'first_contact') AS contacts,
                count(*) FILTER (WHERE c.clock = 'first_contact' AND c.stopped_at <= c.due_at) AS contacts_in_time,
                count(*) FILTER (WHERE c.clock IN ('resolution', 'rehandling')) AS resolved,
                count(*) FILTER (WHERE c.clock IN ('resolution', 'rehandling') AND c.stopped_at <= c.due_at) AS resolved_in_time
         FROM matter_clocks c
         JOIN matters m ON m.id = c.matter_id
         JOIN petitions p ON p.id = m.id
         LEFT JOIN organisations o ON o.id = m.holder_id
         WHERE c.division >= $1 AND c.division < $2 AND c.stopped_at >= $3 AND c.stopped_at < $4
           AND c.clock IN ('first_contact', 'resolution', 'rehandling')
           AND p.kind <> 'report' AND m.state IN ('resolved', 'closed', 'in_progress', 'suspended')
         GROUP BY m.holder_id, o.name ORDER BY o.name, m.holder_id",
    );
    let bound = query
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Timestamptz, _>(span.from)
        .bind::<Timestamptz, _>(span.before);
    Ok(bound.load(look.conn)?)
}

/// The ratings of the span, by whose the petition was.
pub fn rated(look: &mut Look<'_>, range: Range, span: Span) -> Result<Vec<Rated>> {
    let query = diesel::sql_query(
        "SELECT r.organisation_id, o.name, count(*) AS ratings,
                count(*) FILTER (WHERE r.satisfaction = 'satisfied') AS satisfied,
                count(*) FILTER (WHERE r.satisfaction = 'mostly_satisfied') AS mostly_satisfied,
                count(*) FILTER (WHERE r.is_solved) AS solved
         FROM petition_ratings r
         JOIN petitions p ON p.id = r.petition_id
         LEFT JOIN organisations o ON o.id = r.organisation_id
         WHERE r.division >= $1 AND r.division < $2 AND r.created_at >= $3 AND r.created_at < $4 AND p.kind <> 'report'
         GROUP BY r.organisation_id, o.name ORDER BY o.name, r.organisation_id",
    );
    let bound = query
        .bind::<BigInt, _>(range.start)
        .bind::<BigInt, _>(range.end)
        .bind::<Timestamptz, _>(span.from)
        .bind::<Timestamptz, _>(span.before);
    Ok(bound.load(look.conn)?)
}
