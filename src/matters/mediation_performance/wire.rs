//! Performances and what is handed over, in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{MediationHandOverTo, MediationPerformanceOutcome, PerformanceId, PerformanceRow};
use crate::access::files::{FileId, FileView};
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::money::Fen;
use crate::kit::text::{Label, Line};
use crate::matters::disputes::DisputeType;
use crate::matters::mediation_agreements::MediationAgreementView;
use crate::matters::mediation_cases::agreements::ItemId;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{MediationEndReason, MediationRoute, MediationSide};
use crate::matters::registry::{MatterId, Receipt};

/// Say how something that was agreed was kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationPerformanceDraft {
    /// Which item of the agreement in force.
    pub item: ItemId,
    /// How it was kept.
    pub outcome: MediationPerformanceOutcome,
    /// Of a part of a payment, how much.
    pub amount_fen: Option<Fen>,
    /// On which day; today, unless told.
    pub performed_on: Option<Day>,
    /// In words.
    #[serde(default)]
    #[schema(example = "当面转账，已收到。")]
    pub note: Label<1000>,
    /// What shows it: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}

/// How something that was agreed was kept 履行情况.
#[derive(Serialize, ToSchema)]
pub struct MediationPerformanceView {
    /// Its id.
    pub id: PerformanceId,
    /// Which item.
    pub item: ItemId,
    /// How it was kept.
    pub outcome: MediationPerformanceOutcome,
    /// How much was paid with it, in fen; null for an act.
    pub amount_fen: Option<i64>,
    /// On which day.
    pub performed_on: NaiveDate,
    /// In words.
    pub note: String,
    /// The party that says so; null where whoever runs the case does.
    pub party: Option<PartyId>,
    /// What shows it.
    pub files: Vec<FileView>,
    /// When it was noted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationPerformanceView {
    /// A performance with its files.
    pub fn new(row: PerformanceRow, files: Vec<FileView>) -> Self {
        let PerformanceRow {
            id, item_id, outcome, amount_fen, performed_on, note, party_id, created_at, ..
        } = row;
        Self {
            id,
            item: item_id,
            outcome,
            amount_fen,
            performed_on,
            note,
            party: party_id,
            files,
            created_at,
        }
    }
}

impl View for MediationPerformanceView {
    const IS_SECRET: bool = true;
}

/// Mediate a case once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationReopeningDraft {
    /// Why; the parties read it.
    #[schema(example = "双方愿就剩余款项再次调解。")]
    pub note: Line<500>,
}

/// To whom a case is handed over.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationHandOverQuery {
    /// To whom.
    #[param(inline)]
    pub to: MediationHandOverTo,
}

/// A party, as it is handed over.
#[derive(Serialize, ToSchema)]
pub struct MediationHandOverPartyView {
    /// Its id.
    pub id: PartyId,
    /// On which side.
    pub side: MediationSide,
    /// What it is called; null where the record is one no more.
    pub name: Option<String>,
    /// Who speaks for it.
    pub representative_name: Option<String>,
}

/// What every party was shown.
#[derive(Serialize, ToSchema)]
pub struct MediationHandOverEvidenceView {
    /// What it is.
    pub title: String,
    /// What it shows.
    pub text: String,
    /// Photos and documents.
    pub files: Vec<FileView>,
}

/// What is handed over of a case that was not settled 移送材料: nothing that was noted or shown in confidence, nor what was said in mediation.
#[derive(Serialize, ToSchema)]
pub struct MediationHandOverView {
    /// The case.
    pub mediation_case: MatterId,
    /// Its receipt number.
    pub receipt: Receipt,
    /// To whom.
    pub to: MediationHandOverTo,
    /// What the dispute is about.
    pub dispute_type: DisputeType,
    /// In a few words.
    pub subject: String,
    /// What happened.
    pub facts: String,
    /// What is asked for.
    pub claims: String,
    /// Who is in dispute.
    pub parties: Vec<MediationHandOverPartyView>,
    /// What every party was shown.
    pub evidence: Vec<MediationHandOverEvidenceView>,
    /// The agreement that was broken, with how far it was kept.
    pub agreement: Option<MediationAgreementView>,
    /// Why it was not settled.
    pub end_reason: Option<MediationEndReason>,
    /// Where else the parties may go (人民调解法 26).
    pub routes: Vec<MediationRoute>,
}

impl View for MediationHandOverView {
    const IS_SECRET: bool = true;
}
