//! Rows of follow-up visits.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::matters::registry::MatterId;
use crate::schema::mediation_follow_ups;
use crate::{id, text_enum};

id! {
    /// A visit's id.
    FollowUpId
}

text_enum! {
    /// How parties are asked.
    pub enum MediationFollowUpChannel {
        /// 上门
        Visit = "visit",
        /// 电话
        Phone = "phone",
        /// 信息
        Message = "message",
    }
}

text_enum! {
    /// What was found.
    pub enum MediationFollowUpFinding {
        /// 履行正常
        Kept = "kept",
        /// 部分履行
        PartlyKept = "partly_kept",
        /// 未履行
        NotKept = "not_kept",
        /// 未联系上
        NotReached = "not_reached",
    }
}

/// A visit as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_follow_ups)]
pub struct FollowUpRow {
    pub id: FollowUpId,
    pub channel: MediationFollowUpChannel,
    pub planned_on: NaiveDate,
    pub account_id: AccountId,
    pub done_on: Option<NaiveDate>,
    pub finding: Option<MediationFollowUpFinding>,
    pub note: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A visit about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_follow_ups)]
pub struct NewFollowUp {
    pub id: FollowUpId,
    pub case_id: MatterId,
    pub channel: MediationFollowUpChannel,
    pub planned_on: NaiveDate,
    pub planned_by: AccountId,
    pub account_id: AccountId,
    pub note: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What came of a visit.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = mediation_follow_ups)]
pub struct FollowUpDone {
    pub account_id: AccountId,
    pub done_on: NaiveDate,
    pub finding: MediationFollowUpFinding,
    pub note: String,
}
