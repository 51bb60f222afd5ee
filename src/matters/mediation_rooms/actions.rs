//! Adding and changing a mediation room.

use serde_json::json;

use super::model::{MediationRoomId, MediationRoomRow};
use super::rules::ORGANISATION_UNFIT;
use super::views::MediationRoomView;
use super::wire::{MediationRoomDraft, MediationRoomPatch};
use super::{Action, store};
use crate::access::act::{Act, Event};
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::hours::OpeningHours;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::places::{divisions, organisations};

/// Adds a room to a division within reach.
pub fn create(act: &mut Act<'_>, draft: MediationRoomDraft) -> Result<MediationRoomView> {
    act.permit(Action::Create, draft.division)?;
    must_be_hours(Some(&draft.opening_hours))?;
    let organisation = organisations::store::find(act, draft.organisation)
        .or_refuse(&ORGANISATION_UNFIT, "/organisation")?;
    let is_open = organisation.closed_on.is_none_or(|last| last > local_date(act.now));
    if !is_open || !organisation.division.range().contains(draft.division) {
        return Err(ORGANISATION_UNFIT.at("/organisation"));
    }
    let new = act.permit(Action::Create, draft.into_new(act.now)?)?;
    store::insert(act, &new)?;
    let row = store::find(act, new.id)?;
    record(act, Action::Create, &row.room)?;
    Ok(row.into())
}

/// Changes a room.
pub fn update(
    act: &mut Act<'_>,
    id: MediationRoomId,
    seen: &IfMatch,
    patch: MediationRoomPatch,
) -> Result<MediationRoomView> {
    let room = store::lock(act, id)?;
    let room = act.permit(Action::Update, room)?;
    seen.check(room.version)?;
    must_be_hours(patch.opening_hours.0.as_ref())?;
    let row = store::update(act, &room, patch.into_change()?)?;
    record(act, Action::Update, &row)?;
    store::find(act, id).map(MediationRoomView::from)
}

fn must_be_hours(hours: Option<&OpeningHours>) -> Result<()> {
    match hours.and_then(OpeningHours::fault) {
        Some(fault) => Err(divisions::HOURS_INVALID.at("/opening_hours").saying(fault)),
        None => Ok(()),
    }
}

fn record(act: &mut Act<'_>, action: Action, row: &MediationRoomRow) -> Result<()> {
    let detail = json!({
        "kind": row.kind.as_str(), "organisation": row.organisation_id, "is_active": row.is_active,
        "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
