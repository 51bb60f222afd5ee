//! What is asked of statistics.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{MediationStatisticsGrouping, Span};
use super::rules::span_invalid;
use crate::access::division::Division;
use crate::kit::clock::start_of;
use crate::kit::day::Day;
use crate::kit::problem::Result;

/// So many days are counted at most.
const MOST: i64 = 366;

/// What to count.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationStatisticsQuery {
    /// This division and below.
    #[param(example = "310113003000")]
    pub division: Division,
    /// Cases that were registered from this day on.
    #[param(example = "2026-11-01")]
    pub from: Day,
    /// To this day, which is counted.
    #[param(example = "2026-11-30")]
    pub until: Day,
    /// Count apart by this, too.
    #[param(inline)]
    pub by: Option<MediationStatisticsGrouping>,
}

impl MediationStatisticsQuery {
    /// The span it names.
    pub fn span(&self) -> Result<Span> {
        let (from, until) = (self.from.get(), self.until.get());
        let days = (until - from).num_days() + 1;
        if !(1..=MOST).contains(&days) {
            return Err(span_invalid());
        }
        Ok(Span { from: start_of(from), before: start_of(until) + TimeDelta::days(1) })
    }

    /// Its months, whether or not anything came in them.
    pub fn months(&self) -> Vec<(String, Option<String>)> {
        let next = |month: &NaiveDate| month.checked_add_months(chrono::Months::new(1));
        let months = std::iter::successors(self.from.get().with_day(1), next);
        let within = months.take_while(|month| *month <= self.until.get());
        within.map(|month| (month.format("%Y-%m").to_string(), None)).collect()
    }
}
