//! `Idempotency-Key`: the key's row commits with the effect, so a twin waits for it and gets the same answer.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::answer::Written;
use super::crypto::{Keyring, same};
use super::problem::{BUSY, IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_KEY_REUSED, Problem, Result};
use crate::schema::idempotency_keys;

/// What a sealed answer is bound to.
pub const SEAL: &str = "idempotency_keys.answer";

/// The key of one request, bound to its caller, method and address.
#[derive(Clone, Debug)]
pub struct Key {
    /// Keyed hash of caller, method, address and key.
    pub fingerprint: [u8; 32],
    /// Hash of the body.
    pub body: [u8; 32],
}

/// How long an answer is kept: 24 hours.
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
        dsl::expires_at.eq(now + keeping()),
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
        return Err((&IDEMPOTENCY_KEY_REUSED).into());
    }
    let answer = answer.ok_or_else(|| Problem::fault("a key was committed without its answer"))?;
    let kept: Kept = serde_json::from_slice(&ring.open_sealed(SEAL, &answer)?).map_err(Problem::fault)?;
    let Kept { body, etag, location, is_secret } = kept;
    Ok(Some(Written { body: body.into(), etag, location, is_secret, is_replayed: true }))
}

/// Keeps the answer with the key, in the same transaction as the effect.
pub fn keep(conn: &mut PgConnection, ring: &Keyring, key: &Key, answer: &Written) -> Result<()> {
    use idempotency_keys::dsl;
    let kept = Kept {
        body: String::from_utf8(answer.body.to_vec()).map_err(Problem::fault)?,
        etag: answer.etag.clone(),
        location: answer.location.clone(),
        is_secret: answer.is_secret,
    };
    let sealed = ring.seal(SEAL, &serde_json::to_vec(&kept).map_err(Problem::fault)?)?;
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
