//! Rows of data exports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::id;
use crate::schema::data_exports;

/// What the copies are sealed for.
pub const CONTENT_SEAL: &str = "data_exports.content";

id! {
    /// A data export's id, and its job's.
    DataExportId
}

/// A data export, but for what is in it.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = data_exports)]
pub struct DataExportRow {
    pub id: DataExportId,
    pub account_id: AccountId,
    pub created_at: DateTime<Utc>,
}

impl Governed for DataExportRow {
    fn division(&self) -> Option<Division> {
        None
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().is_ok_and(|account| account == self.account_id)
    }
}
