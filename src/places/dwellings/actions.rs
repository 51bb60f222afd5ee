//! Adding and changing a dwelling.

use serde_json::json;

use super::model::{DwellingId, DwellingRow, DwellingView, NewDwelling};
use super::wire::{DwellingDraft, DwellingPatch, Floor};
use super::{Action, BUILDING_UNKNOWN, UNIT_UNKNOWN, store};
use crate::access::act::{Act, Event};
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::places::buildings::{self, BuildingId};
use crate::places::divisions;

/// Adds a dwelling to a building within reach.
pub fn create(act: &mut Act<'_>, draft: DwellingDraft) -> Result<DwellingView> {
    act.scope(Action::Create)?;
    let building = buildings::store::hold(act, draft.building).or_refuse(&BUILDING_UNKNOWN, "/building")?;
    let new = act.permit(
        Action::Create,
        NewDwelling {
            id: DwellingId::new(),
            building_id: building.id,
            division: building.division,
            unit: draft.unit.into_inner(),
            number: draft.number.into_inner(),
            floor: draft.floor.map(Floor::get),
            exclusive_area: draft.exclusive_area,
            created_at: act.now,
            updated_at: act.now,
        },
    )?;
    divisions::must_stand(act, new.division, "/building")?;
    check_unit(&building.units, &new.unit)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Changes a dwelling.
pub fn update(
    act: &mut Act<'_>,
    id: DwellingId,
    seen: &IfMatch,
    patch: DwellingPatch,
) -> Result<DwellingView> {
    let dwelling = store::lock(act, id)?;
    let dwelling = act.permit(Action::Update, dwelling)?;
    seen.check(dwelling.version)?;
    if let Some(unit) = &patch.unit.0 {
        check_unit(&units_of(act, dwelling.building_id)?, unit)?;
    }
    let row = store::update(act, &dwelling, patch.into())?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

fn units_of(act: &mut Act<'_>, building: BuildingId) -> Result<Vec<Option<String>>> {
    buildings::store::hold(act, building).map(|building| building.units)
}

fn check_unit(units: &[Option<String>], unit: &str) -> Result<()> {
    if buildings::has_unit(units, unit) { Ok(()) } else { Err(UNIT_UNKNOWN.at("/unit")) }
}

fn record(act: &mut Act<'_>, action: Action, row: &DwellingRow) -> Result<()> {
    let detail = json!({ "building": row.building_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
