//! Rows of extensions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::matters::clocks::ClockId;
use crate::matters::registry::MatterId;
use crate::schema::matter_extensions;
use crate::{id, text_enum};

id! {
    /// A request for more time.
    ExtensionId
}

text_enum! {
    /// What became of a request for more time.
    pub enum ExtensionStatus {
        /// 待审批
        Pending = "pending",
        /// 同意
        Approved = "approved",
        /// 不同意
        Refused = "refused",
        /// 失效: it was answered or over before somebody decided
        Lapsed = "lapsed",
    }
}

/// A request as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = matter_extensions)]
pub struct ExtensionRow {
    pub matter_id: MatterId,
    pub clock_id: ClockId,
    pub amount: i32,
    pub status: ExtensionStatus,
    pub asked_by: AccountId,
}

/// A request about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = matter_extensions)]
pub struct NewExtension {
    pub id: ExtensionId,
    pub matter_id: MatterId,
    pub clock_id: ClockId,
    pub division: Division,
    pub amount: i32,
    pub reason: String,
    pub status: ExtensionStatus,
    pub asked_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub note: String,
}
