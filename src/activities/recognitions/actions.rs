//! Seeing recognitions, and moving them on.

use chrono::Days;
use serde_json::json;

use super::model::{
    Filter, PointsRow, Recognition, RecognitionChange, RecognitionId, RecognitionState, Sight,
};
use super::nominating::{change_of, nominate, own_subject, spoken_for};
use super::rules::{
    CRITERIA_UNFIT, GRANTER_UNFIT, OBJECTED, OWN, POINTS_SHORT, PUBLICITY_RUNNING, PUBLICITY_UNRULED,
    STATE_UNFIT,
};
use super::views::RecognitionView;
use super::wire::{
    RecognitionAgreementDraft, RecognitionAssessmentDraft, RecognitionConfirmationDraft, RecognitionDraft,
    RecognitionQuery, RecognitionReasonDraft,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Governed, Look, Permit};
use crate::access::division::Division;
use crate::activities::recognition_rules::{self, Rules};
use crate::kit::clock::{local_date, start_of};
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::page::Page;
use crate::kit::problem::{NOT_FOUND, Problem, Result};
use crate::people::subjects;
use crate::places::building_groups;
use crate::places::organisations;

/// As whom the caller sees a recognition; 404 as nobody.
pub fn sight(look: &mut Look<'_>, recognition: &Recognition) -> Result<Sight> {
    look.scope(Action::Find)?;
    let row = &recognition.row;
    let is_staff = store::staffed(look).ranges.iter().any(|range| range.contains(row.division));
    let is_theirs = is_staff
        || recognition.is_own(&look.actor)
        || row.resident_id.is_some() && own_subject(look, row.resident_id)?.is_some();
    let is_known = recognition.name.is_some() || row.building_group_id.is_some();
    match is_theirs {
        true => Ok(Sight::Whole),
        false if is_known && RecognitionState::PUBLIC.contains(&row.state) => Ok(Sight::Shown),
        false => NOT_FOUND.refuse(),
    }
}

/// One page of what the caller sees.
pub fn list(look: &mut Look<'_>, query: &RecognitionQuery) -> Result<Page<RecognitionView>> {
    let filter: Filter = query.filter();
    let pager = look.pager(Action::List, &filter, query.limit, query.cursor.as_deref())?;
    let own: Vec<_> = subjects::own(look)?.into_iter().map(|subject| subject.resident).collect();
    let rows = store::page(look, &filter, &own, &pager)?;
    let ids: Vec<_> = rows.iter().map(|one| one.row.id).collect();
    let points = store::points(look, &ids)?;
    let staffed = store::staffed(look).ranges;
    let actor = look.actor.clone();
    let view = |one: Recognition| {
        let is_staff = staffed.iter().any(|range| range.contains(one.row.division));
        let is_theirs = one.is_own(&actor) || one.row.resident_id.is_some_and(|id| own.contains(&id));
        let sight = if is_staff || is_theirs { Sight::Whole } else { Sight::Shown };
        RecognitionView::new(one, sight, &points)
    };
    let key = |one: &Recognition| -> (Division, uuid::Uuid) { (one.row.division, one.row.id.0) };
    pager.page(rows, key, view)
}

/// A recognition as the caller sees it.
pub fn find(look: &mut Look<'_>, id: RecognitionId) -> Result<RecognitionView> {
    let recognition = store::load(look, id)?;
    let sight = sight(look, &recognition)?;
    let points = store::points(look, &[id])?;
    Ok(RecognitionView::new(recognition, sight, &points))
}

/// Nominates somebody, or applies for a group.
pub fn create(act: &mut Act<'_>, draft: RecognitionDraft) -> Result<RecognitionView> {
    let id = nominate(act, draft)?;
    answer(act, Action::Create, id)
}

