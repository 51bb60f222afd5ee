//! Opening hours: a week that repeats, and the days that differ. Local time of Asia/Shanghai.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::clock::shanghai;

/// When something is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningHours {
    /// The week that repeats; a day may have several spans.
    #[schema(max_items = 50)]
    pub weekly: Vec<WeeklySpan>,
    /// Days that differ from the week: 错时 hours, holidays, days of duty.
    #[schema(max_items = 400)]
    pub exceptions: Vec<DayException>,
}

/// Open on these days of the week, from and to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeeklySpan {
    /// Days of the week, 1 (Monday) to 7 (Sunday).
    #[schema(min_items = 1, max_items = 7, example = json!([1, 2, 3, 4, 5]))]
    pub days: Vec<Weekday>,
    /// Opens at, local time.
    pub opens: TimeOfDay,
    /// Closes at, local time; later than `opens`.
    pub closes: TimeOfDay,
}

/// One day that differs. Without a span it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayException {
    /// The day.
    pub date: NaiveDate,
    /// Opens at, or null when closed that day.
    pub opens: Option<TimeOfDay>,
    /// Closes at, or null when closed that day.
    pub closes: Option<TimeOfDay>,
}

/// A day of the week, 1 (Monday) to 7 (Sunday).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schema(value_type = u8, minimum = 1, maximum = 7)]
pub struct Weekday(u8);

impl TryFrom<u8> for Weekday {
    type Error = &'static str;
    fn try_from(day: u8) -> Result<Self, Self::Error> {
        if (1..=7).contains(&day) {
            Ok(Weekday(day))
        } else {
            Err("a day of the week is 1 (Monday) to 7 (Sunday)")
        }
    }
}

impl From<Weekday> for u8 {
    fn from(day: Weekday) -> u8 {
        day.0
    }
}

/// A time of day, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "08:30")]
pub struct TimeOfDay(NaiveTime);

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_shaped = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
        let time = NaiveTime::parse_from_str(&text, "%H:%M").ok().filter(|_| is_shaped);
        time.map(TimeOfDay).ok_or("a time of day is written HH:MM")
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.0.format("%H:%M").to_string()
    }
}

impl From<TimeOfDay> for NaiveTime {
    fn from(time: TimeOfDay) -> NaiveTime {
        time.0
    }
}

impl OpeningHours {
    /// What is wrong with them, if anything: a span that closes before it opens, half an exception.
    pub fn fault(&self) -> Option<&'static str> {
        if self.weekly.iter().any(|span| span.closes <= span.opens || span.days.is_empty()) {
            return Some("a span must have a day and close after it opens");
        }
        if self.weekly.len() > 50 || self.exceptions.len() > 400 {
            return Some("there are at most 50 spans and 400 exceptions");
        }
        let is_half = |day: &DayException| match (day.opens, day.closes) {
            (Some(opens), Some(closes)) => closes <= opens,
            (None, None) => false,
            _ => true,
        };
        self.exceptions.iter().any(is_half).then_some("an exception has both times, in order, or neither")
    }

    /// Whether it is open at that moment.
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        let local = at.with_timezone(&shanghai());
        self.spans(local.date_naive()).iter().any(|(opens, closes)| (*opens..*closes).contains(&local.time()))
    }

    /// Whether it is open from the one moment to the other, on one day.
    pub fn is_open_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        let (from, to) = (from.with_timezone(&shanghai()), to.with_timezone(&shanghai()));
        let mut spans = self.spans(from.date_naive()).into_iter();
        let is_within = |(opens, closes): (NaiveTime, NaiveTime)| opens <= from.time() && to.time() <= closes;
        from.date_naive() == to.date_naive() && spans.any(is_within)
    }

    /// When it opens next after that moment, within a year.
    pub fn opens_next(&self, at: DateTime<Utc>) -> Option<DateTime<FixedOffset>> {
        let local = at.with_timezone(&shanghai());
        (0..366).filter_map(|ahead| local.date_naive().checked_add_days(Days::new(ahead))).find_map(|day| {
            let mut openings: Vec<_> =
                self.spans(day).into_iter().map(|(opens, _)| day.and_time(opens)).collect();
            openings.sort();
            openings
                .into_iter()
                .filter_map(|opens| shanghai().from_local_datetime(&opens).single())
                .find(|o| *o > local)
        })
    }

    fn spans(&self, day: NaiveDate) -> Vec<(NaiveTime, NaiveTime)> {
        let mut exceptions = self.exceptions.iter().filter(|exception| exception.date == day).peekable();
        if exceptions.peek().is_some() {
            return exceptions.filter_map(|e| Some((e.opens?.0, e.closes?.0))).collect();
        }
        let weekday = Weekday(day.weekday().number_from_monday() as u8);
        let today = self.weekly.iter().filter(|span| span.days.contains(&weekday));
        today.map(|span| (span.opens.0, span.closes.0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours() -> OpeningHours {
        serde_json::from_str(
            r#"{"weekly":[{"days":[1,2,3,4,5],"opens":"08:30","closes":"11:30"},
                          {"days":[1,2,3,4,5],"opens":"13:00","closes":"17:00"}],
                "exceptions":[{"date":"2026-10-01","opens":null,"closes":null},
                              {"date":"2026-10-10","opens":"09:00","closes":"16:00"}]}"#,
        )
        .unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn the_day_that_differs_wins() {
        assert!(hours().is_open(at("2026-09-30T09:00:00+08:00")));
        assert!(!hours().is_open(at("2026-09-30T12:00:00+08:00")));
        assert!(!hours().is_open(at("2026-10-01T09:00:00+08:00")), "国庆 is closed");
        assert!(hours().is_open(at("2026-10-10T15:59:00+08:00")), "the Saturday worked in its place");
    }

    #[test]
    fn the_next_opening_passes_over_closed_days() {
        let next = |text| hours().opens_next(at(text)).unwrap().to_rfc3339();
        assert_eq!(next("2026-09-30T12:00:00+08:00"), "2026-09-30T13:00:00+08:00");
        assert_eq!(next("2026-09-30T18:00:00+08:00"), "2026-10-02T08:30:00+08:00");
        assert_eq!(OpeningHours::default().opens_next(at("2026-09-30T18:00:00+08:00")), None);
    }

    #[test]
    fn a_stretch_of_time_lies_within_one_span() {
        let between = |from, to| hours().is_open_between(at(from), at(to));
        assert!(between("2026-09-30T09:00:00+08:00", "2026-09-30T11:30:00+08:00"));
        assert!(!between("2026-09-30T11:00:00+08:00", "2026-09-30T13:30:00+08:00"), "over noon");
        assert!(!between("2026-09-30T16:00:00+08:00", "2026-09-30T17:01:00+08:00"), "too long");
        assert!(!between("2026-09-30T16:00:00+08:00", "2026-10-01T09:00:00+08:00"), "into another day");
    }

    #[test]
    fn half_an_exception_is_a_fault() {
        let mut hours = hours();
        assert_eq!(hours.fault(), None);
        hours.exceptions[0].opens = hours.exceptions[1].opens;
        assert!(hours.fault().is_some());
    }
}
