//! Asking the court, and noting what it decided.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{
    ConfirmationChange, ConfirmationId, ConfirmationRow, MediationConfirmationDecision,
    MediationConfirmationState, NewConfirmation, NewJoined,
};
use super::rules::{
    APPLIED_ALREADY, COURT_MISSING, DAY_UNFIT, LATE, NO_AGREEMENT, NOT_APPLIED, PAPER_MISSING,
};
use super::wire::{MediationConfirmationDraft, MediationConfirmationPatch, MediationConfirmationView};
use super::{Action, CONFIRMATIONS, store};
use crate::access::act::{Act, Governed, Look, Permit};
use crate::access::files::{self, Attachment};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::text::{Label, Line};
use crate::matters::clocks;
use crate::matters::mediation_agreements::must_be_told;
use crate::matters::mediation_cases::agreements::{self, AgreementRow, MediationAgreementState};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::mediation_cases::{self, AsParty, AsRunner, Case, CaseMove, advance};
use crate::matters::policies::ClockKind;
use crate::matters::registry::{MatterId, STATE_UNFIT};

/// The last request, for whoever reads the agreement.
pub fn find(look: &mut Look<'_>, id: MatterId) -> Result<MediationConfirmationView> {
    must_be_told(look, id)?;
    let row = store::last(look, id)?;
    view(look, id, row)
}

fn view(look: &mut Look<'_>, id: MatterId, row: ConfirmationRow) -> Result<MediationConfirmationView> {
    let joined = store::joined(look, row.id)?;
    let files = files::of(look, CONFIRMATIONS, row.id.0)?;
    let latest_on = latest(look, id)?;
    Ok(MediationConfirmationView::new(row, (joined, files), latest_on))
}

/// The last day of the 30, whether or not the clock was stopped since.
fn latest(look: &mut Look<'_>, id: MatterId) -> Result<Option<NaiveDate>> {
    let begun = clocks::of(look, id)?;
    let last = begun.iter().rfind(|clock| clock.clock == ClockKind::Confirmation);
    Ok(last.map(|clock| clock.due_on))
}

/// Asks, by one party of all, or as whoever runs the case notes of all together.
pub fn ask(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationConfirmationDraft,
) -> Result<MediationConfirmationView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    match case.party_of(&act.actor).map(|party| party.id) {
        Some(own) => {
            let case = act.permit(Action::Create, AsParty(case))?;
            if draft.applied_on.is_some() {
                return Err(DAY_UNFIT.at("/applied_on"));
            }
            join(act, &case, vec![own], draft)
        }
        None => {
            let case = act.permit(Action::Create, AsRunner(case))?;
            if draft.files.as_slice().is_empty() {
                return Err(PAPER_MISSING.at("/files"));
            }
            let all = case.0.parties.iter().map(|party| party.id).collect();
            join(act, &case, all, draft)
        }
    }
}

fn join<T: Governed + AsRef<Case>>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    parties: Vec<PartyId>,
    draft: MediationConfirmationDraft,
) -> Result<MediationConfirmationView> {
    let case: &Case = (**permit).as_ref();
    let id = case.matter.id;
    after(case.state, MediationStep::JoinConfirmation).ok_or(&STATE_UNFIT)?;
    let in_force = agreements::in_state(act, id, MediationAgreementState::Effective)?;
    let agreement = in_force.ok_or(&NO_AGREEMENT)?;
    let on = applied_on(act, id, &agreement, draft.applied_on)?;
    let row = begun(act, permit, &agreement, draft.court)?;
    let there = store::joined(act, row.id)?;
    let is_alone = parties.len() == 1;
    for party_id in parties {
        // Of all that asked on paper some may have joined in the app.
        if is_alone || !there.contains(&party_id) {
            let new = NewJoined { confirmation_id: row.id, party_id, joined_at: act.now };
            store::join(act, permit, &new, &APPLIED_ALREADY)?;
        }
    }
    let to = Attachment { resource: CONFIRMATIONS, id: row.id.0, division: case.matter.division };
    files::attach(act, &draft.files.into_inner(), &to, "/files")?;
    let joined = store::joined(act, row.id)?;
    let is_joint = case.parties.iter().all(|party| joined.contains(&party.id));
    let state = if is_joint { MediationConfirmationState::Applied } else { row.state };
    let change = ConfirmationChange {
        state,
        applied_on: is_joint.then_some(on),
        decided_on: None,
        document_number: None,
        note: None,
    };
    let row = store::update(act, permit, row.id, &change)?;
    let step = if is_joint { MediationStep::ApplyConfirmation } else { MediationStep::JoinConfirmation };
    advance(act, Action::Create, permit, CaseMove::new(step))?;
    view(act, id, row)
}

