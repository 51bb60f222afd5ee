//! Every query of buildings.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{BuildingChange, BuildingId, BuildingRow, Filter, NewBuilding};
use super::{Action, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::schema::{building_group_members, buildings, dwellings};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[("buildings_estate_id_number_key", &TAKEN, "/number")];

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<BuildingRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = buildings::table
        .filter(within(buildings::division, &scope))
        .select(BuildingRow::as_select())
        .into_boxed();
    if let Some(estate) = filter.estate {
        query = query.filter(buildings::estate_id.eq(estate));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(buildings::division, buildings::id, after));
    }
    Ok(query.order((buildings::division, buildings::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A building the caller sees.
pub fn find(look: &mut Look<'_>, id: BuildingId) -> Result<BuildingRow> {
    let scope = look.scope(Action::Find)?;
    let seen = buildings::table.find(id).filter(within(buildings::division, &scope));
    Ok(seen.select(BuildingRow::as_select()).first(look.conn)?)
}

/// A building the caller sees, held as it is: its units stay until this act has ended. For who puts something in one.
pub fn hold(act: &mut Act<'_>, id: BuildingId) -> Result<BuildingRow> {
    let scope = act.scope(Action::Find)?;
    let seen = buildings::table.find(id).filter(within(buildings::division, &scope));
    Ok(seen.select(BuildingRow::as_select()).for_share().first(act.conn)?)
}

/// A building the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: BuildingId) -> Result<BuildingRow> {
    let scope = act.scope(Action::Find)?;
    let seen = buildings::table.find(id).filter(within(buildings::division, &scope));
    Ok(seen.select(BuildingRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Those of these buildings that the caller sees, locked in the order of their ids, so that two who lock several
/// don't wait for each other.
pub fn lock_all(act: &mut Act<'_>, ids: &[BuildingId]) -> Result<Vec<BuildingRow>> {
    let scope = act.scope(Action::Find)?;
    let seen = buildings::table.filter(buildings::id.eq_any(ids)).filter(within(buildings::division, &scope));
    let rows = seen.select(BuildingRow::as_select()).order(buildings::id).for_no_key_update();
    Ok(rows.load(act.conn)?)
}

/// The units that dwellings and building groups are in. A group of the whole building is in none of them.
pub fn units_in_use(act: &mut Act<'_>, building: &Permit<BuildingRow>) -> Result<Vec<String>> {
    let mut units: Vec<String> = dwellings::table
        .filter(dwellings::building_id.eq(building.id))
        .select(dwellings::unit)
        .distinct()
        .load(act.conn)?;
    let of_groups = building_group_members::table
        .filter(building_group_members::building_id.eq(building.id))
        .filter(building_group_members::unit.ne(""))
        .select(building_group_members::unit);
    units.extend(of_groups.load::<String>(act.conn)?);
    Ok(units)
}

/// Adds a building.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewBuilding>) -> Result<BuildingRow> {
    diesel::insert_into(buildings::table)
        .values(&**new)
        .returning(BuildingRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a building.
pub fn update(
    act: &mut Act<'_>,
    building: &Permit<BuildingRow>,
    change: BuildingChange,
) -> Result<BuildingRow> {
    let next = (change, buildings::version.eq(buildings::version + 1), buildings::updated_at.eq(act.now));
    diesel::update(buildings::table.find(building.id))
        .set(next)
        .returning(BuildingRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
