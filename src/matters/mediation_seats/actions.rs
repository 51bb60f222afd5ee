//! Who sits at the table.

use super::Action;
use super::rules::{
    self, CHOICE_UNFIT, OBJECTED_ALREADY, OBJECTION_DECIDED, OBJECTION_OWN, OBJECTION_UNFIT, REASON_MISSING,
    REPLY_UNFIT, SEAT_TAKEN, SEAT_UNFIT,
};
use super::wire::{
    MediationObjectionDecisionDraft, MediationObjectionDraft, MediationSeatDraft, MediationSeatReplyDraft,
};
use crate::access::act::{Act, Governed, Permit};
use crate::access::actor::AccountId;
use crate::kit::named::Named;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::course::MediationStep;
use crate::matters::mediation_cases::seats::{
    self, NewObjection, NewSeat, ObjectionDecided, ObjectionId, SeatId, SeatReply,
};
use crate::matters::mediation_cases::{
    self, AsParty, AsRunner, AsSeat, Case, CaseMove, MediationCaseDetailView, MediationObjectionDecision,
    MediationSeatRole, MediationSeatState, advance,
};
use crate::matters::mediators;
use crate::matters::registry::{Audience, MatterId};
use crate::matters::timeline::Entry;

/// Asks somebody to sit: whoever runs it anybody, a party a mediator.
pub fn ask(act: &mut Act<'_>, id: MatterId, draft: MediationSeatDraft) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    if case.party_of(&act.actor).is_some() {
        if draft.role != MediationSeatRole::Mediator {
            return Err(CHOICE_UNFIT.at("/role"));
        }
        let case = act.permit(Action::Create, AsParty(case))?;
        return seat(act, &case, &draft);
    }
    let case = act.permit(Action::Create, AsRunner(case))?;
    seat(act, &case, &draft)
}

fn seat<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    draft: &MediationSeatDraft,
) -> Result<MediationCaseDetailView> {
    let (id, division) = {
        let case: &Case = (**permit).as_ref();
        (case.matter.id, case.matter.division)
    };
    let (account_id, pointer) = whom(act, draft)?;
    let post = seats::post(act, account_id, rules::post_for(draft.role), division)?;
    let organisation_id = post.ok_or_else(|| SEAT_UNFIT.at(pointer))?;
    let new = NewSeat {
        id: SeatId::new(),
        case_id: id,
        role: draft.role,
        account_id,
        organisation_id,
        state: MediationSeatState::Asked,
        reason: String::new(),
        asked_by: act.actor.account()?,
        asked_at: act.now,
    };
    seats::add(act, permit, &new, &SEAT_TAKEN)?;
    mediation_cases::must_sit_apart(act, id)?;
    let mut asked = CaseMove::new(MediationStep::AskSeat);
    asked.entry.reason = Some(draft.role.as_str());
    advance(act, Action::Create, permit, asked)?;
    mediation_cases::find(act, id)
}

/// Who is asked, and where that was said.
fn whom(act: &mut Act<'_>, draft: &MediationSeatDraft) -> Result<(AccountId, &'static str)> {
    match (draft.account, draft.mediator) {
        (Some(account), None) => Ok((account, "/account")),
        (None, Some(mediator)) => {
            let entry = mediators::store::find(act, mediator).or_refuse(&SEAT_UNFIT, "/mediator")?;
            let account = entry.mediator.account_id.ok_or_else(|| SEAT_UNFIT.at("/mediator"))?;
            Ok((account, "/mediator"))
        }
        _ => Err(SEAT_UNFIT.at("/account")),
    }
}

/// Says whether one sits.
pub fn reply(
    act: &mut Act<'_>,
    (id, seat): (MatterId, SeatId),
    draft: MediationSeatReplyDraft,
) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateReply, AsSeat(case))?;
    let own = case.0.seat_of(&act.actor).filter(|own| own.id == seat).ok_or(&NOT_FOUND)?;
    if own.state != MediationSeatState::Asked {
        return REPLY_UNFIT.refuse();
    }
    if !draft.is_accepted && draft.reason.is_empty() {
        return Err(REASON_MISSING.at("/reason"));
    }
    let (state, step) = match draft.is_accepted {
        true => (MediationSeatState::Accepted, MediationStep::TakeSeat),
        false => (MediationSeatState::Declined, MediationStep::DeclineSeat),
    };
    let (role, organisation) = (own.role, own.organisation_id);
    let reason = Some(Label::into_inner(draft.reason));
    let said = SeatReply { state, reason, replied_at: Some(act.now), left_at: None };
    seats::reply(act, &case, seat, &said)?;
    let mut replied = CaseMove::new(step).by(organisation);
    replied.entry.reason = Some(role.as_str());
    let moved = advance(act, Action::CreateReply, &case, replied)?;
    // Whoever declined sees it no more, and is told so by what they answered.
    mediation_cases::as_seen_by_seat(act, moved, seat)
}

/// Objects to a mediator 申请回避.
pub fn object(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationObjectionDraft,
) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateObjection, AsParty(case))?;
    let named = case.0.seats.iter().find(|seat| seat.id == draft.seat && seat.is_live());
    let is_mediator = named.is_some_and(|seat| seat.role == MediationSeatRole::Mediator);
    let party = case.0.party_of(&act.actor).map(|party| party.id).filter(|_| is_mediator);
    let party_id = party.ok_or_else(|| OBJECTION_UNFIT.at("/seat"))?;
    let new = NewObjection {
        id: ObjectionId::new(),
        case_id: id,
        seat_id: draft.seat,
        party_id,
        reason: Line::into_inner(draft.reason),
        created_at: act.now,
    };
    seats::object(act, &case, &new, &OBJECTED_ALREADY)?;
    advance(act, Action::CreateObjection, &case, staff_read(MediationStep::Object))?;
    mediation_cases::find(act, id)
}

/// Decides over an objection 决定回避: sustained, the mediator leaves the table.
pub fn decide(
    act: &mut Act<'_>,
    (id, objection): (MatterId, ObjectionId),
    draft: MediationObjectionDecisionDraft,
) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateObjectionDecision, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    let made = seats::objections(act, id)?;
    let made = made.into_iter().find(|one| one.id == objection).ok_or(&NOT_FOUND)?;
    let about = case.0.seats.iter().find(|seat| seat.id == made.seat_id);
    if about.is_some_and(|seat| Some(seat.account_id) == act.actor.account().ok()) {
        return OBJECTION_OWN.refuse();
    }
    if made.decision.is_some() {
        return OBJECTION_DECIDED.refuse();
    }
    let decided = ObjectionDecided {
        decision: draft.decision,
        decision_reason: Line::into_inner(draft.reason),
        decided_by: act.actor.account()?,
        decided_at: act.now,
    };
    seats::decide(act, &case, objection, &decided)?;
    let is_leaving = about.is_some_and(seats::SeatRow::is_live);
    if draft.decision == MediationObjectionDecision::Sustained && is_leaving {
        let left = SeatReply {
            state: MediationSeatState::Left,
            reason: None,
            replied_at: None,
            left_at: Some(act.now),
        };
        seats::reply(act, &case, made.seat_id, &left)?;
    }
    let mut step = staff_read(MediationStep::DecideObjection);
    step.entry.reason = Some(draft.decision.as_str());
    advance(act, Action::CreateObjectionDecision, &case, step)?;
    mediation_cases::find(act, id)
}

/// A step that the other party need not read of.
fn staff_read(step: MediationStep) -> CaseMove {
    let mut step = CaseMove::new(step);
    step.entry = Entry::of(step.entry.event).to(Audience::Staff);
    step
}