/// Takes down what the nominee says.
pub fn agree(
    act: &mut Act<'_>,
    id: RecognitionId,
    seen: &IfMatch,
    draft: &RecognitionAgreementDraft,
) -> Result<RecognitionView> {
    let recognition = store::lock(act, id)?;
    sight(act, &recognition)?;
    let agreeing = spoken_for(act, recognition)?;
    let agreeing = act.permit(Action::Agree, agreeing)?;
    seen.check(agreeing.recognition.row.version)?;
    let change = change_of(act, &agreeing.recognition, draft)?;
    store::update(act, &agreeing, id, &change)?;
    if change.state == Some(RecognitionState::Withdrawn) {
        take_title(act, &agreeing.recognition)?;
    }
    answer(act, Action::Agree, id)
}

/// A recognition that staff may do that to, where it stands so, and where it is not about themselves.
fn handled(
    act: &mut Act<'_>,
    action: Action,
    id: RecognitionId,
    from: &[RecognitionState],
) -> Result<Permit<Recognition>> {
    act.scope(action)?;
    let recognition = store::lock(act, id)?;
    sight(act, &recognition)?;
    let recognition = act.permit(action, recognition)?;
    must_be_anothers(act, &recognition)?;
    if from.contains(&recognition.row.state) { Ok(recognition) } else { STATE_UNFIT.refuse() }
}

/// Nobody decides about themselves, their child, or the group that they lead.
pub fn must_be_anothers(act: &mut Act<'_>, recognition: &Recognition) -> Result<()> {
    let me = Some(act.actor.account()?);
    let is_led = [recognition.account, recognition.leader, recognition.deputy].contains(&me);
    let resident = recognition.row.resident_id;
    if is_led || resident.is_some() && own_subject(act, resident)?.is_some() {
        return OWN.refuse();
    }
    Ok(())
}

/// The rules of the day it was nominated: who says rules may be who assesses, too, and nothing at hand is judged by newer ones.
fn rules(act: &mut Act<'_>, recognition: &Recognition) -> Result<Rules> {
    let row = &recognition.row;
    recognition_rules::store::held(act.conn, row.kind, row.division, local_date(row.created_at))
}

/// Gives points by the criteria of the place, as they held when it was nominated.
pub fn assess(
    act: &mut Act<'_>,
    id: RecognitionId,
    draft: RecognitionAssessmentDraft,
) -> Result<RecognitionView> {
    let recognition = handled(act, Action::Assess, id, &[RecognitionState::Agreed])?;
    let rules = rules(act, &recognition)?;
    let mut rows: Vec<PointsRow> = Vec::new();
    for (n, given) in draft.points.into_inner().into_iter().enumerate() {
        let known = rules.criteria.iter().find(|one| one.code == *given.criterion);
        let points = given.points.get();
        match known.filter(|one| points <= one.most && rows.iter().all(|row| row.criterion != one.code)) {
            Some(one) => rows.push(PointsRow {
                recognition_id: id,
                criterion: one.code.clone(),
                name: one.name.clone(),
                points,
                most: one.most,
            }),
            None => return Err(CRITERIA_UNFIT.at(format!("/points/{n}"))),
        }
    }
    if rows.len() != rules.criteria.len() {
        return Err(CRITERIA_UNFIT.at("/points"));
    }
    store::set_points(act, &recognition, &rows)?;
    store::update(act, &recognition, id, &RecognitionChange::default())?;
    answer(act, Action::Assess, id)
}

/// Publicises it for the days of the rules; the first day is not counted, and the last is whole.
pub fn publicise(act: &mut Act<'_>, id: RecognitionId) -> Result<RecognitionView> {
    let recognition = handled(act, Action::Publicise, id, &[RecognitionState::Agreed])?;
    let rules = rules(act, &recognition)?;
    let points = store::points(act, &[id])?;
    let is_short = points.iter().map(|one| one.points).sum::<i32>() < rules.passing_points;
    if !rules.criteria.is_empty() && (points.is_empty() || is_short) {
        return POINTS_SHORT.refuse();
    }
    let days = rules.publicity_days.and_then(|days| u64::try_from(days).ok()).ok_or(&PUBLICITY_UNRULED)?;
    let last = local_date(act.now).checked_add_days(Days::new(days + 1));
    let last = last.ok_or_else(|| Problem::fault("the calendar ends"))?;
    let change = RecognitionChange {
        state: Some(RecognitionState::Publicised),
        publicised_at: Some(act.now),
        publicised_until: Some(start_of(last)),
        ..RecognitionChange::default()
    };
    store::update(act, &recognition, id, &change)?;
    answer(act, Action::Publicise, id)
}

