//! Rows of merges.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::people::residents::ResidentId;
use crate::schema::resident_merges;
use crate::{id, text_enum};

id! {
    /// A merge's id.
    ResidentMergeId
}

/// A merge about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = resident_merges)]
pub struct NewMerge {
    pub id: ResidentMergeId,
    pub division: Division,
    pub from_id: ResidentId,
    pub into_id: ResidentId,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewMerge {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// The keyed hashes that a record is found by.
#[derive(Clone, Debug, Queryable)]
pub struct Hashes {
    pub document: Option<Vec<u8>>,
    pub phone: Option<Vec<u8>>,
}

text_enum! {
    /// Whose document is kept where the two differ.
    pub enum KeptDocument {
        /// That of the record that closes.
        From = "from",
        /// That of the record that stays.
        Into = "into",
    }
}
