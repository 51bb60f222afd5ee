//! Counting days as the law does: the first day is not counted (民法典 201); a month ends on the day of the same number, or on the
//! last day of the month (202); a last day that is off moves to the next day that is worked, and ends at 24:00 (203).

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

use super::workdays::WorkCalendar;
use crate::kit::clock::start_of;
use crate::text_enum;

text_enum! {
    /// What a period is counted in.
    pub enum Unit {
        /// 工作日
        WorkingDay = "working_day",
        /// 日（自然日）
        CalendarDay = "calendar_day",
        /// 月
        Month = "month",
    }
}

/// A period that runs from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// The day it runs from, which is not counted.
    pub anchor_on: NaiveDate,
    /// How many.
    pub amount: i32,
    /// Of what.
    pub unit: Unit,
}

/// Where a period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day. It is worked, as far as is known.
    pub on: NaiveDate,
    /// Whether it may move, since the holidays of a year that decides are not known yet.
    pub is_provisional: bool,
}

/// A period that stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paused {
    rest: Reckoning,
    is_over: bool,
}

impl Reckoning {
    /// The day the count comes to, worked or not.
    fn last_on(&self, calendar: &WorkCalendar) -> NaiveDate {
        let amount = self.amount.unsigned_abs();
        let last = match self.unit {
            _ if self.amount <= 0 => None,
            Unit::WorkingDay => Some(calendar.workdays_after(self.anchor_on, self.amount)),
            Unit::CalendarDay => self.anchor_on.checked_add_days(Days::new(amount.into())),
            Unit::Month => self.anchor_on.checked_add_months(Months::new(amount)),
        };
        last.unwrap_or(self.anchor_on)
    }

    /// Where it ends.
    pub fn due(&self, calendar: &WorkCalendar) -> Due {
        let last = self.last_on(calendar);
        let on = calendar.workday_from(last);
        // Of calendar days only the last one can move; of working days each one counts.
        let decides_from = if self.unit == Unit::WorkingDay { self.anchor_on } else { last };
        Due { on, is_provisional: !calendar.knows_all(decides_from, on) }
    }

    /// With more of the same unit 延期.
    pub fn extended(self, by: i32) -> Reckoning {
        Reckoning { amount: self.amount.saturating_add(by.max(0)), ..self }
    }

    /// Stopped at the end of a day, which is still counted. What is left of months is kept as calendar days. One that was due
    /// before that day is late, and stays so.
    pub fn paused(self, on: NaiveDate, calendar: &WorkCalendar) -> Paused {
        let on = on.max(self.anchor_on);
        if self.due(calendar).on < on {
            return Paused { rest: self, is_over: true };
        }
        let left = match self.unit {
            Unit::WorkingDay => self.amount - calendar.workdays_in(self.anchor_on, on),
            Unit::CalendarDay | Unit::Month => (self.last_on(calendar) - on).num_days() as i32,
        };
        let unit = if self.unit == Unit::Month { Unit::CalendarDay } else { self.unit };
        Paused { rest: Reckoning { anchor_on: on, amount: left.max(0), unit }, is_over: false }
    }
}

impl Paused {
    /// Runs again, from a day on that is not counted. On the day it was paused, or before it, nothing has changed.
    pub fn resumed(self, on: NaiveDate) -> Reckoning {
        match self.is_over {
            true => self.rest,
            false => Reckoning { anchor_on: on.max(self.rest.anchor_on), ..self.rest },
        }
    }
}

