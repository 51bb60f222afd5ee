//! Text that has been read: trimmed, of a known length, without NUL or other control characters.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// One line of 1 to `MAX` characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(String);

/// One line of 0 to `MAX` characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Label<const MAX: usize>(String);

/// Several lines of 1 to `MAX` characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Story<const MAX: usize>(String);

/// Several lines of 0 to `MAX` characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Prose<const MAX: usize>(String);

fn read(text: &str, min: usize, max: usize, is_allowed: fn(char) -> bool) -> Result<String, String> {
    let text = text.trim();
    if let Some(bad) = text.chars().find(|c| c.is_control() && !is_allowed(*c)) {
        return Err(format!("must not contain the control character U+{:04X}", bad as u32));
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err("is not valid UTF-8".to_owned());
    }
    match text.chars().count() {
        n if n < min => Err(format!("must have at least {min} characters")),
        n if n > max => Err(format!("must have at most {max} characters, has {n}")),
        _ => Ok(text.to_owned()),
    }
}

macro_rules! text_type {
    ($name:ident, $min:literal, $allowed:expr, $label:literal) => {
        impl<const MAX: usize> $name<MAX> {
            /// Reads text; the error says what is wrong with it, for the one who sent it.
            pub fn new(text: &str) -> Result<Self, String> {
                read(text, $min, MAX, $allowed).map(Self)
            }

            /// The text itself.
            pub fn into_inner(self) -> String {
                self.0
            }
        }

        impl<const MAX: usize> Deref for $name<MAX> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<'de, const MAX: usize> Deserialize<'de> for $name<MAX> {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                Self::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
            }
        }

        impl<const MAX: usize> PartialSchema for $name<MAX> {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .min_length(Some($min))
                    .max_length(Some(MAX))
                    .pattern(Some($label))
                    .into()
            }
        }

        impl<const MAX: usize> ToSchema for $name<MAX> {
            fn name() -> std::borrow::Cow<'static, str> {
                format!("{}{MAX}", stringify!($name)).into()
            }
        }
    };
}
// The patterns say what `read` asks: no control characters, and something other than white space in a line.
text_type!(
    Line,
    1,
    |_| false,
    r"^[^\u0000-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*$"
);
text_type!(Label, 0, |_| false, r"^[^\u0000-\u001F\u007F-\u009F]*$");
text_type!(
    Prose,
    0,
    |c| matches!(c, '\n' | '\r' | '\t'),
    r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"
);
text_type!(
    Story,
    1,
    |c| matches!(c, '\n' | '\r' | '\t'),
    r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*[^\s\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F][^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"
);

/// Declares an enum kept as lower_snake text in JSON and in PostgreSQL, where a named CHECK guards it.
#[macro_export]
macro_rules! text_enum {
    ($(#[doc = $doc:literal])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $vis enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Its text in JSON and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        // By hand: the derive can't see a rename that comes from a macro.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .description(Some(concat!($($doc),*).trim()))
                    .enum_values(Some([$($text),+]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = &'static str;
            fn from_str(text: &str) -> Result<Self, &'static str> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(concat!("expected one of:", $(" ", $text),+)),
                }
            }
        }

        // By hand: serde_json calls null in place of a derived enum a syntax error.
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(input)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                std::io::Write::write_all(out, self.as_str().as_bytes())?;
                Ok(diesel::serialize::IsNull::No)
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(std::str::from_utf8(bytes.as_bytes())?.parse::<Self>()?)
            }
        }

        impl $crate::kit::straight::Straight<diesel::sql_types::Text> for $name {
            fn write(sent: diesel::pg::PgValue<'_>, out: &mut Vec<u8>) -> diesel::deserialize::Result<()> {
                let value = <Self as diesel::deserialize::FromSql<_, _>>::from_sql(sent)?;
                $crate::kit::straight::plain(value.as_str().as_bytes(), out)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_bounded_in_characters() {
        assert_eq!(&*Line::<4>::new("  宝钢五村 ").unwrap(), "宝钢五村");
        assert!(Line::<3>::new("宝钢五村").is_err());
        assert!(Line::<3>::new("   ").is_err());
        assert!(Line::<9>::new("a\0b").is_err());
        assert!(Line::<9>::new("a\nb").is_err());
    }

    #[test]
    fn a_label_is_one_line_or_nothing() {
        assert_eq!(&*Label::<9>::new(" ").unwrap(), "");
        assert!(Label::<9>::new("a\nb").is_err());
    }

    #[test]
    fn prose_keeps_its_lines() {
        assert_eq!(&*Prose::<9>::new("a\nb").unwrap(), "a\nb");
        assert!(Prose::<9>::new("a\u{7}b").is_err());
    }
}
