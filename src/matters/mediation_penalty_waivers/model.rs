//! Rows of applications.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::MatterId;
use crate::schema::mediation_penalty_waivers;
use crate::{id, text_enum};

id! {
    /// An application's id.
    WaiverId
}

text_enum! {
    /// Where an application stands.
    pub enum MediationWaiverState {
        /// 已申请
        Applied = "applied",
        /// 不予处罚
        Granted = "granted",
        /// 不予准许
        Refused = "refused",
    }
}

/// An application as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_penalty_waivers)]
pub struct WaiverRow {
    pub id: WaiverId,
    pub case_id: MatterId,
    pub party_id: PartyId,
    pub state: MediationWaiverState,
    pub text: String,
    pub created_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub reason: String,
}

/// An application about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_penalty_waivers)]
pub struct NewWaiver {
    pub id: WaiverId,
    pub case_id: MatterId,
    pub party_id: PartyId,
    pub state: MediationWaiverState,
    pub text: String,
    pub account_id: AccountId,
    pub created_at: DateTime<Utc>,
    pub reason: String,
}

/// What was decided.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = mediation_penalty_waivers)]
pub struct WaiverDecided {
    pub state: MediationWaiverState,
    pub decided_by: AccountId,
    pub decided_at: DateTime<Utc>,
    pub reason: String,
}
