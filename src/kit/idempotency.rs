//! `Idempotency-Key`: the key's row commits with the effect, so a twin waits for it and gets the same answer.

use std::collections::HashMap;

use actix_web::http::header::HeaderName;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bytea, Timestamptz};
use serde::{Deserialize, Serialize};

use super::answer::Written;
use super::crypto::{Keyring, same};
use super::problem::{BUSY, IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_KEY_REUSED, Problem, Result};
use crate::schema::idempotency_keys;

/// The header's name, as it is told.
pub const NAME: &str = "Idempotency-Key";
/// The same to look for.
pub const FIELD: HeaderName = HeaderName::from_static("idempotency-key");
/// What a sealed answer is bound to.
pub const SEAL: &str = "idempotency_keys.answer";

/// The key of one request, bound to its caller, method and address.
#[derive(Clone, Debug)]
pub struct Key {
    /// Keyed hash of caller, method, address and key.
    pub fingerprint: [u8; 32],
    /// Hash of the body, and of the query where there is one.
    pub body: [u8; 32],
    /// How long its answer is kept.
    pub keeping: TimeDelta,
}

/// How long an answer is kept, unless the operation keeps it longer: 24 hours.
pub fn keeping() -> TimeDelta {
    TimeDelta::hours(24)
}

/// What is kept of an answer. Sealed, since an answer may hold tokens or names.
#[derive(Serialize, Deserialize)]
struct Kept {
    body: String,
    etag: Option<String>,
    location: Option<String>,
    is_secret: bool,
}

/// Takes the key; if an earlier request had it, gives that one's answer. A running twin is waited for.
pub fn claim(
    conn: &mut PgConnection,
    ring: &Keyring,
    key: &Key,
    now: DateTime<Utc>,
) -> Result<Option<Written>> {
    use idempotency_keys::dsl;
    let row = (
        dsl::fingerprint.eq(key.fingerprint.as_slice()),
        dsl::body_hash.eq(key.body.as_slice()),
        dsl::created_at.eq(now),
        dsl::expires_at.eq(now + key.keeping),
    );
    diesel::delete(dsl::idempotency_keys.find(key.fingerprint.as_slice()).filter(dsl::expires_at.le(now)))
        .execute(conn)?;
    let claimed =
        diesel::insert_into(idempotency_keys::table).values(row).on_conflict_do_nothing().execute(conn);
    match claimed.map_err(Problem::from) {
        Ok(1) => return Ok(None),
        Ok(_) => {}
        Err(problem) if std::ptr::eq(problem.rule(), &BUSY) => {
            return Err(Problem::from(&IDEMPOTENCY_KEY_IN_USE).after(1));
        }
        Err(problem) => return Err(problem),
    }
    let (body, answer) = dsl::idempotency_keys
        .find(key.fingerprint.as_slice())
        .select((dsl::body_hash, dsl::answer_sealed))
        .first::<(Vec<u8>, Option<Vec<u8>>)>(conn)?;
    if !same(&body, &key.body) {
        return IDEMPOTENCY_KEY_REUSED.refuse();
    }
    replay(ring, answer).map(Some)
}

/// What was kept of an earlier answer.
fn replay(ring: &Keyring, sealed: Option<Vec<u8>>) -> Result<Written> {
    let sealed = sealed.ok_or_else(|| Problem::fault("a key was committed without its answer"))?;
    let kept: Kept = serde_json::from_slice(&ring.open_sealed(SEAL, &sealed)?).map_err(Problem::fault)?;
    let Kept { body, etag, location, is_secret } = kept;
    Ok(Written { body: body.into(), etag, location, next_page: None, is_secret, is_replayed: true })
}

fn seal(ring: &Keyring, answer: &Written) -> Result<Vec<u8>> {
    let kept = Kept {
        body: String::from_utf8(answer.body.to_vec()).map_err(Problem::fault)?,
        etag: answer.etag.clone(),
        location: answer.location.clone(),
        is_secret: answer.is_secret,
    };
    ring.seal(SEAL, &serde_json::to_vec(&kept).map_err(Problem::fault)?)
}

/// Keeps the answer with the key, in the same transaction as the effect.
pub fn keep(conn: &mut PgConnection, ring: &Keyring, key: &Key, answer: &Written) -> Result<()> {
    use idempotency_keys::dsl;
    let sealed = seal(ring, answer)?;
    diesel::update(dsl::idempotency_keys.find(key.fingerprint.as_slice()))
        .set(dsl::answer_sealed.eq(sealed))
        .execute(conn)?;
    Ok(())
}

