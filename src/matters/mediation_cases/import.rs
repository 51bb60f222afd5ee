//! What the grades ask for that a database begins with, from `data/mediation/grades.csv`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::kinds::{MediationGrade, MediationSeatRole};
use super::model::NewGrade;
use crate::access::division::Division;
use crate::kit::id;
use crate::kit::problem::Result;
use crate::schema::mediation_grades;

/// One line of the file, for the whole city.
#[derive(Clone, Debug, Deserialize)]
pub struct GradeLine {
    pub grade: MediationGrade,
    /// Parted by spaces.
    pub seats: String,
    pub mediators: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
}

/// Adds the lines that are not there.
pub fn import(conn: &mut PgConnection, lines: &[GradeLine], now: DateTime<Utc>) -> Result<usize> {
    let seats = |line: &GradeLine| {
        let named = |name: &str| MediationSeatRole::ALL.iter().find(|seat| seat.as_str() == name).copied();
        line.seats.split_whitespace().filter_map(named).map(Some).collect()
    };
    let new = |line: &GradeLine| NewGrade {
        id: id::next(),
        division: Division::SHANGHAI,
        grade: line.grade,
        seats: seats(line),
        mediators: line.mediators,
        effective_from: line.effective_from,
        legal_basis: line.legal_basis.clone(),
        created_at: now,
    };
    let rows: Vec<NewGrade> = lines.iter().map(new).collect();
    Ok(diesel::insert_into(mediation_grades::table).values(&rows).on_conflict_do_nothing().execute(conn)?)
}
