//! Calendar days as people write them.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serializer};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use super::digits;

/// The years that can be meant. chrono reads years that neither PostgreSQL nor RFC 3339 can write.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2999;

/// For `#[serde(serialize_with = "day::write_some")]`: as chrono would, without the formatter, for views that stand in lists.
pub fn write_some<S: Serializer>(day: &Option<NaiveDate>, output: S) -> Result<S::Ok, S::Error> {
    let Some(day) = day else { return output.serialize_none() };
    output.serialize_str(std::str::from_utf8(&text(*day)).map_err(serde::ser::Error::custom)?)
}

/// The text of a day, for who writes it without a serializer.
pub fn text(day: NaiveDate) -> [u8; 10] {
    let mut text = *b"0000-00-00";
    let year = day.year().clamp(0, 9999) as u32;
    for (from, length, number) in [(0, 4, year), (5, 2, day.month()), (8, 2, day.day())] {
        digits::put(text.iter_mut().skip(from).take(length), number.into());
    }
    text
}

/// A day, `YYYY-MM-DD`, of the years 1800 to 2999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// Reads a day.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let is_shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| is_shaped);
        let day = date.filter(|date| YEARS.contains(&date.year())).map(Day);
        day.ok_or("a day is written YYYY-MM-DD, from 1800 to 2999")
    }

    /// As kept.
    pub fn get(self) -> NaiveDate {
        self.0
    }
}

impl From<NaiveDate> for Day {
    /// A day that is kept already.
    fn from(date: NaiveDate) -> Self {
        Day(date)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Day::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .pattern(Some("^(1[89]|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$"))
            .examples([serde_json::json!("2026-05-20")])
            .into()
    }
}

impl ToSchema for Day {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_chrono_would() {
        for text in ["1949-12-31", "2026-01-05"] {
            let mut json = Vec::new();
            write_some(&Some(text.parse().unwrap()), &mut serde_json::Serializer::new(&mut json)).unwrap();
            assert_eq!(String::from_utf8(json).unwrap(), format!("\"{text}\""));
        }
    }

    #[test]
    fn only_days_that_can_be_kept_are_read() {
        assert_eq!(Day::parse("2024-02-29").unwrap().get().to_string(), "2024-02-29");
        for bad in
            ["2023-02-29", "+12024-01-01", "-4800-01-01", "0001-01-01", "2024-1-1", "24-01-001", "上海"]
        {
            assert!(Day::parse(bad).is_err(), "{bad:?}");
        }
    }
}
