//! Every query of rules. They are no secret, so finding those that hold asks for no viewer.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NewRule, RuleRow, Rules};
use super::rules::{DIVISION_UNKNOWN, SAID};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::said::said;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::volunteer_rules::{self, dsl};

/// All there are: a few lines for the city, and a few more where a district has its own.
pub fn all(conn: &mut PgConnection) -> Result<Rules> {
    Ok(Rules(volunteer_rules::table.select(RuleRow::as_select()).load(conn)?))
}

/// How many there are.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(volunteer_rules::table.count().get_result(conn)?)
}

/// One page, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<RuleRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = said!(dsl::volunteer_rules as RuleRow, &scope, filter, pager);
    if let Some(rule) = filter.rule {
        query = query.filter(dsl::rule.eq(rule));
    }
    Ok(query.load(look.conn)?)
}

/// Adds a rule.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewRule>) -> Result<RuleRow> {
    diesel::insert_into(volunteer_rules::table)
        .values(&**new)
        .returning(RuleRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[
            ("volunteer_rules_division_fkey", &DIVISION_UNKNOWN, "/division"),
            ("volunteer_rules_rule_key", &SAID, ""),
        ])
}
