//! Receipt numbers 受理编号: twelve digits that are read over the telephone, so the last one tells a slip of the tongue. Random, so
//! that nobody can tell from one how many matters there are.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::kit::crypto::random_bytes;
use crate::kit::problem::{NOT_FOUND, Result};

const DIGITS: usize = 12;

/// A receipt number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, AsExpression, FromSqlRow, ToSchema)]
#[diesel(sql_type = Text)]
#[serde(transparent)]
#[schema(value_type = String, pattern = "^[0-9]{12}$", example = "482711930562")]
pub struct Receipt(String);

impl Receipt {
    /// A new one.
    pub fn random() -> Result<Self> {
        let number = u64::from_be_bytes(random_bytes()?) % 100_000_000_000;
        let mut digits = format!("{number:011}");
        digits.push(check_digit(&digits));
        Ok(Receipt(digits))
    }

    /// Where anybody who has the number asks what became of what it stands on: the content of its QR code. `address` is the public
    /// address of the service, `resource` the collection of such answers.
    pub fn verification_url(&self, address: &str, resource: &str) -> String {
        format!("{address}/v1/{resource}/{self}")
    }

    /// Reads one from an address. What can't be a number is none.
    pub fn asked(text: &str) -> Result<Self> {
        Receipt::parse(text).ok_or_else(|| (&NOT_FOUND).into())
    }

    /// Reads one, with spaces and dashes as people put them.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let is_number = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        let (body, check) = digits.split_at_checked(DIGITS - 1)?;
        (is_number && check.starts_with(check_digit(body))).then_some(Receipt(digits))
    }
}

/// ISO 7064 MOD 11,10: one wrong digit always shows, and nearly every pair that changed places.
fn check_digit(digits: &str) -> char {
    let product = digits.bytes().filter(u8::is_ascii_digit).fold(10_u32, |product, byte| {
        let sum = (product + u32::from(byte - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    char::from_digit((11 - product) % 10, 10).unwrap_or('0')
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Receipt {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Receipt::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("12 digits of which the last fits the others"))
    }
}

impl ToSql<Text, Pg> for Receipt {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Text, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<Text, Pg> for Receipt {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<Text, Pg>::from_sql(bytes).map(Receipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_digit_shows() {
        // The standard's own example.
        assert_eq!(check_digit("0794"), '5');
        let receipt = Receipt::random().unwrap();
        assert_eq!(Receipt::parse(&receipt.0).as_ref(), Some(&receipt));
        for at in 0..DIGITS {
            for other in '0'..='9' {
                let mut digits: Vec<char> = receipt.0.chars().collect();
                if std::mem::replace(&mut digits[at], other) != other {
                    assert_eq!(Receipt::parse(&digits.iter().collect::<String>()), None);
                }
            }
        }
    }

    #[test]
    fn it_is_read_as_people_write_it() {
        let receipt = Receipt::random().unwrap();
        let (a, b) = receipt.0.split_at(4);
        assert_eq!(Receipt::parse(&format!("{a}-{b}")), Some(receipt.clone()));
        assert_eq!(Receipt::parse(""), None);
        assert_eq!(Receipt::parse("一二三四"), None);
    }
}
