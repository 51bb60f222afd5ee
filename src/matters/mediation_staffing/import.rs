//! The staffing rules that a database begins with, from `data/mediation/staffing.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{MediationRoomKind, NewStaffingRule, StaffingMeasure, StaffingRuleId};
use super::{rules, store};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::schema::mediation_staffing_rules;

/// One line of the file: a rule of the whole city.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "named as the columns of the table")]
pub struct Line {
    pub measure: StaffingMeasure,
    pub room_kind: Option<MediationRoomKind>,
    pub amount: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the rules of the file. For a database that has none: what was changed or ended since stays so.
pub fn import(conn: &mut PgConnection, lines: &[Line], now: DateTime<Utc>) -> Result<usize> {
    if store::count(conn)? > 0 {
        return Ok(0);
    }
    let new = |line: &Line| NewStaffingRule {
        id: StaffingRuleId::new(),
        division: Division::SHANGHAI,
        measure: line.measure,
        room_kind: line.room_kind,
        amount: line.amount,
        effective_from: line.effective_from,
        effective_until: None,
        legal_basis: line.legal_basis.clone(),
        created_by: None,
        created_at: now,
    };
    let rows: Vec<NewStaffingRule> = lines.iter().map(new).collect();
    rows.iter().try_for_each(rules::must_fit)?;
    Ok(diesel::insert_into(mediation_staffing_rules::table).values(&rows).execute(conn)?)
}
