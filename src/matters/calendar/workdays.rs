//! Which days are worked.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate, Weekday};

/// The years whose holidays are known, and the days that break the rule of the week. In a year that is not known the rule of
/// the week alone holds, and what is counted by it is provisional.
#[derive(Clone, Debug, Default)]
pub struct WorkCalendar {
    years: BTreeSet<i32>,
    days: HashMap<NaiveDate, bool>,
}

impl WorkCalendar {
    /// Of the years known, and of the days named in them with whether each is worked.
    pub fn new(
        years: impl IntoIterator<Item = i32>,
        days: impl IntoIterator<Item = (NaiveDate, bool)>,
    ) -> Self {
        WorkCalendar { years: years.into_iter().collect(), days: days.into_iter().collect() }
    }

    /// Whether the day is worked, as far as is known.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        self.days.get(&day).copied().unwrap_or_else(|| !is_weekend(day))
    }

    /// Whether it is a public holiday, as far as is known; an ordinary week-end is none.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.days.get(&day) == Some(&false)
    }

    /// Whether the holidays of the day's year are known.
    pub fn is_known(&self, day: NaiveDate) -> bool {
        self.years.contains(&day.year())
    }

    /// The day itself where it is worked, else the next one that is (民法典 203).
    pub fn workday_from(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().find(|day| self.is_workday(*day)).unwrap_or(day)
    }

    /// The days worked after one day, up to another and with it.
    pub(super) fn workdays_in(&self, after: NaiveDate, until: NaiveDate) -> i32 {
        let days = after.iter_days().skip(1).take_while(|day| *day <= until);
        days.filter(|day| self.is_workday(*day)).count() as i32
    }

    /// The day on which the `amount`th working day after a day falls; the day itself for none.
    pub(super) fn workdays_after(&self, after: NaiveDate, amount: i32) -> NaiveDate {
        let worked = after.iter_days().skip(1).filter(|day| self.is_workday(*day));
        match usize::try_from(amount - 1) {
            Ok(before) => worked.into_iter().nth(before).unwrap_or(after),
            Err(_) => after,
        }
    }

    /// Whether the holidays of every year from one day to another are known.
    pub(super) fn knows_all(&self, from: NaiveDate, to: NaiveDate) -> bool {
        (from.year()..=to.year()).all(|year| self.years.contains(&year))
    }
}

/// Saturday or Sunday.
pub(super) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_announcement_names_goes_before_the_rule_of_the_week() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (national_day, worked) = (day("2026-10-01"), day("2026-10-10"));
        let calendar = WorkCalendar::new([2026], [(national_day, false), (worked, true)]);
        assert!(!calendar.is_workday(national_day) && calendar.is_workday(worked));
        assert!(calendar.is_workday(day("2026-10-12")) && !calendar.is_workday(day("2026-10-11")));
        assert!(calendar.is_known(national_day) && !calendar.is_known(day("2027-01-01")));
        assert_eq!(calendar.workday_from(day("2027-01-02")), day("2027-01-04"));
        assert_eq!(calendar.workdays_in(day("2026-10-09"), day("2026-10-12")), 2);
        assert_eq!(calendar.workdays_after(day("2026-10-09"), 2), day("2026-10-12"));
        assert_eq!(calendar.workdays_after(day("2026-10-11"), 0), day("2026-10-11"));
    }
}
