//! Handing a petition to an organisation, taking it, giving it back.

use super::Action;
use super::rules::{self, ORGANISATION_UNKNOWN, SUGGESTION_UNFIT, TAKEN};
use super::wire::{DispatchAcceptanceDraft, DispatchReturnDraft, PetitionDispatchDraft};
use crate::access::act::{Act, Governed, Permit};
use crate::access::actor::{Actor, OrganisationId};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::text::{Label, Line};
use crate::matters::dispatches::{self, DispatchId, DispatchRole, DispatchRow, DispatchState, NewDispatch};
use crate::matters::line::above;
use crate::matters::petitions::course::PetitionStep;
use crate::matters::petitions::{self, Move, Petition, PetitionDetailView, PetitionKind, advance};
use crate::matters::registry::{Audience, MatterChange, MatterId, STATE_UNFIT};
use crate::matters::responsibilities;
use crate::matters::timeline::{self, Entry};

/// Hands it to an organisation 派单.
pub fn create(act: &mut Act<'_>, id: MatterId, draft: PetitionDispatchDraft) -> Result<PetitionDetailView> {
    let (petition, _) = petitions::lock(act, id)?;
    let petition = act.permit(Action::Create, petition)?;
    petitions::must_be_anothers(&petition, &act.actor)?;
    petitions::must_stand_at(&petition, &act.actor)?;
    let organisation = match draft.organisation {
        Some(organisation) => organisation,
        None => proposed(act, &petition, draft.role)?,
    };
    rules::must_fit(act, &petition, organisation, draft.role)?;
    let step = match draft.role {
        DispatchRole::Lead => PetitionStep::Dispatch,
        DispatchRole::Assist => PetitionStep::DispatchAssist,
    };
    petitions::course::after(petition.state, step).ok_or(&STATE_UNFIT)?;
    let hops = i32::try_from(petition.hops.len()).unwrap_or(i32::MAX - 1);
    let new = NewDispatch {
        id: DispatchId::new(),
        matter_id: id,
        division: petition.matter.division,
        organisation_id: organisation,
        role: draft.role,
        state: DispatchState::Pending,
        hop: hops + 1,
        note: draft.note.into_inner(),
        dispatched_by: act.actor.account()?,
        dispatched_at: act.now,
    };
    dispatches::store::insert(act, &petition, &new, &TAKEN)?;
    let mut dispatched = Move::new(step).by(office(act, &petition));
    dispatched.entry.dispatch = Some(new.id);
    advance(act, Action::Create, &petition, dispatched)?;
    petitions::find(act, id)
}

fn office(act: &Act<'_>, petition: &Petition) -> Option<OrganisationId> {
    act.actor
        .standing_for(Action::Create, petition.matter.division)
        .and_then(|standing| standing.organisation)
}

/// Whom the map names, for its category there and today.
fn proposed(act: &mut Act<'_>, petition: &Petition, role: DispatchRole) -> Result<OrganisationId> {
    let category = petition.matter.category_id.ok_or_else(|| ORGANISATION_UNKNOWN.at("/organisation"))?;
    let today = local_date(act.now);
    let named = responsibilities::responsible(act, category, petition.matter.division, today)?;
    let fit = named.into_iter().find(|row| row.role == role);
    fit.map(|row| row.organisation).ok_or_else(|| ORGANISATION_UNKNOWN.at("/organisation"))
}

/// A petition with one of its dispatches: the organisation's own.
#[derive(Debug)]
struct AsAsked {
    petition: Petition,
    dispatch: DispatchRow,
}

impl Governed for AsAsked {
    fn division(&self) -> Option<Division> {
        Some(self.petition.matter.division)
    }

    fn is_own(&self, actor: &Actor) -> bool {
        actor.standings.iter().any(|standing| standing.organisation == Some(self.dispatch.organisation_id))
    }
}

impl AsRef<Petition> for AsAsked {
    fn as_ref(&self) -> &Petition {
        &self.petition
    }
}

