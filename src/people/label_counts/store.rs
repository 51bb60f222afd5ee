//! Every query of label counts.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::Action;
pub use super::model::Delta;
use super::model::LabelCountRow;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::people::labels;
use crate::schema::label_count_deltas;

/// How many deltas are added up at once.
const BATCH: i64 = 10_000;
/// The advisory lock of the one who adds up, so that two never wait for each other's rows crosswise.
const FOLDER: i64 = 7_101_013;

/// Rollup, what is not added up yet, and what has expired and is not removed yet: in one statement, so of one moment. `$1` the
/// roles that see, `$2` those that see people, `$3` the division, `$4` to `$5` its range, `$6` its line, `$7` now.
/// Written so, the division offers no index to the last of them, which would read all who carry the label there.
pub const COUNTS: &str = "\
    SELECT l.id, l.code, l.name, l.division, l.is_sensitive, l.see_roles && $2 AS is_on_people, ( \
        coalesce((SELECT c.count FROM label_counts c WHERE c.label_id = l.id AND c.division = $3), 0) \
        + coalesce((SELECT sum(d.delta) FROM label_count_deltas d \
            WHERE d.label_id = l.id AND d.division >= $4 AND d.division < $5), 0) \
        - (SELECT count(*) FROM resident_labels r WHERE r.label_id = l.id AND r.removed_at IS NULL AND r.until <= $7 \
            AND r.division + 0 >= $4 AND r.division + 0 < $5))::bigint AS count \
    FROM labels l \
    WHERE l.see_roles && $1 AND (l.division = ANY ($6) OR (l.division >= $4 AND l.division < $5)) \
        AND (l.division, l.id) > ($8, $9) \
    ORDER BY l.division, l.id LIMIT $10";

/// Adds up four levels of each delta: the committee, its street, its district, the city.
const FOLD: &str = "\
    WITH taken AS ( \
        DELETE FROM label_count_deltas WHERE id IN ( \
            SELECT id FROM label_count_deltas ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) \
        RETURNING label_id, division, delta), \
    sums AS ( \
        SELECT label_id, level.division, sum(delta) AS count FROM taken, LATERAL (VALUES \
            (taken.division), (taken.division / 1000 * 1000), (taken.division / 1000000 * 1000000), \
            (taken.division / 10000000000 * 10000000000)) AS level (division) \
        GROUP BY label_id, level.division), \
    folded AS ( \
        INSERT INTO label_counts AS known (label_id, division, count) \
        SELECT label_id, division, count FROM sums ORDER BY label_id, division \
        ON CONFLICT (label_id, division) DO UPDATE SET count = known.count + EXCLUDED.count \
        RETURNING 1) \
    SELECT (SELECT count(*) FROM taken) AS taken, (SELECT count(*) FROM folded) AS folded";

/// How many in that division carry each of the labels that the caller is shown there.
pub fn page(
    look: &mut Look<'_>,
    division: &Permit<Division>,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<LabelCountRow>> {
    look.scope(Action::List)?;
    let place: Division = **division;
    let named = |roles: Vec<Role>| roles.into_iter().map(Role::as_str).collect::<Vec<_>>();
    let line: Vec<Division> = place.line();
    let (after_division, after_id) = pager.after.map_or((0, Uuid::nil()), |(code, id)| (code.code(), id));
    let counts = diesel::sql_query(COUNTS)
        .bind::<Array<Text>, _>(named(labels::counters_of(&look.actor, place)))
        .bind::<Array<Text>, _>(named(labels::seers_of(&look.actor, place)))
        .bind::<BigInt, _>(place)
        .bind::<BigInt, _>(place.range().start)
        .bind::<BigInt, _>(place.range().end)
        .bind::<Array<BigInt>, _>(line)
        .bind::<Timestamptz, _>(look.now)
        .bind::<BigInt, _>(after_division)
        .bind::<SqlUuid, _>(after_id)
        .bind::<BigInt, _>(pager.fetch());
    Ok(counts.load(look.conn)?)
}

/// Notes what an act has added and taken away, in its own transaction.
pub fn note(act: &mut Act<'_>, deltas: &[Delta]) -> Result<()> {
    if deltas.is_empty() {
        return Ok(());
    }
    diesel::insert_into(label_count_deltas::table).values(deltas).execute(act.conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Folded {
    #[diesel(sql_type = BigInt)]
    taken: i64,
}

/// Adds up what acts have noted; answers how many deltas. One at a time, whoever is first; killed on the way it has done
/// nothing.
#[expect(clippy::disallowed_methods, reason = "run by the worker, outside of any act")]
pub fn fold_next(conn: &mut PgConnection) -> Result<usize> {
    conn.transaction(|conn| {
        let is_first = diesel::select(
            diesel::dsl::sql::<Bool>("pg_try_advisory_xact_lock(").bind::<BigInt, _>(FOLDER).sql(")"),
        );
        if !is_first.get_result::<bool>(conn)? {
            return Ok(0);
        }
        let folded: Folded = diesel::sql_query(FOLD).bind::<BigInt, _>(BATCH).get_result(conn)?;
        Ok(folded.taken as usize)
    })
}