/// The end of a due day in Asia/Shanghai, 24:00.
pub fn due_at(on: NaiveDate) -> DateTime<Utc> {
    start_of(on) + TimeDelta::days(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REAL: &[u8] = include_bytes!("../../../data/calendar/cn.csv");

    fn real() -> WorkCalendar {
        let lines: Vec<super::super::Line> = crate::kit::lines::read(REAL).unwrap();
        WorkCalendar::new(2004..=2026, lines.into_iter().map(|line| (line.day, line.is_workday)))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn from(anchor: &str, amount: i32, unit: Unit) -> Reckoning {
        Reckoning { anchor_on: day(anchor), amount, unit }
    }

    #[track_caller]
    fn is_due(reckoning: Reckoning, on: &str) {
        assert_eq!(reckoning.due(&real()), Due { on: day(on), is_provisional: false });
    }

    #[test]
    fn working_days_of_2025_and_2026_pass_over_holidays_and_count_worked_weekends() {
        use Unit::WorkingDay;
        // 春节 2025: Sunday 26 January is worked, 28 January to 4 February are off, Saturday 8 February is worked.
        is_due(from("2025-01-24", 1, WorkingDay), "2025-01-26");
        is_due(from("2025-01-24", 3, WorkingDay), "2025-02-05");
        is_due(from("2025-01-24", 6, WorkingDay), "2025-02-08");
        // 国庆、中秋 2025: off from 1 to 8 October, Sunday 28 September and Saturday 11 October worked.
        is_due(from("2025-09-26", 5, WorkingDay), "2025-10-10");
        is_due(from("2025-09-30", 3, WorkingDay), "2025-10-11");
        // 春节 2026: Saturday 14 February is worked, 15 to 23 February are off, Saturday 28 February is worked.
        is_due(from("2026-02-13", 1, WorkingDay), "2026-02-14");
        is_due(from("2026-02-13", 5, WorkingDay), "2026-02-27");
        is_due(from("2026-02-13", 6, WorkingDay), "2026-02-28");
        // 国庆 2026: Sunday 20 September and Saturday 10 October are worked.
        is_due(from("2026-09-18", 1, WorkingDay), "2026-09-20");
        is_due(from("2026-09-30", 3, WorkingDay), "2026-10-10");
        // 元旦 2026: off from Thursday to Saturday, Sunday 4 January worked.
        is_due(from("2025-12-31", 1, WorkingDay), "2026-01-04");
    }

    #[test]
    fn a_last_day_off_moves_on_whatever_is_counted() {
        // 2 October 2026 is a holiday; the first day worked after it is the 8th.
        is_due(from("2026-09-17", 15, Unit::CalendarDay), "2026-10-08");
        is_due(from("2026-08-02", 2, Unit::Month), "2026-10-08");
        // 28 February 2026 is a Saturday that is worked, and the last day of its month.
        is_due(from("2026-01-31", 1, Unit::Month), "2026-02-28");
        is_due(from("2026-02-13", 15, Unit::CalendarDay), "2026-02-28");
        is_due(from("2024-01-31", 1, Unit::Month), "2024-02-29");
        // Nothing to count: the day itself, or the next that is worked.
        is_due(from("2026-10-01", 0, Unit::CalendarDay), "2026-10-08");
    }

    #[test]
    fn what_rests_on_an_unknown_year_is_provisional() {
        let due = |reckoning: Reckoning| reckoning.due(&real());
        let provisional = |on: &str| Due { on: day(on), is_provisional: true };
        assert_eq!(due(from("2026-12-30", 2, Unit::WorkingDay)), provisional("2027-01-01"));
        assert_eq!(due(from("2026-12-01", 60, Unit::CalendarDay)), provisional("2027-02-01"));
        assert_eq!(due(from("2026-12-30", 1, Unit::WorkingDay)).on, day("2026-12-31"));
        assert!(!due(from("2026-12-30", 1, Unit::WorkingDay)).is_provisional);
        // Only the last day decides on calendar days.
        let gap = WorkCalendar::new([2028], []);
        assert!(!from("2027-12-01", 60, Unit::CalendarDay).due(&gap).is_provisional);
        assert!(from("2027-12-01", 60, Unit::WorkingDay).due(&gap).is_provisional);
    }

    #[test]
    fn a_pause_over_a_holiday_gives_back_the_days_it_took() {
        let calendar = real();
        let answer = from("2026-09-28", 5, Unit::WorkingDay);
        is_due(answer, "2026-10-10");
        // Two days were used when it was paused; three are left, after the holiday.
        let paused = answer.paused(day("2026-09-30"), &calendar);
        assert_eq!(paused.resumed(day("2026-10-10")), from("2026-10-10", 3, Unit::WorkingDay));
        is_due(paused.resumed(day("2026-10-10")), "2026-10-14");
        // A pause that saw no day worked changed nothing.
        is_due(paused.resumed(day("2026-10-07")), "2026-10-10");
        let months = from("2026-08-31", 1, Unit::Month).paused(day("2026-09-10"), &calendar);
        assert_eq!(months.resumed(day("2026-09-20")), from("2026-09-20", 20, Unit::CalendarDay));
        // What was late already is late by as much.
        assert_eq!(answer.paused(day("2026-10-12"), &calendar).resumed(day("2026-11-12")), answer);
    }

    #[test]
    fn a_due_day_ends_at_midnight_in_shanghai() {
        assert_eq!(due_at(day("2026-10-08")).to_rfc3339(), "2026-10-08T16:00:00+00:00");
    }

    fn reckonings() -> impl Strategy<Value = Reckoning> {
        let units = prop_oneof![Just(Unit::WorkingDay), Just(Unit::CalendarDay), Just(Unit::Month)];
        // From 2023 into years that are not known.
        (0..2000_u64, 1..90, units).prop_map(|(days, amount, unit)| {
            let amount = if unit == Unit::Month { amount % 12 + 1 } else { amount };
            Reckoning { anchor_on: day("2023-01-01") + Days::new(days), amount, unit }
        })
    }

    proptest! {
        #[test]
        fn nothing_is_due_on_a_day_off_or_before_it_was_counted(reckoning in reckonings()) {
            let calendar = real();
            let due = reckoning.due(&calendar);
            prop_assert!(calendar.is_workday(due.on) && due.on > reckoning.anchor_on);
            if reckoning.unit == Unit::WorkingDay {
                prop_assert_eq!(calendar.workdays_in(reckoning.anchor_on, due.on), reckoning.amount);
            }
        }

        #[test]
        fn a_pause_never_shortens(reckoning in reckonings(), at in 0..150_u64, lasts in 0..100_u64) {
            let calendar = real();
            let (before, pause) = (reckoning.due(&calendar), reckoning.anchor_on + Days::new(at));
            let after = reckoning.paused(pause, &calendar).resumed(pause + Days::new(lasts));
            prop_assert!(after.due(&calendar).on >= before.on);
            let undone = reckoning.paused(pause, &calendar).resumed(pause);
            prop_assert_eq!(undone.due(&calendar).on, before.on);
            if pause > before.on {
                prop_assert_eq!(after, reckoning);
            } else if reckoning.unit != Unit::WorkingDay {
                let last = reckoning.last_on(&calendar).max(pause) + Days::new(lasts);
                prop_assert_eq!(after.due(&calendar).on, calendar.workday_from(last));
            }
        }

        #[test]
        fn two_pauses_end_to_end_are_one(
            reckoning in reckonings(), at in 0..150_u64, first in 0..50_u64, second in 0..50_u64,
        ) {
            let calendar = real();
            let start = reckoning.anchor_on + Days::new(at);
            let (middle, end) = (start + Days::new(first), start + Days::new(first + second));
            let once = reckoning.paused(start, &calendar).resumed(end);
            let twice = reckoning.paused(start, &calendar).resumed(middle).paused(middle, &calendar).resumed(end);
            prop_assert_eq!(twice, once);
        }

        #[test]
        fn more_is_never_less(reckoning in reckonings(), by in 1..30) {
            let calendar = real();
            let (before, after) = (reckoning.due(&calendar), reckoning.extended(by).due(&calendar));
            prop_assert!(after.on >= before.on);
            prop_assert!(reckoning.unit == Unit::CalendarDay || after.on > before.on);
        }
    }
}
