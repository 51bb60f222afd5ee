//! Signing keys: kept sealed in the database, published 24 h before they sign, believed until they retire.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kit::answer::View;
use crate::kit::crypto::{Keyring, sha256};
use crate::kit::problem::{Problem, Result};
use crate::schema::signing_keys;

/// What a sealed private key is bound to.
pub const SEAL: &str = "signing_keys.private";
/// How long a key is published before it signs, so that whoever keeps the list has it.
const AHEAD: TimeDelta = TimeDelta::hours(24);
/// How long a key is believed after its successor signs: longer than any token lives.
const AFTER: TimeDelta = TimeDelta::hours(1);

/// One key, ready for use.
pub struct Key {
    /// Its id.
    pub kid: String,
    /// Signs.
    pub private: EncodingKey,
    /// Verifies.
    pub public: DecodingKey,
    x: String,
    signs_from: DateTime<Utc>,
    retired_at: Option<DateTime<Utc>>,
}

/// The keys that are published.
pub struct KeySet(Vec<Key>);

/// A public key (RFC 8037).
#[derive(Serialize, ToSchema)]
pub struct Jwk {
    /// Always `OKP`.
    pub kty: &'static str,
    /// Always `Ed25519`.
    pub crv: &'static str,
    /// Always `EdDSA`.
    pub alg: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// The key's id.
    pub kid: String,
    /// The public key, base64url.
    pub x: String,
}

/// The public keys (RFC 7517).
#[derive(Serialize, ToSchema)]
pub struct Jwks {
    /// The keys.
    pub keys: Vec<Jwk>,
}

impl View for Jwks {}

impl KeySet {
    /// The key that signs now: the newest whose time has come.
    pub fn signing(&self, now: DateTime<Utc>) -> Option<&Key> {
        self.0.iter().filter(|key| key.signs_from <= now).max_by_key(|key| key.signs_from)
    }

    /// The key with this id, unless it has retired.
    pub fn verifying(&self, kid: &str, now: DateTime<Utc>) -> Option<&Key> {
        self.0.iter().find(|key| key.kid == kid && key.retired_at.is_none_or(|at| now < at))
    }

    /// Whether `next` lacks or retires a key of this set.
    pub fn is_missing_in(&self, next: &KeySet) -> bool {
        let stays =
            |key: &Key| next.0.iter().any(|new| new.kid == key.kid && new.retired_at == key.retired_at);
        !self.0.iter().all(stays)
    }

    /// As published.
    pub fn jwks(&self) -> Jwks {
        let jwk = |key: &Key| Jwk {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            usage: "sig",
            kid: key.kid.clone(),
            x: key.x.clone(),
        };
        Jwks { keys: self.0.iter().map(jwk).collect() }
    }
}

type Row = (String, Vec<u8>, Vec<u8>, DateTime<Utc>, Option<DateTime<Utc>>);

/// Loads the keys that have not retired, making the first one where there is none.
pub fn load(conn: &mut PgConnection, ring: &Keyring, now: DateTime<Utc>) -> Result<KeySet> {
    let mut rows = published(conn, now)?;
    if rows.is_empty() {
        insert(conn, ring, now, now)?;
        rows = published(conn, now)?;
    }
    let open = |(kid, public, sealed, signs_from, retired_at): Row| {
        let x = URL_SAFE_NO_PAD.encode(&public);
        Ok(Key {
            kid,
            private: EncodingKey::from_ed_der(&ring.open_sealed(SEAL, &sealed)?),
            public: DecodingKey::from_ed_components(&x).map_err(Problem::fault)?,
            x,
            signs_from,
            retired_at,
        })
    };
    rows.into_iter().map(open).collect::<Result<_>>().map(KeySet)
}

fn published(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<Row>> {
    use signing_keys::dsl;
    let rows = dsl::signing_keys
        .filter(dsl::retired_at.is_null().or(dsl::retired_at.gt(now)))
        .order(dsl::signs_from)
        .select((dsl::kid, dsl::public_key, dsl::private_sealed, dsl::signs_from, dsl::retired_at))
        .load(conn)?;
    Ok(rows)
}

/// Makes the next key. It signs in 24 h and the others retire an hour later; or, `at_once`, when a key has
/// leaked: it signs now, and tokens of the others are refused. Answers its id.
#[expect(clippy::disallowed_methods, reason = "run by the command line, outside of any act")]
pub fn rotate(conn: &mut PgConnection, ring: &Keyring, now: DateTime<Utc>, at_once: bool) -> Result<String> {
    use signing_keys::dsl;
    let (signs_from, retire) = if at_once { (now, now) } else { (now + AHEAD, now + AHEAD + AFTER) };
    conn.transaction(|conn| {
        let others = dsl::signing_keys.filter(dsl::retired_at.is_null().or(dsl::retired_at.gt(retire)));
        diesel::update(others).set(dsl::retired_at.eq(retire)).execute(conn)?;
        insert(conn, ring, now, signs_from)
    })
}

fn insert(
    conn: &mut PgConnection,
    ring: &Keyring,
    now: DateTime<Utc>,
    signs_from: DateTime<Utc>,
) -> Result<String> {
    use signing_keys::dsl;
    let pair = Ed25519KeyPair::generate().map_err(Problem::fault)?;
    let private = pair.to_pkcs8().map_err(Problem::fault)?;
    let public = pair.public_key().as_ref();
    let kid = URL_SAFE_NO_PAD.encode(&sha256(public)[..12]);
    let row = (
        dsl::kid.eq(&kid),
        dsl::public_key.eq(public),
        dsl::private_sealed.eq(ring.seal(SEAL, private.as_ref())?),
        dsl::created_at.eq(now),
        dsl::signs_from.eq(signs_from),
    );
    diesel::insert_into(dsl::signing_keys).values(row).execute(conn)?;
    Ok(kid)
}
