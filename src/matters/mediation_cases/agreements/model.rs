//! Rows of agreements, of what is to be done by them, and of signatures.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::super::parties::PartyId;
use crate::access::actor::AccountId;
use crate::matters::registry::{MatterId, Receipt};
use crate::schema::{mediation_agreement_items, mediation_agreements, mediation_signatures};
use crate::{id, text_enum};

id! {
    /// An agreement's id.
    AgreementId
}
id! {
    /// The id of what is to be done by an agreement.
    ItemId
}
id! {
    /// A signature's id.
    SignatureId
}

text_enum! {
    /// How an agreement was made (人民调解法 28).
    pub enum MediationAgreementForm {
        /// 书面
        Written = "written",
        /// 口头, noted by the mediator
        Oral = "oral",
    }
}

text_enum! {
    /// Where an agreement stands.
    pub enum MediationAgreementState {
        /// 待签署
        Signing = "signing",
        /// 已生效
        Effective = "effective",
        /// 已被替代
        Superseded = "superseded",
        /// 未生效作废: mediation ended, or somebody joined it, before all had signed
        Revoked = "revoked",
        /// 已被人民法院撤销或者确认无效 (人民调解法 32, 33)
        Annulled = "annulled",
    }
}

impl MediationAgreementState {
    /// What it is called where it is read by people.
    pub fn title(self) -> &'static str {
        match self {
            MediationAgreementState::Signing => "待签署，尚未生效",
            MediationAgreementState::Effective => "已生效",
            MediationAgreementState::Superseded => "已被其他协议替代",
            MediationAgreementState::Revoked => "未生效，已作废",
            MediationAgreementState::Annulled => "已被人民法院撤销或者确认无效，不再有效",
        }
    }
}

text_enum! {
    /// What is owed by an agreement.
    pub enum MediationItemKind {
        /// 给付款项
        Payment = "payment",
        /// 履行行为
        Act = "act",
    }
}

text_enum! {
    /// How something that was agreed is kept.
    pub enum MediationItemState {
        /// 未履行
        Open = "open",
        /// 部分履行
        Partly = "partly",
        /// 已履行
        Done = "done",
        /// 违约
        Breached = "breached",
    }
}

text_enum! {
    /// As what somebody signs (人民调解法 29).
    pub enum MediationSignatureCapacity {
        /// 当事人签名、盖章或者按指印
        Party = "party",
        /// 人民调解员签名
        Mediator = "mediator",
        /// 加盖人民调解委员会印章
        Committee = "committee",
    }
}

text_enum! {
    /// How somebody signs.
    pub enum MediationSignatureMeans {
        /// 手机端, by themselves
        App = "app",
        /// 纸质, noted with a picture of it
        Paper = "paper",
    }
}

/// An agreement as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_agreements)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct AgreementRow {
    pub id: AgreementId,
    pub case_id: MatterId,
    pub number: Receipt,
    pub form: MediationAgreementForm,
    pub state: MediationAgreementState,
    pub basis: String,
    pub terms: String,
    pub text: String,
    pub text_sha256: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub effective_on: Option<NaiveDate>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// An agreement about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_agreements, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewAgreement {
    pub id: AgreementId,
    pub case_id: MatterId,
    pub number: Receipt,
    pub form: MediationAgreementForm,
    pub state: MediationAgreementState,
    pub basis: String,
    pub terms: String,
    pub text: String,
    pub text_sha256: Vec<u8>,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
    pub effective_on: Option<NaiveDate>,
}

/// What is to be done, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_agreement_items)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct ItemRow {
    pub id: ItemId,
    pub position: i32,
    pub instalment: i32,
    pub kind: MediationItemKind,
    pub debtor_id: PartyId,
    pub creditor_id: PartyId,
    pub amount_fen: Option<i64>,
    pub act: String,
    pub due_on: Option<NaiveDate>,
    pub state: MediationItemState,
    pub paid_fen: i64,
    pub late_at: Option<DateTime<Utc>>,
}

impl ItemRow {
    /// Whether it is still to be done.
    pub fn is_owed(&self) -> bool {
        matches!(self.state, MediationItemState::Open | MediationItemState::Partly)
    }
}

/// What is to be done, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_agreement_items, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewItem {
    pub id: ItemId,
    pub agreement_id: AgreementId,
    pub position: i32,
    pub instalment: i32,
    pub kind: MediationItemKind,
    pub debtor_id: PartyId,
    pub creditor_id: PartyId,
    pub amount_fen: Option<i64>,
    pub act: String,
    pub due_on: Option<NaiveDate>,
    pub state: MediationItemState,
    pub paid_fen: i64,
}

/// A signature as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_signatures)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct SignatureRow {
    pub id: SignatureId,
    pub agreement_id: AgreementId,
    pub capacity: MediationSignatureCapacity,
    pub party_id: Option<PartyId>,
    pub account_id: AccountId,
    pub means: MediationSignatureMeans,
    pub signed_on: NaiveDate,
    pub created_at: DateTime<Utc>,
}

/// A signature about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_signatures, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewSignature {
    pub id: SignatureId,
    pub agreement_id: AgreementId,
    pub capacity: MediationSignatureCapacity,
    pub party_id: Option<PartyId>,
    pub account_id: AccountId,
    pub means: MediationSignatureMeans,
    pub text_sha256: Vec<u8>,
    pub signed_on: NaiveDate,
    pub created_at: DateTime<Utc>,
}
