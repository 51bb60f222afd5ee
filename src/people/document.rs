//! Identity documents 证件: their kinds, their checks, and how little of a number is shown.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kit::crypto::Keyring;
use crate::kit::problem::{Problem, Result};
use crate::text_enum;

/// What a sealed number is bound to.
pub const SEAL: &str = "residents.document";

text_enum! {
    /// The kind of an identity document.
    pub enum DocumentKind {
        /// 居民身份证 (GB 11643), also 港澳台居民居住证, which has the same numbers.
        ResidentIdCard = "resident_id_card",
        /// 护照
        Passport = "passport",
        /// 港澳居民来往内地通行证
        HongKongMacauPermit = "hong_kong_macau_permit",
        /// 台湾居民来往大陆通行证
        TaiwanPermit = "taiwan_permit",
        /// 外国人永久居留身份证
        PermanentResidenceCard = "permanent_residence_card",
        /// 军官证
        OfficerCard = "officer_card",
        /// 出生医学证明
        BirthCertificate = "birth_certificate",
    }
}

text_enum! {
    /// Sex 性别, as documents state it.
    pub enum Sex {
        /// 男
        Male = "male",
        /// 女
        Female = "female",
    }
}

/// A document's kind and number, checked. Never serialised, and masked wherever it is printed.
#[derive(Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "Sent")]
#[schema(example = json!({ "kind": "resident_id_card", "number": "11010519491231002X" }))]
pub struct Document {
    kind: DocumentKind,
    /// Its number; letters may be small.
    #[schema(min_length = 4, max_length = 30)]
    number: String,
}

/// A document as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    kind: DocumentKind,
    number: String,
}

impl TryFrom<Sent> for Document {
    type Error = &'static str;
    fn try_from(sent: Sent) -> Result<Self, &'static str> {
        Document::parse(sent.kind, &sent.number)
    }
}

/// A document as it is shown to whoever may see all of it.
#[derive(Serialize, ToSchema)]
pub struct DocumentView {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number.
    #[schema(example = "11010519491231002X")]
    pub number: String,
}

impl Document {
    /// Reads a number of that kind; the error says what is wrong with it.
    pub fn parse(kind: DocumentKind, text: &str) -> Result<Self, &'static str> {
        let number = text.trim().to_ascii_uppercase();
        let is_plain = number.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !is_plain || !(4..=30).contains(&number.len()) {
            return Err("a document's number has 4 to 30 letters and digits");
        }
        if kind == DocumentKind::ResidentIdCard {
            check_id_card(&number)?;
        }
        Ok(Document { kind, number })
    }

    /// Its kind.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The keyed hash it is found by.
    pub fn hash(&self, ring: &Keyring) -> [u8; 32] {
        ring.hash(SEAL, &[self.kind.as_str().as_bytes(), self.number.as_bytes()])
    }

    /// Its number, sealed for keeping.
    pub fn seal(&self, ring: &Keyring) -> Result<Vec<u8>> {
        ring.seal(SEAL, self.number.as_bytes())
    }

    /// Opened from keeping.
    pub fn open(ring: &Keyring, kind: DocumentKind, sealed: &[u8]) -> Result<Self> {
        let number = String::from_utf8(ring.open_sealed(SEAL, sealed)?).map_err(Problem::fault)?;
        Ok(Document { kind, number })
    }

    /// All of it, for who may see it.
    pub fn into_view(self) -> DocumentView {
        DocumentView { kind: self.kind, number: self.number }
    }

    /// As others may see it: `110*************2X`.
    pub fn masked(&self) -> String {
        let (shown, length) = (if self.number.len() > 8 { 3 } else { 1 }, self.number.len());
        let head = self.number.get(..shown).unwrap_or_default();
        let tail = self.number.get(length - shown.min(2)..).unwrap_or_default();
        format!("{head}{}{tail}", "*".repeat(length - head.len() - tail.len()))
    }

    /// The day of birth that a resident's ID card states.
    pub fn born_on(&self) -> Option<NaiveDate> {
        let is_card = self.kind == DocumentKind::ResidentIdCard;
        is_card.then(|| birth(&self.number)).flatten()
    }

    /// The sex that a resident's ID card states.
    pub fn sex(&self) -> Option<Sex> {
        let digit = self.number.as_bytes().get(16).filter(|_| self.kind == DocumentKind::ResidentIdCard)?;
        Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({}, {})", self.kind.as_str(), self.masked())
    }
}

/// GB 11643: 17 digits, a birth date among them, and a check character by ISO 7064 MOD 11-2.
fn check_id_card(number: &str) -> Result<(), &'static str> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let Some((digits, check)) = number.as_bytes().split_at_checked(17) else {
        return Err("an ID card's number has 18 characters");
    };
    if check.len() != 1 || !digits.iter().all(u8::is_ascii_digit) {
        return Err("an ID card's number has 17 digits and a check character");
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if CHECKS.get(sum as usize % 11) != check.first() {
        return Err("the check character of this ID card's number is wrong");
    }
    birth(number).map(drop).ok_or("the birth date in this ID card's number is no date")
}

fn birth(number: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(number.get(6..14)?, "%Y%m%d").ok()?;
    (1800..=2999).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(number: &str) -> Result<Document, &'static str> {
        Document::parse(DocumentKind::ResidentIdCard, number)
    }

    #[test]
    fn an_id_card_is_checked_and_tells_birth_and_sex() {
        let known = card("11010519491231002x").unwrap();
        assert_eq!(known.born_on(), NaiveDate::from_ymd_opt(1949, 12, 31));
        assert_eq!(known.sex(), Some(Sex::Female));
        assert_eq!(known.masked(), "110*************2X");
        for bad in ["", "110105194912310021", "11010519491331002X", "1101051949123100", "11010519491231002XX"]
        {
            assert!(card(bad).is_err(), "{bad:?}");
        }
        // The checksum is right, the day is not.
        assert_eq!(
            card("310113200002300012").unwrap_err(),
            "the birth date in this ID card's number is no date"
        );
    }

    #[test]
    fn every_single_wrong_digit_and_swap_of_neighbours_is_found() {
        let good = "11010519491231002X";
        for at in 0..17 {
            for digit in '0'..='9' {
                let mut bent: Vec<char> = good.chars().collect();
                bent[at] = digit;
                let bent: String = bent.into_iter().collect();
                assert!(bent == good || card(&bent).is_err(), "{bent}");
            }
        }
        for at in 0..16 {
            let mut bent: Vec<char> = good.chars().collect();
            bent.swap(at, at + 1);
            let bent: String = bent.into_iter().collect();
            assert!(bent == good || card(&bent).is_err(), "{bent}");
        }
    }

    #[test]
    fn a_number_is_masked_wherever_it_is_printed() {
        let passport = Document::parse(DocumentKind::Passport, "e1234567").unwrap();
        assert_eq!(format!("{passport:?}"), "Document(passport, E******7)");
    }
}
