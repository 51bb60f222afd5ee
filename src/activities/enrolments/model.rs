//! Rows of enrolments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::schema::enrolments;
use crate::{id, text_enum};

id! {
    /// An enrolment's id.
    EnrolmentId
}

text_enum! {
    /// What became of the record.
    pub enum EnrolmentOutcome {
        /// It was begun.
        Created = "created",
        /// Something it lacked was filled in.
        Refreshed = "refreshed",
        /// It lacked nothing.
        Unchanged = "unchanged",
    }
}

/// An enrolment as kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrolments)]
pub struct EnrolmentRow {
    pub id: EnrolmentId,
    pub division: Division,
    pub resident_id: ResidentId,
    pub issuer: String,
    pub outcome: EnrolmentOutcome,
    pub notice_version: i32,
    pub enrolled_by: AccountId,
    pub created_at: DateTime<Utc>,
}
