//! Checking in, answering, and ending a pledge.

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::model::{NewPledge, Pledge, PledgeChange, PledgeId, PledgeKind, PledgeState};
use super::rules::{
    DAYS_UNFIT, DIVISION_UNFIT, HOURS_UNFIT, ORGANISATION_UNKNOWN, OUTSIDE, OWN, REASON_MISSING, STATE_UNFIT,
};
use super::views::PledgeView;
use super::wire::{PledgeDecisionDraft, PledgeDraft, PledgePatch};
use super::{Action, store};
use crate::access::act::{Act, Event, Governed, Look, Permit};
use crate::access::actor::{OrganisationId, ResidentId};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::number::Whole;
use crate::kit::problem::{NOT_FOUND, Result};
use crate::people::subjects;
use crate::places::organisations;

/// How far ahead one plans.
const AHEAD: Days = Days::new(366);

/// A pledge that the caller sees.
pub fn find(look: &mut Look<'_>, id: PledgeId) -> Result<PledgeView> {
    seen(look, id).map(PledgeView::from)
}

/// The same as it is kept, for what came of it.
pub fn seen(look: &mut Look<'_>, id: PledgeId) -> Result<Pledge> {
    look.scope(Action::Find)?;
    let pledge = store::load(look, id)?;
    must_be_seen(look, &pledge)?;
    Ok(pledge)
}

/// What the caller neither receives nor pledged is 404.
pub fn must_be_seen(look: &Look<'_>, pledge: &Pledge) -> Result<()> {
    let sees = look.actor.may(Action::Find, pledge.division(), pledge.is_own(&look.actor));
    NOT_FOUND.unless(sees)
}

/// A pledge that the caller sees and may do that to, locked.
fn handled(
    act: &mut Act<'_>,
    action: Action,
    id: PledgeId,
    from: PledgeState,
    seen: Option<&IfMatch>,
) -> Result<Permit<Pledge>> {
    act.scope(action)?;
    let pledge = store::lock(act, id)?;
    must_be_seen(act, &pledge)?;
    let pledge = act.permit(action, pledge)?;
    if let Some(seen) = seen {
        seen.check(pledge.row.version)?;
    }
    if pledge.row.state == from { Ok(pledge) } else { STATE_UNFIT.refuse() }
}

/// Nobody speaks for the community about what they pledged themselves, or for their organisation.
pub fn must_be_anothers(act: &Act<'_>, pledge: &Pledge) -> Result<()> {
    let is_own = pledge.is_own(&act.actor) || pledge.row.pledged_by == act.actor.account()?;
    if is_own { OWN.refuse() } else { Ok(()) }
}

/// In whose name: an organisation's that goes on, or one's own, where one lives.
fn pledger(
    act: &mut Act<'_>,
    division: Division,
    organisation: Option<OrganisationId>,
) -> Result<Option<ResidentId>> {
    let Some(organisation) = organisation else {
        let own = subjects::own(act)?.into_iter().find(|subject| subject.division == division);
        return own.map(|subject| Some(subject.resident)).ok_or_else(|| (&OUTSIDE).into());
    };
    let known =
        organisations::store::find(act, organisation).or_refuse(&ORGANISATION_UNKNOWN, "/organisation")?;
    match known.closed_on.is_none_or(|day| day > local_date(act.now)) {
        true => Ok(None),
        false => Err(ORGANISATION_UNKNOWN.at("/organisation")),
    }
}

fn must_be_days(today: NaiveDate, starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<()> {
    if starts_on < today || today.checked_add_days(AHEAD).is_none_or(|last| starts_on > last) {
        return Err(DAYS_UNFIT.at("/starts_on"));
    }
    must_end_after(starts_on, ends_on)
}

fn must_end_after(starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<()> {
    if ends_on.is_some_and(|end| end < starts_on) { Err(DAYS_UNFIT.at("/ends_on")) } else { Ok(()) }
}

/// Checks in to a community.
pub fn create(act: &mut Act<'_>, draft: PledgeDraft) -> Result<PledgeView> {
    act.scope(Action::Create)?;
    let (starts_on, ends_on) = (draft.starts_on.get(), draft.ends_on.map(Day::get));
    must_be_days(local_date(act.now), starts_on, ends_on)?;
    if !draft.division.is_committee() {
        return Err(DIVISION_UNFIT.at("/division"));
    }
    if (draft.kind == PledgeKind::Hours) != draft.hours.is_some() {
        return Err(HOURS_UNFIT.at("/hours"));
    }
    let resident_id = pledger(act, draft.division, draft.organisation)?;
    let new = NewPledge {
        id: PledgeId::new(),
        division: draft.division,
        organisation_id: draft.organisation,
        resident_id,
        kind: draft.kind,
        offer: draft.offer.into_inner(),
        hours: draft.hours.map(Whole::get),
        starts_on,
        ends_on,
        state: PledgeState::Offered,
        reason: String::new(),
        pledged_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    store::insert(act, &new)?;
    answer(act, Action::Create, new.id)
}

/// Changes what is offered, before the committee has answered.
pub fn update(act: &mut Act<'_>, id: PledgeId, seen: &IfMatch, patch: PledgePatch) -> Result<PledgeView> {
    let pledge = handled(act, Action::Update, id, PledgeState::Offered, Some(seen))?;
    if patch.hours.0.is_some() && pledge.row.kind != PledgeKind::Hours {
        return Err(HOURS_UNFIT.at("/hours"));
    }
    let change = patch.into_change();
    must_end_after(pledge.row.starts_on, change.ends_on.unwrap_or(pledge.row.ends_on))?;
    store::update(act, &pledge, &change)?;
    answer(act, Action::Update, id)
}

/// Says yes or no to it, for the community.
pub fn decide(act: &mut Act<'_>, id: PledgeId, draft: PledgeDecisionDraft) -> Result<PledgeView> {
    let pledge = handled(act, Action::Decide, id, PledgeState::Offered, None)?;
    must_be_anothers(act, &pledge)?;
    if !draft.is_accepted && draft.reason.is_empty() {
        return Err(REASON_MISSING.at("/reason"));
    }
    let change = PledgeChange {
        state: Some(if draft.is_accepted { PledgeState::Accepted } else { PledgeState::Declined }),
        reason: Some(draft.reason.into_inner()),
        decided_by: Some(act.actor.account()?),
        decided_at: Some(act.now),
        ..PledgeChange::default()
    };
    store::update(act, &pledge, &change)?;
    answer(act, Action::Decide, id)
}

/// Ends a pledge that was accepted: either side may.
pub fn complete(act: &mut Act<'_>, id: PledgeId) -> Result<PledgeView> {
    let pledge = handled(act, Action::Complete, id, PledgeState::Accepted, None)?;
    let (state, completed_at) = (Some(PledgeState::Completed), Some(act.now));
    store::update(act, &pledge, &PledgeChange { state, completed_at, ..PledgeChange::default() })?;
    answer(act, Action::Complete, id)
}

fn answer(act: &mut Act<'_>, action: Action, id: PledgeId) -> Result<PledgeView> {
    let view = PledgeView::from(store::load(act, id)?);
    let (kind, state) = (view.kind.as_str(), view.state.as_str());
    let detail = json!({ "kind": kind, "state": state, "version": view.version });
    act.record(Event { action, id: id.to_string(), division: Some(view.division), detail })?;
    act.announce("pledge.changed", json!({ "pledge": id, "state": state }))?;
    Ok(view)
}
