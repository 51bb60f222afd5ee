//! The rules that a database begins with, from `data/volunteering/recognitions.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{NewRule, RecognitionKind, RecognitionRuleId, RecognitionRuleKind};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::schema::recognition_rules;

/// One line of the file.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "named as the columns of the table")]
pub struct Line {
    pub division: Division,
    pub kind: RecognitionKind,
    pub rule: RecognitionRuleKind,
    pub criterion: Option<String>,
    pub name: Option<String>,
    pub amount: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the rules of the file. For a database that has none.
pub fn import(conn: &mut PgConnection, lines: &[Line], now: DateTime<Utc>) -> Result<usize> {
    if recognition_rules::table.count().get_result::<i64>(conn)? > 0 {
        return Ok(0);
    }
    let new = |line: &Line| NewRule {
        id: RecognitionRuleId::new(),
        division: line.division,
        kind: line.kind,
        rule: line.rule,
        criterion: line.criterion.clone(),
        name: line.name.clone(),
        amount: line.amount,
        effective_from: line.effective_from,
        legal_basis: line.legal_basis.clone(),
        created_at: now,
    };
    let rows: Vec<NewRule> = lines.iter().map(new).collect();
    Ok(diesel::insert_into(recognition_rules::table).values(&rows).execute(conn)?)
}
