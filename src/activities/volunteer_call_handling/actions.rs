//! Moving a call on.

use super::Action;
use super::rules::NOT_OVER;
use super::wire::VolunteerCallCancellationDraft;
use crate::access::act::{Act, Permit};
use crate::activities::volunteer_calls::{
    self, CallChange, VolunteerCall, VolunteerCallDetailView, VolunteerCallId, VolunteerCallStep, must_follow,
};
use crate::activities::{attendances, shifts};
use crate::kit::problem::Result;

/// From now on it is seen, and places can be taken.
pub fn publish(act: &mut Act<'_>, id: VolunteerCallId) -> Result<VolunteerCallDetailView> {
    let call = volunteer_calls::seen_for(act, Action::Publish, id, VolunteerCallStep::Publish)?;
    shifts::store::lock_all(act, &call)?;
    shifts::store::set_open(act, &call, true)?;
    volunteer_calls::tell_petition(act, &call)?;
    let change = CallChange { published_at: Some(act.now), ..CallChange::default() };
    go(act, &call, (Action::Publish, VolunteerCallStep::Publish), change)
}

/// From now on no place can be taken; who has one may still give it back.
pub fn close(act: &mut Act<'_>, id: VolunteerCallId) -> Result<VolunteerCallDetailView> {
    let call = volunteer_calls::seen_for(act, Action::Close, id, VolunteerCallStep::Close)?;
    shifts::store::lock_all(act, &call)?;
    shifts::store::set_open(act, &call, false)?;
    go(act, &call, (Action::Close, VolunteerCallStep::Close), CallChange::default())
}

/// It does not take place. What has begun stays as it was: hours done are done.
pub fn cancel(
    act: &mut Act<'_>,
    id: VolunteerCallId,
    draft: VolunteerCallCancellationDraft,
) -> Result<VolunteerCallDetailView> {
    let call = volunteer_calls::seen_for(act, Action::Cancel, id, VolunteerCallStep::Cancel)?;
    let (mut ended, reason) = (Vec::new(), draft.reason.into_inner());
    for shift in shifts::store::lock_all(act, &call)? {
        if !shift.is_cancelled && !shift.is_begun(act.now) {
            ended.extend(shifts::cancel(act, &call, shift.id, Some(&reason))?);
        }
    }
    shifts::store::set_open(act, &call, false)?;
    let change = CallChange { reason: Some(reason), ended_at: Some(act.now), ..CallChange::default() };
    shifts::tell_cancelled(act, id, &ended)?;
    go(act, &call, (Action::Cancel, VolunteerCallStep::Cancel), change)
}

/// It took place.
pub fn complete(act: &mut Act<'_>, id: VolunteerCallId) -> Result<VolunteerCallDetailView> {
    let call = volunteer_calls::seen_for(act, Action::Complete, id, VolunteerCallStep::Complete)?;
    let now = act.now;
    let all = shifts::store::lock_all(act, &call)?;
    if all.iter().any(|shift| !shift.is_cancelled && shift.ends_at.is_some_and(|end| end > now)) {
        return NOT_OVER.refuse();
    }
    attendances::finish(act, &call)?;
    let change = CallChange { ended_at: Some(act.now), ..CallChange::default() };
    go(act, &call, (Action::Complete, VolunteerCallStep::Complete), change)
}

fn go(
    act: &mut Act<'_>,
    call: &Permit<VolunteerCall>,
    (action, step): (Action, VolunteerCallStep),
    change: CallChange,
) -> Result<VolunteerCallDetailView> {
    let change = CallChange { state: Some(must_follow(call.row.state, step)?), ..change };
    volunteer_calls::store::update(act, call, &change)?;
    volunteer_calls::refresh(act, action, call.row.id)
}
