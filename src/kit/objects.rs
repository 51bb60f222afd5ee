//! Objects are objects. serde's derived structs also take a list of their fields in order; nobody who reads the document
//! would think of that, so this deserializer stands between and lets a struct be read from a map only, at any depth.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// A deserializer that reads structs from maps only, and whatever is inside through itself. For formats that describe
/// themselves, as JSON does.
pub struct Objects<D>(pub D);

/// A visitor, seed or access whose insides are read through [`Objects`].
struct Inside<T>(T);

/// A seed that reads a struct variant's fields, from a map only.
struct Fields<V>(V);

macro_rules! pass {
    ($($method:ident($($name:ident: $type:ty),*);)+) => {
        $(fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($name,)* Inside(visitor))
        })+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Inside(visitor))
    }

    pass! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! visit {
    ($($method:ident($type:ty);)+) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.0.$method(value)
        })+
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Inside<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    visit! {
        visit_bool(bool);
        visit_i8(i8);
        visit_i16(i16);
        visit_i32(i32);
        visit_i64(i64);
        visit_i128(i128);
        visit_u8(u8);
        visit_u16(u16);
        visit_u32(u32);
        visit_u64(u64);
        visit_u128(u128);
        visit_f32(f32);
        visit_f64(f64);
        visit_char(char);
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Objects(input))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Objects(input))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Inside(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Inside(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, choice: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Inside(choice))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Inside<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Objects(input))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Inside<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Inside(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Inside<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Inside(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Inside<A> {
    type Error = A::Error;
    type Variant = Inside<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, content) = self.0.variant_seed(seed)?;
        Ok((name, Inside(content)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Inside<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Inside(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(len, Inside(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.newtype_variant_seed(Fields(visitor))
    }
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<V::Value, D::Error> {
        input.deserialize_map(Inside(self.0))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Point {
        x: i32,
        y: i32,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Boxed(Point);

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Dot,
        Round(Point),
        Line(Point, Point),
        Square { corner: Point, size: f64 },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Sheet {
        one: Option<Point>,
        #[serde(default)]
        many: Vec<Point>,
        #[serde(default)]
        named: BTreeMap<String, Boxed>,
        #[serde(default)]
        shapes: Vec<Shape>,
        #[serde(default)]
        pair: Option<(i32, Point)>,
    }

    fn read(text: &str) -> Result<Sheet, String> {
        let mut input = serde_json::Deserializer::from_str(text);
        Sheet::deserialize(Objects(&mut input)).map_err(|error| error.to_string())
    }

    #[test]
    fn whatever_serde_reads_from_objects_is_read_alike() {
        for text in [
            r#"{"one":{"x":1,"y":2},"many":[{"x":3,"y":4}],"named":{"a":{"x":5,"y":6}}}"#,
            r#"{"one":null,"pair":[7,{"x":8,"y":9}]}"#,
            r#"{"shapes":["Dot",{"Round":{"x":1,"y":2}},{"Line":[{"x":1,"y":2},{"x":3,"y":4}]}]}"#,
            r#"{"shapes":[{"Square":{"corner":{"x":1,"y":2},"size":2.5}}]}"#,
        ] {
            assert_eq!(read(text).unwrap(), serde_json::from_str::<Sheet>(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn a_list_in_the_place_of_an_object_is_refused_at_any_depth() {
        for text in [
            r#"[{"x":1,"y":2}]"#,
            r#"{"one":[1,2]}"#,
            r#"{"many":[[1,2]]}"#,
            r#"{"named":{"a":[1,2]}}"#,
            r#"{"pair":[7,[8,9]]}"#,
            r#"{"shapes":[{"Round":[1,2]}]}"#,
            r#"{"shapes":[{"Line":[[1,2],{"x":3,"y":4}]}]}"#,
            r#"{"shapes":[{"Square":[{"x":1,"y":2},2.5]}]}"#,
            r#"{"shapes":[{"Square":{"corner":[1,2],"size":2.5}}]}"#,
        ] {
            let error = read(text).unwrap_err();
            assert!(error.starts_with("invalid type: sequence"), "{text}: {error}");
        }
        // Without the wrapper serde would take one.
        assert!(serde_json::from_str::<Sheet>(r#"{"one":[1,2]}"#).is_ok());
    }
}
