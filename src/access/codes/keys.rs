//! The keys that sign codes: kept sealed in the database, published three days before they sign, believed for codes of the time in which
//! they held. Apart from those of access tokens, since a gate keeps a copy of the public ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::sg1::{self, PublicKey};
use crate::kit::answer::View;
use crate::kit::crypto::{Keyring, KnownKey};
use crate::kit::moment;
use crate::kit::problem::{Problem, Result};
use crate::schema::code_keys;

/// What a sealed private key is bound to.
pub const SEAL: &str = "code_keys.private";
/// How long a key is published before it signs: as long as a gate may be offline before it uploads.
const AHEAD: TimeDelta = OFFLINE;
/// How long a key holds after its successor signs: longer than a phone keeps codes for later.
const AFTER: TimeDelta = TimeDelta::hours(1);
/// How long after a scan a gate may upload it.
pub const OFFLINE: TimeDelta = TimeDelta::hours(72);

/// One key, ready for use.
struct Key {
    private: Ed25519KeyPair,
    public: Arc<Public>,
    x: String,
    signs_from: DateTime<Utc>,
    retired_at: Option<DateTime<Utc>>,
}

/// The public half.
#[derive(PartialEq)]
pub struct Public(KnownKey);

impl Public {
    /// Of its 32 bytes.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        KnownKey::new(bytes).map(Public).ok_or_else(|| Problem::fault("a public key for codes is none"))
    }
}

impl PublicKey for Public {
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verifies(message, signature)
    }
}

/// The keys that hold, or held when something was scanned that may still be uploaded.
pub struct KeySet(BTreeMap<u16, Key>);

/// A public key of codes.
#[derive(Serialize, ToSchema)]
pub struct CodeKey {
    /// Its number, as codes name it.
    #[schema(minimum = 1, maximum = 65535)]
    pub id: u16,
    /// The Ed25519 public key, 32 bytes in base64url.
    #[schema(pattern = "^[A-Za-z0-9_-]{43}$")]
    pub x: String,
    /// When it begins to sign; a code that it signed before is genuine, too.
    #[serde(serialize_with = "moment::write")]
    pub signs_from: DateTime<Utc>,
    /// From when on its codes are refused; null while that is not known.
    #[serde(serialize_with = "moment::write_some")]
    pub retires_at: Option<DateTime<Utc>>,
}

/// What a gate needs to verify codes by itself.
#[derive(Serialize, ToSchema)]
pub struct CodeKeys {
    /// Always `SG1`.
    pub format: &'static str,
    /// By how many seconds a gate's clock may differ.
    pub skew_seconds: i64,
    /// For how many hours a gate may keep scans before it uploads them.
    pub offline_hours: i64,
    /// The keys.
    pub keys: Vec<CodeKey>,
}

impl View for CodeKeys {}

impl KeySet {
    /// The number of the key that signs now: the newest whose time has come.
    pub fn signing(&self, now: DateTime<Utc>) -> Option<u16> {
        let come = self.0.iter().filter(|(_, key)| key.signs_from <= now);
        come.max_by_key(|(id, key)| (key.signs_from, **id)).map(|(id, _)| *id)
    }

    /// With what was worked out already for keys that stay.
    pub fn after(mut self, before: &KeySet) -> Self {
        for (id, key) in &mut self.0 {
            if let Some(known) = before.0.get(id).filter(|known| known.public == key.public) {
                key.public = known.public.clone();
            }
        }
        self
    }

    /// The signature of a key.
    pub fn sign(&self, id: u16, message: &[u8]) -> Result<[u8; 64]> {
        let key = self.0.get(&id).ok_or_else(|| Problem::fault("there is no such key for codes"))?;
        key.private.sign(message).as_ref().try_into().map_err(Problem::fault)
    }

    /// The key of a number, if it holds at that moment.
    pub fn verifying(&self, id: u16, at: DateTime<Utc>) -> Option<&Public> {
        self.0.get(&id).filter(|key| key.retired_at.is_none_or(|end| at < end)).map(|key| &*key.public)
    }

