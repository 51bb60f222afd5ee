//! Rows of requests for more time.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::super::kinds::MediationConsentBy;
use super::super::parties::PartyId;
use crate::access::actor::AccountId;
use crate::matters::registry::MatterId;
use crate::schema::{mediation_extension_replies, mediation_extensions};
use crate::{id, text_enum};

id! {
    /// The id of a request for more time.
    MediationExtensionId
}

text_enum! {
    /// What became of a request for more time.
    pub enum MediationExtensionState {
        /// 征求意见中
        Pending = "pending",
        /// 各方同意
        Agreed = "agreed",
        /// 有当事人不同意
        Refused = "refused",
        /// 失效: mediation ended before all had answered
        Lapsed = "lapsed",
    }
}

/// A request as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_extensions)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct MediationExtensionRow {
    pub id: MediationExtensionId,
    pub case_id: MatterId,
    pub amount: i32,
    pub reason: String,
    pub state: MediationExtensionState,
    pub due_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

/// A request about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_extensions, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewMediationExtension {
    pub id: MediationExtensionId,
    pub case_id: MatterId,
    pub amount: i32,
    pub reason: String,
    pub state: MediationExtensionState,
    pub asked_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// What a party answered, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_extension_replies)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ExtensionReplyRow {
    pub party_id: PartyId,
    pub is_agreed: bool,
    pub means: MediationConsentBy,
    pub created_at: DateTime<Utc>,
}

/// What a party answered, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_extension_replies)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewExtensionReply {
    pub extension_id: MediationExtensionId,
    pub party_id: PartyId,
    pub is_agreed: bool,
    pub means: MediationConsentBy,
    pub account_id: AccountId,
    pub created_at: DateTime<Utc>,
}
