//! Every query of dwellings.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{DwellingChange, DwellingId, DwellingRow, DwellingView, Filter, NewDwelling};
use super::{Action, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::answer::Written;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::kit::straight::Item;
use crate::schema::dwellings;

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[("dwellings_building_id_unit_number_key", &TAKEN, "/number")];

/// One page of what the caller sees, in the order of divisions, so that one index serves every range.
pub fn page(look: &mut Look<'_>, filter: &Filter, pager: &Pager<'_, (Division, Uuid)>) -> Result<Written> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = dwellings::table
        .filter(within(dwellings::division, &scope))
        .select(DwellingView::columns())
        .into_boxed();
    if let Some(building) = filter.building {
        query = query.filter(dwellings::building_id.eq(building));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(dwellings::division, dwellings::id, after));
    }
    let query = query.order((dwellings::division, dwellings::id)).limit(pager.fetch());
    pager.write::<DwellingView, _>(look.conn, query, |key| key)
}

/// A dwelling the caller sees.
pub fn find(look: &mut Look<'_>, id: DwellingId) -> Result<DwellingRow> {
    let scope = look.scope(Action::Find)?;
    let seen = dwellings::table.find(id).filter(within(dwellings::division, &scope));
    Ok(seen.select(DwellingRow::as_select()).first(look.conn)?)
}

/// A dwelling the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: DwellingId) -> Result<DwellingRow> {
    let scope = act.scope(Action::Find)?;
    let seen = dwellings::table.find(id).filter(within(dwellings::division, &scope));
    Ok(seen.select(DwellingRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds a dwelling.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewDwelling>) -> Result<DwellingRow> {
    diesel::insert_into(dwellings::table)
        .values(&**new)
        .returning(DwellingRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes a dwelling.
pub fn update(
    act: &mut Act<'_>,
    dwelling: &Permit<DwellingRow>,
    change: DwellingChange,
) -> Result<DwellingRow> {
    let next = (change, dwellings::version.eq(dwellings::version + 1), dwellings::updated_at.eq(act.now));
    diesel::update(dwellings::table.find(dwelling.id))
        .set(next)
        .returning(DwellingRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
