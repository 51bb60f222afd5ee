//! Unified social credit codes 统一社会信用代码 (GB 32100): 17 characters and a check character.

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// Digits and letters without I, O, S, V and Z; a character's value is its place.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A unified social credit code whose check character is right.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$",
         example = "91350100M000100Y43")]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads 18 characters: department, kind, six digits of the registering division, nine of the body, check.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str =
            "a unified social credit code has 18 characters, the last of which checks the others";
        let values: Option<Vec<usize>> = text.bytes().map(value).collect();
        let values = values.filter(|values| values.len() == 18).ok_or(WRONG)?;
        let is_shaped = values[2..8].iter().all(|value| *value < 10);
        if is_shaped && check(&values[..17]) == values[17] {
            Ok(CreditCode(text.to_owned()))
        } else {
            Err(WRONG)
        }
    }

    /// As kept.
    pub fn into_inner(self) -> String {
        self.0
    }
}

fn value(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == character)
}

/// Weights are 3^i mod 31; the check is what brings the sum to a multiple of 31.
fn check(values: &[usize]) -> usize {
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    (31 - sum % 31) % 31
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        CreditCode::parse(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_verifies() {
        assert_eq!(CreditCode::parse("91350100M000100Y43").unwrap().into_inner(), "91350100M000100Y43");
    }

    #[test]
    fn any_character_changed_is_found() {
        let good = b"91350100M000100Y43";
        for at in 0..good.len() {
            for other in ALPHABET.iter().filter(|other| **other != good[at]) {
                let mut bent = *good;
                bent[at] = *other;
                assert!(CreditCode::parse(std::str::from_utf8(&bent).unwrap()).is_err(), "{bent:?}");
            }
        }
    }

    #[test]
    fn neighbours_exchanged_are_found() {
        assert!(CreditCode::parse("91350100M000100Y34").is_err());
        assert!(CreditCode::parse("19350100M000100Y43").is_err());
    }

    #[test]
    fn other_shapes_are_no_codes() {
        for bad in
            ["", "91350100M000100Y4", "91350100M000100Y433", "91350100m000100y43", "91350100I000100Y43"]
        {
            assert!(CreditCode::parse(bad).is_err(), "{bad:?}");
        }
    }
}
