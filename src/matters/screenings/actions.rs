//! What takes more than one statement.

use serde_json::json;

use super::model::{NewScreening, ScreeningChange, ScreeningId};
use super::rules::{CLOSED, DIVISION_UNKNOWN, DIVISIONS_UNFIT, must_be_a_period};
use super::wire::{ScreeningClosureDraft, ScreeningDraft, ScreeningPatch, ScreeningView};
use super::{Action, store};
use crate::access::act::{Act, Event};
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::list::Few;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::places::divisions;

/// Begins a screening.
pub fn create(act: &mut Act<'_>, draft: ScreeningDraft) -> Result<ScreeningView> {
    let division = draft.division;
    let standing = act.actor.standing_for(Action::Create, division);
    let new = NewScreening {
        id: ScreeningId::new(),
        division,
        organisation_id: standing.and_then(|standing| standing.organisation),
        title: draft.title.into_inner(),
        starts_on: draft.starts_on.get(),
        ends_on: draft.ends_on.get(),
        divisions: draft.divisions.into_inner().into_iter().map(Some).collect(),
        created_by: act.actor.account()?,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    divisions::store::find(act, division).or_refuse(&DIVISION_UNKNOWN, "/division")?;
    must_be_a_period(new.starts_on, new.ends_on)?;
    must_lie_inside(act, division, &new.divisions)?;
    store::insert(act, &new)?;
    record(act, Action::Create, (new.id, division))?;
    view(act, new.id)
}

/// Changes a screening that is not closed.
pub fn update(
    act: &mut Act<'_>,
    id: ScreeningId,
    seen: &IfMatch,
    patch: ScreeningPatch,
) -> Result<ScreeningView> {
    let row = store::lock(act, id)?;
    let row = act.permit(Action::Update, row)?;
    seen.check(row.version)?;
    if row.closed_at.is_some() {
        return CLOSED.refuse();
    }
    let change = ScreeningChange {
        title: patch.title.map(Line::into_inner),
        starts_on: patch.starts_on.map(Day::get),
        ends_on: patch.ends_on.map(Day::get),
        divisions: patch.divisions.map(|all| Few::into_inner(all).into_iter().map(Some).collect()),
        ..ScreeningChange::default()
    };
    let (from, until) = (change.starts_on.unwrap_or(row.starts_on), change.ends_on.unwrap_or(row.ends_on));
    must_be_a_period(from, until)?;
    if let Some(divisions) = &change.divisions {
        must_lie_inside(act, row.division, divisions)?;
    }
    store::update(act, &row, &change)?;
    record(act, Action::Update, (id, row.division))?;
    view(act, id)
}

/// Closes a screening. What was seen is still handled.
pub fn close(act: &mut Act<'_>, id: ScreeningId, draft: ScreeningClosureDraft) -> Result<ScreeningView> {
    let row = store::lock(act, id)?;
    let row = act.permit(Action::Close, row)?;
    if row.closed_at.is_some() {
        return CLOSED.refuse();
    }
    let change = ScreeningChange {
        closed_at: Some(act.now),
        closing_note: Some(draft.note.into_inner()),
        ..ScreeningChange::default()
    };
    store::update(act, &row, &change)?;
    record(act, Action::Close, (id, row.division))?;
    view(act, id)
}

fn must_lie_inside(act: &mut Act<'_>, division: Division, inside: &[Option<Division>]) -> Result<()> {
    for (at, one) in inside.iter().flatten().enumerate() {
        let pointer = format!("/divisions/{at}");
        if !division.range().contains(*one) {
            return Err(DIVISIONS_UNFIT.at(pointer));
        }
        divisions::store::find(act, *one).or_refuse(&DIVISION_UNKNOWN, pointer)?;
    }
    Ok(())
}

fn view(act: &mut Act<'_>, id: ScreeningId) -> Result<ScreeningView> {
    store::find(act, id).map(ScreeningView::from)
}

fn record(act: &mut Act<'_>, action: Action, (id, division): (ScreeningId, Division)) -> Result<()> {
    act.record(Event { action, id: id.to_string(), division: Some(division), detail: json!({}) })
}
