//! The 12-digit division code 统计用区划代码: containment is arithmetic, no tree is walked.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use crate::kit::digits;
use crate::kit::straight::{Straight, plain};

/// A division code: 2 digits province, 2 city, 2 district 区, 3 street 街镇, 3 committee 居村. A string in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow, ToSchema)]
#[diesel(sql_type = BigInt)]
#[schema(value_type = String, pattern = "^[1-9][0-9]{11}$", example = "310113003005")]
pub struct Division(i64);

/// The codes from `start` up to, not including, `end`: a division and everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first code.
    pub start: i64,
    /// The first code behind.
    pub end: i64,
}

impl Range {
    /// Every code there is.
    pub const EVERYWHERE: Range = Range { start: 0, end: 1_000_000_000_000 };

    /// Whether a division lies inside.
    pub fn contains(self, division: Division) -> bool {
        (self.start..self.end).contains(&division.0)
    }

    /// Whether another range lies wholly inside.
    pub fn covers(self, other: Range) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What both have.
    pub fn intersect(self, other: Range) -> Option<Range> {
        let both = Range { start: self.start.max(other.start), end: self.end.min(other.end) };
        (both.start < both.end).then_some(both)
    }
}

impl Division {
    /// Reads 12 digits.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let is_code = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        let code = is_code.then(|| text.parse().ok()).flatten();
        code.map(Division).ok_or("a division code has 12 digits")
    }

    /// Shanghai as a whole 上海市.
    pub const SHANGHAI: Division = Division(310_000_000_000);

    /// The division whose range begins there; none for everywhere.
    pub fn of_start(range: Range) -> Option<Self> {
        (range != Range::EVERYWHERE).then_some(Division(range.start))
    }

    /// The code as a number.
    pub fn code(self) -> i64 {
        self.0
    }

    fn text(self) -> [u8; 12] {
        let mut text = [b'0'; 12];
        digits::put(text.iter_mut(), self.0.unsigned_abs());
        text
    }

    /// How many codes it spans: its trailing zeros are what stands below it.
    fn width(self) -> i64 {
        const WIDTHS: [i64; 4] = [10_000_000_000, 100_000_000, 1_000_000, 1_000];
        WIDTHS.into_iter().find(|width| self.0 % width == 0).unwrap_or(1)
    }

    /// Itself and everything below it.
    pub fn range(self) -> Range {
        Range { start: self.0, end: self.0 + self.width() }
    }

    /// The divisions it lies in, the widest first, without itself.
    pub fn above(self) -> impl Iterator<Item = Division> {
        const WIDTHS: [i64; 3] = [10_000_000_000, 1_000_000, 1_000];
        WIDTHS.into_iter().map(move |width| Division(self.0 / width * width)).filter(move |one| *one != self)
    }

    /// The divisions it lies in and itself, the widest first: whose rules hold there.
    pub fn line(self) -> Vec<Division> {
        self.above().chain([self]).collect()
    }

    /// Whether it is a single committee's 居委会、村委会.
    pub fn is_committee(self) -> bool {
        self.width() == 1
    }
}

impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Division({self})")
    }
}

impl Serialize for Division {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(std::str::from_utf8(&self.text()).map_err(serde::ser::Error::custom)?)
    }
}

impl Straight<BigInt> for Division {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        plain(&Self::from_sql(sent)?.text(), out)
    }
}

impl<'de> Deserialize<'de> for Division {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Division::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

impl ToSql<BigInt, Pg> for Division {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<BigInt, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<BigInt, Pg> for Division {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<BigInt, Pg>::from_sql(bytes).map(Division)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(code: &str) -> Range {
        Division::parse(code).unwrap().range()
    }

    #[test]
    fn a_division_spans_what_its_zeros_leave_open() {
        assert_eq!(range("310000000000"), Range { start: 310_000_000_000, end: 320_000_000_000 });
        assert_eq!(range("310113000000"), Range { start: 310_113_000_000, end: 310_114_000_000 });
        assert_eq!(range("310113003000"), Range { start: 310_113_003_000, end: 310_113_004_000 });
        assert_eq!(range("310113003005"), Range { start: 310_113_003_005, end: 310_113_003_006 });
        assert!(range("310113000000").covers(range("310113003005")));
        assert!(!range("310113003000").covers(range("310113000000")));
    }

    #[test]
    fn a_division_lies_in_its_street_its_district_and_the_city() {
        let above = |code: &str| {
            let above: Vec<String> =
                Division::parse(code).unwrap().above().map(|one| one.to_string()).collect();
            above.join(" ")
        };
        assert_eq!(above("310113003005"), "310000000000 310113000000 310113003000");
        assert_eq!(above("310113003000"), "310000000000 310113000000");
        assert_eq!(above("310113000000"), "310000000000");
        assert_eq!(above("310000000000"), "");
    }

    #[test]
    fn only_twelve_digits_are_a_code() {
        for bad in ["", "31011300300", "3101130030055", "31011300300x", "０10113003005", "031011300300"] {
            assert!(Division::parse(bad).is_err(), "{bad:?}");
        }
    }
}
