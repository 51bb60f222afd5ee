//! Every query of amounts. They are no secret, so finding the one that holds asks for no viewer.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Filter, MediationSubsidyOutcome, MediationSubsidyRole, NewSubsidyRule, SubsidyRuleRow};
use super::rules::{DIVISION_UNKNOWN, SAID};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::said::said;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::mediation_cases::MediationGrade;
use crate::schema::mediation_subsidy_rules::{self, dsl};

/// What is paid in a place on a day: as the closest place says, and of what it says the latest.
pub fn find(
    conn: &mut PgConnection,
    (role, grade, outcome): (MediationSubsidyRole, MediationGrade, MediationSubsidyOutcome),
    (division, on): (Division, NaiveDate),
) -> Result<Option<SubsidyRuleRow>> {
    let said = mediation_subsidy_rules::table
        .filter(dsl::division.eq_any(division.line()).and(dsl::effective_from.le(on)))
        .filter(dsl::role.eq(role).and(dsl::grade.eq(grade)).and(dsl::outcome.eq(outcome)))
        // On one line a division's code is greater than those of all it lies in.
        .order((dsl::division.desc(), dsl::effective_from.desc()));
    Ok(said.select(SubsidyRuleRow::as_select()).first(conn).optional()?)
}

/// How many there are.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(mediation_subsidy_rules::table.count().get_result(conn)?)
}

/// One page, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<SubsidyRuleRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = said!(dsl::mediation_subsidy_rules as SubsidyRuleRow, &scope, filter, pager);
    if let Some(role) = filter.role {
        query = query.filter(dsl::role.eq(role));
    }
    Ok(query.load(look.conn)?)
}

/// Adds an amount.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewSubsidyRule>) -> Result<SubsidyRuleRow> {
    diesel::insert_into(mediation_subsidy_rules::table)
        .values(&**new)
        .returning(SubsidyRuleRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[
            ("mediation_subsidy_rules_division_fkey", &DIVISION_UNKNOWN, "/division"),
            ("mediation_subsidy_rules_said_key", &SAID, ""),
        ])
}
