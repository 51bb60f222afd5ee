//! The policies that a database begins with, from `data/policies/default.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{ClockKind, MatterKind, NewPolicy, PolicyId, PolicyMode};
use super::{rules, store};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::matters::calendar::Unit;
use crate::places::divisions::Level;
use crate::schema::matter_policies;

/// One line of the file: a policy of the whole city. What is empty holds for all.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "named as the columns of the table")]
pub struct Line {
    pub kind: MatterKind,
    pub variant: Option<String>,
    pub category: Option<String>,
    pub grade: Option<String>,
    pub mode: PolicyMode,
    pub clock: ClockKind,
    pub amount: i32,
    pub unit: Unit,
    pub signatures: Option<i32>,
    pub level: Option<Level>,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the policies of those clocks that there is none of yet: what was changed or ended since stays so.
pub fn import(conn: &mut PgConnection, lines: &[Line], now: DateTime<Utc>) -> Result<usize> {
    let new = |line: &Line| NewPolicy {
        id: PolicyId::new(),
        division: Division::SHANGHAI,
        kind: line.kind,
        variant: line.variant.clone(),
        category: line.category.clone(),
        grade: line.grade.clone(),
        mode: line.mode,
        clock: line.clock,
        amount: line.amount,
        unit: line.unit,
        signatures: line.signatures,
        level: line.level,
        effective_from: line.effective_from,
        effective_until: None,
        legal_basis: line.legal_basis.clone(),
        created_by: None,
        created_at: now,
    };
    let known = store::clocks(conn)?;
    let missing = lines.iter().filter(|line| !known.contains(&(line.kind, line.clock)));
    let rows: Vec<NewPolicy> = missing.map(new).collect();
    rows.iter().try_for_each(rules::must_fit)?;
    Ok(diesel::insert_into(matter_policies::table).values(&rows).execute(conn)?)
}
