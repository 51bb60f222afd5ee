//! Asking, and deciding.

use uuid::Uuid;

use super::model::{MediationWaiverState, NewWaiver, WaiverDecided, WaiverId, WaiverRow};
use super::rules::{ASKED_ALREADY, DECIDED, PARTY_UNFIT, UNFIT};
use super::wire::{MediationWaiverDecisionDraft, MediationWaiverDraft, MediationWaiverView};
use super::{Action, WAIVERS, store};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::files::{self, Attachment};
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Result};
use crate::kit::text::Line;
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{
    self, AsParty, AsRunner, AsSeat, Case, CaseMove, MediationSeatRole, MediationSource, advance,
};
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// Asks, for oneself, or as whoever runs the case shows of a party.
pub fn ask(act: &mut Act<'_>, id: MatterId, draft: MediationWaiverDraft) -> Result<MediationWaiverView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    match case.party_of(&act.actor).map(|party| party.id) {
        Some(own) => {
            let case = act.permit(Action::Create, AsParty(case))?;
            if draft.party.is_some_and(|party| party != own) {
                return Err(PARTY_UNFIT.at("/party"));
            }
            put(act, &case, own, draft)
        }
        None => {
            let case = act.permit(Action::Create, AsRunner(case))?;
            let named = case.0.parties.iter().map(|party| party.id).find(|id| Some(*id) == draft.party);
            let named = named.filter(|_| !draft.files.as_slice().is_empty());
            let party = named.ok_or_else(|| PARTY_UNFIT.at("/party"))?;
            put(act, &case, party, draft)
        }
    }
}

fn put<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    party_id: PartyId,
    draft: MediationWaiverDraft,
) -> Result<MediationWaiverView> {
    let case: &Case = (**permit).as_ref();
    let is_referral = case.own.source == MediationSource::PoliceReferral;
    if !is_referral || after(case.state, MediationStep::AskWaiver).is_none() {
        return UNFIT.refuse();
    }
    let new = NewWaiver {
        id: WaiverId::new(),
        case_id: case.matter.id,
        party_id,
        state: MediationWaiverState::Applied,
        text: Line::into_inner(draft.text),
        account_id: act.actor.account()?,
        created_at: act.now,
        reason: String::new(),
    };
    store::insert(act, permit, &new, &ASKED_ALREADY)?;
    let to = Attachment { resource: WAIVERS, id: new.id.0, division: case.matter.division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    advance(act, Action::Create, permit, CaseMove::new(MediationStep::AskWaiver))?;
    let row = store::find(act, new.id)?;
    view(act, row)
}

/// Decides, by the police at the table.
pub fn decide(
    act: &mut Act<'_>,
    (id, waiver): (MatterId, WaiverId),
    draft: MediationWaiverDecisionDraft,
) -> Result<MediationWaiverView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateDecision, AsSeat(case))?;
    let seat = case.0.seat_of(&act.actor);
    if !seat.is_some_and(|seat| seat.role == MediationSeatRole::Police && seat.is_taken()) {
        return FORBIDDEN.refuse();
    }
    let row = store::find(act, waiver)?;
    if row.case_id != id {
        return NOT_FOUND.refuse();
    }
    after(case.0.state, MediationStep::DecideWaiver).ok_or(&STATE_UNFIT)?;
    if row.state != MediationWaiverState::Applied {
        return DECIDED.refuse();
    }
    let state = if draft.is_granted { MediationWaiverState::Granted } else { MediationWaiverState::Refused };
    let decided = WaiverDecided {
        state,
        decided_by: act.actor.account()?,
        decided_at: act.now,
        reason: Line::into_inner(draft.reason),
    };
    store::decide(act, &case, waiver, &decided)?;
    let mut moved = CaseMove::new(MediationStep::DecideWaiver);
    moved.entry.reason = Some(state.as_str());
    advance(act, Action::CreateDecision, &case, moved)?;
    let row = store::find(act, waiver)?;
    view(act, row)
}

/// An application with its files.
pub fn view(look: &mut Look<'_>, row: WaiverRow) -> Result<MediationWaiverView> {
    let files = files::of(look, WAIVERS, row.id.0)?;
    Ok(MediationWaiverView::new(row, files))
}

/// The door to what an application shows: whoever reads the agreement.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let row = store::find(look, WaiverId(id))?;
    let (_, stance) = mediation_cases::seen(look, row.case_id)?;
    NOT_FOUND.unless(stance.is_told_facts())
}