/// A dispatch that waits for the actor's organisation, with its petition, locked.
fn asked(act: &mut Act<'_>, action: Action, id: DispatchId) -> Result<Permit<AsAsked>> {
    act.scope(action)?;
    let matter = dispatches::store::matter_of(act, id)?;
    let (petition, _) = petitions::lock(act, matter)?;
    let dispatch = petition.hops.iter().find(|hop| hop.id == id).cloned().ok_or(&NOT_FOUND)?;
    let asked = act.permit(action, AsAsked { petition, dispatch })?;
    petitions::must_be_anothers(&asked.petition, &act.actor)?;
    if asked.dispatch.state != DispatchState::Pending {
        return STATE_UNFIT.refuse();
    }
    Ok(asked)
}

/// Takes it 签收. Whose it is from then on, where they lead.
pub fn accept(
    act: &mut Act<'_>,
    id: DispatchId,
    draft: DispatchAcceptanceDraft,
) -> Result<PetitionDetailView> {
    let asked = asked(act, Action::Accept, id)?;
    dispatches::store::accept(act, &asked, id)?;
    let organisation = asked.dispatch.organisation_id;
    let (step, holder_id) = match asked.dispatch.role {
        DispatchRole::Lead => (PetitionStep::Take, Some(Some(organisation))),
        DispatchRole::Assist => (PetitionStep::TakeAssist, None),
    };
    let mut taken = Move::new(step).saying(Label::into_inner(draft.note)).by(Some(organisation));
    taken.entry.dispatch = Some(id);
    let taken = taken.changing(MatterChange { holder_id, ..MatterChange::default() });
    let petition = advance(act, Action::Accept, &asked, taken)?;
    petitions::find(act, petition.matter.id)
}

/// Gives it back 退单. Every second time the line decides one level higher.
pub fn give_back(act: &mut Act<'_>, id: DispatchId, draft: DispatchReturnDraft) -> Result<()> {
    let asked = asked(act, Action::Return, id)?;
    let (petition, organisation) = (&asked.petition, asked.dispatch.organisation_id);
    if let Some(suggestion) = draft.suggestion {
        let there = dispatches::store::is_open(act, suggestion)?;
        let works = there.is_some_and(|there| there.range().contains(petition.matter.division));
        if !works || suggestion == organisation || petition.own.accused_id == Some(suggestion) {
            return Err(SUGGESTION_UNFIT.at("/suggestion"));
        }
    }
    let note = Line::into_inner(draft.note);
    dispatches::store::give_back(act, &asked, id, (draft.reason, &note, draft.suggestion))?;
    // A proposal is read by many, who are told nothing of reports 检举.
    let category = petition.matter.category_id.filter(|_| petition.own.kind != PetitionKind::Report);
    if let (Some(suggestion), Some(category)) = (draft.suggestion, category) {
        responsibilities::propose(act, id.0, petition.matter.division, category, suggestion)?;
    }
    let is_lead = asked.dispatch.role == DispatchRole::Lead;
    let returns = petition.matter.returns + i32::from(is_lead);
    let raised = above(petition.matter.level).filter(|_| is_lead && returns % rules::RETURNS_A_LEVEL == 0);
    let step = if is_lead { PetitionStep::Return } else { PetitionStep::ReturnAssist };
    let mut returned = Move::new(step).by(Some(organisation));
    returned.entry.dispatch = Some(id);
    returned.entry.reason = Some(draft.reason.as_str());
    let change = MatterChange { returns: Some(returns), level: raised, ..MatterChange::default() };
    let moved = advance(act, Action::Return, &asked, returned.changing(change))?;
    // What the organisation wrote is for those who work on it.
    let words = Entry::of("return_noted").saying(note).to(Audience::Staff).by(Some(organisation));
    timeline::append(act, moved.matter.id, moved.state.as_str(), words)?;
    if let Some(level) = raised {
        let entry = Entry { reason: Some(level.as_str()), ..Entry::of("raised") };
        timeline::append(act, moved.matter.id, moved.state.as_str(), entry)?;
    }
    Ok(())
}
