//! The three things a PATCH can say of a field: nothing, null, or a value.

use serde::{Deserialize, Deserializer};
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A field that can be emptied: absent leaves it, null empties it, a value sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field was not sent.
    #[default]
    Absent,
    /// The field was sent as null.
    Null,
    /// The field was sent with a value.
    Value(T),
}

/// A field that can't be emptied: absent leaves it, a value sets it, null is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T>(pub Option<T>);

impl<T> Patch<T> {
    /// As diesel's changesets take it: nothing, NULL, or a value made by `f`.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Option<Option<U>> {
        match self {
            Patch::Absent => None,
            Patch::Null => Some(None),
            Patch::Value(value) => Some(Some(f(value))),
        }
    }

    /// What the field holds afterwards, where it held `before`.
    pub fn over(self, before: Option<T>) -> Option<T> {
        match self {
            Patch::Absent => before,
            Patch::Null => None,
            Patch::Value(value) => Some(value),
        }
    }
}

impl<T> Change<T> {
    /// As diesel's changesets take it: nothing, or a value made by `f`.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Option<U> {
        self.0.map(f)
    }
}

impl<T> Default for Change<T> {
    fn default() -> Self {
        Change(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(input)?.map_or(Patch::Null, Patch::Value))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::deserialize(input).map(|value| Change(Some(value)))
    }
}

impl<T: ToSchema> PartialSchema for Patch<T> {
    fn schema() -> RefOr<Schema> {
        let null = ObjectBuilder::new().schema_type(Type::Null);
        OneOfBuilder::new().item(null).item(T::schema()).into()
    }
}
impl<T: ToSchema> ToSchema for Patch<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        T::name()
    }
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

impl<T: ToSchema> PartialSchema for Change<T> {
    fn schema() -> RefOr<Schema> {
        T::schema()
    }
}
impl<T: ToSchema> ToSchema for Change<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        T::name()
    }
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    #[serde(default)]
    #[derive(Default)]
    struct Draft {
        a: Patch<i32>,
        b: Change<i32>,
    }

    #[test]
    fn the_three_sayings_are_told_apart() {
        let read = |text| serde_json::from_str::<Draft>(text);
        assert_eq!(read("{}").unwrap().a, Patch::Absent);
        assert_eq!(read(r#"{"a":null}"#).unwrap().a, Patch::Null);
        assert_eq!(read(r#"{"a":1,"b":2}"#).unwrap().a, Patch::Value(1));
        assert_eq!(read(r#"{"b":2}"#).unwrap().b, Change(Some(2)));
        assert!(read(r#"{"b":null}"#).is_err());
    }
}
