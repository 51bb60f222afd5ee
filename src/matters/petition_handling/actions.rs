//! Handling a petition, step by step.

use super::Action;
use super::rules::{self, ADOPTION_UNFIT, ANSWER_EMPTY, LAW_MISSING, MERGE_UNFIT, NOT_RATED, PARTS_OPEN};
use super::wire::{
    PetitionAcceptanceDraft, PetitionAnswerDraft, PetitionMergeDraft, PetitionNoteDraft,
    PetitionProgressDraft, PetitionRejectionDraft, PetitionSuspensionDraft,
};
use crate::access::act::{Act, Permit};
use crate::access::actor::OrganisationId;
use crate::kit::id;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::kit::text::{Label, Line};
use crate::matters::petitions::course::PetitionStep;
use crate::matters::petitions::outcomes::{self, NewAnswer};
use crate::matters::petitions::{
    self, AnswerOutcome, AnswerState, AsHandler, AsPetitioner, Move, Petition, PetitionChange,
    PetitionDetailView, PetitionKind, advance,
};
use crate::matters::policies::Level;
use crate::matters::registry::{self, Grade, MatterChange, MatterId};
use crate::matters::timeline::Entry;
use crate::matters::{categories, line};

/// A petition that the actor handles with this action, locked.
fn handled(act: &mut Act<'_>, action: Action, id: MatterId) -> Result<Permit<AsHandler>> {
    let (petition, _) = petitions::lock(act, id)?;
    let petition = act.permit(action, AsHandler(petition))?;
    petitions::must_be_anothers(&petition.0, &act.actor)?;
    Ok(petition)
}

/// The same, where the line decides.
fn decided(act: &mut Act<'_>, action: Action, id: MatterId) -> Result<Permit<AsHandler>> {
    let petition = handled(act, action, id)?;
    petitions::must_stand_at(&petition.0, &act.actor)?;
    Ok(petition)
}

/// The same, where whoever holds it does.
fn held(act: &mut Act<'_>, action: Action, id: MatterId) -> Result<Permit<AsHandler>> {
    let petition = handled(act, action, id)?;
    petitions::must_hold(&petition.0, &act.actor)?;
    Ok(petition)
}

/// For which organisation the actor does it.
fn office(act: &Act<'_>, action: Action, petition: &Petition) -> Option<OrganisationId> {
    let standing = || act.actor.standing_for(action, petition.matter.division);
    petition.office_of(&act.actor).or_else(|| standing().and_then(|standing| standing.organisation))
}

/// Takes a step, and answers the petition as it is then.
fn step(
    act: &mut Act<'_>,
    action: Action,
    petition: &Permit<AsHandler>,
    step: Move,
) -> Result<PetitionDetailView> {
    let by = office(act, action, &petition.0);
    let id = petition.0.matter.id;
    advance(act, action, petition, step.by(by))?;
    petitions::find(act, id)
}

/// Takes a petition 受理. Who takes it first answers for it until an organisation has accepted it 首问负责.
pub fn accept(act: &mut Act<'_>, id: MatterId, draft: PetitionAcceptanceDraft) -> Result<PetitionDetailView> {
    let petition = decided(act, Action::Accept, id)?;
    let category = match draft.category {
        Some(category) => {
            let unfit = &petitions::CATEGORY_UNFIT;
            let row = categories::store::find(act, category).or_refuse(unfit, "/category")?;
            if !row.applies_in(petition.0.matter.division) {
                return Err(unfit.at("/category"));
            }
            Some(Some(category))
        }
        None => None,
    };
    let is_complex = draft.grade == Some(Grade::Complex);
    if is_complex && !line::stands_at(&act.actor, Level::Street, petition.0.matter.division) {
        return Err(petitions::LEVEL_ABOVE.at("/grade"));
    }
    let receiver = petition.0.matter.first_receiver_id.or(Some(act.actor.account()?));
    let change = MatterChange {
        category_id: category,
        grade: draft.grade,
        first_receiver_id: Some(receiver),
        ..MatterChange::default()
    };
    // Before the step: the clocks that it begins turn on the category and the grade.
    registry::update(act, &petition, &petition.0.matter, &change)?;
    let petition = decided(act, Action::Accept, id)?;
    step(act, Action::Accept, &petition, Move::new(PetitionStep::Accept).saying(draft.note.into_inner()))
}

/// Does not take a petition 不予受理.
pub fn reject(act: &mut Act<'_>, id: MatterId, draft: PetitionRejectionDraft) -> Result<PetitionDetailView> {
    let petition = decided(act, Action::Reject, id)?;
    let is_hidden = draft.reason.hides_text().then_some(true);
    petitions::change(act, &petition, id, &PetitionChange { is_hidden, ..PetitionChange::default() })?;
    let mut rejection = Move::new(PetitionStep::Reject).saying(draft.note.into_inner());
    rejection.entry.reason = Some(draft.reason.as_str());
    step(act, Action::Reject, &petition, rejection)
}

/// Takes one's own petition back 撤回.
pub fn withdraw(act: &mut Act<'_>, id: MatterId, draft: PetitionNoteDraft) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let own = act.permit(Action::Withdraw, AsPetitioner(petition))?;
    advance(act, Action::Withdraw, &own, Move::new(PetitionStep::Withdraw).saying(draft.note.into_inner()))?;
    petitions::find(act, id)
}