/// Grants the title.
pub fn confirm(
    act: &mut Act<'_>,
    id: RecognitionId,
    draft: &RecognitionConfirmationDraft,
) -> Result<RecognitionView> {
    let recognition = handled(act, Action::Confirm, id, &[RecognitionState::Publicised])?;
    let row = &recognition.row;
    if row.nominated_by == act.actor.account()? {
        return OWN.refuse();
    }
    if row.publicised_until.is_none_or(|until| act.now < until) {
        return PUBLICITY_RUNNING.refuse();
    }
    if store::is_objected(act, id)? {
        return OBJECTED.refuse();
    }
    let today = local_date(act.now);
    let granter =
        organisations::store::find(act, draft.granted_by).or_refuse(&GRANTER_UNFIT, "/granted_by")?;
    let is_open = granter.closed_on.is_none_or(|day| day > today);
    let is_theirs = act.actor.acts_for(Action::Confirm, row.division, granter.id, granter.division);
    if !is_open || !is_theirs || !granter.division.range().covers(row.division.range()) {
        return Err(GRANTER_UNFIT.at("/granted_by"));
    }
    let title_id = match row.building_group_id {
        Some(group) => Some(building_groups::grant(act, group, &row.title, &granter)?),
        None => None,
    };
    let change = RecognitionChange { granted_by: Some(granter.id), title_id, ..RecognitionChange::default() };
    decide(act, &recognition, RecognitionState::Confirmed, change)?;
    answer(act, Action::Confirm, id)
}

/// Ends what is not decided yet.
pub fn refuse(
    act: &mut Act<'_>,
    id: RecognitionId,
    draft: RecognitionReasonDraft,
) -> Result<RecognitionView> {
    use RecognitionState::{Agreed, Nominated, Publicised, Refused};
    let recognition = handled(act, Action::Refuse, id, &[Nominated, Agreed, Publicised])?;
    let reason = Some(draft.reason.into_inner());
    decide(act, &recognition, Refused, RecognitionChange { reason, ..RecognitionChange::default() })?;
    answer(act, Action::Refuse, id)
}

/// Takes a title back.
pub fn withdraw(
    act: &mut Act<'_>,
    id: RecognitionId,
    draft: RecognitionReasonDraft,
) -> Result<RecognitionView> {
    let recognition = handled(act, Action::Withdraw, id, &[RecognitionState::Confirmed])?;
    let reason = Some(draft.reason.into_inner());
    let change = RecognitionChange { reason, ..RecognitionChange::default() };
    decide(act, &recognition, RecognitionState::Withdrawn, change)?;
    take_title(act, &recognition)?;
    answer(act, Action::Withdraw, id)
}

fn decide(
    act: &mut Act<'_>,
    recognition: &Permit<Recognition>,
    state: RecognitionState,
    change: RecognitionChange,
) -> Result<()> {
    let (decided_by, decided_at) = (Some(act.actor.account()?), Some(act.now));
    let change = RecognitionChange { state: Some(state), decided_by, decided_at, ..change };
    store::update(act, recognition, recognition.row.id, &change)
}

/// The title is told no more beside the building group.
fn take_title(act: &mut Act<'_>, recognition: &Recognition) -> Result<()> {
    match (recognition.row.building_group_id, recognition.row.title_id) {
        (Some(group), Some(title)) => building_groups::take_back(act, group, title),
        _ => Ok(()),
    }
}

fn answer(act: &mut Act<'_>, action: Action, id: RecognitionId) -> Result<RecognitionView> {
    let view = find(act, id)?;
    let state = view.state.as_str();
    let detail = json!({ "kind": view.kind.as_str(), "state": state, "version": view.version });
    act.record(Event { action, id: id.to_string(), division: Some(view.division), detail })?;
    act.announce("recognition.changed", json!({ "recognition": id, "state": state }))?;
    Ok(view)
}
