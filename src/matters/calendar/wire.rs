//! The working calendar in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{CalendarDayRow, CalendarYearRow};
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::text::Line;

/// The years that can be meant.
pub type CalendarYear = Whole<1949, 2999>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarDayQuery {
    /// Of which year; this one unless told.
    #[param(value_type = Option<i32>, minimum = 1949, maximum = 2999, example = 2026)]
    pub year: Option<CalendarYear>,
}

/// The year in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CalendarYearPath {
    /// The year.
    #[param(value_type = i32, minimum = 1949, maximum = 2999, example = 2027)]
    pub year: CalendarYear,
}

/// A day of the announcement.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDayDraft {
    /// The day, of that year; named once.
    pub day: Day,
    /// Whether it is worked 调休上班; only a Saturday or a Sunday is named as worked.
    pub is_workday: bool,
    /// For which holiday.
    #[schema(example = "春节")]
    pub name: Line<40>,
}

/// Say which days of a year are off or worked: all of them, in place of those known before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDaysDraft {
    /// Where it was announced.
    #[schema(example = "国务院办公厅关于2027年部分节假日安排的通知")]
    pub source: Line<200>,
    /// The days that are off, and the weekend days that are worked.
    #[schema(value_type = Vec<CalendarDayDraft>, min_items = 1, max_items = 120)]
    pub days: Few<CalendarDayDraft, 1, 120>,
}

impl CalendarDaysDraft {
    /// As written, and where it was announced.
    pub fn into_rows(self, year: i32) -> (String, Vec<CalendarDayRow>) {
        let row = |day: CalendarDayDraft| CalendarDayRow {
            day: day.day.get(),
            year,
            is_workday: day.is_workday,
            name: day.name.into_inner(),
        };
        (self.source.into_inner(), self.days.into_inner().into_iter().map(row).collect())
    }
}

/// A day that is off, or worked although it is a weekend's.
#[derive(Serialize, ToSchema)]
pub struct CalendarDayView {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is worked 调休上班.
    pub is_workday: bool,
    /// For which holiday.
    #[schema(example = "春节")]
    pub name: String,
}

impl From<CalendarDayRow> for CalendarDayView {
    fn from(row: CalendarDayRow) -> Self {
        let CalendarDayRow { day, is_workday, name, .. } = row;
        Self { day, is_workday, name }
    }
}

/// The holidays of a year. Days that are not named go by the week: Monday to Friday are worked.
#[derive(Serialize, ToSchema)]
pub struct CalendarDaysView {
    /// The year.
    #[schema(example = 2026)]
    pub year: i32,
    /// Whether its holidays are known. What ends in a year that is not known is provisional.
    pub is_known: bool,
    /// Where they were announced or taken from; null while they are not known.
    pub source: Option<String>,
    /// Since when they are known so; null while they are not.
    #[serde(serialize_with = "moment::write_some")]
    pub loaded_at: Option<DateTime<Utc>>,
    /// The version of the year, as in the ETag; 0 while it is not known.
    pub version: i64,
    /// Every year that is known.
    #[schema(example = json!([2025, 2026]))]
    pub known_years: Vec<i32>,
    /// The days that are off, and the weekend days that are worked, in order.
    pub items: Vec<CalendarDayView>,
}

impl CalendarDaysView {
    /// Of what is known of a year.
    pub fn new(
        year: i32,
        known: Option<CalendarYearRow>,
        known_years: Vec<i32>,
        days: Vec<CalendarDayRow>,
    ) -> Self {
        Self {
            year,
            is_known: known.is_some(),
            version: known.as_ref().map_or(0, |known| known.version),
            loaded_at: known.as_ref().map(|known| known.loaded_at),
            source: known.map(|known| known.source),
            known_years,
            items: days.into_iter().map(CalendarDayView::from).collect(),
        }
    }
}

impl View for CalendarDaysView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}
