//! Exclusive areas: exact, in square metres with two decimals, since owners' votes are weighed by them.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::data_types::PgNumeric;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Numeric;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use crate::kit::digits;
use crate::kit::straight::Straight;

/// An area in m², more than 0 and less than 1,000,000, two decimals. A string in JSON.
// Held in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow, ToSchema)]
#[diesel(sql_type = Numeric)]
#[schema(value_type = String, pattern = r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$", example = "89.50")]
pub struct Area(i64);

impl Area {
    /// Reads an area.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_plain = whole == "0" || !whole.starts_with('0');
        let is_shaped =
            is_digits(whole) && is_digits(part) && is_plain && whole.len() <= 6 && part.len() <= 2;
        let hundredths = is_shaped.then(|| format!("{whole}{part:0<2}").parse().ok()).flatten();
        hundredths.filter(|n| *n > 0).map(Area).ok_or("an area is written like 89.50, in square metres")
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Area {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut text = *b"000000.00";
        digits::put(text.iter_mut().take(6), self.0.unsigned_abs() / 100);
        digits::put(text.iter_mut().skip(7), self.0.unsigned_abs());
        let zeros = text.iter().take(5).take_while(|digit| **digit == b'0').count();
        let shown = text.get(zeros..).unwrap_or_default();
        output.serialize_str(std::str::from_utf8(shown).map_err(serde::ser::Error::custom)?)
    }
}

impl Straight<Numeric> for Area {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        Ok(serde_json::to_writer(out, &Self::from_sql(sent)?)?)
    }
}

impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Area::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

/// PostgreSQL sends how many digits, the weight, the sign, the scale, and then the digits, which are ten-thousands: the first stands
/// for 10,000 to the power of the weight. Read in place, since `PgNumeric` would ask for memory on every row.
impl FromSql<Numeric, Pg> for Area {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let words = bytes.as_bytes().as_chunks().0;
        let word = |place: usize| words.get(place).map_or(0, |word| i64::from(i16::from_be_bytes(*word)));
        let (weight, sign) = (word(1), word(2));
        if sign != 0 {
            return Err("an area is more than 0".into());
        }
        let at = |power: i64| usize::try_from(weight - power).map_or(0, |place| word(4 + place));
        Ok(Area(at(1) * 1_000_000 + at(0) * 100 + at(-1) / 100))
    }
}

impl ToSql<Numeric, Pg> for Area {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let places = [self.0 / 1_000_000, self.0 / 100 % 10_000, self.0 % 100 * 100];
        let digits = places.into_iter().map(i16::try_from).collect::<Result<_, _>>()?;
        let number = PgNumeric::Positive { weight: 1, scale: 2, digits };
        ToSql::<Numeric, Pg>::to_sql(&number, &mut out.reborrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_exact_and_shaped() {
        assert_eq!(Area::parse("89.5").unwrap().to_string(), "89.50");
        assert_eq!(Area::parse("0.01").unwrap().to_string(), "0.01");
        assert_eq!(Area::parse("999999.99").unwrap().to_string(), "999999.99");
        for text in ["0.01", "7.05", "89.50", "100000.00", "999999.99"] {
            assert_eq!(serde_json::to_value(Area::parse(text).unwrap()).unwrap(), text);
        }
        for bad in ["", "0", "0.00", "-1", "1e3", "89.505", "1000000", "089", ".5", "5."] {
            assert!(Area::parse(bad).is_err(), "{bad:?}");
        }
    }
}
