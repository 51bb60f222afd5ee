//! Noting how an agreement is kept, and what follows from that.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{MediationPerformanceOutcome, NewPerformance, PerformanceId, PerformanceRow};
use super::rules::{
    AMOUNT_UNFIT, BREACH_UNSHOWN, ITEM_SETTLED, ITEM_UNKNOWN, NOT_CREDITOR, PERFORMED_ON_UNFIT,
};
use super::wire::{MediationPerformanceDraft, MediationPerformanceView, MediationReopeningDraft};
use super::{Action, PERFORMANCES, store};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::files::{self, Attachment};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::money::Fen;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::agreements::{
    self, AgreementRow, ItemRow, MediationAgreementState, MediationItemKind, MediationItemState,
};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{
    self, AsParty, AsRunner, Case, CaseChange, CaseMove, MediationCaseDetailView, MediationEndReason, advance,
};
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// Notes how something was kept: by whom it is owed to, or by whoever runs the case.
pub fn note(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationPerformanceDraft,
) -> Result<MediationPerformanceView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    match case.party_of(&act.actor).map(|party| party.id) {
        Some(own) => {
            let case = act.permit(Action::Create, AsParty(case))?;
            keep(act, &case, Some(own), draft)
        }
        None => {
            let case = act.permit(Action::Create, AsRunner(case))?;
            keep(act, &case, None, draft)
        }
    }
}

fn keep<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    party_id: Option<PartyId>,
    draft: MediationPerformanceDraft,
) -> Result<MediationPerformanceView> {
    let case: &Case = (**permit).as_ref();
    after(case.state, MediationStep::Perform).ok_or(&STATE_UNFIT)?;
    let in_force = agreements::in_state(act, case.matter.id, MediationAgreementState::Effective)?;
    let agreement = in_force.ok_or(&STATE_UNFIT)?;
    let items = agreements::items(act, agreement.id)?;
    let item = items.iter().find(|one| one.id == draft.item).ok_or_else(|| ITEM_UNKNOWN.at("/item"))?;
    let is_breach = draft.outcome == MediationPerformanceOutcome::Breached;
    if party_id.is_some_and(|party| party != item.creditor_id || is_breach) {
        return NOT_CREDITOR.refuse();
    }
    if item.state == MediationItemState::Done {
        return ITEM_SETTLED.refuse();
    }
    if is_breach && draft.note.is_empty() && draft.files.as_slice().is_empty() {
        return Err(BREACH_UNSHOWN.at("/note"));
    }
    let (state, paid) = settle(item, &draft)?;
    let amount_fen = Some(paid - item.paid_fen).filter(|paid| *paid > 0);
    let new = NewPerformance {
        id: PerformanceId::new(),
        case_id: case.matter.id,
        item_id: item.id,
        outcome: draft.outcome,
        amount_fen,
        performed_on: performed_on(act, &agreement, draft.performed_on)?,
        note: Label::into_inner(draft.note),
        party_id,
        account_id: act.actor.account()?,
        created_at: act.now,
    };
    store::insert(act, permit, &new)?;
    let to = Attachment { resource: PERFORMANCES, id: new.id.0, division: case.matter.division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    agreements::keep(act, permit, item.id, (state, paid))?;
    move_on(act, permit, (item.id, state), &items)?;
    let row = store::find(act, new.id)?;
    view(act, row)
}

/// How an item stands then, and how much of it is paid.
fn settle(item: &ItemRow, draft: &MediationPerformanceDraft) -> Result<(MediationItemState, i64)> {
    let paid = draft.amount_fen.map(Fen::get);
    let all = item.amount_fen.unwrap_or_default();
    match (draft.outcome, item.kind, paid) {
        (MediationPerformanceOutcome::Done, _, None) => Ok((MediationItemState::Done, all)),
        (MediationPerformanceOutcome::Breached, _, None) => Ok((MediationItemState::Breached, item.paid_fen)),
        (MediationPerformanceOutcome::Partly, MediationItemKind::Act, None) => {
            Ok((MediationItemState::Partly, 0))
        }
        (MediationPerformanceOutcome::Partly, MediationItemKind::Payment, Some(paid))
            if item.paid_fen + paid < all =>
        {
            Ok((MediationItemState::Partly, item.paid_fen + paid))
        }
        _ => Err(AMOUNT_UNFIT.at("/amount_fen")),
    }
}

fn performed_on(act: &Act<'_>, agreement: &AgreementRow, said: Option<Day>) -> Result<NaiveDate> {
    let today = local_date(act.now);
    let on = said.map_or(today, Day::get);
    let is_fit = on <= today && agreement.effective_on.is_some_and(|from| on >= from);
    if is_fit { Ok(on) } else { Err(PERFORMED_ON_UNFIT.at("/performed_on")) }
}

/// Broken, or performed once nothing is owed any more, or being performed.
fn move_on<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    (item, state): (agreements::ItemId, MediationItemState),
    items: &[ItemRow],
) -> Result<()> {
    let others_done =
        items.iter().filter(|one| one.id != item).all(|one| one.state == MediationItemState::Done);
    let step = match state {
        MediationItemState::Breached => MediationStep::Breach,
        MediationItemState::Done if others_done => MediationStep::Complete,
        _ => MediationStep::Perform,
    };
    if step == MediationStep::Breach {
        let case: &Case = (**permit).as_ref();
        let routes = mediation_cases::routes(case.own.source, case.own.dispute_type);
        let change = CaseChange {
            end_reason: Some(Some(MediationEndReason::Breached)),
            routes: Some(mediation_cases::told(routes)),
            ..CaseChange::default()
        };
        mediation_cases::change(act, permit, case.matter.id, &change)?;
    }
    let mut moved = CaseMove::new(step);
    moved.entry.reason = Some(state.as_str());
    advance(act, Action::Create, permit, moved).map(drop)
}

/// Mediates a case once more whose agreement was broken: everybody is asked anew (人民调解法 17).
pub fn reopen(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationReopeningDraft,
) -> Result<MediationCaseDetailView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::CreateReopening, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    after(case.0.state, MediationStep::Reopen).ok_or(&STATE_UNFIT)?;
    let change = CaseChange { end_reason: Some(None), routes: Some(Vec::new()), ..CaseChange::default() };
    mediation_cases::change(act, &case, id, &change)?;
    let reopened = CaseMove::new(MediationStep::Reopen).saying(Line::into_inner(draft.note));
    advance(act, Action::CreateReopening, &case, reopened)?;
    mediation_cases::find(act, id)
}

/// A performance with its files.
pub fn view(look: &mut Look<'_>, row: PerformanceRow) -> Result<MediationPerformanceView> {
    let files = files::of(look, PERFORMANCES, row.id.0)?;
    Ok(MediationPerformanceView::new(row, files))
}

/// The door to what shows a performance: whoever reads the agreement.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let row = store::find(look, PerformanceId(id))?;
    let (_, stance) = mediation_cases::seen(look, row.case_id)?;
    NOT_FOUND.unless(stance.is_told_facts())
}
