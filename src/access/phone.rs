//! Telephone numbers in E.164, kept sealed and found by keyed hash.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::kit::crypto::Keyring;
use crate::kit::problem::{Problem, Result};

/// What a sealed number is bound to.
pub const SEAL: &str = "accounts.phone";

/// A telephone number in E.164; a landline 固定电话 of the mainland may be written with its area code, as `021-12345678`. Never
/// serialised, and masked wherever it is printed.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, min_length = 8, max_length = 20, example = "+8613800000101",
         pattern = r"^((\+86)?1[3-9][0-9]{9}|(\+86|0)(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}|(0(10|2[0-9]|[3-9][0-9]{2})-|\(0(10|2[0-9]|[3-9][0-9]{2})\))[0-9]{7,8}|\+([1-79][0-9]|8[0-57-9])[0-9]{5,13})$")]
pub struct Phone(String);

/// The number of an account, which codes reach by SMS: a mobile number of the mainland 手机号, or one from elsewhere in E.164.
#[derive(Clone, PartialEq, Eq, Debug, ToSchema)]
#[schema(value_type = String, min_length = 8, max_length = 20, example = "+8613800000101",
         pattern = r"^((\+86)?1[3-9][0-9]{9}|\+([1-79][0-9]|8[0-57-9])[0-9]{5,13})$")]
pub struct Mobile(Phone);

impl Phone {
    /// Reads E.164, or a number of the mainland as it is written there: eleven digits of a mobile one, `1[3-9]` and nine more,
    /// or a landline with its area code behind a 0. However it is written, the same number is kept.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str =
            "a phone number is E.164, such as +8613800000101, or a landline, such as 021-12345678";
        let full = in_full(text.trim()).ok_or(WRONG)?;
        let digits = full.strip_prefix('+').unwrap_or_default();
        let is_e164 = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        let is_ours = |local: &str| is_mobile(local) || landline(local).is_some();
        let is_ok = is_e164 && digits.strip_prefix("86").is_none_or(is_ours);
        if is_ok { Ok(Phone(full)) } else { Err(WRONG) }
    }

    /// Whether it is a landline of the mainland, which gets no SMS.
    pub fn is_landline(&self) -> bool {
        self.0.strip_prefix("+86").is_some_and(|local| landline(local).is_some())
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

    /// As people may see it: `+86 138****0101`, of a landline `+86 21****5678`.
    pub fn masked(&self) -> String {
        let tail = self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default();
        match self.0.strip_prefix("+86") {
            Some(local) => {
                let shown = landline(local).map_or_else(|| head(local), |(area, _)| area);
                format!("+86 {shown}****{tail}")
            }
            None => format!("{}****{tail}", head(&self.0)),
        }
    }
}

impl Mobile {
    /// Reads what [`Phone::parse`] does, but for landlines.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let phone = Phone::parse(text).map_err(|_| "a phone number is E.164, such as +8613800000101")?;
        if phone.is_landline() {
            Err("an account has a mobile number, which gets SMS")
        } else {
            Ok(Mobile(phone))
        }
    }
}

impl Deref for Mobile {
    type Target = Phone;
    fn deref(&self) -> &Phone {
        &self.0
    }
}

impl From<Mobile> for Phone {
    fn from(mobile: Mobile) -> Phone {
        mobile.0
    }
}

/// What a number is in E.164 that is written as in the mainland.
fn in_full(text: &str) -> Option<String> {
    if text.starts_with('+') {
        return Some(text.to_owned());
    }
    if is_mobile(text) {
        return Some(format!("+86{text}"));
    }
    let (area, number) = match text.strip_prefix("(0") {
        Some(rest) => rest.split_once(')')?,
        None => {
            let rest = text.strip_prefix('0')?;
            rest.split_once('-').or_else(|| landline(rest))?
        }
    };
    let local = format!("{area}{number}");
    let is_its_area = landline(&local).is_some_and(|(read, _)| read == area);
    is_its_area.then(|| format!("+86{local}"))
}

fn head(text: &str) -> &str {
    text.get(..3).unwrap_or_default()
}

fn is_mobile(local: &str) -> bool {
    matches!(local.as_bytes(), [b'1', b'3'..=b'9', ..] if local.len() == 11)
}

/// The area code of a landline of the mainland, without the 0, and the number there. Of two digits are those of the largest cities.
fn landline(local: &str) -> Option<(&str, &str)> {
    let length = match local.as_bytes() {
        [b'1', b'0', ..] | [b'2', ..] => 2,
        [b'3'..=b'9', ..] => 3,
        _ => return None,
    };
    let (area, number) = local.split_at_checked(length)?;
    let is_one = matches!(number.len(), 7 | 8) && local.bytes().all(|b| b.is_ascii_digit());
    is_one.then_some((area, number))
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

impl<'de> Deserialize<'de> for Mobile {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Mobile::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
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
        assert_eq!(Phone::parse("021-12345678").unwrap().masked(), "+86 21****5678");
        assert_eq!(Phone::parse("0311-12345678").unwrap().masked(), "+86 311****5678");
        assert_eq!(Phone::parse("0514-1234567").unwrap().masked(), "+86 514****4567");
    }

    #[test]
    fn a_landline_is_one_number_however_it_is_written() {
        for (full, written) in [
            ("+862112345678", ["021-12345678", "(021)12345678", "02112345678", " +862112345678 "]),
            ("+86101234567", ["010-1234567", "(010)1234567", "0101234567", "+86101234567"]),
            ("+8631112345678", ["0311-12345678", "(0311)12345678", "031112345678", "+8631112345678"]),
            ("+865141234567", ["0514-1234567", "(0514)1234567", "05141234567", "+865141234567"]),
        ] {
            for text in written {
                let phone = Phone::parse(text).unwrap();
                assert_eq!((phone.expose(), phone.is_landline()), (full, true), "{text:?}");
            }
        }
        // Without the 0 it might be anybody's, anywhere; the area code is where it is said to be.
        for bad in [
            "2112345678",
            "85291234567",
            "0211-2345678",
            "(0211)2345678",
            "021--12345678",
            "(021-12345678",
            "021)12345678",
            "021-123456",
            "021-123456789",
            "021-1234-5678",
            "0012345678",
            "01234567890",
            "+86021-12345678",
            "+8602112345678",
            "+8621123456",
            "+8621123456789",
            "+86311123456789",
            "０21-12345678",
        ] {
            assert!(Phone::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_account_has_a_number_that_gets_sms() {
        for good in ["13800000101", "+8613800000101", "+85291234567"] {
            assert_eq!(*Mobile::parse(good).unwrap(), Phone::parse(good).unwrap());
        }
        for bad in ["021-12345678", "+862112345678", "(0311)12345678", "1380000010x", ""] {
            assert!(Mobile::parse(bad).is_err(), "{bad:?}");
        }
    }
}
