//! Importing the official map from `data/divisions/*.csv`.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_dsl::methods::FilterDsl;
use diesel::upsert::excluded;
use serde::Deserialize;

use super::model::{Level, Status};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::schema::divisions::dsl;

/// One line of the file.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// The code.
    pub code: Division,
    /// The name.
    pub name: String,
    /// The level.
    pub level: Level,
    /// The division above.
    pub parent: Option<Division>,
    /// The state.
    pub status: Status,
}

/// Brings the map up to date with the file: new divisions are added, names follow the file. What people entered
/// (addresses, hours, a status of 正式) stays, and what is as the file says keeps its version. Parents must come before
/// children, as they do in the order of codes. Answers how many were added or changed.
pub fn import(conn: &mut PgConnection, lines: &[Line], now: DateTime<Utc>) -> Result<usize> {
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                dsl::code.eq(line.code),
                dsl::name.eq(&line.name),
                dsl::level.eq(line.level),
                dsl::parent.eq(line.parent),
                dsl::status.eq(line.status),
                dsl::updated_at.eq(now),
            )
        })
        .collect();
    let upsert = diesel::insert_into(dsl::divisions).values(rows).on_conflict(dsl::code).do_update().set((
        dsl::name.eq(excluded(dsl::name)),
        dsl::parent.eq(excluded(dsl::parent)),
        dsl::version.eq(dsl::version + 1),
        dsl::updated_at.eq(excluded(dsl::updated_at)),
    ));
    let differs = dsl::name.ne(excluded(dsl::name)).or(dsl::parent.is_distinct_from(excluded(dsl::parent)));
    Ok(FilterDsl::filter(upsert, differs).execute(conn)?)
}
