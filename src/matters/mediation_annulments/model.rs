//! Rows of annulments.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::matters::mediation_cases::agreements::AgreementId;
use crate::schema::mediation_annulments;
use crate::{id, text_enum};

id! {
    /// An annulment's id.
    AnnulmentId
}

text_enum! {
    /// What a court did to an agreement.
    pub enum MediationAnnulmentKind {
        /// 撤销 (民法典 147–151)
        Revoked = "revoked",
        /// 确认无效 (民法典 144, 146, 153, 154)
        Void = "void",
    }
}

/// An annulment as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_annulments)]
pub struct AnnulmentRow {
    pub id: AnnulmentId,
    pub agreement_id: AgreementId,
    pub kind: MediationAnnulmentKind,
    pub court: String,
    pub decided_on: NaiveDate,
    pub document_number: String,
    pub reason: String,
    pub created_at: DateTime<Utc>,
}

/// An annulment about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_annulments)]
pub struct NewAnnulment {
    pub id: AnnulmentId,
    pub agreement_id: AgreementId,
    pub kind: MediationAnnulmentKind,
    pub court: String,
    pub decided_on: NaiveDate,
    pub document_number: String,
    pub reason: String,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
}
