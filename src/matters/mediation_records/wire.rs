//! Notes and evidence in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{EvidenceId, EvidenceRow, NoteId, NoteRow};
use crate::access::files::{FileId, FileView};
use crate::kit::answer::View;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::text::{Line, Prose, Story};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_cases::{MediationEvidenceAudience, MediationNoteAudience};

/// Write something down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationNoteDraft {
    /// What.
    #[schema(example = "双方均同意先约定安静时段。")]
    pub text: Story<4000>,
    /// Who reads it: one's own seat alone, the table, or the parties, too.
    pub audience: MediationNoteAudience,
}

/// A note 记录.
#[derive(Serialize, ToSchema)]
pub struct MediationNoteView {
    /// Its id.
    pub id: NoteId,
    /// Whose.
    pub seat: SeatId,
    /// Who reads it.
    pub audience: MediationNoteAudience,
    /// What it says.
    pub text: String,
    /// When it was written.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<NoteRow> for MediationNoteView {
    fn from(row: NoteRow) -> Self {
        let NoteRow { id, seat_id, audience, text, created_at } = row;
        Self { id, seat: seat_id, audience, text, created_at }
    }
}

impl View for MediationNoteView {
    const IS_SECRET: bool = true;
}

/// Show something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationEvidenceDraft {
    /// What it is, in a few words.
    #[schema(example = "夜间噪声录音说明")]
    pub title: Line<100>,
    /// What it shows.
    #[schema(example = "11月20日至25日，每晚十点后。")]
    pub text: Prose<2000>,
    /// Who sees it, besides who brought it: the mediators alone, the table, or the other parties, too.
    pub audience: MediationEvidenceAudience,
    /// Photos and documents: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}

/// A piece of evidence 证据.
#[derive(Serialize, ToSchema)]
pub struct MediationEvidenceView {
    /// Its id.
    pub id: EvidenceId,
    /// The party that brought it.
    pub party: Option<PartyId>,
    /// The seat that brought it.
    pub seat: Option<SeatId>,
    /// Who sees it.
    pub audience: MediationEvidenceAudience,
    /// What it is.
    pub title: String,
    /// What it shows.
    pub text: String,
    /// Photos and documents.
    pub files: Vec<FileView>,
    /// When it was brought.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationEvidenceView {
    /// A piece with its files.
    pub fn new(row: EvidenceRow, files: Vec<FileView>) -> Self {
        let EvidenceRow { id, party_id, seat_id, audience, title, text, created_at, .. } = row;
        Self { id, party: party_id, seat: seat_id, audience, title, text, files, created_at }
    }
}

impl View for MediationEvidenceView {
    const IS_SECRET: bool = true;
}
