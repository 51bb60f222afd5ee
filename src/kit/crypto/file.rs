//! The keyring as it is written down, and how its sealing key changes: published first, sealing later.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::random_bytes;
use crate::kit::problem::{Problem, Result};

/// How long after a key's time something may still be written that it sealed: longer than any transaction.
const SETTLED: TimeDelta = TimeDelta::minutes(10);

/// A sentence for the operator.
type Said<T> = std::result::Result<T, String>;

/// The secrets as they are written down (`keyring.json`, `LILONG_KEYRING`). Keys are 32 bytes in base64.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyringFile {
    /// Sealing keys by number; old ones stay until everything they sealed is sealed anew.
    pub seal: BTreeMap<u8, String>,
    /// The number of the key that seals.
    pub sealing: u8,
    /// The key that will seal, published before, so that every process can open what the first one seals with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextKey>,
    /// The key of keyed hashes (look-up, cursors, audit). Changing it means re-indexing.
    pub index: String,
}

/// Which key will seal, and from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextKey {
    /// Its number.
    pub key: u8,
    /// From when on it seals.
    pub seals_from: DateTime<Utc>,
}

impl KeyringFile {
    /// Fresh secrets.
    pub fn generate() -> Result<Self> {
        Ok(Self { seal: BTreeMap::from([(1, fresh()?)]), sealing: 1, next: None, index: fresh()? })
    }

    /// Reads what was written; the error is a sentence for the operator.
    pub fn parse(text: &str) -> Said<Self> {
        serde_json::from_str(text).map_err(|error| format!("the keyring is malformed: {error}"))
    }

    /// The number of the key that seals at this moment.
    pub fn sealing_at(&self, now: DateTime<Utc>) -> u8 {
        self.next.filter(|next| next.seals_from <= now).map_or(self.sealing, |next| next.key)
    }

    /// With another key, which is only read with until `grace` is over. For a keyring that processes read again.
    pub fn publish(mut self, now: DateTime<Utc>, grace: TimeDelta) -> Said<(Self, NextKey)> {
        if let Some(next) = self.next.filter(|next| now < next.seals_from) {
            return Err(format!("key {} is published already, and seals from {}", next.key, next.seals_from));
        }
        self.sealing = self.sealing_at(now);
        let next = NextKey { key: self.add_key()?, seals_from: now + grace };
        self.next = Some(next);
        Ok((self, next))
    }

    /// The next step for a keyring that processes read at their start only: first one that holds another key and does
    /// not seal with it, then, once that one is everywhere, one that does. Answers the key and whether it seals.
    pub fn step(mut self, now: DateTime<Utc>) -> Said<(Self, u8, bool)> {
        self.sealing = self.sealing_at(now);
        self.next = None;
        match self.seal.last_key_value() {
            Some((newest, _)) if *newest > self.sealing => {
                self.sealing = *newest;
                Ok((self.clone(), self.sealing, true))
            }
            _ => {
                let key = self.add_key()?;
                Ok((self, key, false))
            }
        }
    }

    /// The key that does not seal everywhere yet: its time has not come, or has come so lately that a process may not have
    /// looked since.
    pub fn pending(&self, now: DateTime<Utc>) -> Option<NextKey> {
        self.next.filter(|next| now < next.seals_from + TimeDelta::seconds(10))
    }

    /// Without a key that seals nothing any more.
    pub fn without(mut self, key: u8, now: DateTime<Utc>) -> Said<Self> {
        let superseded = self.next.filter(|next| key == self.sealing && next.seals_from <= now);
        if let Some(from) = superseded.map(|next| next.seals_from + SETTLED).filter(|from| now < *from) {
            return Err(format!(
                "what key {key} sealed may still be on its way into the database until {from}"
            ));
        }
        self.sealing = self.sealing_at(now);
        self.next = self.next.filter(|next| now < next.seals_from);
        if key == self.sealing || self.next.is_some_and(|next| next.key == key) {
            return Err(format!("key {key} seals, or will: `lilong keys rotate --seal` makes another first"));
        }
        match self.seal.remove(&key) {
            Some(_) => Ok(self),
            None => Err(format!("the keyring holds no key {key}")),
        }
    }

    /// A number is not used twice: a backup may hold what its first key sealed.
    fn add_key(&mut self) -> Said<u8> {
        let newest = self.seal.last_key_value().map_or(0, |(newest, _)| *newest);
        let key = newest.checked_add(1).ok_or("the keyring has used up its 255 numbers")?;
        self.seal.insert(key, fresh().map_err(|problem| problem.to_string())?);
        Ok(key)
    }
}

fn fresh() -> Result<String, Problem> {
    Ok(STANDARD.encode(random_bytes::<32>()?))
}

/// The bytes of a written key.
pub(super) fn secret(text: &str) -> Said<[u8; 32]> {
    let bytes = STANDARD.decode(text).map_err(|_| "a key of the keyring is not base64")?;
    bytes.try_into().map_err(|_| "a key of the keyring is not 32 bytes".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-11-25T04:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_key_is_published_before_it_seals() {
        let (file, next) = KeyringFile::generate().unwrap().publish(noon(), TimeDelta::seconds(60)).unwrap();
        assert_eq!((next.key, file.seal.len()), (2, 2));
        assert_eq!(file.sealing_at(noon() + TimeDelta::seconds(59)), 1);
        assert_eq!(file.sealing_at(noon() + TimeDelta::seconds(60)), 2);
        assert!(file.pending(noon() + TimeDelta::seconds(69)).is_some());
        assert!(file.pending(noon() + TimeDelta::seconds(70)).is_none());
        assert!(file.clone().publish(noon() + TimeDelta::seconds(59), TimeDelta::seconds(60)).is_err());
        assert!(file.clone().without(1, noon()).is_err(), "it seals");
        assert!(file.clone().without(2, noon()).is_err(), "it will seal");
        let later = noon() + TimeDelta::minutes(11);
        let (third, next) = file.clone().publish(later, TimeDelta::seconds(60)).unwrap();
        assert_eq!((third.sealing, next.key), (2, 3));
        assert!(file.clone().without(1, later - TimeDelta::seconds(1)).is_err(), "it sealed just now");
        let left = file.without(1, later).unwrap();
        assert_eq!((left.sealing, left.next, left.seal.contains_key(&1)), (2, None, false));
        assert!(left.clone().without(2, later).is_err() && left.without(1, later).is_err());
    }

    #[test]
    fn a_keyring_of_the_environment_goes_in_two_steps() {
        let (held, key, seals) = KeyringFile::generate().unwrap().step(noon()).unwrap();
        assert_eq!((held.sealing, key, seals), (1, 2, false));
        let (sealing, key, seals) = held.step(noon()).unwrap();
        assert_eq!((sealing.sealing, key, seals, sealing.seal.len()), (2, 2, true, 2));
        assert_eq!(sealing.without(1, noon()).unwrap().step(noon()).unwrap().1, 3, "no number comes twice");
    }

    #[test]
    fn a_keyring_without_a_next_key_is_written_as_ever() {
        let file = KeyringFile::generate().unwrap();
        let text = serde_json::to_string(&file).unwrap();
        assert!(!text.contains("next") && KeyringFile::parse(&text).is_ok());
        assert!(KeyringFile::parse("{}").is_err_and(|said| said.contains("malformed")));
    }
}
