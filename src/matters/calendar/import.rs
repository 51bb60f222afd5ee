//! Importing holidays from `data/calendar/*.csv`.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;

use super::model::{CalendarDayRow, CalendarYearRow};
use super::rules;
use crate::kit::problem::Result;
use crate::schema::{calendar_days, calendar_years};

/// One line of the file.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is worked.
    pub is_workday: bool,
    /// For which holiday.
    pub name: String,
}

/// Replaces each year that the file names, unless it says the same already. Answers how many years changed.
pub fn import(conn: &mut PgConnection, lines: &[Line], source: &str, now: DateTime<Utc>) -> Result<usize> {
    let mut years: Vec<i32> = lines.iter().map(|line| line.day.year()).collect();
    years.sort_unstable();
    years.dedup();
    let mut changed = 0;
    for year in years {
        let of_year = lines.iter().filter(|line| line.day.year() == year);
        let mut days: Vec<CalendarDayRow> = of_year
            .map(|line| CalendarDayRow {
                day: line.day,
                year,
                is_workday: line.is_workday,
                name: line.name.clone(),
            })
            .collect();
        rules::must_be_a_year(year, &days)?;
        days.sort_by_key(|day| day.day);
        changed += usize::from(replace(conn, year, &days, source, now)?);
    }
    Ok(changed)
}

fn replace(
    conn: &mut PgConnection,
    year: i32,
    days: &[CalendarDayRow],
    source: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let known = calendar_days::table.filter(calendar_days::year.eq(year));
    let before: Vec<CalendarDayRow> =
        known.order(calendar_days::day).select(CalendarDayRow::as_select()).load(conn)?;
    if before == days {
        return Ok(false);
    }
    let row = CalendarYearRow { year, source: source.to_owned(), version: 1, loaded_at: now };
    diesel::insert_into(calendar_years::table)
        .values(&row)
        .on_conflict(calendar_years::year)
        .do_update()
        .set((
            calendar_years::source.eq(source),
            calendar_years::version.eq(calendar_years::version + 1),
            calendar_years::loaded_at.eq(now),
        ))
        .execute(conn)?;
    diesel::delete(known).execute(conn)?;
    diesel::insert_into(calendar_days::table).values(days).execute(conn)?;
    Ok(true)
}
