//! Adding and changing a building.

use serde_json::json;

use super::model::{BuildingChange, BuildingId, BuildingRow, NewBuilding};
use super::wire::{BuildingDraft, BuildingPatch, BuildingView, Floors, kept};
use super::{Action, ESTATE_UNKNOWN, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::places::{divisions, estates};

/// Adds a building to an estate within reach.
pub fn create(act: &mut Act<'_>, draft: BuildingDraft) -> Result<BuildingView> {
    act.scope(Action::Create)?;
    let estate = estates::store::find(act, draft.estate).or_refuse(&ESTATE_UNKNOWN, "/estate")?;
    let new = NewBuilding {
        id: BuildingId::new(),
        estate_id: estate.id,
        division: estate.division,
        number: draft.number.into_inner(),
        floors: draft.floors.map(Floors::get),
        has_lift: draft.has_lift,
        units: kept(draft.units),
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    divisions::must_stand(act, new.division, "/estate")?;
    rules::must_differ(&new.units)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Changes a building.
pub fn update(
    act: &mut Act<'_>,
    id: BuildingId,
    seen: &IfMatch,
    patch: BuildingPatch,
) -> Result<BuildingView> {
    let building = store::lock(act, id)?;
    let building = act.permit(Action::Update, building)?;
    seen.check(building.version)?;
    let change = BuildingChange::from(patch);
    if let Some(units) = &change.units {
        rules::must_differ(units)?;
        rules::must_keep(units, &store::units_in_use(act, &building)?)?;
    }
    let row = store::update(act, &building, change)?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, row: &BuildingRow) -> Result<()> {
    let detail = json!({ "estate": row.estate_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