/// Who asked was called 先行联系.
pub fn contact(act: &mut Act<'_>, id: MatterId, draft: PetitionNoteDraft) -> Result<PetitionDetailView> {
    let petition = held(act, Action::Contact, id)?;
    step(act, Action::Contact, &petition, Move::new(PetitionStep::Contact).saying(draft.note.into_inner()))
}

/// Something was done 办理进展.
pub fn progress(act: &mut Act<'_>, id: MatterId, draft: PetitionProgressDraft) -> Result<PetitionDetailView> {
    let petition = held(act, Action::Progress, id)?;
    let mut progress = Move::new(PetitionStep::Progress);
    progress.entry = Entry::of(progress.entry.event).saying(draft.note.into_inner()).to(draft.audience);
    step(act, Action::Progress, &petition, progress)
}

/// It waits for somebody outside 中止: the clocks stand still.
pub fn suspend(
    act: &mut Act<'_>,
    id: MatterId,
    draft: PetitionSuspensionDraft,
) -> Result<PetitionDetailView> {
    let petition = held(act, Action::Suspend, id)?;
    let mut suspension = Move::new(PetitionStep::Suspend).saying(draft.note.into_inner());
    suspension.entry.reason = Some(draft.reason.as_str());
    step(act, Action::Suspend, &petition, suspension)
}

/// What it waited for has come 恢复.
pub fn resume(act: &mut Act<'_>, id: MatterId, draft: PetitionNoteDraft) -> Result<PetitionDetailView> {
    let petition = held(act, Action::Resume, id)?;
    step(act, Action::Resume, &petition, Move::new(PetitionStep::Resume).saying(draft.note.into_inner()))
}

/// Answers it 答复, or adds to an answer. It is released with this, and nothing changes it.
pub fn answer(act: &mut Act<'_>, id: MatterId, draft: PetitionAnswerDraft) -> Result<PetitionDetailView> {
    let petition = held(act, Action::Answer, id)?;
    must_answer(&petition.0, &draft)?;
    if registry::open_children(act, id)? > 0 {
        return PARTS_OPEN.refuse();
    }
    let PetitionAnswerDraft { outcome, text, law, adoption, publicity } = draft;
    let new = NewAnswer {
        id: id::next(),
        petition_id: id,
        outcome,
        text: text.into_inner(),
        law: Label::into_inner(law),
        account_id: act.actor.account()?,
        organisation_id: office(act, Action::Answer, &petition.0),
        created_at: act.now,
    };
    outcomes::add_answer(act, &petition, &new)?;
    let is_joint = petition.0.own.kind == PetitionKind::JointPetition;
    let change = PetitionChange {
        answer_state: is_joint.then_some(AnswerState::Given),
        adoption: adoption.map(Some),
        publicity: publicity.map(Some),
        ..PetitionChange::default()
    };
    if is_joint || adoption.is_some() {
        petitions::change(act, &petition, id, &change)?;
    }
    let mut answered = Move::new(PetitionStep::Answer);
    answered.entry.reason = Some(outcome.as_str());
    step(act, Action::Answer, &petition, answered)
}

/// Refuses an answer that lacks what its kind asks for.
fn must_answer(petition: &Petition, draft: &PetitionAnswerDraft) -> Result<()> {
    if draft.text.is_empty() {
        return Err(ANSWER_EMPTY.at("/text"));
    }
    if draft.outcome == AnswerOutcome::NotSupported && draft.law.is_empty() {
        return Err(LAW_MISSING.at("/law"));
    }
    let wants = petition.own.kind == PetitionKind::Suggestion && petition.own.adoption.is_none();
    if draft.adoption.is_some() != wants || draft.publicity.is_some() != wants {
        return Err(ADOPTION_UNFIT.at("/adoption"));
    }
    Ok(())
}

/// Closes it 办结: who asked whenever they like, the line once they are content.
pub fn close(act: &mut Act<'_>, id: MatterId, draft: PetitionNoteDraft) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let closure = Move::new(PetitionStep::Close).saying(draft.note.into_inner());
    if registry::open_children(act, id)? > 0 {
        return PARTS_OPEN.refuse();
    }
    if petition.is_of(&act.actor) {
        let own = act.permit(Action::Close, AsPetitioner(petition))?;
        advance(act, Action::Close, &own, closure)?;
        return petitions::find(act, id);
    }
    let petition = decided(act, Action::Close, id)?;
    if petition.0.state == petitions::course::PetitionState::Resolved
        && !outcomes::pending(act, id)?.is_rated_well
    {
        return NOT_RATED.refuse();
    }
    step(act, Action::Close, &petition, closure)
}

/// Makes it one with another 并案, which goes on.
pub fn merge(act: &mut Act<'_>, id: MatterId, draft: PetitionMergeDraft) -> Result<PetitionDetailView> {
    let (_, into) = petitions::lock_two(act, (id, draft.into), (&MERGE_UNFIT, "/into"))?;
    let petition = decided(act, Action::Merge, id)?;
    let into = act.permit(Action::Merge, into)?;
    rules::must_be_one(&petition.0, &into)?;
    if registry::open_children(act, id)? > 0 {
        return PARTS_OPEN.refuse();
    }
    let merged_into = Some(Some(draft.into));
    petitions::change(act, &petition, id, &PetitionChange { merged_into, ..PetitionChange::default() })?;
    step(act, Action::Merge, &petition, Move::new(PetitionStep::Merge).saying(Line::into_inner(draft.note)))
}
