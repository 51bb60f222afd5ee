//! Amounts of money, in fen 分: whole numbers, so that nothing is rounded.

use serde::{Deserialize, Deserializer};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// Ten thousand million yuan: more than anybody owes a neighbour, and no sum of some thousand of them leaves an `i64`.
const MOST: i64 = 1_000_000_000_000;

/// An amount of at least one fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fen(i64);

impl Fen {
    /// The amount.
    pub fn get(self) -> i64 {
        self.0
    }
}

/// An amount as it is written: `1234.50`.
pub fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let fen = i64::deserialize(input)?;
        let expected = || serde::de::Error::custom(format!("expected an amount in fen, from 1 to {MOST}"));
        (1..=MOST).contains(&fen).then_some(Fen(fen)).ok_or_else(expected)
    }
}

impl PartialSchema for Fen {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(1))
            .maximum(Some(MOST))
            .description(Some("An amount of money in fen 分."))
            .examples([serde_json::json!(70000)])
            .into()
    }
}

impl ToSchema for Fen {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_positive_and_bounded() {
        let read = serde_json::from_str::<Fen>;
        assert_eq!(read("70000").unwrap().get(), 70_000);
        for bad in ["0", "-1", "1000000000001", "0.5", "\"1\"", "null"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert_eq!((yuan(1), yuan(70_005), yuan(100)), ("0.01".into(), "700.05".into(), "1.00".into()));
    }
}
