//! The amounts that a database begins with, from `data/mediation/subsidies.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{MediationSubsidyOutcome, MediationSubsidyRole, NewSubsidyRule, SubsidyRuleId};
use super::store;
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::matters::mediation_cases::MediationGrade;
use crate::schema::mediation_subsidy_rules;

/// One line of the file, for the whole city.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "named as the columns of the table")]
pub struct Line {
    pub role: MediationSubsidyRole,
    pub grade: MediationGrade,
    pub outcome: MediationSubsidyOutcome,
    pub amount_fen: i64,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the lines of the file. For a database that has none: what was said since stays so.
pub fn import(conn: &mut PgConnection, lines: &[Line], now: DateTime<Utc>) -> Result<usize> {
    if store::count(conn)? > 0 {
        return Ok(0);
    }
    let new = |line: &Line| NewSubsidyRule {
        id: SubsidyRuleId::new(),
        division: Division::SHANGHAI,
        role: line.role,
        grade: line.grade,
        outcome: line.outcome,
        amount_fen: line.amount_fen,
        effective_from: line.effective_from,
        legal_basis: line.legal_basis.clone(),
        created_at: now,
    };
    let rows: Vec<NewSubsidyRule> = lines.iter().map(new).collect();
    Ok(diesel::insert_into(mediation_subsidy_rules::table).values(&rows).execute(conn)?)
}
