//! Rows of notes and evidence.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::id;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_cases::{MediationEvidenceAudience, MediationNoteAudience};
use crate::matters::registry::MatterId;
use crate::schema::{mediation_evidence, mediation_notes};

id! {
    /// A note's id.
    NoteId
}
id! {
    /// A piece of evidence's id.
    EvidenceId
}

/// A note as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_notes)]
pub struct NoteRow {
    pub id: NoteId,
    pub seat_id: SeatId,
    pub audience: MediationNoteAudience,
    pub text: String,
    pub created_at: DateTime<Utc>,
}

/// A note about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_notes, treat_none_as_default_value = false)]
pub struct NewNote {
    pub id: NoteId,
    pub case_id: MatterId,
    pub seat_id: SeatId,
    pub audience: MediationNoteAudience,
    pub text: String,
    pub created_at: DateTime<Utc>,
}

/// A piece of evidence as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_evidence)]
pub struct EvidenceRow {
    pub id: EvidenceId,
    pub case_id: MatterId,
    pub party_id: Option<PartyId>,
    pub seat_id: Option<SeatId>,
    pub audience: MediationEvidenceAudience,
    pub title: String,
    pub text: String,
    pub created_at: DateTime<Utc>,
}

/// A piece of evidence about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_evidence, treat_none_as_default_value = false)]
pub struct NewEvidence {
    pub id: EvidenceId,
    pub case_id: MatterId,
    pub party_id: Option<PartyId>,
    pub seat_id: Option<SeatId>,
    pub audience: MediationEvidenceAudience,
    pub title: String,
    pub text: String,
    pub created_at: DateTime<Utc>,
}
