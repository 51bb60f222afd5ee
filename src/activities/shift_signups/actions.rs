//! Giving a place back, deciding who comes, and seeing who does.

use chrono::NaiveDate;
use serde_json::json;

use super::model::{ShiftSignupId, ShiftSignupState, SignupRow};
use super::rules::{self, CONSENT_MISSING, NOT_SIGNED_UP, OWN, REASON_MISSING, STATE_UNFIT, WITHDRAWAL_LATE};
use super::views::NamedShiftSignupView;
use super::wire::{ShiftSignupDecision, ShiftSignupDecisionDraft, ShiftSignupQuery};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Mine};
use crate::access::actor::ResidentId;
use crate::activities::shifts::store::Became;
use crate::activities::shifts::{self, BEGUN, ShiftId, ShiftKind, ShiftRow};
use crate::activities::volunteer_calls::{self, VolunteerCallStep, days, must_follow};
use crate::kit::answer::Nothing;
use crate::kit::page::Page;
use crate::kit::problem::Result;
use crate::people::subjects;

/// The caller's own records.
pub fn own_records(look: &mut Look<'_>) -> Result<Vec<ResidentId>> {
    Ok(subjects::own(look)?.into_iter().map(|subject| subject.resident).collect())
}

/// Those, and the ones that they moved away from: what they did is theirs still.
pub fn own_records_ever(look: &mut Look<'_>) -> Result<Vec<ResidentId>> {
    Ok(subjects::ever(look, None)?.into_iter().map(|subject| subject.resident).collect())
}

/// Gives a place back, or one's place in the line; who waits longest moves up in the same transaction. Whoever moved away since
/// they signed up may, too.
pub fn withdraw(act: &mut Act<'_>, shift: ShiftId, wanted: Option<ResidentId>) -> Result<Nothing> {
    act.permit(Action::Delete, Mine)?;
    let own = own_records(act)?;
    let row = shifts::store::load(act, shift)?;
    let Some(signup) = store::find_own(act, shift, &own, wanted)? else {
        volunteer_calls::store::find(act, row.call_id)?;
        return NOT_SIGNED_UP.refuse();
    };
    let call = volunteer_calls::store::load(act, row.call_id)?;
    must_follow(call.row.state, VolunteerCallStep::Withdraw)?;
    let row = shifts::store::lock(act, shift)?;
    must_be_in_time(act, &row, &signup)?;
    let changed = shifts::store::change_places(
        act,
        shift,
        Some((signup.id.0, ShiftSignupState::Withdrawn.as_str())),
        None,
    )?;
    // It ended a moment ago.
    if changed.is_empty() {
        return NOT_SIGNED_UP.refuse();
    }
    record(act, Action::Delete, &row, &signup, ShiftSignupState::Withdrawn)?;
    tell_moved(act, &row, &signup, &changed)?;
    Ok(Nothing {})
}

fn must_be_in_time(act: &mut Act<'_>, row: &ShiftRow, signup: &SignupRow) -> Result<()> {
    let now = act.now;
    let has_place = signup.state == ShiftSignupState::Held;
    let is_late = has_place && row.withdraw_until.is_some_and(|until| until < now);
    if is_late || row.is_begun(now) || row.kind != ShiftKind::Fixed && store::has_attended(act, signup.id)? {
        return WITHDRAWAL_LATE.refuse();
    }
    Ok(())
}

