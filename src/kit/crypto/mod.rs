//! Sealing, keyed hashes and randomness, from one keyring.

mod content;
mod file;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac, rand};
use chrono::{DateTime, Utc};

pub use content::{ContentKey, Opening};
use file::secret;
pub use file::{KeyringFile, NextKey};

use super::problem::{Problem, Result};

/// The secrets, ready for use. Its sealing keys can be exchanged under those who use it.
pub struct Keyring {
    seals: RwLock<Arc<Seals>>,
    index: hmac::Key,
    /// The file it was read from, which may change.
    source: Option<PathBuf>,
}

struct Seals {
    keys: BTreeMap<u8, LessSafeKey>,
    sealing: u8,
}

impl Seals {
    fn open(file: &KeyringFile, sealing: u8) -> std::result::Result<Self, String> {
        let mut keys = BTreeMap::new();
        for (number, text) in &file.seal {
            let key =
                UnboundKey::new(&AES_256_GCM, &secret(text)?).map_err(|_| "a sealing key is unusable")?;
            keys.insert(*number, LessSafeKey::new(key));
        }
        if keys.contains_key(&sealing) {
            Ok(Self { keys, sealing })
        } else {
            Err(format!("the keyring seals with key {sealing}, which it does not hold"))
        }
    }
}

impl Keyring {
    /// Reads the written secrets; the error is a sentence for the operator.
    pub fn open(file: &KeyringFile) -> std::result::Result<Self, String> {
        let seals = RwLock::new(Arc::new(Seals::open(file, file.sealing)?));
        Ok(Self { seals, index: hmac::Key::new(hmac::HMAC_SHA256, &secret(&file.index)?), source: None })
    }

    /// Reads the secrets from a file that will be read [again](Self::renew).
    pub fn read(path: &Path, now: DateTime<Utc>) -> std::result::Result<Self, String> {
        let file = read(path)?;
        let ring = Self { source: Some(path.to_owned()), ..Self::open(&file)? };
        ring.adopt(&file, now)?;
        Ok(ring)
    }

    /// Reads its file again, if it came from one: takes over keys that were published or retired meanwhile, and seals
    /// with the next one when its time has come. Answers the key that seals now, if it is another.
    pub fn renew(&self, now: DateTime<Utc>) -> std::result::Result<Option<u8>, String> {
        self.source.as_deref().map_or(Ok(None), |path| self.adopt(&read(path)?, now))
    }

    /// Takes over written secrets as they count at this moment.
    pub fn adopt(&self, file: &KeyringFile, now: DateTime<Utc>) -> std::result::Result<Option<u8>, String> {
        let index = hmac::Key::new(hmac::HMAC_SHA256, &secret(&file.index)?);
        if hmac::verify(&index, b"index", hmac::sign(&self.index, b"index").as_ref()).is_err() {
            return Err(
                "the keyring has another key of keyed hashes, under which nothing would be found".into()
            );
        }
        let fresh = Seals::open(file, file.sealing_at(now))?;
        let mut seals = self.seals.write().unwrap_or_else(PoisonError::into_inner);
        let changed = (fresh.sealing != seals.sealing).then_some(fresh.sealing);
        *seals = Arc::new(fresh);
        Ok(changed)
    }

    /// The number of the key that seals.
    pub fn sealing(&self) -> u8 {
        self.seals().sealing
    }

    fn seals(&self) -> Arc<Seals> {
        self.seals.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Seals `plain` for one use (`"accounts.phone"`): key number ‖ nonce ‖ AES-256-GCM text.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = random_bytes::<NONCE_LEN>()?;
        let seals = self.seals();
        let key = seals.keys.get(&seals.sealing).ok_or_else(|| Problem::fault("no sealing key"))?;
        let mut text = plain.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose), &mut text)
            .map_err(Problem::fault)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len());
        sealed.push(seals.sealing);
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut text);
        Ok(sealed)
    }

    /// Opens what [`Keyring::seal`] made for the same use; anything else is a fault.
    pub fn open_sealed(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || Problem::fault("a sealed value does not open");
        let (number, rest) = sealed.split_first().ok_or_else(broken)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let seals = self.seals_with(*number);
        let key = seals.keys.get(number).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut text = text.to_vec();
        let plain = key.open_in_place(nonce, Aad::from(purpose), &mut text).map_err(|_| broken())?;
        Ok(plain.to_vec())
    }

    /// The keys, with this one among them if it exists: a process that was frozen while a key was published looks for
    /// it before it calls a value broken. The one file that is read while a connection may be held.
    fn seals_with(&self, number: u8) -> Arc<Seals> {
        let seals = self.seals();
        if seals.keys.contains_key(&number) {
            return seals;
        }
        let Some(file) = self.source.as_deref().and_then(|path| read(path).ok()) else { return seals };
        Seals::open(&file, file.sealing).map_or(seals, Arc::new)
    }

    /// A keyed hash (HMAC-SHA256) for one use, over parts that can't run into each other.
    pub fn hash(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        // In one piece: aws-lc pays for each.
        let mut text = Vec::with_capacity(256);
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            text.extend_from_slice(&(part.len() as u64).to_be_bytes());
            text.extend_from_slice(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(hmac::sign(&self.index, &text).as_ref());
        hash
    }
}

fn read(path: &Path) -> std::result::Result<KeyringFile, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    KeyringFile::parse(&text)
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

/// The same over all that can be read.
pub fn sha256_of(mut input: impl std::io::Read) -> std::io::Result<[u8; 32]> {
    let mut context = digest::Context::new(&digest::SHA256);
    let mut chunk = [0; 64 * 1024];
    loop {
        match input.read(&mut chunk)? {
            0 => break,
            read => context.update(&chunk[..read]),
        }
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    Ok(hash)
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

    #[test]
    fn a_published_key_opens_at_once_and_seals_later() {
        let now = "2026-11-25T04:00:00Z".parse().unwrap();
        let minute = chrono::TimeDelta::minutes(1);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keyring.json");
        let write = |file: &KeyringFile| std::fs::write(&path, serde_json::to_string(file).unwrap()).unwrap();
        let file = KeyringFile::generate().unwrap();
        write(&file);
        let (one, other) = (Keyring::read(&path, now).unwrap(), Keyring::read(&path, now).unwrap());
        let old = one.seal("x", b"old").unwrap();
        let (published, _) = file.publish(now, minute).unwrap();
        write(&published);
        assert_eq!(one.renew(now).unwrap(), None);
        assert_eq!(one.renew(now + minute).unwrap(), Some(2));
        let new = one.seal("x", b"new").unwrap();
        assert_eq!((old[0], new[0]), (1, 2));
        // The other one slept through it all.
        assert_eq!(other.open_sealed("x", &new).unwrap(), b"new");
        assert_eq!(other.open_sealed("x", &old).unwrap(), b"old");
        assert_eq!(other.seal("x", b"").unwrap()[0], 1);
        // What is no keyring of ours changes nothing.
        write(&KeyringFile::generate().unwrap());
        assert!(one.renew(now).is_err_and(|said| said.contains("another key of keyed hashes")));
        assert_eq!(one.open_sealed("x", &new).unwrap(), b"new");
    }
}