/// Gives the key back: the request was refused, though something of it is kept.
pub fn release(conn: &mut PgConnection, key: &Key) -> Result<()> {
    diesel::delete(idempotency_keys::table.find(key.fingerprint.as_slice())).execute(conn)?;
    Ok(())
}

/// In SQL, since diesel keeps no plan of that: a plan made while the table is empty reads all of it, and one that is kept does so
/// while thousands come, comparing each row with each key.
const FIND_ALL: &str = "\
    SELECT fingerprint, body_hash, answer_sealed, expires_at FROM idempotency_keys WHERE fingerprint = ANY ($1)";

#[derive(QueryableByName)]
#[diesel(table_name = idempotency_keys)]
struct UsedKey {
    fingerprint: Vec<u8>,
    body_hash: Vec<u8>,
    answer_sealed: Option<Vec<u8>>,
    expires_at: DateTime<Utc>,
}

/// Of many keys those that earlier requests had, by their fingerprints, each with what it is answered now.
pub fn find_all(
    conn: &mut PgConnection,
    ring: &Keyring,
    keys: &[&Key],
    now: DateTime<Utc>,
) -> Result<HashMap<[u8; 32], Result<Written>>> {
    use idempotency_keys::dsl;
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted: Vec<&[u8]> = keys.iter().map(|key| key.fingerprint.as_slice()).collect();
    let rows: Vec<UsedKey> = diesel::sql_query(FIND_ALL).bind::<Array<Bytea>, _>(&wanted).load(conn)?;
    let over = rows.iter().filter(|row| row.expires_at <= now).map(|row| row.fingerprint.as_slice());
    let over: Vec<&[u8]> = over.collect();
    if !over.is_empty() {
        diesel::delete(dsl::idempotency_keys.filter(dsl::fingerprint.eq_any(&over))).execute(conn)?;
    }
    let rows = rows.iter().filter(|row| row.expires_at > now);
    let answers = rows.filter_map(|row| {
        let key = keys.iter().find(|key| key.fingerprint.as_slice() == row.fingerprint)?;
        let answer = match same(&row.body_hash, &key.body) {
            true => replay(ring, row.answer_sealed.clone()),
            false => IDEMPOTENCY_KEY_REUSED.refuse(),
        };
        Some((key.fingerprint, answer))
    });
    Ok(answers.collect())
}

/// In the order of the keys, so that two that keep many never wait for each other crosswise.
const KEEP_ALL: &str = "\
    INSERT INTO idempotency_keys (fingerprint, body_hash, answer_sealed, created_at, expires_at) \
    SELECT k.fingerprint, k.body_hash, k.answer_sealed, $1, $2 \
    FROM unnest($3, $4, $5) AS k (fingerprint, body_hash, answer_sealed) ORDER BY k.fingerprint \
    ON CONFLICT DO NOTHING";

/// Keeps many answers with their keys, in the transaction of their effects. If a twin was answered elsewhere meanwhile, all of it
/// must be done anew: 503 for whoever can't.
pub fn keep_all(
    conn: &mut PgConnection,
    ring: &Keyring,
    answers: &[(&Key, &Written)],
    now: DateTime<Utc>,
) -> Result<()> {
    if answers.is_empty() {
        return Ok(());
    }
    let fingerprints: Vec<&[u8]> = answers.iter().map(|(key, _)| key.fingerprint.as_slice()).collect();
    let bodies: Vec<&[u8]> = answers.iter().map(|(key, _)| key.body.as_slice()).collect();
    let sealed: Vec<Vec<u8>> = answers.iter().map(|(_, answer)| seal(ring, answer)).collect::<Result<_>>()?;
    let kept = diesel::sql_query(KEEP_ALL)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now + keeping())
        .bind::<Array<Bytea>, _>(fingerprints)
        .bind::<Array<Bytea>, _>(bodies)
        .bind::<Array<Bytea>, _>(sealed)
        .execute(conn)?;
    match kept == answers.len() {
        true => Ok(()),
        false => Err(Problem::from(&BUSY).after(1).because("a twin was answered elsewhere")),
    }
}
