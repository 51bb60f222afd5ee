//! Running a case, step by step.

use super::wire::{MediationAcceptanceDraft, MediationClosureDraft, MediationEndDraft};
use super::{Action, REASON_UNFIT, SIDES_MISSING};
use crate::access::act::{Act, Permit};
use crate::kit::problem::Result;
use crate::kit::text::{Label, Line};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::{
    self, AsRunner, CaseChange, CaseMove, MediationCaseDetailView, MediationEndReason, MediationSide, advance,
};
use crate::matters::mediation_subsidies;
use crate::matters::registry::{MatterChange, MatterId, STATE_UNFIT};

/// A case that the actor runs, locked.
fn run(act: &mut Act<'_>, action: Action, id: MatterId, step: MediationStep) -> Result<Permit<AsRunner>> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(action, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    after(case.0.state, step).ok_or(&STATE_UNFIT)?;
    Ok(case)
}

/// Takes a case 受理: its month begins.
pub fn accept(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationAcceptanceDraft,
) -> Result<MediationCaseDetailView> {
    let mut case = run(act, Action::Accept, id, MediationStep::Accept)?;
    let has = |side| case.0.parties.iter().any(|party| party.side == side);
    if !has(MediationSide::Applicant) || !has(MediationSide::Respondent) {
        return SIDES_MISSING.refuse();
    }
    if draft.grade.is_some() {
        // Before the step: the clocks that it begins turn on the grade.
        let change = CaseChange { grade: draft.grade, ..CaseChange::default() };
        mediation_cases::change(act, &case, id, &change)?;
        case = run(act, Action::Accept, id, MediationStep::Accept)?;
    }
    let change =
        MatterChange { first_receiver_id: Some(Some(act.actor.account()?)), ..MatterChange::default() };
    let accepted =
        CaseMove::new(MediationStep::Accept).saying(Label::into_inner(draft.note)).changing(change);
    advance(act, Action::Accept, &case, accepted)?;
    mediation_cases::find(act, id)
}

/// Does not take a case 不予受理, and says where else the parties may go.
pub fn refuse(act: &mut Act<'_>, id: MatterId, draft: MediationEndDraft) -> Result<MediationCaseDetailView> {
    use MediationEndReason::{NotMediable, NotReached, OtherBodySeized, SettledElsewhere};
    let reasons = [NotMediable, OtherBodySeized, NotReached, SettledElsewhere];
    end(act, (Action::Refuse, MediationStep::Decline, &reasons), id, draft)
}

/// It is not settled 调解不成: the other ways are told (人民调解法 26).
pub fn fail(act: &mut Act<'_>, id: MatterId, draft: MediationEndDraft) -> Result<MediationCaseDetailView> {
    use MediationEndReason::{
        NoAgreement, NotMediable, NotReached, OtherBodySeized, PartyAbsent, SettledElsewhere,
    };
    let reasons = [NoAgreement, NotReached, PartyAbsent, OtherBodySeized, NotMediable, SettledElsewhere];
    end(act, (Action::Fail, MediationStep::Fail, &reasons), id, draft)
}

fn end(
    act: &mut Act<'_>,
    (action, step, reasons): (Action, MediationStep, &[MediationEndReason]),
    id: MatterId,
    draft: MediationEndDraft,
) -> Result<MediationCaseDetailView> {
    let case = run(act, action, id, step)?;
    if !reasons.contains(&draft.reason) {
        return Err(REASON_UNFIT.at("/reason"));
    }
    let told = draft.routes.into_inner();
    let own = &case.0.own;
    let routes = if told.is_empty() { mediation_cases::routes(own.source, own.dispute_type) } else { told };
    let change = CaseChange {
        end_reason: Some(Some(draft.reason)),
        end_note: Some(Line::into_inner(draft.note)),
        routes: Some(mediation_cases::told(routes)),
        ..CaseChange::default()
    };
    mediation_cases::change(act, &case, id, &change)?;
    let mut ended = CaseMove::new(step);
    ended.entry.reason = Some(draft.reason.as_str());
    advance(act, action, &case, ended)?;
    mediation_cases::find(act, id)
}

/// Files it 归档.
pub fn close(
    act: &mut Act<'_>,
    id: MatterId,
    draft: MediationClosureDraft,
) -> Result<MediationCaseDetailView> {
    let case = run(act, Action::Close, id, MediationStep::Close)?;
    // Whoever closes it twice, or is killed in between, pays once: the lines commit with the step.
    mediation_subsidies::credit(act, &case)?;
    let closed = CaseMove::new(MediationStep::Close).saying(Line::into_inner(draft.note));
    advance(act, Action::Close, &case, closed)?;
    mediation_cases::find(act, id)
}
