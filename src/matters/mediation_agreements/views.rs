//! Agreements in JSON: what goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::actor::AccountId;
use crate::access::files::{FileView, hex};
use crate::kit::answer::View;
use crate::kit::html::{self, Readable};
use crate::kit::moment;
use crate::matters::mediation_cases::agreements::{
    AgreementId, AgreementRow, ItemId, ItemRow, MediationAgreementForm, MediationAgreementState,
    MediationItemKind, MediationItemState, MediationSignatureCapacity, MediationSignatureMeans, SignatureId,
    SignatureRow,
};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::{MatterId, Receipt};

/// Something to be done by an agreement: an instalment, or an act.
#[derive(Serialize, ToSchema)]
pub struct MediationAgreementItemView {
    /// Its id.
    pub id: ItemId,
    /// Which item of the agreement, from 1.
    pub position: i32,
    /// Which instalment of it, from 1.
    pub instalment: i32,
    /// A payment or an act.
    pub kind: MediationItemKind,
    /// Who owes it.
    pub debtor: PartyId,
    /// To whom.
    pub creditor: PartyId,
    /// How much, in fen; null for an act.
    pub amount_fen: Option<i64>,
    /// The act, or what the payment is for.
    pub act: String,
    /// The last day; null where it is to be done from then on.
    pub due_on: Option<NaiveDate>,
    /// How it is kept.
    pub state: MediationItemState,
    /// How much of it is paid, in fen.
    pub paid_fen: i64,
    /// Whether its day passed and it is still owed.
    pub is_late: bool,
}

impl From<ItemRow> for MediationAgreementItemView {
    fn from(row: ItemRow) -> Self {
        let is_late = row.is_owed() && row.late_at.is_some();
        Self {
            id: row.id,
            position: row.position,
            instalment: row.instalment,
            kind: row.kind,
            debtor: row.debtor_id,
            creditor: row.creditor_id,
            amount_fen: row.amount_fen,
            act: row.act,
            due_on: row.due_on,
            state: row.state,
            paid_fen: row.paid_fen,
            is_late,
        }
    }
}

/// A signature, or the seal.
#[derive(Serialize, ToSchema)]
pub struct MediationSignatureView {
    /// Its id.
    pub id: SignatureId,
    /// As what it was given.
    pub capacity: MediationSignatureCapacity,
    /// By which party; null for mediator and committee.
    pub party: Option<PartyId>,
    /// Who mediates, or put the seal; null for a party.
    pub account: Option<AccountId>,
    /// In the app, or on paper.
    pub means: MediationSignatureMeans,
    /// On which day.
    pub signed_on: NaiveDate,
    /// Pictures of the paper.
    pub files: Vec<FileView>,
    /// When it was noted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationSignatureView {
    /// A signature with its files.
    pub fn new(row: SignatureRow, files: Vec<FileView>) -> Self {
        let SignatureRow { id, capacity, party_id, account_id, means, signed_on, created_at, .. } = row;
        let account = party_id.is_none().then_some(account_id);
        Self { id, capacity, party: party_id, account, means, signed_on, files, created_at }
    }
}

/// An agreement 调解协议.
#[derive(Serialize, ToSchema)]
pub struct MediationAgreementView {
    /// Its id.
    pub id: AgreementId,
    /// Its case.
    pub mediation_case: MatterId,
    /// Its number.
    pub number: Receipt,
    /// Written or oral.
    pub form: MediationAgreementForm,
    /// Where it stands.
    pub state: MediationAgreementState,
    /// What the dispute was.
    pub basis: String,
    /// What was agreed.
    pub terms: String,
    /// All of it, as it is signed.
    pub text: String,
    /// The hash (SHA-256) of that, as hexadecimal digits: what is signed.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub text_sha256: String,
    /// What is to be done.
    pub items: Vec<MediationAgreementItemView>,
    /// Who signed it.
    pub signatures: Vec<MediationSignatureView>,
    /// From which day it is in force.
    pub effective_on: Option<NaiveDate>,
    /// Since when it is superseded, given up or noted as annulled by a court.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Where anybody asks about it: the content of its QR code.
    #[schema(example = "https://lilong.example/v1/mediation-agreement-verifications/482711930562")]
    pub verification_url: String,
    /// When it was drawn up.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationAgreementView {
    /// An agreement with all that belongs to it; `address` is the public address of the service.
    pub fn new(
        row: AgreementRow,
        (items, signatures): (Vec<ItemRow>, Vec<MediationSignatureView>),
        address: &str,
    ) -> Self {
        Self {
            id: row.id,
            mediation_case: row.case_id,
            verification_url: row.number.verification_url(address, VERIFICATIONS),
            number: row.number,
            form: row.form,
            state: row.state,
            basis: row.basis,
            terms: row.terms,
            text: row.text,
            text_sha256: hex(&row.text_sha256),
            items: items.into_iter().map(MediationAgreementItemView::from).collect(),
            signatures,
            effective_on: row.effective_on,
            ended_at: row.ended_at,
            created_at: row.created_at,
        }
    }
}

/// Where numbers are asked about.
pub const VERIFICATIONS: &str = "mediation-agreement-verifications";

impl View for MediationAgreementView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some(format!("/v1/mediation-cases/{}/agreements/{}", self.mediation_case, self.id))
    }
}

/// What whoever has the number is told: nothing of the parties.
#[derive(Serialize, ToSchema)]
pub struct MediationAgreementVerificationView {
    /// Its number.
    pub number: Receipt,
    /// Where it stands.
    pub state: MediationAgreementState,
    /// On which day it was drawn up.
    pub drawn_up_on: NaiveDate,
    /// From which day it was in force.
    pub effective_on: Option<NaiveDate>,
    /// On which day it was superseded, given up, or revoked or found void by a court.
    pub ended_on: Option<NaiveDate>,
    /// The hash (SHA-256) of its text, to be compared with what one has.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub text_sha256: String,
}

impl View for MediationAgreementVerificationView {}

impl Readable for MediationAgreementVerificationView {
    fn page(&self) -> String {
        let day = |day: Option<NaiveDate>| day.map_or("—".to_owned(), |day| day.to_string());
        let facts = [
            ("编号 Number", self.number.to_string()),
            ("状态 State", format!("{} · {}", self.state.title(), self.state.as_str())),
            ("制作日期 Drawn up on", self.drawn_up_on.to_string()),
            ("生效日期 In force from", day(self.effective_on)),
            ("失效日期 Ended on", day(self.ended_on)),
            ("文本 SHA-256", self.text_sha256.clone()),
        ];
        html::facts("调解协议核验 · Mediation agreement", &facts)
    }
}
