//! The keys that sign codes: kept sealed in the database, published three days before they sign, believed for codes of the time in which
//! they held. Apart from those of access tokens, since a gate keeps a copy of the public ones.

use std::collections::BTreeMap;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::sg1::{self, Verifier};
use crate::kit::answer::View;
use crate::kit::crypto::{Keyring, same};
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
    pair: Pair,
    x: String,
    signs_from: DateTime<Utc>,
    retired_at: Option<DateTime<Utc>>,
}

/// Both halves of a key of ours.
pub struct Pair(Ed25519KeyPair);

impl From<Ed25519KeyPair> for Pair {
    fn from(pair: Ed25519KeyPair) -> Self {
        Pair(pair)
    }
}

/// Ed25519 makes one signature of a message (RFC 8032, 5.1.6). Who has the private half, as gates have not, signs again and looks
/// whether it is the same, in a quarter of the time that it takes to verify.
impl Verifier for Pair {
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        same(self.0.sign(message).as_ref(), signature)
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

    /// The signature of a key.
    pub fn sign(&self, id: u16, message: &[u8]) -> Result<[u8; 64]> {
        let key = self.0.get(&id).ok_or_else(|| Problem::fault("there is no such key for codes"))?;
        key.pair.0.sign(message).as_ref().try_into().map_err(Problem::fault)
    }

    /// The key of a number, if it holds at that moment.
    pub fn verifying(&self, id: u16, at: DateTime<Utc>) -> Option<&Pair> {
        self.0.get(&id).filter(|key| key.retired_at.is_none_or(|end| at < end)).map(|key| &key.pair)
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
            pair: Ed25519KeyPair::from_pkcs8(&private).map_err(Problem::fault)?.into(),
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

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};

    use super::*;

    fn pair(seed: &[u8; 32]) -> Pair {
        Ed25519KeyPair::from_seed_unchecked(seed).unwrap().into()
    }

    fn bytes(hex: &str) -> Vec<u8> {
        let digit = |one: &u8| char::from(*one).to_digit(16).unwrap() as u8;
        hex.as_bytes().chunks(2).map(|two| two.iter().fold(0, |byte, one| byte << 4 | digit(one))).collect()
    }

    #[test]
    fn the_signatures_of_rfc_8032_are_its_own() {
        // 7.1, tests 1 and 2.
        let known = [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
                 d25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c\
                 387b2eaeb4302aeeb00d291612bb0c00",
            ),
        ];
        for (seed, message, signature) in known {
            let pair = pair(bytes(seed).as_slice().try_into().unwrap());
            assert!(pair.signed(&bytes(message), &bytes(signature)), "{message}");
            assert!(!pair.signed(b"another", &bytes(signature)));
        }
    }

    #[test]
    fn it_believes_what_a_gate_believes() {
        let pair = pair(&[7; 32]);
        let gate = UnparsedPublicKey::new(&ED25519, pair.0.public_key().as_ref());
        for turn in 0..1_000_u32 {
            let message = turn.to_be_bytes();
            let mut signature = pair.0.sign(&message).as_ref().to_vec();
            assert!(pair.signed(&message, &signature));
            let bit = (turn * 7 % 512) as usize;
            signature[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(pair.signed(&message, &signature), gate.verify(&message, &signature).is_ok(), "{bit}");
        }
        let signature = pair.0.sign(b"code");
        for part in [&signature.as_ref()[..63], &signature.as_ref()[..32], &[]] {
            assert!(!pair.signed(b"code", part));
        }
        assert!(!pair.signed(b"code", &[signature.as_ref(), &[0]].concat()));
    }
}
