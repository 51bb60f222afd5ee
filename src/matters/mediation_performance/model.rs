//! Rows of performances.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::matters::mediation_cases::agreements::ItemId;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::MatterId;
use crate::schema::mediation_performances;
use crate::{id, text_enum};

id! {
    /// A performance's id.
    PerformanceId
}

text_enum! {
    /// How something that was agreed was kept.
    pub enum MediationPerformanceOutcome {
        /// 已履行
        Done = "done",
        /// 部分履行
        Partly = "partly",
        /// 违约
        Breached = "breached",
    }
}

text_enum! {
    /// To whom a case is handed over 移送、转介.
    pub enum MediationHandOverTo {
        /// 人民法院
        Court = "court",
        /// 仲裁机构
        Arbitration = "arbitration",
        /// 法律援助机构
        LegalAid = "legal_aid",
        /// 街道、镇
        Street = "street",
    }
}

/// A performance as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_performances)]
pub struct PerformanceRow {
    pub id: PerformanceId,
    pub case_id: MatterId,
    pub item_id: ItemId,
    pub outcome: MediationPerformanceOutcome,
    pub amount_fen: Option<i64>,
    pub performed_on: NaiveDate,
    pub note: String,
    pub party_id: Option<PartyId>,
    pub created_at: DateTime<Utc>,
}

/// A performance about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_performances, treat_none_as_default_value = false)]
pub struct NewPerformance {
    pub id: PerformanceId,
    pub case_id: MatterId,
    pub item_id: ItemId,
    pub outcome: MediationPerformanceOutcome,
    pub amount_fen: Option<i64>,
    pub performed_on: NaiveDate,
    pub note: String,
    pub party_id: Option<PartyId>,
    pub account_id: AccountId,
    pub created_at: DateTime<Utc>,
}
