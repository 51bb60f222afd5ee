//! Every query of rules. They are no secret, so finding those that hold asks for no viewer.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NewRule, RecognitionKind, RuleRow, Rules};
use super::rules::{DIVISION_UNKNOWN, SAID};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::said::said;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::recognition_rules::{self, dsl};

/// The rules of a kind that hold at a place on a day.
pub fn held(
    conn: &mut PgConnection,
    kind: RecognitionKind,
    division: Division,
    day: NaiveDate,
) -> Result<Rules> {
    Ok(Rules::held(&of_kind(conn, kind)?, division, day))
}

/// All rules of a kind: a few lines for the city, and a few more where a street has its own.
pub fn of_kind(conn: &mut PgConnection, kind: RecognitionKind) -> Result<Vec<RuleRow>> {
    let all = recognition_rules::table.filter(dsl::kind.eq(kind)).select(RuleRow::as_select());
    Ok(all.load(conn)?)
}

/// Nobody else says rules of that kind there meanwhile.
pub fn take_turn(act: &mut Act<'_>, new: &NewRule) -> Result<()> {
    let place = [new.kind.as_str().as_bytes(), &new.division.code().to_be_bytes()];
    let turn = act.ring.hash("recognition-rule.place", &place);
    act.serialise(&turn)
}

/// One page, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<RuleRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = said!(dsl::recognition_rules as RuleRow, &scope, filter, pager);
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    Ok(query.load(look.conn)?)
}

/// Adds a rule.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewRule>) -> Result<RuleRow> {
    diesel::insert_into(recognition_rules::table)
        .values(&**new)
        .returning(RuleRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[
            ("recognition_rules_division_fkey", &DIVISION_UNKNOWN, "/division"),
            ("recognition_rules_rule_key", &SAID, ""),
        ])
}
