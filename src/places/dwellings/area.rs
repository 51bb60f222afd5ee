//! Exclusive areas: exact, in square metres with two decimals, since owners' votes are weighed by them.

use std::fmt;
use std::str::FromStr;

use bigdecimal::{BigDecimal, RoundingMode, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

/// An area in m², more than 0 and less than 1,000,000, two decimals. A string in JSON.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$", example = "89.50")]
pub struct Area(BigDecimal);

impl Area {
    /// Reads an area.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_plain = whole == "0" || !whole.starts_with('0');
        let is_shaped =
            is_digits(whole) && is_digits(part) && is_plain && whole.len() <= 6 && part.len() <= 2;
        let area = is_shaped.then(|| BigDecimal::from_str(text).ok()).flatten();
        area.filter(|area| !area.is_zero()).map(Area).ok_or("an area is written like 89.50, in square metres")
    }

    /// As kept.
    pub fn into_decimal(self) -> BigDecimal {
        self.0
    }
}

impl From<BigDecimal> for Area {
    fn from(kept: BigDecimal) -> Self {
        Area(kept)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The column keeps two decimals, so this is exact; it is on every row of the list.
        let (digits, scale) = self.0.as_bigint_and_scale();
        match (scale, i64::try_from(digits.as_ref())) {
            (2, Ok(hundredths)) => write!(f, "{}.{:02}", hundredths / 100, hundredths % 100),
            _ => self.0.with_scale_round(2, RoundingMode::HalfEven).fmt(f),
        }
    }
}

impl Serialize for Area {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Area::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_exact_and_shaped() {
        assert_eq!(Area::parse("89.5").unwrap().to_string(), "89.50");
        assert_eq!(Area::parse("0.01").unwrap().to_string(), "0.01");
        for bad in ["", "0", "0.00", "-1", "1e3", "89.505", "1000000", "089", ".5", "5."] {
            assert!(Area::parse(bad).is_err(), "{bad:?}");
        }
    }
}
