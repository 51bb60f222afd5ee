//! What a year's holidays can't be.

use std::collections::HashSet;

use chrono::Datelike;

use super::model::CalendarDayRow;
use super::workdays::is_weekend;
use crate::kit::problem::{Result, Rule};

/// A year is changed as a whole.
pub static OF_OTHER_YEAR: Rule =
    Rule::invalid("calendar-day-of-other-year", "This day lies in another year.", "该日期不在所填年份内。");
/// A day is off or worked, not both.
pub static REPEATED: Rule = Rule::invalid("calendar-day-repeated", "This day is named twice.", "日期重复。");
/// Days from Monday to Friday are worked without being named.
pub static WORKED_ANYWAY: Rule = Rule::invalid(
    "calendar-day-worked-anyway",
    "Only a Saturday or a Sunday is named as worked; other days are worked anyway.",
    "仅周六、周日可列为调休上班日。",
);
/// There is one calendar, so a street's administrator does not change it.
pub static CITY_ONLY: Rule = Rule::refused(
    "calendar-city-only",
    "The calendar is one for the whole city, and is changed by its system administrator.",
    "工作日历全市统一，仅市级系统管理员可修改。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&OF_OTHER_YEAR, &REPEATED, &WORKED_ANYWAY, &CITY_ONLY];

/// Each day lies in the year, once, and says something that the rule of the week does not. A weekend may be named as off: it is
/// part of a holiday as announced.
pub fn must_be_a_year(year: i32, days: &[CalendarDayRow]) -> Result<()> {
    let mut seen = HashSet::new();
    for (at, day) in days.iter().enumerate() {
        let broken = if day.day.year() != year {
            Some(&OF_OTHER_YEAR)
        } else if !seen.insert(day.day) {
            Some(&REPEATED)
        } else if day.is_workday && !is_weekend(day.day) {
            Some(&WORKED_ANYWAY)
        } else {
            None
        };
        if let Some(rule) = broken {
            return Err(rule.at(format!("/days/{at}/day")).saying(day.day.to_string()));
        }
    }
    Ok(())
}
