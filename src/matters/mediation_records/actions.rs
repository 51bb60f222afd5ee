//! What is written down and shown.

use uuid::Uuid;

use super::model::{EvidenceId, EvidenceRow, NewEvidence, NewNote, NoteId};
use super::wire::{MediationEvidenceDraft, MediationEvidenceView, MediationNoteDraft, MediationNoteView};
use super::{Action, EVIDENCE, NOT_SEATED, TEXT_MISSING, store};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::files::{self, Attachment};
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::kit::text::{Line, Prose, Story};
use crate::matters::mediation_cases::course::MediationStep;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::seats::SeatId;
use crate::matters::mediation_cases::{
    self, AsParty, AsSeat, Case, CaseMove, CaseStance, MediationEvidenceAudience, MediationNoteAudience,
    advance,
};
use crate::matters::registry::{Audience, MatterId};
use crate::matters::timeline::Entry;

/// Writes something down, on one's own seat.
pub fn note(act: &mut Act<'_>, id: MatterId, draft: MediationNoteDraft) -> Result<MediationNoteView> {
    let (case, stance) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateNote, AsSeat(case))?;
    let CaseStance::Seat { id: seat_id, .. } = stance else { return NOT_SEATED.refuse() };
    if draft.text.is_empty() {
        return Err(TEXT_MISSING.at("/text"));
    }
    let new = NewNote {
        id: NoteId::new(),
        case_id: id,
        seat_id,
        audience: draft.audience,
        text: Story::into_inner(draft.text),
        created_at: act.now,
    };
    store::add_note(act, &case, &new)?;
    // Of what somebody notes for themselves, nobody else is told, not even that.
    let audience = match draft.audience {
        MediationNoteAudience::Seat => None,
        MediationNoteAudience::Table => Some(Audience::Staff),
        MediationNoteAudience::Everybody => Some(Audience::Citizen),
    };
    record(act, Action::CreateNote, &case, (MediationStep::Note, audience))?;
    let NewNote { id, seat_id, audience, text, created_at, .. } = new;
    Ok(MediationNoteView { id, seat: seat_id, audience, text, created_at })
}

/// Shows something: a party, or a seat.
pub fn show(act: &mut Act<'_>, id: MatterId, draft: MediationEvidenceDraft) -> Result<MediationEvidenceView> {
    let (case, stance) = mediation_cases::lock(act, id)?;
    match stance {
        CaseStance::Party(party) => {
            let case = act.permit(Action::CreateEvidence, AsParty(case))?;
            bring(act, &case, (Some(party), None), draft)
        }
        CaseStance::Seat { id: seat, .. } => {
            let case = act.permit(Action::CreateEvidence, AsSeat(case))?;
            bring(act, &case, (None, Some(seat)), draft)
        }
        CaseStance::Asked(_) => NOT_SEATED.refuse(),
        CaseStance::Office | CaseStance::Overseer => FORBIDDEN.refuse(),
    }
}

fn bring<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    (party_id, seat_id): (Option<PartyId>, Option<SeatId>),
    draft: MediationEvidenceDraft,
) -> Result<MediationEvidenceView> {
    let (case_id, division) = {
        let case: &Case = (**permit).as_ref();
        (case.matter.id, case.matter.division)
    };
    let new = NewEvidence {
        id: EvidenceId::new(),
        case_id,
        party_id,
        seat_id,
        audience: draft.audience,
        title: Line::into_inner(draft.title),
        text: Prose::into_inner(draft.text),
        created_at: act.now,
    };
    store::add_evidence(act, permit, &new)?;
    let to = Attachment { resource: EVIDENCE, id: new.id.0, division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    // What one party shows in confidence is no news for the other.
    let audience = match draft.audience {
        MediationEvidenceAudience::Mediators => None,
        MediationEvidenceAudience::Table => Some(Audience::Staff),
        MediationEvidenceAudience::Everybody => Some(Audience::Citizen),
    };
    record(act, Action::CreateEvidence, permit, (MediationStep::AddEvidence, audience))?;
    let row = store::find_evidence(act, new.id)?;
    view(act, row)
}

/// Something was added: a step that those may read of who may read it.
fn record<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    action: Action,
    permit: &Permit<T>,
    (step, audience): (MediationStep, Option<Audience>),
) -> Result<()> {
    let mut step = CaseMove::new(step);
    step.entry = Entry::of(step.entry.event).to(audience.unwrap_or(Audience::Office));
    advance(act, action, permit, step).map(drop)
}

/// A piece with its files.
pub fn view(look: &mut Look<'_>, row: EvidenceRow) -> Result<MediationEvidenceView> {
    let files = files::of(look, EVIDENCE, row.id.0)?;
    Ok(MediationEvidenceView::new(row, files))
}

/// The door to the files of a piece of evidence: whoever may see that.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let row = store::find_evidence(look, EvidenceId(id))?;
    let (_, stance) = mediation_cases::seen(look, row.case_id)?;
    let is_seen = match stance {
        CaseStance::Party(party) => {
            row.party_id == Some(party) || row.audience == MediationEvidenceAudience::Everybody
        }
        CaseStance::Seat { mediates: true, .. } => true,
        CaseStance::Seat { id, .. } => {
            row.seat_id == Some(id) || row.audience != MediationEvidenceAudience::Mediators
        }
        CaseStance::Office => row.audience != MediationEvidenceAudience::Mediators,
        CaseStance::Asked(_) | CaseStance::Overseer => false,
    };
    NOT_FOUND.unless(is_seen)
}
