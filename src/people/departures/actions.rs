//! Leaving and coming back.

use serde_json::json;

use super::model::{DepartureKind, NewDeparture};
use super::wire::{DepartureDraft, DepartureView};
use super::{Action, DAY_AHEAD, DESTINATION_OF_DECEASED, NOT_DEPARTED, store};
use crate::access::accounts;
use crate::access::act::{Act, Event};
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::people::homes::{self, DepartureId};
use crate::people::residents::{self, CLOSED, ResidentChange, ResidentDetailRow, ResidentId, ResidentStatus};
use crate::people::{health, households, resident_labels};

/// Somebody has left: the record closes, what they were in homes and households ends, labels come off, and health is shown
/// no more.
pub fn create(act: &mut Act<'_>, id: ResidentId, draft: DepartureDraft) -> Result<DepartureView> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Create, resident)?;
    let (on, destination) = (draft.on.get(), draft.destination.into_inner());
    if on > local_date(act.now) {
        return Err(DAY_AHEAD.at("/on"));
    }
    let status = match draft.kind {
        DepartureKind::MovedOut => ResidentStatus::Departed,
        DepartureKind::Deceased if destination.is_empty() => ResidentStatus::Deceased,
        DepartureKind::Deceased => return Err(DESTINATION_OF_DECEASED.at("/destination")),
    };
    if resident.resident.status != ResidentStatus::Present {
        return CLOSED.refuse();
    }
    let new = NewDeparture {
        id: DepartureId::new(),
        resident_id: resident.resident.id,
        division: resident.resident.division,
        kind: draft.kind,
        departed_on: on,
        destination,
        created_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    households::leave(act, id, row.id, on)?;
    homes::leave(act, &resident, row.id, on)?;
    resident_labels::leave(act, id)?;
    health::leave(act, id)?;
    let change = ResidentChange {
        status: Some(status),
        home_id: Some(None),
        ended_at: Some(Some(act.now)),
        ..ResidentChange::default()
    };
    let changed = residents::store::update(act, &resident, change)?;
    record(act, Action::Create, &changed, row.id)?;
    act.announce("resident.departed", json!({ "resident": id, "kind": row.kind.as_str() }))?;
    Ok(row.into())
}

/// Somebody is back, or never left: the record opens again. Home, household, labels and health are entered anew, unless
/// it was a mistake and they are restored.
pub fn delete(act: &mut Act<'_>, id: ResidentId, restore: bool) -> Result<Nothing> {
    let resident = residents::store::lock(act, id)?;
    let resident = act.permit(Action::Delete, resident)?;
    let row = match resident.resident.status {
        ResidentStatus::Departed | ResidentStatus::Deceased => store::close(act, &resident)?,
        ResidentStatus::Present => return NOT_DEPARTED.refuse(),
        _ => return CLOSED.refuse(),
    };
    let (departure, left_at) = row.map(|row| (row.id, row.created_at)).ok_or(&NOT_DEPARTED)?;
    let mut home = None;
    if restore {
        home = homes::restore(act, &resident, departure)?;
        households::restore(act, departure)?;
        resident_labels::restore(act, id, left_at)?;
        health::restore(act, id, left_at)?;
    }
    let change = ResidentChange {
        status: Some(ResidentStatus::Present),
        home_id: Some(home),
        ended_at: Some(None),
        ..ResidentChange::default()
    };
    let changed = residents::store::update(act, &resident, change)?;
    record(act, Action::Delete, &changed, departure)?;
    act.announce("resident.returned", json!({ "resident": id }))?;
    Ok(Nothing {})
}

fn record(act: &mut Act<'_>, action: Action, row: &ResidentDetailRow, departure: DepartureId) -> Result<()> {
    let detail = json!({
        "departure": departure, "status": row.resident.status.as_str(), "version": row.resident.version
    });
    if let Some(account) = row.account_id {
        // What is answered with the account says where its person is a resident.
        accounts::store::touch(act, account)?;
    }
    let (id, division) = (row.resident.id.to_string(), Some(row.resident.division));
    act.record(Event { action, id, division, detail })
}
