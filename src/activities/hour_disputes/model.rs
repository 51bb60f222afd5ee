//! Rows of disputes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::activities::shift_signups::ShiftSignupId;
use crate::schema::hour_disputes;
use crate::{id, text_enum};

id! {
    /// A dispute's id.
    HourDisputeId
}

text_enum! {
    /// Before whom it is.
    pub enum HourDisputeStage {
        /// 组织者
        Organiser = "organiser",
        /// 居委
        Committee = "committee",
    }
}

text_enum! {
    /// What came of it.
    pub enum HourDisputeOutcome {
        /// 已更正
        Corrected = "corrected",
        /// 维持
        Upheld = "upheld",
    }
}

/// A dispute as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = hour_disputes)]
pub struct DisputeRow {
    pub id: HourDisputeId,
    pub signup_id: ShiftSignupId,
    pub division: Division,
    pub stage: HourDisputeStage,
    pub reason: String,
    pub outcome: Option<HourDisputeOutcome>,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// A dispute about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = hour_disputes)]
pub struct NewDispute {
    pub id: HourDisputeId,
    pub signup_id: ShiftSignupId,
    pub division: Division,
    pub stage: HourDisputeStage,
    pub account_id: AccountId,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}
