//! Signs and verifies codes, with the keys in memory: neither needs the database.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};

use super::keys::{CodeKeys, KeySet};
use super::sg1::{self, Bearer, Body, Code, Refusal};
use super::subjects;
use crate::access::actor::AccountId;
use crate::kit::clock::local_date;
use crate::kit::crypto::{Keyring, random_bytes};
use crate::kit::problem::{Problem, Result};

/// How long a code lives: 30 seconds.
const LIFETIME: u8 = 6;

/// Signs and verifies codes. Cheap to clone.
#[derive(Clone)]
pub struct Codes(Arc<RwLock<Arc<KeySet>>>);

impl Codes {
    /// With the keys of the database.
    pub fn new(keys: KeySet) -> Self {
        Codes(Arc::new(RwLock::new(Arc::new(keys))))
    }

    /// Takes over keys that were rotated.
    pub fn replace_keys(&self, keys: KeySet) {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(keys);
    }

    /// The public keys, as published.
    pub fn published(&self, now: DateTime<Utc>) -> CodeKeys {
        self.keys().published(now)
    }

    /// A code for an account, good from a moment on that may be to come.
    pub fn issue(
        &self,
        ring: &Keyring,
        account: AccountId,
        bearer: Bearer,
        from: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Code> {
        let keys = self.keys();
        let key = keys.signing(now).ok_or_else(|| Problem::fault("there is no key for codes"))?;
        let body = Body {
            bearer,
            key,
            subject: subjects::seal(ring, account, bearer, local_date(from))?,
            issued_at: u32::try_from(from.timestamp()).map_err(Problem::fault)?,
            lifetime: LIFETIME,
            nonce: random_bytes()?,
        };
        sg1::sign(body, |message| keys.sign(key, message))
    }

    /// The code, if it was genuine and good at that moment. Checked where it is asked: to wake another thread would cost half as much.
    pub fn verify(&self, text: &str, at: DateTime<Utc>) -> std::result::Result<Code, Refusal> {
        let keys = self.keys();
        sg1::verify(text, at.timestamp(), |id| keys.verifying(id, at))
    }

    fn keys(&self) -> Arc<KeySet> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
