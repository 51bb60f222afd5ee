//! Every query of the calendar.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::Action;
use super::model::{CalendarDayRow, CalendarYearRow};
use super::workdays::WorkCalendar;
use crate::access::act::{Act, Look, Permit};
use crate::kit::problem::{OnConstraint, Result, VERSION_STALE};
use crate::schema::{calendar_days, calendar_years};

/// The calendar from the year of a day on, to the last year that is known. It is public, so it is told to the worker, too, who
/// has no viewer.
pub fn load(conn: &mut PgConnection, from: NaiveDate) -> Result<WorkCalendar> {
    let rows: Vec<(i32, Option<(NaiveDate, bool)>)> = calendar_years::table
        .left_join(calendar_days::table)
        .filter(calendar_years::year.ge(from.year()))
        .select((calendar_years::year, (calendar_days::day, calendar_days::is_workday).nullable()))
        .load(conn)?;
    let years = rows.iter().map(|(year, _)| *year).collect::<Vec<_>>();
    Ok(WorkCalendar::new(years, rows.into_iter().filter_map(|(_, day)| day)))
}

/// How many years are known.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(calendar_years::table.count().get_result(conn)?)
}

/// A year, where it is known.
pub fn find(look: &mut Look<'_>, year: i32) -> Result<Option<CalendarYearRow>> {
    look.scope(Action::List)?;
    let known = calendar_years::table.find(year).select(CalendarYearRow::as_select());
    Ok(known.first(look.conn).optional()?)
}

/// Every year that is known.
pub fn years(look: &mut Look<'_>) -> Result<Vec<i32>> {
    look.scope(Action::List)?;
    Ok(calendar_years::table.order(calendar_years::year).select(calendar_years::year).load(look.conn)?)
}

/// The days named in a year, in order.
pub fn days(look: &mut Look<'_>, year: i32) -> Result<Vec<CalendarDayRow>> {
    look.scope(Action::List)?;
    let named = calendar_days::table.filter(calendar_days::year.eq(year)).order(calendar_days::day);
    Ok(named.select(CalendarDayRow::as_select()).load(look.conn)?)
}

/// A year, locked, where it is known.
pub fn lock(act: &mut Act<'_>, year: i32) -> Result<Option<CalendarYearRow>> {
    act.scope(Action::List)?;
    let known = calendar_years::table.find(year).select(CalendarYearRow::as_select());
    Ok(known.for_no_key_update().first(act.conn).optional()?)
}

/// Makes these the days of a year, and no others. Of two who enter a new year at once the second is told that it has changed.
pub fn replace(act: &mut Act<'_>, year: &Permit<CalendarYearRow>, days: &[CalendarDayRow]) -> Result<()> {
    if year.version == 1 {
        diesel::insert_into(calendar_years::table)
            .values(&**year)
            .execute(act.conn)
            .on_constraint("calendar_years_pkey", &VERSION_STALE)?;
    } else {
        diesel::update(calendar_years::table.find(year.year))
            .set((
                calendar_years::source.eq(&year.source),
                calendar_years::version.eq(year.version),
                calendar_years::loaded_at.eq(year.loaded_at),
            ))
            .execute(act.conn)?;
    }
    diesel::delete(calendar_days::table.filter(calendar_days::year.eq(year.year))).execute(act.conn)?;
    diesel::insert_into(calendar_days::table).values(days).execute(act.conn)?;
    Ok(())
}
