//! Asking for more time, and answering.

use super::Action;
use super::rules::{ANSWERED, CLOCK_ABSENT, NOT_PENDING, PENDING};
use super::wire::{MediationExtensionConsentDraft, MediationExtensionDraft, MediationExtensionView};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::clocks;
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::extensions::{
    self, MediationExtensionId, MediationExtensionRow, MediationExtensionState, NewExtensionReply,
    NewMediationExtension,
};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{self, AsParty, AsRunner, Case, CaseMove, MediationConsentBy, advance};
use crate::matters::mediation_parties::{CONSENT_UNFIT, PARTY_UNKNOWN};
use crate::matters::policies::ClockKind;
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// Asks the parties for more time.
pub fn ask(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationExtensionDraft,
) -> Result<MediationExtensionView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::Create, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    after(case.0.state, MediationStep::AskExtension).ok_or(&STATE_UNFIT)?;
    clocks::find_running(act, id, ClockKind::Resolution)?.ok_or(&CLOCK_ABSENT)?;
    let reason = Line::into_inner(draft.reason);
    let new = NewMediationExtension {
        id: MediationExtensionId::new(),
        case_id: id,
        amount: draft.amount.get(),
        reason: reason.clone(),
        state: MediationExtensionState::Pending,
        asked_by: act.actor.account()?,
        created_at: act.now,
    };
    extensions::ask(act, &case, &new, &PENDING)?;
    let asked = CaseMove::new(MediationStep::AskExtension).saying(reason);
    advance(act, Action::Create, &case, asked)?;
    let row = extensions::find(act, new.id)?;
    view(act, row)
}

/// Answers: the party itself, or whoever runs the case for one that said so otherwise.
pub fn answer(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationExtensionConsentDraft,
) -> Result<MediationExtensionView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    if let Some(own) = case.party_of(&act.actor).map(|party| party.id) {
        if draft.party.is_some_and(|party| party != own) {
            return Err(PARTY_UNKNOWN.at("/party"));
        }
        if draft.by.is_some_and(|by| by != MediationConsentBy::App) {
            return Err(CONSENT_UNFIT.at("/by"));
        }
        let case = act.permit(Action::CreateConsent, AsParty(case))?;
        return say(act, &case, (own, MediationConsentBy::App), draft.is_agreed);
    }
    let case = act.permit(Action::CreateConsent, AsRunner(case))?;
    let named = case.0.parties.iter().map(|party| party.id).find(|id| Some(*id) == draft.party);
    let party = named.ok_or_else(|| PARTY_UNKNOWN.at("/party"))?;
    let by = draft.by.filter(|by| *by != MediationConsentBy::App).ok_or_else(|| CONSENT_UNFIT.at("/by"))?;
    say(act, &case, (party, by), draft.is_agreed)
}

fn say<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    (party_id, means): (PartyId, MediationConsentBy),
    is_agreed: bool,
) -> Result<MediationExtensionView> {
    let case: &Case = (**permit).as_ref();
    after(case.state, MediationStep::AnswerExtension).ok_or(&STATE_UNFIT)?;
    let asked = extensions::pending(act, case.matter.id)?.ok_or(&NOT_PENDING)?;
    let account_id = act.actor.account()?;
    let created_at = act.now;
    let new =
        NewExtensionReply { extension_id: asked.id, party_id, is_agreed, means, account_id, created_at };
    extensions::reply(act, permit, &new, &ANSWERED)?;
    let replies = extensions::replies(act, asked.id)?;
    let is_joint = case.parties.iter().all(|party| replies.iter().any(|one| one.party_id == party.id));
    let mut moved = CaseMove::new(MediationStep::AnswerExtension);
    if !is_agreed {
        extensions::end(act, permit, asked.id, (MediationExtensionState::Refused, None))?;
        moved.entry.reason = Some(MediationExtensionState::Refused.as_str());
    } else if is_joint {
        let clock = clocks::find_running(act, case.matter.id, ClockKind::Resolution)?.ok_or(&CLOCK_ABSENT)?;
        let due_on = Some(clocks::extend(act, &clock, asked.amount)?.due_on);
        extensions::end(act, permit, asked.id, (MediationExtensionState::Agreed, due_on))?;
        moved = CaseMove::new(MediationStep::Extend);
        moved.entry.due_on = due_on;
    }
    advance(act, Action::CreateConsent, permit, moved)?;
    let row = extensions::find(act, asked.id)?;
    view(act, row)
}

/// A request with its answers.
pub fn view(look: &mut Look<'_>, row: MediationExtensionRow) -> Result<MediationExtensionView> {
    let replies = extensions::replies(look, row.id)?;
    Ok(MediationExtensionView::new(row, replies))
}
