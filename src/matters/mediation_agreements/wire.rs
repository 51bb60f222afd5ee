//! Agreements in JSON: what comes in.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::access::files::FileId;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::money::Fen;
use crate::kit::text::{Label, Prose};
use crate::matters::mediation_cases::agreements::{
    AgreementId, MediationAgreementForm, MediationItemKind, MediationSignatureCapacity,
    MediationSignatureMeans,
};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::MatterId;

/// An agreement in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationAgreementPath {
    /// The case.
    pub mediation_case: MatterId,
    /// The agreement.
    #[param(value_type = uuid::Uuid)]
    pub agreement: AgreementId,
}

/// The number in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationAgreementNumberPath {
    /// The number on the agreement; spaces and dashes do not matter.
    #[param(example = "482711930562")]
    pub number: String,
}

/// One instalment of a payment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationInstalmentDraft {
    /// The last day of it.
    pub due_on: Day,
    /// How much.
    pub amount_fen: Fen,
}

/// What is to be done: a payment, in instalments, or an act.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationItemDraft {
    /// Which of the two.
    pub kind: MediationItemKind,
    /// Who owes it.
    pub debtor: PartyId,
    /// To whom.
    pub creditor: PartyId,
    /// The act, or what the payment is for.
    #[serde(default)]
    #[schema(example = "晚十点至早六点不拖动家具。")]
    pub act: Label<500>,
    /// Of an act, the last day; none where it is to be done from now on.
    pub due_on: Option<Day>,
    /// Of a payment.
    #[serde(default)]
    #[schema(value_type = Vec<MediationInstalmentDraft>, max_items = 60)]
    pub instalments: Few<MediationInstalmentDraft, 0, 60>,
}

/// Draw up an agreement, or note an oral one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationAgreementDraft {
    /// Written, to be signed; or oral, as the mediator notes it.
    pub form: MediationAgreementForm,
    /// What the dispute was, and who answers for what 纠纷主要事实、争议事项及各方责任.
    #[schema(example = "楼上夜间拖动家具，影响楼下休息；楼上承认未采取减噪措施。")]
    pub basis: Prose<2000>,
    /// What was agreed 协议内容.
    #[schema(example = "一、晚十点后不拖动家具；二、分三期赔偿 2100 元；三、双方不再就此事争执。")]
    pub terms: Prose<8000>,
    /// What is to be done, item by item.
    #[serde(default)]
    #[schema(value_type = Vec<MediationItemDraft>, max_items = 30)]
    pub items: Few<MediationItemDraft, 0, 30>,
    /// Of an oral agreement, the day it was made: it is in force from that day (人民调解法 30).
    pub agreed_on: Option<Day>,
}

/// Sign an agreement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationSignatureDraft {
    /// The hash of the text that one has before oneself, as hexadecimal digits: that is what is signed.
    #[schema(pattern = "^[0-9a-f]{64}$", min_length = 64, max_length = 64)]
    pub text_sha256: String,
    /// As what.
    pub capacity: MediationSignatureCapacity,
    /// Of a party that signed on paper, which; oneself, unless told.
    pub party: Option<PartyId>,
    /// In the app, or on paper.
    pub means: MediationSignatureMeans,
    /// On which day it was signed on paper.
    pub signed_on: Option<Day>,
    /// Pictures of the paper: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}
