//! Planning a visit, and recording it.

use super::model::{FollowUpDone, FollowUpId, NewFollowUp};
use super::rules::{DONE_ON_UNFIT, PLANNED_PAST, RECORDED};
use super::wire::{MediationFollowUpDraft, MediationFollowUpPatch, MediationFollowUpView};
use super::{Action, store};
use crate::access::act::{Act, Permit};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;
use crate::kit::text::Label;
use crate::matters::mediation_cases::agreements::{self, MediationAgreementState};
use crate::matters::mediation_cases::course::{MediationStep, after};
use crate::matters::mediation_cases::{self, AsRunner, CaseMove, advance};
use crate::matters::registry::{MatterId, STATE_UNFIT};

fn run(act: &mut Act<'_>, action: Action, id: MatterId, step: MediationStep) -> Result<Permit<AsRunner>> {
    let (case, _) = mediation_cases::lock(act, id)?;
    let case = act.permit(action, AsRunner(case))?;
    mediation_cases::must_be_anothers(&case.0, &act.actor)?;
    after(case.0.state, step).ok_or(&STATE_UNFIT)?;
    Ok(case)
}

/// Plans a visit, which whoever plans it makes.
pub fn plan(act: &mut Act<'_>, id: MatterId, draft: MediationFollowUpDraft) -> Result<MediationFollowUpView> {
    let case = run(act, Action::Create, id, MediationStep::PlanFollowUp)?;
    let today = local_date(act.now);
    let planned_on = draft.planned_on.map_or(today, Day::get);
    if planned_on < today {
        return Err(PLANNED_PAST.at("/planned_on"));
    }
    let own = act.actor.account()?;
    let new = NewFollowUp {
        id: FollowUpId::new(),
        case_id: id,
        channel: draft.channel,
        planned_on,
        planned_by: own,
        account_id: own,
        note: Label::into_inner(draft.note),
        created_at: act.now,
        updated_at: act.now,
    };
    let row = store::insert(act, &case, &new)?;
    let mut planned = CaseMove::new(MediationStep::PlanFollowUp);
    planned.entry.due_on = Some(planned_on);
    advance(act, Action::Create, &case, planned)?;
    Ok(row.into())
}

/// Records a visit.
pub fn record(
    act: &mut Act<'_>,
    (id, follow_up): (MatterId, FollowUpId),
    seen: &IfMatch,
    patch: MediationFollowUpPatch,
) -> Result<MediationFollowUpView> {
    let (case, _) = mediation_cases::lock(act, id)?;
    act.permit(Action::Update, AsRunner(case))?;
    let row = store::find(act, id, follow_up)?;
    seen.check(row.version)?;
    let case = run(act, Action::Update, id, MediationStep::FollowUp)?;
    if row.done_on.is_some() {
        return RECORDED.refuse();
    }
    let today = local_date(act.now);
    let done_on = patch.done_on.map_or(today, Day::get);
    let in_force = agreements::in_state(act, id, MediationAgreementState::Effective)?;
    let from = in_force.and_then(|agreement| agreement.effective_on);
    if done_on > today || from.is_some_and(|from| done_on < from) {
        return Err(DONE_ON_UNFIT.at("/done_on"));
    }
    let done = FollowUpDone {
        account_id: act.actor.account()?,
        done_on,
        finding: patch.finding,
        note: Label::into_inner(patch.note),
    };
    let row = store::record(act, &case, follow_up, &done)?;
    let mut recorded = CaseMove::new(MediationStep::FollowUp);
    recorded.entry.reason = Some(patch.finding.as_str());
    advance(act, Action::Update, &case, recorded)?;
    Ok(row.into())
}