/// The request that was begun, or a new one.
fn begun<T>(
    act: &mut Act<'_>,
    permit: &Permit<T>,
    agreement: &AgreementRow,
    court: Option<Line<100>>,
) -> Result<ConfirmationRow> {
    match store::live(act, agreement.id)? {
        Some(row) if row.state == MediationConfirmationState::Joining => return Ok(row),
        Some(_) => return APPLIED_ALREADY.refuse(),
        None => {}
    }
    let new = NewConfirmation {
        id: ConfirmationId::new(),
        agreement_id: agreement.id,
        state: MediationConfirmationState::Joining,
        court: court.ok_or_else(|| COURT_MISSING.at("/court"))?.into_inner(),
        note: String::new(),
        created_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    store::insert(act, permit, &new)?;
    store::live(act, agreement.id)?.ok_or_else(|| (&NOT_FOUND).into())
}

/// The day the court is asked: within the 30 (人民调解法 33).
fn applied_on(
    act: &mut Act<'_>,
    id: MatterId,
    agreement: &AgreementRow,
    said: Option<Day>,
) -> Result<NaiveDate> {
    let today = local_date(act.now);
    let on = said.map_or(today, Day::get);
    if on > today || agreement.effective_on.is_some_and(|from| on < from) {
        return Err(DAY_UNFIT.at("/applied_on"));
    }
    match latest(act, id)? {
        Some(last) if on > last => LATE.refuse(),
        _ => Ok(on),
    }
}

/// Notes what the court decided.
pub fn decide(
    act: &mut Act<'_>,
    id: MatterId,
    seen: &IfMatch,
    patch: MediationConfirmationPatch,
) -> Result<MediationConfirmationView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(Action::Update, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    let row = store::last(act, id)?;
    seen.check(row.version)?;
    after(case.0.state, MediationStep::DecideConfirmation).ok_or(&STATE_UNFIT)?;
    let applied_on = row.applied_on.filter(|_| row.state == MediationConfirmationState::Applied);
    let applied_on = applied_on.ok_or(&NOT_APPLIED)?;
    let on = patch.decided_on.get();
    if on < applied_on || on > local_date(act.now) {
        return Err(DAY_UNFIT.at("/decided_on"));
    }
    let state = match patch.decision {
        MediationConfirmationDecision::Confirmed => MediationConfirmationState::Confirmed,
        MediationConfirmationDecision::Refused => MediationConfirmationState::Refused,
    };
    let change = ConfirmationChange {
        state,
        applied_on: None,
        decided_on: Some(on),
        document_number: Some(Line::into_inner(patch.document_number)),
        note: Some(Label::into_inner(patch.note)),
    };
    let row = store::update(act, &case, row.id, &change)?;
    let mut decided = CaseMove::new(MediationStep::DecideConfirmation);
    decided.entry.reason = Some(patch.decision.as_str());
    advance(act, Action::Update, &case, decided)?;
    view(act, id, row)
}

/// The door to a request: whoever reads the agreement.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    let case = store::case_of(look, ConfirmationId(id))?;
    let (_, stance) = mediation_cases::seen(look, case)?;
    NOT_FOUND.unless(stance.is_told_facts())
}
