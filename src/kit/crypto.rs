//! Sealing, keyed hashes and randomness, from one keyring.

use std::collections::BTreeMap;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::problem::{Problem, Result};

/// The secrets as they are written down (`keyring.json`, `LILONG_KEYRING`). Keys are 32 bytes in base64.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyringFile {
    /// Sealing keys by number; old ones stay until everything they sealed is sealed anew.
    pub seal: BTreeMap<u8, String>,
    /// The number of the key that seals.
    pub sealing: u8,
    /// The key of keyed hashes (look-up, cursors, audit). Changing it means re-indexing.
    pub index: String,
}

impl KeyringFile {
    /// Fresh secrets.
    pub fn generate() -> Result<Self> {
        let key = || Ok::<_, Problem>(STANDARD.encode(random_bytes::<32>()?));
        Ok(Self { seal: BTreeMap::from([(1, key()?)]), sealing: 1, index: key()? })
    }
}

/// The secrets, ready for use.
pub struct Keyring {
    seals: BTreeMap<u8, LessSafeKey>,
    sealing: u8,
    index: hmac::Key,
}

impl Keyring {
    /// Reads the written secrets; the error is a sentence for the operator.
    pub fn open(file: &KeyringFile) -> std::result::Result<Self, String> {
        let mut seals = BTreeMap::new();
        for (number, text) in &file.seal {
            let key =
                UnboundKey::new(&AES_256_GCM, &secret(text)?).map_err(|_| "a sealing key is unusable")?;
            seals.insert(*number, LessSafeKey::new(key));
        }
        if !seals.contains_key(&file.sealing) {
            return Err(format!("the keyring seals with key {}, which it does not hold", file.sealing));
        }
        Ok(Self {
            seals,
            sealing: file.sealing,
            index: hmac::Key::new(hmac::HMAC_SHA256, &secret(&file.index)?),
        })
    }

    /// Seals `plain` for one use (`"accounts.phone"`): key number ‖ nonce ‖ AES-256-GCM text.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = random_bytes::<NONCE_LEN>()?;
        let key = self.seals.get(&self.sealing).ok_or_else(|| Problem::fault("no sealing key"))?;
        let mut text = plain.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose), &mut text)
            .map_err(Problem::fault)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len());
        sealed.push(self.sealing);
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut text);
        Ok(sealed)
    }

    /// Opens what [`Keyring::seal`] made for the same use; anything else is a fault.
    pub fn open_sealed(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || Problem::fault("a sealed value does not open");
        let (number, rest) = sealed.split_first().ok_or_else(broken)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let key = self.seals.get(number).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut text = text.to_vec();
        let plain = key.open_in_place(nonce, Aad::from(purpose), &mut text).map_err(|_| broken())?;
        Ok(plain.to_vec())
    }

    /// A keyed hash (HMAC-SHA256) for one use, over parts that can't run into each other.
    pub fn hash(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.index);
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        hash
    }
}

fn secret(text: &str) -> std::result::Result<[u8; 32], String> {
    let bytes = STANDARD.decode(text).map_err(|_| "a key of the keyring is not base64")?;
    bytes.try_into().map_err(|_| "a key of the keyring is not 32 bytes".to_owned())
}

/// `N` random bytes from the operating system.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks for randomness")]
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Problem::fault("the system gives no random bytes"))?;
    Ok(bytes)
}

/// A plain SHA-256, for what is random already: tokens, bodies.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a, b).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> Keyring {
        Keyring::open(&KeyringFile::generate().unwrap()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_its_own_use_only() {
        let ring = ring();
        let sealed = ring.seal("accounts.phone", b"+8613800000000").unwrap();
        assert_eq!(ring.open_sealed("accounts.phone", &sealed).unwrap(), b"+8613800000000");
        assert!(ring.open_sealed("accounts.totp", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[i] ^= 1;
            assert!(ring.open_sealed("accounts.phone", &bent).is_err(), "byte {i} can be bent");
        }
    }

    #[test]
    fn the_parts_of_a_hash_do_not_run_together() {
        let ring = ring();
        assert_ne!(ring.hash("x", &[b"ab", b"c"]), ring.hash("x", &[b"a", b"bc"]));
        assert_ne!(ring.hash("x", &[b"a"]), ring.hash("y", &[b"a"]));
    }
}