/// Says who comes: of those who asked, or takes a place away before the shift begins, with the reason.
pub fn decide(
    act: &mut Act<'_>,
    id: ShiftSignupId,
    draft: ShiftSignupDecisionDraft,
) -> Result<NamedShiftSignupView> {
    act.scope(Action::Decide)?;
    let signup = store::load(act, id)?;
    let shift = shifts::store::load(act, signup.shift_id)?;
    let call = volunteer_calls::seen_for(act, Action::Decide, shift.call_id, VolunteerCallStep::Decide)?;
    must_be_anothers(act, &signup)?;
    let shift = shifts::store::lock(act, shift.id)?;
    let signup = store::load(act, id)?;
    let reason = Some(draft.reason.into_inner()).filter(|reason| !reason.is_empty());
    let coming = days((shift.starts_at, shift.ends_at), act.now);
    let becomes = match draft.decision {
        ShiftSignupDecision::Approved if signup.state != ShiftSignupState::Requested => {
            return STATE_UNFIT.refuse();
        }
        ShiftSignupDecision::Refused if !signup.state.is_active() => return STATE_UNFIT.refuse(),
        _ if shift.is_begun(act.now) => return BEGUN.refuse(),
        ShiftSignupDecision::Approved if signup.needs_consent && draft.consent_by.is_none() => {
            return Err(CONSENT_MISSING.at("/consent_by"));
        }
        ShiftSignupDecision::Refused if reason.is_none() => return Err(REASON_MISSING.at("/reason")),
        ShiftSignupDecision::Approved => {
            must_be_safe(act, id, coming)?;
            "approved"
        }
        ShiftSignupDecision::Refused => ShiftSignupState::Refused.as_str(),
    };
    let consent_by = draft.consent_by.filter(|_| signup.needs_consent);
    store::decide(act, &call, id, (consent_by, reason))?;
    let changed = shifts::store::change_places(act, shift.id, Some((id.0, becomes)), None)?;
    tell_moved(act, &shift, &signup, &changed)?;
    let row = store::load_named(act, &call, id)?;
    record(act, Action::Decide, &shift, &signup, row.signup.state)?;
    act.announce("shift_signup.decided", json!({ "signup": id, "state": row.signup.state.as_str() }))?;
    Ok(row.into())
}

/// Refuses dangerous work that is not insured to the last of these days, or by a minor.
pub fn must_be_safe(act: &mut Act<'_>, id: ShiftSignupId, days: (NaiveDate, NaiveDate)) -> Result<()> {
    let danger = store::danger(act, id)?;
    danger.map_or(Ok(()), |danger| rules::must_be_safe(danger, days))
}

/// Nobody decides about themselves, or writes their own hours down.
pub fn must_be_anothers(act: &mut Act<'_>, signup: &SignupRow) -> Result<()> {
    let is_own =
        signup.account_id == act.actor.account()? || own_records_ever(act)?.contains(&signup.resident_id);
    if is_own { OWN.refuse() } else { Ok(()) }
}

/// Whoever moved up is told.
fn tell_moved(act: &mut Act<'_>, shift: &ShiftRow, signup: &SignupRow, changed: &[Became]) -> Result<()> {
    for one in changed.iter().filter(|one| one.signup != signup.id.0) {
        act.announce("shift_signup.moved_up", json!({ "signup": one.signup, "shift": shift.id }))?;
    }
    Ok(())
}

/// Who signed up. The look is recorded.
pub fn list(
    act: &mut Act<'_>,
    shift: ShiftId,
    query: ShiftSignupQuery,
) -> Result<Page<NamedShiftSignupView>> {
    act.scope(Action::List)?;
    let shift = shifts::store::load(act, shift)?;
    let call = volunteer_calls::store::find(act, shift.call_id)?;
    let call = act.permit(Action::List, call)?;
    let filter = (shift.id, query.state);
    let pager = act.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
    let rows = store::page(act, &call, filter, &pager)?;
    let detail = json!({ "volunteer_call": shift.call_id });
    let (id, division) = (shift.id.to_string(), Some(shift.division));
    act.record(Event { action: Action::List, id, division, detail })?;
    pager.page(rows, |row| row.signup.turn, NamedShiftSignupView::from)
}

fn record(
    act: &mut Act<'_>,
    action: Action,
    shift: &ShiftRow,
    signup: &SignupRow,
    state: ShiftSignupState,
) -> Result<()> {
    let detail = json!({ "shift": shift.id, "was": signup.state.as_str(), "state": state.as_str() });
    act.record(Event { action, id: signup.id.to_string(), division: Some(shift.division), detail })
}
