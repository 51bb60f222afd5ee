//! Asking for more time, and deciding.

use super::Action;
use super::model::{ExtensionId, ExtensionStatus, NewExtension};
use super::rules::{self, CLOCK_ABSENT, DECIDED, OWN};
use super::store;
use super::wire::{ExtensionDecision, ExtensionDecisionDraft, PetitionExtensionDraft};
use crate::access::act::Act;
use crate::kit::problem::Result;
use crate::kit::text::{Label, Line};
use crate::matters::clocks;
use crate::matters::line::{above, stands_at};
use crate::matters::petitions::course::{PetitionStep, after};
use crate::matters::petitions::{self, AsHandler, LEVEL_ABOVE, Move, PetitionDetailView, advance};
use crate::matters::registry::{Audience, MatterId, STATE_UNFIT};

/// Asks for more time.
pub fn create(act: &mut Act<'_>, id: MatterId, draft: PetitionExtensionDraft) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let petition = act.permit(Action::Create, AsHandler(petition))?;
    petitions::must_be_anothers(&petition.0, &act.actor)?;
    petitions::must_hold(&petition.0, &act.actor)?;
    after(petition.0.state, PetitionStep::AskExtension).ok_or(&STATE_UNFIT)?;
    let clock = clocks::find_running(act, id, draft.clock.into())?.ok_or(&CLOCK_ABSENT)?;
    let given = store::given(act, &clock)?;
    rules::must_be_short(&clock, given, draft.amount)?;
    let reason = Line::into_inner(draft.reason);
    let new = NewExtension {
        id: ExtensionId::new(),
        matter_id: id,
        clock_id: clock.id,
        division: petition.0.matter.division,
        amount: draft.amount,
        reason: reason.clone(),
        status: ExtensionStatus::Pending,
        asked_by: act.actor.account()?,
        created_at: act.now,
        note: String::new(),
    };
    store::insert(act, &petition, &new)?;
    let office = petition.0.office_of(&act.actor);
    let mut asked = Move::new(PetitionStep::AskExtension).saying(reason).by(office);
    asked.entry.audience = Audience::Staff;
    advance(act, Action::Create, &petition, asked)?;
    petitions::find(act, id)
}

/// Allows more time, or does not; who asked for the matter is told.
pub fn decide(
    act: &mut Act<'_>,
    id: ExtensionId,
    draft: ExtensionDecisionDraft,
) -> Result<PetitionDetailView> {
    act.scope(Action::Decide)?;
    let matter = store::find(act, id)?.matter_id;
    let (petition, _) = petitions::lock(act, matter)?;
    let petition = act.permit(Action::Decide, petition)?;
    let asked = store::find(act, id)?;
    if asked.status != ExtensionStatus::Pending {
        return DECIDED.refuse();
    }
    if asked.asked_by == act.actor.account()? || petition.is_of(&act.actor) {
        return OWN.refuse();
    }
    // The city has nobody above.
    let level = above(petition.matter.level).unwrap_or(petition.matter.level);
    if !stands_at(&act.actor, level, petition.matter.division) {
        return LEVEL_ABOVE.refuse();
    }
    let (status, step) = match draft.decision {
        ExtensionDecision::Approved => (ExtensionStatus::Approved, PetitionStep::ApproveExtension),
        ExtensionDecision::Refused => (ExtensionStatus::Refused, PetitionStep::RefuseExtension),
    };
    let note = Label::into_inner(draft.note);
    store::end(act, &petition, id, (status, &note))?;
    let office = act.actor.standing_for(Action::Decide, petition.matter.division);
    let mut decided = Move::new(step).saying(note).by(office.and_then(|standing| standing.organisation));
    if status == ExtensionStatus::Approved {
        let clock = clocks::find(act, asked.clock_id)?;
        if clock.stopped_at.is_some() {
            return CLOCK_ABSENT.refuse();
        }
        decided.entry.due_on = Some(clocks::extend(act, &clock, asked.amount)?.due_on);
    }
    advance(act, Action::Decide, &petition, decided)?;
    petitions::find(act, matter)
}
