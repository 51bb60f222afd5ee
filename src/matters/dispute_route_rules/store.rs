//! Every query of the rules that route disputes. They are no secret, so finding those that hold asks for no viewer.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NewRouteRule, RouteRuleRow};
use super::rules::{DIVISION_UNKNOWN, SAID};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::said::said;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::dispute_route_rules::{self, dsl};

/// The rules of a place on a day: by position, of one position the closest place first, then the latest day.
pub fn find(conn: &mut PgConnection, division: Division, on: NaiveDate) -> Result<Vec<RouteRuleRow>> {
    let said = dispute_route_rules::table
        .filter(dsl::division.eq_any(division.line()).and(dsl::effective_from.le(on)))
        .order((dsl::position, dsl::division.desc(), dsl::effective_from.desc()));
    Ok(said.select(RouteRuleRow::as_select()).load(conn)?)
}

/// One page, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<RouteRuleRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = said!(dsl::dispute_route_rules as RouteRuleRow, &scope, filter, pager);
    if let Some(route) = filter.route {
        query = query.filter(dsl::route.eq(route));
    }
    Ok(query.load(look.conn)?)
}

/// Adds a rule.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewRouteRule>) -> Result<RouteRuleRow> {
    diesel::insert_into(dispute_route_rules::table)
        .values(&**new)
        .returning(RouteRuleRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[
            ("dispute_route_rules_division_fkey", &DIVISION_UNKNOWN, "/division"),
            ("dispute_route_rules_division_position_effective_from_key", &SAID, ""),
        ])
}
