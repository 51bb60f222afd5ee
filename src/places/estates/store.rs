//! Every query of estates.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{EstateChange, EstateId, EstateRow, Filter, NewEstate};
use super::{Action, TAKEN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::places::prefix::begins;
use crate::schema::estates;

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[("estates_division_name_key", &TAKEN, "/name")];

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<EstateRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query =
        estates::table.filter(within(estates::division, &scope)).select(EstateRow::as_select()).into_boxed();
    if let Some(name) = &filter.name {
        query = query.filter(begins(estates::name, name));
    }
    if let Some(is_old) = filter.is_old {
        query = query.filter(estates::is_old.eq(is_old));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(estates::division, estates::id, after));
    }
    Ok(query.order((estates::division, estates::id)).limit(pager.fetch()).load(look.conn)?)
}

/// An estate the caller sees.
pub fn find(look: &mut Look<'_>, id: EstateId) -> Result<EstateRow> {
    let scope = look.scope(Action::Find)?;
    let seen = estates::table.find(id).filter(within(estates::division, &scope));
    Ok(seen.select(EstateRow::as_select()).first(look.conn)?)
}

/// An estate the caller sees, locked; others may still name it.
pub fn lock(act: &mut Act<'_>, id: EstateId) -> Result<EstateRow> {
    let scope = act.scope(Action::Find)?;
    let seen = estates::table.find(id).filter(within(estates::division, &scope));
    Ok(seen.select(EstateRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds an estate.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewEstate>) -> Result<EstateRow> {
    diesel::insert_into(estates::table)
        .values(&**new)
        .returning(EstateRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Changes an estate.
pub fn update(act: &mut Act<'_>, estate: &Permit<EstateRow>, change: EstateChange) -> Result<EstateRow> {
    let next = (change, estates::version.eq(estates::version + 1), estates::updated_at.eq(act.now));
    diesel::update(estates::table.find(estate.id))
        .set(next)
        .returning(EstateRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}
