//! Rows of label counts.

use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Uuid as SqlUuid};

use crate::access::division::Division;
use crate::people::labels::LabelId;
use crate::schema::label_count_deltas;

/// How many carry a label, at this moment.
#[derive(Clone, Debug, QueryableByName)]
pub struct LabelCountRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: LabelId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub division: Division,
    #[diesel(sql_type = Bool)]
    pub is_sensitive: bool,
    #[diesel(sql_type = Bool)]
    pub is_on_people: bool,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// One more or one fewer who carries a label in a committee.
#[derive(Clone, Copy, Debug, Insertable)]
#[diesel(table_name = label_count_deltas)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct Delta {
    pub label_id: LabelId,
    pub division: Division,
    pub delta: i16,
}
