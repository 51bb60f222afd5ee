//! Annulments in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{AnnulmentId, AnnulmentRow, MediationAnnulmentKind};
use crate::access::files::{FileId, FileView};
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::text::Line;
use crate::matters::mediation_cases::agreements::AgreementId;

/// Note that a court ended the agreement in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationAnnulmentDraft {
    /// What it did.
    pub kind: MediationAnnulmentKind,
    /// Which court.
    #[schema(example = "上海市宝山区人民法院")]
    pub court: Line<100>,
    /// On which day it decided.
    pub decided_on: Day,
    /// 裁判文书文号
    #[schema(example = "（2026）沪0113民初1234号")]
    pub document_number: Line<100>,
    /// Why; the parties read it.
    #[schema(example = "协议内容显失公平，依当事人请求予以撤销。")]
    pub reason: Line<1000>,
    /// The court's document: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}

/// That a court revoked an agreement, or found it void 撤销、确认无效.
#[derive(Serialize, ToSchema)]
pub struct MediationAnnulmentView {
    /// Its id.
    pub id: AnnulmentId,
    /// Which agreement.
    pub agreement: AgreementId,
    /// What the court did.
    pub kind: MediationAnnulmentKind,
    /// Which court.
    pub court: String,
    /// On which day it decided.
    pub decided_on: NaiveDate,
    /// 裁判文书文号
    pub document_number: String,
    /// Why.
    pub reason: String,
    /// The court's document.
    pub files: Vec<FileView>,
    /// When it was noted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationAnnulmentView {
    /// An annulment with its files.
    pub fn new(row: AnnulmentRow, files: Vec<FileView>) -> Self {
        let AnnulmentRow { id, agreement_id, kind, court, decided_on, document_number, reason, created_at } =
            row;
        Self {
            id,
            agreement: agreement_id,
            kind,
            court,
            decided_on,
            document_number,
            reason,
            files,
            created_at,
        }
    }
}

impl View for MediationAnnulmentView {
    const IS_SECRET: bool = true;
}
