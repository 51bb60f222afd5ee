//! Requests for confirmation in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{
    ConfirmationId, ConfirmationRow, MediationConfirmationDecision, MediationConfirmationState,
};
use crate::access::files::{FileId, FileView};
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::agreements::AgreementId;
use crate::matters::mediation_cases::parties::PartyId;

/// Ask a court to confirm an agreement, together with the other parties.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationConfirmationDraft {
    /// Which court; who joins need not say it.
    #[schema(example = "上海市宝山区人民法院")]
    pub court: Option<Line<100>>,
    /// Where whoever runs the case notes that all parties asked on paper: on which day; today, unless told.
    pub applied_on: Option<Day>,
    /// Their request: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}

/// Note what the court decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationConfirmationPatch {
    /// What.
    pub decision: MediationConfirmationDecision,
    /// On which day.
    pub decided_on: Day,
    /// 裁定书文号
    #[schema(example = "（2026）沪0113民特12号")]
    pub document_number: Line<100>,
    /// In words.
    #[serde(default)]
    pub note: Label<1000>,
}

/// A request for confirmation 司法确认.
#[derive(Serialize, ToSchema)]
pub struct MediationConfirmationView {
    /// Its id.
    pub id: ConfirmationId,
    /// Of which agreement.
    pub agreement: AgreementId,
    /// Where it stands.
    pub state: MediationConfirmationState,
    /// Which court.
    pub court: String,
    /// The parties that joined: all of them, before the court is asked.
    pub parties: Vec<PartyId>,
    /// The last day on which the court can be asked; null where no policy says one.
    pub latest_on: Option<NaiveDate>,
    /// On which day it was asked.
    pub applied_on: Option<NaiveDate>,
    /// On which day it decided.
    pub decided_on: Option<NaiveDate>,
    /// 裁定书文号
    pub document_number: Option<String>,
    /// In words.
    pub note: String,
    /// The request.
    pub files: Vec<FileView>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was begun.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationConfirmationView {
    /// A request with all that belongs to it.
    pub fn new(
        row: ConfirmationRow,
        (parties, files): (Vec<PartyId>, Vec<FileView>),
        latest_on: Option<NaiveDate>,
    ) -> Self {
        Self {
            id: row.id,
            agreement: row.agreement_id,
            state: row.state,
            court: row.court,
            parties,
            latest_on,
            applied_on: row.applied_on,
            decided_on: row.decided_on,
            document_number: row.document_number,
            note: row.note,
            files,
            version: row.version,
            created_at: row.created_at,
        }
    }
}

impl View for MediationConfirmationView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}
