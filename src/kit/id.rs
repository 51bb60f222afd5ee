//! Identifiers: one type a table, so that a building's id can't be taken for an estate's.

use uuid::Uuid;

/// A new UUIDv7. It shows when it was made: never for ballots, nonces, receipts or invitation codes.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn next() -> Uuid {
    Uuid::now_v7()
}

/// Declares an id type over a UUID for one table.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow, utoipa::ToSchema,
        )]
        #[diesel(sql_type = diesel::sql_types::Uuid)]
        #[schema(value_type = uuid::Uuid)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new one, later than all before it.
            pub fn new() -> Self {
                Self($crate::kit::id::next())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::to_sql(&self.0, out)
            }
        }

        impl diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                diesel::deserialize::FromSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::from_sql(bytes).map(Self)
            }
        }

        impl $crate::kit::straight::Straight<diesel::sql_types::Uuid> for $name {
            fn write(sent: diesel::pg::PgValue<'_>, out: &mut Vec<u8>) -> diesel::deserialize::Result<()> {
                <uuid::Uuid as $crate::kit::straight::Straight<diesel::sql_types::Uuid>>::write(sent, out)
            }
        }
    };
}
