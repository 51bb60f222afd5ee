//! Rows of exports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::{AccountId, Actor};
use crate::access::division::Division;
use crate::access::files::FileId;
use crate::id;
use crate::kit::sheets::Form;
use crate::people::disclosures::DisclosurePurpose;
use crate::people::residents::Residence;
use crate::schema::exports;

id! {
    /// An export's id, and its job's.
    ExportId
}

/// An export as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = exports)]
pub struct ExportRow {
    pub id: ExportId,
    pub account_id: AccountId,
    pub division: Division,
    pub form: Form,
    pub purpose: DisclosurePurpose,
    pub residence: Option<Residence>,
    pub min_age: Option<i32>,
    pub max_age: Option<i32>,
    pub people: Option<i64>,
    pub file_id: Option<FileId>,
    pub created_at: DateTime<Utc>,
}

/// An export about to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = exports, treat_none_as_default_value = false)]
pub struct NewExport {
    pub id: ExportId,
    pub account_id: AccountId,
    pub division: Division,
    pub form: Form,
    pub purpose: DisclosurePurpose,
    pub residence: Option<Residence>,
    pub min_age: Option<i32>,
    pub max_age: Option<i32>,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewExport {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.account().is_ok_and(|account| account == self.account_id)
    }
}
