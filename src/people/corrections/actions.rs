//! Asking for a correction, and answering.

use serde_json::json;

use super::model::{CorrectionId, CorrectionRow, CorrectionStatus, NewCorrection};
use super::rules::{ANSWER_MISSING, DECIDED, SELF_DECIDED};
use super::wire::{
    CorrectionDecision, CorrectionDecisionDraft, CorrectionDraft, CorrectionView, VALUE_SEAL, as_patch, open,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Mine, Permit};
use crate::access::actor::ResidentId;
use crate::kit::answer::Nothing;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{Kind, Problem, Result};
use crate::people::{residents, subjects};

/// Asks for a correction of one field of one's own record, or of one's child's.
pub fn create(
    act: &mut Act<'_>,
    wanted: Option<ResidentId>,
    draft: CorrectionDraft,
) -> Result<CorrectionView> {
    act.scope(Action::Create)?;
    as_patch(draft.field, &draft.value)?;
    let subject = subjects::find(act, wanted)?;
    let value = serde_json::to_vec(&draft.value).map_err(Problem::fault)?;
    let new = NewCorrection {
        id: CorrectionId::new(),
        resident_id: subject.resident,
        division: subject.division,
        account_id: act.actor.account()?,
        field: draft.field,
        value_sealed: act.ring.seal(VALUE_SEAL, &value)?,
        note: draft.note.into_inner(),
        status: CorrectionStatus::Pending,
        created_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    act.announce("correction.created", json!({ "correction": row.id }))?;
    CorrectionView::new(row, act.ring)
}

/// Takes back what one asked for, until it is decided.
pub fn delete(act: &mut Act<'_>, id: CorrectionId) -> Result<Nothing> {
    let own = act.permit(Action::Delete, Mine)?;
    if store::lock_own(act, id)?.status != CorrectionStatus::Pending {
        return DECIDED.refuse();
    }
    let row = store::withdraw(act, &own, id)?;
    record(act, Action::Delete, &row)?;
    act.announce("correction.withdrawn", json!({ "correction": id }))?;
    Ok(Nothing {})
}

/// Answers a correction. Accepted, it changes the record as its worker would.
pub fn decide(act: &mut Act<'_>, id: CorrectionId, draft: CorrectionDecisionDraft) -> Result<CorrectionView> {
    let correction = store::lock(act, id)?;
    let correction = act.permit(Action::Decide, correction)?;
    if correction.status != CorrectionStatus::Pending {
        return DECIDED.refuse();
    }
    if correction.account_id == act.actor.account()? {
        return SELF_DECIDED.refuse();
    }
    let status = match draft.decision {
        CorrectionDecision::Refused if draft.answer.is_empty() => return Err(ANSWER_MISSING.at("/answer")),
        CorrectionDecision::Refused => CorrectionStatus::Refused,
        CorrectionDecision::Accepted => {
            apply(act, &correction)?;
            CorrectionStatus::Accepted
        }
    };
    let row = store::end(act, &correction, status, &draft.answer)?;
    record(act, Action::Decide, &row)?;
    act.announce("correction.decided", json!({ "correction": id }))?;
    CorrectionView::new(row, act.ring)
}

fn apply(act: &mut Act<'_>, correction: &Permit<CorrectionRow>) -> Result<()> {
    let value = open(correction, act.ring)?.ok_or_else(|| Problem::fault("what waits has no value"))?;
    let patch = as_patch(correction.field, &value)?;
    let changed = residents::update(act, correction.resident_id, &IfMatch::Any, patch);
    changed.map(drop).map_err(|problem| match problem.rule().kind {
        // The fields it names are the record's, not this request's.
        Kind::Invalid | Kind::Refused => problem.rule().into(),
        _ => problem,
    })
}

fn record(act: &mut Act<'_>, action: Action, row: &CorrectionRow) -> Result<()> {
    let detail =
        json!({ "resident": row.resident_id, "field": row.field.as_str(), "status": row.status.as_str() });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
