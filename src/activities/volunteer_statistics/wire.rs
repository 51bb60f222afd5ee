//! What is asked of statistics.

use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Days, Limits};
use super::rules::span_invalid;
use crate::access::division::Division;
use crate::kit::day::Day;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::problem::Result;

/// So many days are counted at most.
const MOST: i64 = 366;
/// A working week in a month, and a shift every third day.
const MINUTES: i32 = 40 * 60;
const SHIFTS: i32 = 10;

/// What to count.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerStatisticsQuery {
    /// This division and below.
    #[param(example = "310113003000")]
    pub division: Division,
    /// From this day on.
    #[param(example = "2026-11-01")]
    pub from: Day,
    /// To this day, which is counted.
    #[param(example = "2026-11-30")]
    pub until: Day,
}

impl VolunteerStatisticsQuery {
    /// The days it names.
    pub fn days(&self) -> Result<Days> {
        let (from, until) = (self.from.get(), self.until.get());
        let days = (until - from).num_days() + 1;
        if (1..=MOST).contains(&days) { Ok(Days { from, until }) } else { Err(span_invalid()) }
    }
}

/// Whom to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerLoadQuery {
    /// By calls for this division and below.
    #[param(example = "310113003005")]
    pub division: Division,
    /// From so many minutes on in 30 days; 2400 unless told.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 44640)]
    pub minutes: Option<Whole<1, 44_640>>,
    /// Or from so many shifts on; 10 unless told.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 1000)]
    pub shifts: Option<Whole<1, 1000>>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VolunteerLoadQuery {
    /// From how much on.
    pub fn limits(&self) -> Limits {
        Limits {
            minutes: i64::from(self.minutes.map_or(MINUTES, Whole::get)),
            shifts: i64::from(self.shifts.map_or(SHIFTS, Whole::get)),
        }
    }
}
