//! Telephone numbers in E.164, kept sealed and found by keyed hash.

use std::fmt;

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::kit::crypto::Keyring;
use crate::kit::problem::{Problem, Result};

/// What a sealed number is bound to.
pub const SEAL: &str = "accounts.phone";

/// A telephone number in E.164. Never serialised, and masked wherever it is printed.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, min_length = 8, max_length = 20, pattern = r"^(\+[1-9][0-9]{6,14}|1[3-9][0-9]{9})$",
         example = "+8613800000101")]
pub struct Phone(String);

impl Phone {
    /// Reads E.164, or eleven digits of a mobile number of the mainland. Those are checked: `1[3-9]` and nine digits.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "a phone number is E.164, such as +8613800000101";
        let text = text.trim();
        let full = if text.starts_with('+') { text.to_owned() } else { format!("+86{text}") };
        let digits = full.strip_prefix('+').unwrap_or_default();
        let is_e164 = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        let is_ok = is_e164 && digits.strip_prefix("86").is_none_or(is_mobile);
        if is_ok { Ok(Phone(full)) } else { Err(WRONG) }
    }

    /// The number, for the SMS gateway only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The keyed hash it is found by.
    pub fn hash(&self, ring: &Keyring) -> [u8; 32] {
        ring.hash("phone", &[self.0.as_bytes()])
    }

    /// Sealed for keeping with an account.
    pub fn seal(&self, ring: &Keyring) -> Result<Vec<u8>> {
        self.seal_for(ring, SEAL)
    }

    /// Opened from keeping with an account.
    pub fn open(ring: &Keyring, sealed: &[u8]) -> Result<Self> {
        Self::open_for(ring, SEAL, sealed)
    }

    /// Sealed for keeping elsewhere.
    pub fn seal_for(&self, ring: &Keyring, purpose: &str) -> Result<Vec<u8>> {
        ring.seal(purpose, self.0.as_bytes())
    }

    /// Opened from keeping elsewhere.
    pub fn open_for(ring: &Keyring, purpose: &str, sealed: &[u8]) -> Result<Self> {
        let text = String::from_utf8(ring.open_sealed(purpose, sealed)?).map_err(Problem::fault)?;
        Ok(Phone(text))
    }

    /// As people may see it: `+86 138****0101`.
    pub fn masked(&self) -> String {
        let head = |text: &str| text.get(..3).unwrap_or_default().to_owned();
        let tail = self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default();
        match self.0.strip_prefix("+86") {
            Some(local) if local.len() == 11 => format!("+86 {}****{tail}", head(local)),
            _ => format!("{}****{tail}", head(&self.0)),
        }
    }
}

fn is_mobile(local: &str) -> bool {
    matches!(local.as_bytes(), [b'1', b'3'..=b'9', ..] if local.len() == 11)
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Phone::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mainland_mobiles_are_checked_and_others_are_e164() {
        assert_eq!(Phone::parse("13800000101").unwrap().expose(), "+8613800000101");
        assert_eq!(Phone::parse("+85291234567").unwrap().masked(), "+85****4567");
        for bad in
            ["", "+", "12800000101", "+861380000010", "+86138000001012", "+0123456789", "1380000010x", "上海"]
        {
            assert!(Phone::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_number_is_masked_wherever_it_is_printed() {
        assert_eq!(format!("{:?}", Phone::parse("13800000101").unwrap()), "Phone(+86 138****0101)");
    }
}
