//! The chain: each seal is a keyed hash over the seal before it and the events it closes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::store::EventRow;
use crate::kit::crypto::{Keyring, same};
use crate::kit::problem::Result;
use crate::schema::{audit_events, audit_seals};

/// How many events one seal closes at most.
const BATCH: i64 = 5_000;
/// The advisory lock of the one who seals.
const SEALER: i64 = 7_101_011;

/// What checking the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is as it was sealed; so many seals, so many events.
    Whole {
        /// Seals checked.
        seals: i64,
        /// Events checked.
        events: i64,
    },
    /// From this seal on, something was changed, removed or added.
    Broken {
        /// The first seal that does not fit.
        seal: i64,
    },
}

/// Seals what has not been sealed; answers how many events. One sealer at a time, whoever is first.
#[expect(clippy::disallowed_methods, reason = "run by the worker, outside of any act")]
pub fn seal_next(conn: &mut PgConnection, ring: &Keyring, now: DateTime<Utc>) -> Result<usize> {
    conn.transaction(|conn| {
        let is_sealer = diesel::select(
            diesel::dsl::sql::<diesel::sql_types::Bool>("pg_try_advisory_xact_lock(")
                .bind::<BigInt, _>(SEALER)
                .sql(")"),
        )
        .get_result::<bool>(conn)?;
        if !is_sealer {
            return Ok(0);
        }
        let events: Vec<EventRow> = audit_events::table
            .filter(audit_events::seal.is_null())
            .order(audit_events::id)
            .limit(BATCH)
            .select(EventRow::as_select())
            .load(conn)?;
        if events.is_empty() {
            return Ok(0);
        }
        let last: Option<(i64, Vec<u8>)> = audit_seals::table
            .order(audit_seals::id.desc())
            .select((audit_seals::id, audit_seals::hash))
            .first(conn)
            .optional()?;
        let (before, hash) = last.unwrap_or((0, Vec::new()));
        let seal = before + 1;
        let hash = digest(ring, seal, &hash, &events);
        let row = (
            audit_seals::id.eq(seal),
            audit_seals::events.eq(events.len() as i32),
            audit_seals::hash.eq(hash.as_slice()),
            audit_seals::sealed_at.eq(now),
        );
        diesel::insert_into(audit_seals::table).values(row).execute(conn)?;
        let ids: Vec<_> = events.iter().map(|event| event.id).collect();
        diesel::update(audit_events::table.filter(audit_events::id.eq_any(ids)))
            .set(audit_events::seal.eq(seal))
            .execute(conn)?;
        Ok(events.len())
    })
}

/// How many seals there are to check.
pub fn count_seals(conn: &mut PgConnection) -> Result<i64> {
    Ok(audit_seals::table.count().get_result(conn)?)
}

/// Checks the chain from its beginning, telling each seal passed. Looks at one moment, so that what is sealed meanwhile
/// is no contradiction.
#[expect(clippy::disallowed_methods, reason = "run by the command line, outside of any act")]
pub fn verify(conn: &mut PgConnection, ring: &Keyring, passed: impl FnMut(i64)) -> Result<Verdict> {
    conn.build_transaction().repeatable_read().read_only().run(|conn| walk(conn, ring, passed))
}

fn walk(conn: &mut PgConnection, ring: &Keyring, mut passed: impl FnMut(i64)) -> Result<Verdict> {
    let (mut hash, mut seals, mut events) = (Vec::new(), 0, 0);
    loop {
        let next: Option<(i64, i32, Vec<u8>)> = audit_seals::table
            .filter(audit_seals::id.gt(seals))
            .order(audit_seals::id)
            .select((audit_seals::id, audit_seals::events, audit_seals::hash))
            .first(conn)
            .optional()?;
        let Some((seal, count, kept)) = next else { break };
        let rows: Vec<EventRow> = audit_events::table
            .filter(audit_events::seal.eq(seal))
            .order(audit_events::id)
            .select(EventRow::as_select())
            .load(conn)?;
        let fits = seal == seals + 1
            && rows.len() == count as usize
            && same(&digest(ring, seal, &hash, &rows), &kept);
        if !fits {
            return Ok(Verdict::Broken { seal: seals + 1 });
        }
        (hash, seals, events) = (kept, seal, events + i64::from(count));
        passed(seals);
    }
    // An event that names a seal which does not exist was cut off with its seal.
    let beyond = audit_events::table.filter(audit_events::seal.gt(seals)).count().get_result::<i64>(conn)?;
    Ok(if beyond == 0 { Verdict::Whole { seals, events } } else { Verdict::Broken { seal: seals + 1 } })
}

fn digest(ring: &Keyring, seal: i64, before: &[u8], events: &[EventRow]) -> [u8; 32] {
    let texts: Vec<String> = events.iter().map(canonical).collect();
    let number = seal.to_be_bytes();
    let mut parts: Vec<&[u8]> = vec![&number, before];
    parts.extend(texts.iter().map(String::as_bytes));
    ring.hash("audit", &parts)
}

/// Everything an event says, in one unambiguous line.
fn canonical(event: &EventRow) -> String {
    let said = serde_json::json!([
        event.id,
        event.at.timestamp_micros(),
        event.account_id,
        event.action,
        event.resource,
        event.resource_id,
        event.division.code(),
        event.request_id,
        event.detail,
    ]);
    // What people did is sealed as it was before there were applications.
    event.application_id.map_or_else(|| said.to_string(), |by| serde_json::json!([said, by]).to_string())
}
