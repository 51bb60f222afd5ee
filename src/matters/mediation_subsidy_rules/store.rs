//! Every query of amounts. They are no secret, so no viewer is asked for.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{MediationSubsidyOutcome, MediationSubsidyRole, SubsidyRuleRow};
use crate::access::division::Division;
use crate::kit::problem::Result;
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
