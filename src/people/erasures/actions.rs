//! Asking to be deleted, and what becomes of it.

use serde_json::json;

use super::model::{ErasureAsker, ErasureId, ErasureRow, ErasureStatus, NewErasure};
use super::rules::{ANSWER_MISSING, ASKER_UNFIT, DECIDED, GONE, SELF_DECIDED, TIES};
use super::wire::{ErasureDecisionDraft, ErasureDraft, ErasureView, ResidentErasureDraft};
use super::{Action, store};
use crate::access::act::{Act, Event, Mine};
use crate::access::actor::ResidentId;
use crate::kit::answer::Nothing;
use crate::kit::problem::Result;
use crate::people::residents::{self, ResidentDetailView, ResidentStatus};
use crate::people::{corrections, departures, health, homes, households, resident_labels, subjects, visits};

/// Asks to have one's own record deleted, or one's child's.
pub fn create(act: &mut Act<'_>, wanted: Option<ResidentId>, draft: ErasureDraft) -> Result<ErasureView> {
    act.scope(Action::Create)?;
    let subject = subjects::find_ever(act, wanted)?;
    let new = NewErasure {
        id: ErasureId::new(),
        resident_id: subject.resident,
        division: subject.division,
        account_id: Some(act.actor.account()?),
        entered_by: None,
        asked_by: None,
        evidence: String::new(),
        reason: draft.reason.into_inner(),
        status: ErasureStatus::Pending,
        created_at: act.now,
    };
    add(act, Action::Create, new)
}

/// Enters what somebody asked for in the office, of somebody who is here, has left or has died.
pub fn enter(act: &mut Act<'_>, id: ResidentId, draft: ResidentErasureDraft) -> Result<ErasureView> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Enter, resident)?;
    if resident.resident.status == ResidentStatus::Merged {
        return GONE.refuse();
    }
    let has_died = resident.resident.status == ResidentStatus::Deceased;
    if has_died != (draft.asked_by == ErasureAsker::Relative) {
        return Err(ASKER_UNFIT.at("/asked_by"));
    }
    let new = NewErasure {
        id: ErasureId::new(),
        resident_id: id,
        division: resident.resident.division,
        account_id: None,
        entered_by: Some(act.actor.account()?),
        asked_by: Some(draft.asked_by),
        evidence: draft.evidence.into_inner(),
        reason: draft.reason.into_inner(),
        status: ErasureStatus::Pending,
        created_at: act.now,
    };
    add(act, Action::Enter, new)
}

fn add(act: &mut Act<'_>, action: Action, new: NewErasure) -> Result<ErasureView> {
    let new = act.permit(action, new)?;
    let row = store::insert(act, &new)?;
    record(act, action, &row)?;
    act.announce("erasure.created", json!({ "erasure": row.id }))?;
    Ok(row.into())
}

/// Takes back what one asked for, or what was asked for in the office about one's own record or one's child's, until it is decided.
pub fn delete(act: &mut Act<'_>, id: ErasureId) -> Result<Nothing> {
    let own = act.permit(Action::Delete, Mine)?;
    if store::lock_own(act, id)?.status != ErasureStatus::Pending {
        return DECIDED.refuse();
    }
    let row = store::withdraw(act, &own, id)?;
    record(act, Action::Delete, &row)?;
    act.announce("erasure.withdrawn", json!({ "erasure": id }))?;
    Ok(Nothing {})
}

/// Empties the record, keeps it by law out of daily work, or refuses.
pub fn decide(act: &mut Act<'_>, id: ErasureId, draft: ErasureDecisionDraft) -> Result<ErasureView> {
    let erasure = store::lock(act, id)?;
    let erasure = act.permit(Action::Decide, erasure)?;
    if erasure.status != ErasureStatus::Pending {
        return DECIDED.refuse();
    }
    let by = act.actor.account()?;
    let is_theirs = store::is_own(act, erasure.resident_id)? || subjects::keeps(act, erasure.resident_id)?;
    if is_theirs || [erasure.account_id, erasure.entered_by].contains(&Some(by)) {
        return SELF_DECIDED.refuse();
    }
    let status = ErasureStatus::from(draft.decision);
    if status != ErasureStatus::Erased && draft.answer.is_empty() {
        return Err(ANSWER_MISSING.at("/answer"));
    }
    if status != ErasureStatus::Refused {
        // Corrections before the record, as those who answer them lock.
        corrections::stop(act, &erasure, erasure.resident_id, by)?;
        let record = store::lock_record(act, &erasure)?.ok_or(&GONE)?;
        let id = record.resident.id;
        if homes::has_ties(act, id)? || households::has_ties(act, id)? {
            return TIES.refuse();
        }
        match status {
            ErasureStatus::Erased => {
                forget(act, id)?;
                store::empty(act, &erasure, &record)?;
            }
            _ => {
                resident_labels::leave(act, id)?;
                health::forget(act, id)?;
                store::restrict(act, &erasure, &record)?;
            }
        }
    }
    let row = store::end(act, &erasure, status, &draft.answer)?;
    tell(act, &row)?;
    Ok(row.into())
}

/// The traces of what became of a record.
pub fn tell(act: &mut Act<'_>, row: &ErasureRow) -> Result<()> {
    record(act, Action::Decide, row)?;
    act.announce("erasure.decided", json!({ "erasure": row.id, "status": row.status.as_str() }))
}

/// Removes what hangs on the record, or on one that was merged into it, and says something of the person.
pub fn forget(act: &mut Act<'_>, id: ResidentId) -> Result<()> {
    resident_labels::leave(act, id)?;
    health::forget(act, id)?;
    for record in store::records(act, id)? {
        homes::delete_all_of(act, record)?;
        households::delete_all_of(act, record)?;
        departures::empty_all_of(act, record)?;
        resident_labels::delete_all_of(act, record)?;
        visits::empty_all_of(act, record)?;
    }
    Ok(())
}

/// A record sealed by law. It is recorded that somebody looked.
pub fn find_restricted(act: &mut Act<'_>, id: ResidentId) -> Result<ResidentDetailView> {
    let record = store::find_restricted(act, id)?;
    let record = act.permit(Action::FindRestricted, record)?;
    let (action, division) = (Action::FindRestricted, Some(record.resident.division));
    act.record(Event { action, id: id.to_string(), division, detail: json!({}) })?;
    ResidentDetailView::new(record.into_inner(), act.ring)
}

fn record(act: &mut Act<'_>, action: Action, row: &ErasureRow) -> Result<()> {
    let detail = json!({ "resident": row.resident_id, "status": row.status.as_str() });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
