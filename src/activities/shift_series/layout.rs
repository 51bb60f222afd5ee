//! A weekly pattern laid out over some weeks, as a pure function.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};

use crate::activities::volunteer_teams::WeeklyShift;
use crate::kit::clock::shanghai;
use crate::matters::calendar::WorkCalendar;

/// Once a week: on which day, 1 (Monday) to 7 (Sunday), from when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekly {
    pub day: u8,
    pub from: NaiveTime,
    pub until: NaiveTime,
}

impl From<&WeeklyShift> for Weekly {
    fn from(shift: &WeeklyShift) -> Self {
        Weekly { day: shift.weekday.into(), from: shift.from.into(), until: shift.until.into() }
    }
}

/// One of the days that a pattern gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Of which line of the pattern.
    pub line: usize,
    pub on: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// The weeks from a day on, without the days that are off.
pub fn lay_out(
    pattern: &[Weekly],
    (first, weeks): (NaiveDate, u64),
    off: Option<&WorkCalendar>,
) -> Vec<Laid> {
    let moment = |on: NaiveDate, at: NaiveTime| {
        shanghai().from_local_datetime(&on.and_time(at)).single().map(|at| at.with_timezone(&Utc))
    };
    let mut laid = Vec::new();
    for ahead in 0..weeks * 7 {
        let Some(on) = first.checked_add_days(Days::new(ahead)) else { break };
        if off.is_some_and(|calendar| calendar.is_holiday(on)) {
            continue;
        }
        for (line, weekly) in pattern.iter().enumerate() {
            if on.weekday().number_from_monday() != u32::from(weekly.day) {
                continue;
            }
            if let (Some(starts_at), Some(ends_at)) = (moment(on, weekly.from), moment(on, weekly.until)) {
                laid.push(Laid { line, on, starts_at, ends_at });
            }
        }
    }
    laid.sort_by_key(|one| (one.starts_at, one.line));
    laid
}

/// The holidays that some line of the pattern would have fallen on.
pub fn left_out(
    pattern: &[Weekly],
    (first, weeks): (NaiveDate, u64),
    off: Option<&WorkCalendar>,
) -> Vec<NaiveDate> {
    let all = lay_out(pattern, (first, weeks), None);
    let kept: BTreeSet<NaiveDate> =
        lay_out(pattern, (first, weeks), off).into_iter().map(|one| one.on).collect();
    let days: BTreeSet<NaiveDate> = all.into_iter().map(|one| one.on).collect();
    days.difference(&kept).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_goes_on_and_leaves_holidays_out_but_not_week_ends() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let time = |text: &str| text.parse::<NaiveTime>().unwrap();
        let weekly = |day, from, until| Weekly { day, from: time(from), until: time(until) };
        let pattern = [weekly(6, "09:00:00", "11:00:00"), weekly(4, "18:30:00", "20:00:00")];
        // National Day of 2026 is a Thursday; the Saturday after it is off, too, the one of the week before is a week-end.
        let calendar = WorkCalendar::new([2026], [(day("2026-10-01"), false), (day("2026-10-03"), false)]);
        let weeks = (day("2026-09-24"), 3);
        let laid = lay_out(&pattern, weeks, Some(&calendar));
        let days: Vec<String> = laid.iter().map(|one| one.on.to_string()).collect();
        assert_eq!(days, ["2026-09-24", "2026-09-26", "2026-10-08", "2026-10-10"]);
        assert_eq!(laid[0].starts_at, "2026-09-24T10:30:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(laid[1].ends_at, "2026-09-26T03:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(left_out(&pattern, weeks, Some(&calendar)), [day("2026-10-01"), day("2026-10-03")]);
        assert_eq!(lay_out(&pattern, weeks, None).len(), 6);
        assert!(left_out(&pattern, weeks, None).is_empty());
    }
}
