//! Rows of the working calendar.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::schema::{calendar_days, calendar_years};

/// A year whose holidays are known.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_years)]
pub struct CalendarYearRow {
    pub year: i32,
    pub source: String,
    pub version: i64,
    pub loaded_at: DateTime<Utc>,
}

/// The calendar is one for the whole city.
impl Governed for CalendarYearRow {
    fn division(&self) -> Option<Division> {
        None
    }
}

/// A day that the announcement names: off 放假, or worked although it is a weekend's 调休.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_days)]
pub struct CalendarDayRow {
    /// The day.
    pub day: NaiveDate,
    /// Its year.
    pub year: i32,
    /// Whether it is worked.
    pub is_workday: bool,
    /// For which holiday.
    pub name: String,
}