    /// Those that hold, as published.
    pub fn published(&self, now: DateTime<Utc>) -> CodeKeys {
        let holding = self.0.iter().filter(|(_, key)| key.retired_at.is_none_or(|end| now < end));
        let keys = holding.map(|(id, key)| CodeKey {
            id: *id,
            x: key.x.clone(),
            signs_from: key.signs_from,
            retires_at: key.retired_at,
        });
        CodeKeys {
            format: "SG1",
            skew_seconds: sg1::SKEW,
            offline_hours: OFFLINE.num_hours(),
            keys: keys.collect(),
        }
    }
}

type Row = (i32, Vec<u8>, Vec<u8>, DateTime<Utc>, Option<DateTime<Utc>>);

/// Loads the keys, making the first one where there is none.
pub fn load(conn: &mut PgConnection, ring: &Keyring, now: DateTime<Utc>) -> Result<KeySet> {
    let mut rows = find(conn, now)?;
    if rows.is_empty() {
        insert(conn, ring, now, now)?;
        rows = find(conn, now)?;
    }
    let open = |(id, public, sealed, signs_from, retired_at): Row| {
        let private = ring.open_sealed(SEAL, &sealed)?;
        let key = Key {
            private: Ed25519KeyPair::from_pkcs8(&private).map_err(Problem::fault)?,
            public: Arc::new(Public::new(&public)?),
            x: URL_SAFE_NO_PAD.encode(&public),
            signs_from,
            retired_at,
        };
        Ok((u16::try_from(id).map_err(Problem::fault)?, key))
    };
    rows.into_iter().map(open).collect::<Result<_>>().map(KeySet)
}

fn find(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<Row>> {
    use code_keys::dsl;
    let held = dsl::retired_at.is_null().or(dsl::retired_at.gt(now - OFFLINE));
    let columns = (dsl::id, dsl::public_key, dsl::private_sealed, dsl::signs_from, dsl::retired_at);
    Ok(dsl::code_keys.filter(held).select(columns).load(conn)?)
}

/// Makes the next key. It signs in three days and the others retire an hour later; or, `at_once`, when a key has leaked: it signs now,
/// and what was signed with the others is refused. Answers its number.
#[expect(clippy::disallowed_methods, reason = "run by the command line, outside of any act")]
pub fn rotate(conn: &mut PgConnection, ring: &Keyring, now: DateTime<Utc>, at_once: bool) -> Result<i32> {
    use code_keys::dsl;
    let (signs_from, retire) = if at_once { (now, now) } else { (now + AHEAD, now + AHEAD + AFTER) };
    conn.transaction(|conn| {
        let others = dsl::code_keys.filter(dsl::retired_at.is_null().or(dsl::retired_at.gt(retire)));
        diesel::update(others).set(dsl::retired_at.eq(retire)).execute(conn)?;
        insert(conn, ring, now, signs_from)
    })
}

/// The next number. Two that make the first one at once make one.
fn insert(
    conn: &mut PgConnection,
    ring: &Keyring,
    now: DateTime<Utc>,
    signs_from: DateTime<Utc>,
) -> Result<i32> {
    use code_keys::dsl;
    let last: Option<i32> = dsl::code_keys.select(diesel::dsl::max(dsl::id)).first(conn)?;
    let id = last.unwrap_or(0) + 1;
    let pair = Ed25519KeyPair::generate().map_err(Problem::fault)?;
    let private = pair.to_pkcs8().map_err(Problem::fault)?;
    let row = (
        dsl::id.eq(id),
        dsl::public_key.eq(pair.public_key().as_ref()),
        dsl::private_sealed.eq(ring.seal(SEAL, private.as_ref())?),
        dsl::created_at.eq(now),
        dsl::signs_from.eq(signs_from),
    );
    diesel::insert_into(dsl::code_keys).values(row).on_conflict_do_nothing().execute(conn)?;
    Ok(id)
}
