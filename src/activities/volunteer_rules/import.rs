//! The rules that a database begins with, from `data/volunteering/default.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{NewRule, VolunteerRuleId, VolunteerRuleKind};
use super::store;
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::schema::volunteer_rules;

/// One line of the file.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "named as the columns of the table")]
pub struct Line {
    pub division: Division,
    pub rule: VolunteerRuleKind,
    pub stars: Option<i32>,
    pub minutes: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the rules of the file. For a database that has none.
pub fn import(conn: &mut PgConnection, lines: &[Line], now: DateTime<Utc>) -> Result<usize> {
    if store::count(conn)? > 0 {
        return Ok(0);
    }
    let new = |line: &Line| NewRule {
        id: VolunteerRuleId::new(),
        division: line.division,
        rule: line.rule,
        stars: line.stars,
        minutes: line.minutes,
        effective_from: line.effective_from,
        legal_basis: line.legal_basis.clone(),
        created_at: now,
    };
    let rows: Vec<NewRule> = lines.iter().map(new).collect();
    Ok(diesel::insert_into(volunteer_rules::table).values(&rows).execute(conn)?)
}
