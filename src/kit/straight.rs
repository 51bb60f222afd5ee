//! Rows that become JSON as they come, without becoming structs, strings and a second list in between: for the lists that are read
//! most. A page of twenty costs its seat half of what it costs by way of structs (ARCHITECTURE.md, "Speed").

use chrono::{DateTime, NaiveDate, Utc};
use diesel::Expression;
use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgValue};
use diesel::result::UnexpectedNullError;
use diesel::row::{Field as _, Row};
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};
use uuid::Uuid;

use super::{day, moment};

/// A value that goes from PostgreSQL to JSON: as `Serialize` in the view writes what `FromSql` reads.
pub trait Straight<ST> {
    /// Writes what was sent.
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()>;

    /// Writes what was sent, where something must have been.
    fn write_column(sent: Option<PgValue<'_>>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        Self::write(sent.ok_or_else(|| Box::new(UnexpectedNullError))?, out)
    }
}

/// What stands in a list, and from which columns. Declared by [`view!`](crate::view).
pub trait Item {
    /// The columns, in the order of its fields.
    type Columns: Expression;
    /// What its list is in the order of.
    type Key;

    /// What to select.
    fn columns() -> Self::Columns;

    /// Writes a row of these columns as a JSON object.
    fn write<'r>(row: &impl Row<'r, Pg>, out: &mut Vec<u8>) -> deserialize::Result<()>;

    /// Where a row of these columns stands.
    fn key<'r>(row: &impl Row<'r, Pg>) -> deserialize::Result<Self::Key>;
}

/// Declares a view whose every field is a column of one table: the view, how a row turns into it, and how a list is written without it,
/// in the order of some of the columns. The writing knows nothing of serde's attributes: none may change names or leave fields out, and a
/// moment or a day needs its `serialize_with`. A test of the list against what is found singly belongs to each (`tests/api/straight.rs`).
#[macro_export]
macro_rules! view {
    (
        $(#[$($doc:tt)*])*
        pub struct $view:ident of $row:ident in $table:ident by ($($key:ident: $key_type:ty),+) {
            $($(#[$($about:tt)*])* $name:ident: $type:ty = $column:ident,)+
        }
    ) => {
        $(#[$($doc)*])*
        #[derive(serde::Serialize, utoipa::ToSchema)]
        pub struct $view { $($(#[$($about)*])* pub $name: $type,)+ }

        impl From<$row> for $view {
            fn from(row: $row) -> Self {
                Self { $($name: row.$column,)+ }
            }
        }

        impl $crate::kit::straight::Item for $view {
            type Columns = ($($table::$column,)+);
            type Key = ($($key_type,)+);

            fn columns() -> Self::Columns {
                ($($table::$column,)+)
            }

            fn write<'r>(
                row: &impl diesel::row::Row<'r, diesel::pg::Pg>,
                out: &mut Vec<u8>,
            ) -> diesel::deserialize::Result<()> {
                use diesel::dsl::SqlTypeOf;
                let mut object = $crate::kit::straight::Object::open(row, out);
                $(object.put::<$type, SqlTypeOf<$table::$column>>(concat!(",\"", stringify!($name), "\":"))?;)+
                object.close();
                Ok(())
            }

            fn key<'r>(
                row: &impl diesel::row::Row<'r, diesel::pg::Pg>,
            ) -> diesel::deserialize::Result<Self::Key> {
                use diesel::dsl::SqlTypeOf;
                Ok(($($crate::kit::straight::column::<$key_type, SqlTypeOf<$table::$key>>(row, stringify!($key))?,)+))
            }
        }
    };
}

/// A JSON object of the columns of one row, in their order.
pub struct Object<'a, R> {
    row: &'a R,
    out: &'a mut Vec<u8>,
    column: usize,
}

impl<'a, 'r, R: Row<'r, Pg>> Object<'a, R> {
    /// Begins it.
    pub fn open(row: &'a R, out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Object { row, out, column: 0 }
    }

    /// Writes the next column under its name, which comes as `,"name":`.
    pub fn put<T: Straight<ST>, ST>(&mut self, name: &'static str) -> deserialize::Result<()> {
        let field = self.row.get(self.column).ok_or("a row has fewer columns than its view")?;
        let name = if self.column == 0 { name.trim_start_matches(',') } else { name };
        self.column += 1;
        self.out.extend_from_slice(name.as_bytes());
        T::write_column(field.value(), self.out)
    }

    /// Ends it.
    pub fn close(self) {
        self.out.push(b'}');
    }
}

/// One column of a row, by its name.
pub fn column<'r, T: FromSql<ST, Pg>, ST>(row: &impl Row<'r, Pg>, name: &str) -> deserialize::Result<T> {
    let field = row.get(name).ok_or("a row has no such column")?;
    T::from_nullable_sql(field.value())
}

/// Writes a text that has nothing to escape. Answers as a [`Straight`] does.
pub fn plain(text: &[u8], out: &mut Vec<u8>) -> deserialize::Result<()> {
    out.push(b'"');
    out.extend_from_slice(text);
    out.push(b'"');
    Ok(())
}

impl<T: Straight<ST>, ST> Straight<Nullable<ST>> for Option<T> {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        T::write(sent, out)
    }

    fn write_column(sent: Option<PgValue<'_>>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        match sent {
            Some(sent) => T::write(sent, out)?,
            None => out.extend_from_slice(b"null"),
        }
        Ok(())
    }
}

impl Straight<Text> for String {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        let text = std::str::from_utf8(sent.as_bytes())?;
        match text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            true => Ok(serde_json::to_writer(out, text)?),
            false => plain(text.as_bytes(), out),
        }
    }
}

impl Straight<Integer> for i32 {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        Ok(serde_json::to_writer(out, &<i32 as FromSql<Integer, Pg>>::from_sql(sent)?)?)
    }
}

impl Straight<BigInt> for i64 {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        Ok(serde_json::to_writer(out, &<i64 as FromSql<BigInt, Pg>>::from_sql(sent)?)?)
    }
}

impl Straight<diesel::sql_types::Uuid> for Uuid {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        let id: Uuid = FromSql::<diesel::sql_types::Uuid, Pg>::from_sql(sent)?;
        let mut text = Uuid::encode_buffer();
        plain(id.hyphenated().encode_lower(&mut text).as_bytes(), out)
    }
}

/// As [`moment::write`] does.
impl Straight<Timestamptz> for DateTime<Utc> {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        plain(&moment::text(FromSql::<Timestamptz, Pg>::from_sql(sent)?), out)
    }
}

/// As [`day::write_some`] does.
impl Straight<Date> for NaiveDate {
    fn write(sent: PgValue<'_>, out: &mut Vec<u8>) -> deserialize::Result<()> {
        plain(&day::text(FromSql::<Date, Pg>::from_sql(sent)?), out)
    }
}
