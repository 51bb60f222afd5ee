//! Disputing what was recorded, and answering.

use serde_json::json;

use super::model::{DisputeRow, HourDisputeId, HourDisputeOutcome, HourDisputeStage, NewDispute};
use super::rules::{ANOTHER_NEEDED, ANSWERED, EARLY, UNCORRECTED, next_stage};
use super::wire::{HourDisputeAnswerDraft, HourDisputeDraft, HourDisputeView};
use super::{Action, store};
use crate::access::act::{Act, Event};
use crate::activities::shift_signups::{self, ShiftSignupId, must_be_anothers, own_records_ever};
use crate::activities::{shifts, volunteer_calls};
use crate::kit::problem::{NOT_FOUND, Result};

/// Disputes what was recorded of oneself, or of a child one signed up; after the organiser's answer, before the committee.
pub fn create(act: &mut Act<'_>, id: ShiftSignupId, draft: HourDisputeDraft) -> Result<HourDisputeView> {
    act.scope(Action::Create)?;
    let signup = shift_signups::store::load(act, id)?;
    let account = act.actor.account()?;
    let own = own_records_ever(act)?;
    if signup.account_id != account && !own.contains(&signup.resident_id) {
        return NOT_FOUND.refuse();
    }
    let shift = shifts::store::load(act, signup.shift_id)?;
    if shift.starts_at > act.now {
        return EARLY.refuse();
    }
    let stage = next_stage(&store::of(act, id)?)?;
    let new = NewDispute {
        id: HourDisputeId::new(),
        signup_id: id,
        division: shift.division,
        stage,
        account_id: account,
        reason: draft.reason.into_inner(),
        created_at: act.now,
    };
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Answers a dispute: who organises it first, then the committee by somebody who had no part in it.
pub fn answer(
    act: &mut Act<'_>,
    id: HourDisputeId,
    draft: HourDisputeAnswerDraft,
) -> Result<HourDisputeView> {
    act.scope(Action::Answer)?;
    let (dispute, call) = store::load(act, id)?;
    let call = volunteer_calls::store::find(act, call)?;
    let call = act.permit(Action::Answer, call)?;
    let signup = shift_signups::store::load(act, dispute.signup_id)?;
    must_be_anothers(act, &signup)?;
    if dispute.stage == HourDisputeStage::Committee {
        let account = Some(act.actor.account()?);
        let is_held = volunteer_calls::holds(&act.actor, dispute.division);
        let is_of_range = act.actor.may(Action::Answer, Some(dispute.division), is_held);
        let answered = store::of(act, dispute.signup_id)?.iter().any(|one| one.answered_by == account);
        if !is_of_range || answered || store::recorders(act, &dispute)?.contains(&account) {
            return ANOTHER_NEEDED.refuse();
        }
    }
    // Whoever was faster is told first.
    if dispute.outcome.is_none()
        && draft.outcome == HourDisputeOutcome::Corrected
        && !store::is_corrected(act, &dispute)?
    {
        return UNCORRECTED.refuse();
    }
    let said = (draft.outcome, draft.answer.into_inner());
    let row = store::answer(act, &call, id, said)?.ok_or(&ANSWERED)?;
    record(act, Action::Answer, &row)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, row: &DisputeRow) -> Result<()> {
    let outcome = row.outcome.map(HourDisputeOutcome::as_str);
    let detail = json!({ "signup": row.signup_id, "stage": row.stage.as_str(), "outcome": outcome });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    act.announce("hour_dispute.changed", json!({ "dispute": row.id, "stage": row.stage.as_str() }))
}
