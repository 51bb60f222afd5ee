//! What is done with an entry.

use serde_json::json;

use super::model::{AsReceiver, DisputeEntryId, DisputeEntryState, EntryChange, EntryRow, PlacedEntryRow};
use super::rules::{ROUTE_SAME, Step, may_follow};
use super::seeing::DisputeReadAs;
use super::told::{Told, mediate};
use super::views::DisputeEntryDetailView;
use super::wire::{DisputeAnswerDraft, DisputeHandoverDraft};
use super::{Action, details, seeing, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::dispute_route_rules::DisputeRoute;
use crate::matters::inbox::{self, About, Item, Task, Whose};
use crate::matters::line::Level;

/// An entry, as far as the caller may know.
pub fn find(look: &mut Look<'_>, id: DisputeEntryId) -> Result<DisputeEntryDetailView> {
    let (row, read_as) = seeing::seen(look, id)?;
    details::assemble(look, row, read_as)
}

/// It is theirs.
pub fn accept(act: &mut Act<'_>, id: DisputeEntryId) -> Result<DisputeEntryDetailView> {
    let row = received(act, id, (Action::Accept, Step::Accept))?;
    let change = EntryChange {
        state: Some(DisputeEntryState::Accepted),
        accepted_at: Some(Some(act.now)),
        ..EntryChange::default()
    };
    let row = store::update(act, &row, id, &change)?;
    tell(act, Action::Accept, &row)?;
    find(act, id)
}

/// What came of it.
pub fn answer(
    act: &mut Act<'_>,
    id: DisputeEntryId,
    draft: DisputeAnswerDraft,
) -> Result<DisputeEntryDetailView> {
    let row = received(act, id, (Action::Answer, Step::Answer))?;
    let change = EntryChange {
        state: Some(DisputeEntryState::Answered),
        accepted_at: row.0.accepted_at.is_none().then_some(Some(act.now)),
        outcome: Some(Line::into_inner(draft.outcome)),
        answered_at: Some(act.now),
        ..EntryChange::default()
    };
    let row = store::update(act, &row, id, &change)?;
    tell(act, Action::Answer, &row)?;
    find(act, id)
}

/// It is not theirs: goes another way, once, and whose it is is told.
pub fn hand_over(
    act: &mut Act<'_>,
    id: DisputeEntryId,
    draft: DisputeHandoverDraft,
) -> Result<DisputeEntryDetailView> {
    let row = received(act, id, (Action::HandOver, Step::HandOver))?;
    if draft.route == row.0.route {
        return Err(ROUTE_SAME.at("/route"));
    }
    let mut change = EntryChange {
        route: Some(draft.route),
        organisation_id: Some(None),
        state: Some(DisputeEntryState::Sent),
        accepted_at: Some(None),
        handed_from: Some(row.0.route),
        handed_reason: Some(Line::into_inner(draft.reason)),
        handed_at: Some(act.now),
        handed_by: Some(act.actor.account()?),
        ..EntryChange::default()
    };
    if draft.route == DisputeRoute::Mediation {
        let told = Told::of(act, &row.0)?;
        change.case_id = Some(mediate(act, &row, &told)?);
        change.state = Some(DisputeEntryState::Mediated);
    } else {
        let (division, other) = (row.0.division, row.0.other_organisation_id);
        change.organisation_id = Some(store::receiver(act, draft.route, division, other)?);
    }
    let row = store::update(act, &row, id, &change)?;
    tell(act, Action::HandOver, &row)?;
    // Whoever handed it on may not read it any more: they are told that it went.
    let row: PlacedEntryRow = store::load(act, id)?;
    details::assemble(act, row, DisputeReadAs::Overseer)
}

/// An entry that the caller received, of which this step follows.
fn received(
    act: &mut Act<'_>,
    id: DisputeEntryId,
    (action, step): (Action, Step),
) -> Result<Permit<AsReceiver>> {
    let row = seeing::lock(act, id)?;
    let row = act.permit(action, AsReceiver(row))?;
    may_follow(step, &row.0)?;
    Ok(row)
}

/// Records what happened, and tells whoever has to do with it.
pub fn tell(act: &mut Act<'_>, action: Action, row: &EntryRow) -> Result<()> {
    let about = About::DisputeEntry(row.id.0);
    inbox::clear(act, about)?;
    inbox::put(act, about, (row.division, row.dispute_type.title()), waiting(row))?;
    let detail = json!({
        "route": row.route.as_str(), "state": row.state.as_str(), "organisation": row.organisation_id,
        "mediation_case": row.case_id, "handed_from": row.handed_from.map(DisputeRoute::as_str)
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    let payload =
        json!({ "dispute_entry": row.id, "route": row.route.as_str(), "state": row.state.as_str() });
    act.announce("dispute_entry.changed", payload)
}

/// What waits on whom: an answer on who received it, or on the street where nobody did; and whose it is knows that it was handed on, until
/// it is taken there. A case has items of its own.
fn waiting(row: &EntryRow) -> Vec<Item> {
    let is_open = matches!(row.state, DisputeEntryState::Sent | DisputeEntryState::Accepted);
    let whose = row.organisation_id.map_or(Whose::Level(Level::Street), Whose::Organisation);
    let answer = is_open.then(|| Item::new(Task::AnswerEntry, whose, None));
    let is_under_way = row.state == DisputeEntryState::Sent && row.handed_from.is_some();
    let told = row.account_id.filter(|_| is_under_way);
    let told = told.map(|account| Item::new(Task::NoteHandover, Whose::Account(account), None));
    answer.into_iter().chain(told).collect()
}
