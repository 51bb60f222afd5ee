//! Rows of requests for confirmation.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::matters::mediation_cases::agreements::AgreementId;
use crate::matters::mediation_cases::parties::PartyId;
use crate::schema::{mediation_confirmation_parties, mediation_confirmations};
use crate::{id, text_enum};

id! {
    /// The id of a request for confirmation.
    ConfirmationId
}

text_enum! {
    /// Where a request to the court stands.
    pub enum MediationConfirmationState {
        /// 待各方共同提出
        Joining = "joining",
        /// 已共同申请
        Applied = "applied",
        /// 裁定调解协议有效
        Confirmed = "confirmed",
        /// 裁定驳回申请
        Refused = "refused",
    }
}

text_enum! {
    /// What a court decided.
    pub enum MediationConfirmationDecision {
        /// 裁定调解协议有效
        Confirmed = "confirmed",
        /// 裁定驳回申请
        Refused = "refused",
    }
}

/// A request as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_confirmations)]
pub struct ConfirmationRow {
    pub id: ConfirmationId,
    pub agreement_id: AgreementId,
    pub state: MediationConfirmationState,
    pub court: String,
    pub applied_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub document_number: Option<String>,
    pub note: String,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A request about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_confirmations, treat_none_as_default_value = false)]
pub struct NewConfirmation {
    pub id: ConfirmationId,
    pub agreement_id: AgreementId,
    pub state: MediationConfirmationState,
    pub court: String,
    pub note: String,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A party that joins, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_confirmation_parties)]
pub struct NewJoined {
    pub confirmation_id: ConfirmationId,
    pub party_id: PartyId,
    pub joined_at: DateTime<Utc>,
}

/// How a request changes.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = mediation_confirmations)]
pub struct ConfirmationChange {
    pub state: MediationConfirmationState,
    pub applied_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub document_number: Option<String>,
    pub note: Option<String>,
}
