//! Every query of staffing rules. They are no secret, so finding the one that holds asks for no viewer.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NewStaffingRule, StaffingMeasure, StaffingRuleId, StaffingRuleRow};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::said::said;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::mediation_staffing_rules::dsl;

/// The closest rule of a measure that holds in a place for rooms of all kinds: that of the smallest place, and of two the later.
/// (What a room needs, by its kind too, is asked together with the room.)
pub fn find(
    conn: &mut PgConnection,
    measure: StaffingMeasure,
    division: Division,
    on: NaiveDate,
) -> Result<Option<StaffingRuleRow>> {
    let held = dsl::mediation_staffing_rules
        .filter(dsl::measure.eq(measure).and(dsl::room_kind.is_null()))
        .filter(dsl::division.eq_any(division.line()))
        .filter(dsl::effective_from.le(on))
        .filter(dsl::effective_until.is_null().or(dsl::effective_until.ge(on)));
    // On one line a division's code is greater than those of all it lies in.
    let order = (dsl::division.desc(), dsl::effective_from.desc(), dsl::id.desc());
    Ok(held.order(order).select(StaffingRuleRow::as_select()).first(conn).optional()?)
}

/// How many there are.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(dsl::mediation_staffing_rules.count().get_result(conn)?)
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<StaffingRuleRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = said!(dsl::mediation_staffing_rules as StaffingRuleRow, &scope, filter, pager);
    if let Some(measure) = filter.measure {
        query = query.filter(dsl::measure.eq(measure));
    }
    if let Some(on) = filter.on {
        query = query.filter(dsl::effective_until.is_null().or(dsl::effective_until.ge(on)));
    }
    Ok(query.load(look.conn)?)
}

/// A rule the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: StaffingRuleId) -> Result<StaffingRuleRow> {
    let scope = act.scope(Action::List)?;
    let seen = dsl::mediation_staffing_rules.find(id).filter(within(dsl::division, &scope));
    Ok(seen.select(StaffingRuleRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds a rule.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewStaffingRule>) -> Result<StaffingRuleRow> {
    diesel::insert_into(dsl::mediation_staffing_rules)
        .values(&**new)
        .returning(StaffingRuleRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("mediation_staffing_rules_division_fkey", &DIVISION_UNKNOWN, "/division")])
}

/// Writes the last day of a rule.
pub fn end(act: &mut Act<'_>, rule: &Permit<StaffingRuleRow>, on: NaiveDate) -> Result<StaffingRuleRow> {
    Ok(diesel::update(dsl::mediation_staffing_rules.find(rule.id))
        .set(dsl::effective_until.eq(on))
        .returning(StaffingRuleRow::as_returning())
        .get_result(act.conn)?)
}
