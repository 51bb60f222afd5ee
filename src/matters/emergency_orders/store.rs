//! Every query of emergency orders.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{EmergencyOrderId, EmergencyOrderRow, Filter, NewEmergencyOrder};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::emergency_orders::{self, dsl};

/// The order in force at a place: of several the one of the smallest place, and of its orders the one that began last. Whoever
/// sees a matter there is told so by it, and the worker asks, too: hence without a viewer.
pub fn in_force(
    conn: &mut PgConnection,
    division: Division,
    now: DateTime<Utc>,
) -> Result<Option<EmergencyOrderRow>> {
    let line: Vec<Division> = division.line();
    let held = emergency_orders::table
        .filter(dsl::division.eq_any(line))
        .filter(dsl::starts_at.le(now).and(dsl::ends_at.gt(now)).and(dsl::ended_at.is_null()))
        .order((dsl::division.desc(), dsl::starts_at.desc(), dsl::id.desc()));
    Ok(held.select(EmergencyOrderRow::as_select()).first(conn).optional()?)
}

/// Every order in force, those of smaller places first: what the worker goes through.
pub fn all_in_force(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<EmergencyOrderRow>> {
    let held = emergency_orders::table
        .filter(dsl::starts_at.le(now).and(dsl::ends_at.gt(now)).and(dsl::ended_at.is_null()))
        .order((dsl::division.desc(), dsl::starts_at.desc(), dsl::id.desc()));
    Ok(held.select(EmergencyOrderRow::as_select()).load(conn)?)
}

/// What the ranges of a scope lie in.
fn above(scope: &Scope) -> Vec<Division> {
    scope.ranges.iter().filter_map(|range| Division::of_start(*range)).flat_map(Division::above).collect()
}

/// The condition that an order lies in the scope, or holds for a part of it from above.
macro_rules! seen {
    ($scope:expr) => {
        within(dsl::division, $scope).or(dsl::division.eq_any(above($scope)))
    };
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<EmergencyOrderRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query =
        dsl::emergency_orders.filter(seen!(&scope)).select(EmergencyOrderRow::as_select()).into_boxed();
    let runs = dsl::starts_at.le(look.now).and(dsl::ends_at.gt(look.now)).and(dsl::ended_at.is_null());
    match filter.is_in_force {
        Some(true) => query = query.filter(runs),
        Some(false) => query = query.filter(diesel::dsl::not(runs)),
        None => {}
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(dsl::division, dsl::id, after));
    }
    Ok(query.order((dsl::division, dsl::id)).limit(pager.fetch()).load(look.conn)?)
}

/// An order the caller sees.
pub fn find(look: &mut Look<'_>, id: EmergencyOrderId) -> Result<EmergencyOrderRow> {
    let scope = look.scope(Action::Find)?;
    let seen = dsl::emergency_orders.find(id).filter(seen!(&scope));
    Ok(seen.select(EmergencyOrderRow::as_select()).first(look.conn)?)
}

/// An order the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: EmergencyOrderId) -> Result<EmergencyOrderRow> {
    let scope = act.scope(Action::Find)?;
    let seen = dsl::emergency_orders.find(id).filter(seen!(&scope));
    Ok(seen.select(EmergencyOrderRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds an order.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewEmergencyOrder>) -> Result<EmergencyOrderRow> {
    diesel::insert_into(dsl::emergency_orders)
        .values(&**new)
        .returning(EmergencyOrderRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("emergency_orders_division_fkey", &DIVISION_UNKNOWN, "/division")])
}

/// Writes that an order was called off just now.
pub fn end(act: &mut Act<'_>, order: &Permit<EmergencyOrderRow>) -> Result<EmergencyOrderRow> {
    let (version, by) = (dsl::version, act.actor.account()?);
    Ok(diesel::update(dsl::emergency_orders.find(order.id))
        .set((dsl::ended_at.eq(act.now), dsl::ended_by.eq(by), version.eq(version + 1)))
        .returning(EmergencyOrderRow::as_returning())
        .get_result(act.conn)?)
}
