//! What the stays of a person earn, day by day. Pure, and the same whenever it is asked.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::model::{AttendanceId, RecordedStay};
use crate::access::division::Division;
use crate::kit::clock::{local_date, start_of};

/// A stay inside its shift.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// Which.
    pub attendance: AttendanceId,
    /// Where, which decides how much of a day counts.
    pub division: Division,
    /// From when on.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Of that, so many minutes were no work.
    pub breaks: i32,
}

impl Stay {
    /// What of a recorded stay lies inside its shift; none while somebody is still there.
    pub fn inside(recorded: &RecordedStay) -> Option<Stay> {
        let from = recorded.arrived_at?.max(recorded.starts_at);
        let left = recorded.left_at?;
        let until = recorded.ends_at.map_or(left, |end| left.min(end));
        (from < until).then_some(Stay {
            attendance: recorded.attendance,
            division: recorded.division,
            from,
            until,
            breaks: recorded.break_minutes,
        })
    }
}

/// The minutes of each stay on each day, in whole minutes. Time that an earlier stay has counts for that alone; breaks come off the
/// beginning; a minute that midnight divides counts for the day on which it ends; what is above a day's cap is not counted.
pub fn credit(
    mut stays: Vec<Stay>,
    cap: impl Fn(Division, NaiveDate) -> i32,
) -> BTreeMap<(AttendanceId, NaiveDate), i32> {
    stays.sort_by_key(|stay| (stay.from, stay.attendance));
    let mut credited = BTreeMap::new();
    let mut used: HashMap<NaiveDate, i64> = HashMap::new();
    let mut covered = DateTime::<Utc>::MIN_UTC;
    for stay in stays {
        let mut from = stay.from.max(covered);
        covered = covered.max(stay.until);
        let mut breaks = i64::from(stay.breaks) * 60;
        let mut begun = 0;
        while from < stay.until {
            let day = local_date(from);
            let midnight = day.checked_add_days(Days::new(1)).map_or(stay.until, start_of);
            let until = stay.until.min(midnight);
            let seconds = (until - from).num_seconds();
            let rest = breaks.min(seconds);
            breaks -= rest;
            let worked = begun + seconds - rest;
            begun = worked % 60;
            let used = used.entry(day).or_default();
            let room = (i64::from(cap(stay.division, day)) - *used).max(0);
            let minutes = (worked / 60).min(room);
            *used += minutes;
            if let Ok(minutes) = i32::try_from(minutes)
                && minutes > 0
            {
                credited.insert((stay.attendance, day), minutes);
            }
            from = until;
        }
    }
    credited
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(from: &str, until: &str, breaks: i32) -> Stay {
        let at = |text: &str| format!("2026-03-{text}+08:00").parse().unwrap();
        Stay {
            attendance: AttendanceId::new(),
            division: Division::parse("310113003005").unwrap(),
            from: at(from),
            until: at(until),
            breaks,
        }
    }

    fn days(stays: &[Stay], cap: i32) -> Vec<(String, i32)> {
        let credited = credit(stays.to_vec(), |_, _| cap);
        let mut by_day: BTreeMap<NaiveDate, i32> = BTreeMap::new();
        for ((_, day), minutes) in credited {
            *by_day.entry(day).or_default() += minutes;
        }
        by_day.into_iter().map(|(day, minutes)| (day.format("%d").to_string(), minutes)).collect()
    }

    #[test]
    fn a_night_counts_for_both_days() {
        let night = stay("02T22:00:00", "03T02:30:00", 0);
        assert_eq!(days(&[night], 480), [("02".to_owned(), 120), ("03".to_owned(), 150)]);
        // A break of two hours and a half takes the first day whole.
        let tired = stay("02T22:00:00", "03T02:30:00", 150);
        assert_eq!(days(&[tired], 480), [("03".to_owned(), 120)]);
        let minute = stay("02T23:59:30", "03T00:00:30", 0);
        assert_eq!(days(&[minute], 480), [("03".to_owned(), 1)]);
        let odd = stay("02T23:57:15", "03T00:02:20", 0);
        assert_eq!(days(&[odd], 480), [("02".to_owned(), 2), ("03".to_owned(), 3)]);
    }

    #[test]
    fn what_is_done_at_one_time_counts_once_and_no_day_above_its_cap() {
        let one = stay("02T09:00:00", "02T12:00:00", 0);
        let other = stay("02T11:00:00", "02T13:00:00", 0);
        let inside = stay("02T09:30:00", "02T10:30:00", 0);
        assert_eq!(days(&[inside, other, one], 480), [("02".to_owned(), 240)]);
        assert_eq!(days(&[inside, other, one], 200), [("02".to_owned(), 200)]);
        assert_eq!(days(&[stay("02T09:00:00", "02T09:00:59", 0)], 480), []);
        assert_eq!(days(&[stay("02T09:00:00", "02T10:00:00", 90)], 480), []);
    }

    /// Against a map of minutes: every minute of the days at most once, whatever the stays.
    #[test]
    fn it_agrees_with_a_map_of_minutes() {
        let mut seed = 7_u64;
        let mut next = move |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            let zero = start_of("2026-03-02".parse().unwrap());
            let many = next(6) + 1;
            let stays: Vec<Stay> = (0..many)
                .map(|_| {
                    let from = zero + chrono::TimeDelta::minutes(next(2 * 1440) as i64);
                    let until = from + chrono::TimeDelta::minutes(next(600) as i64 + 1);
                    Stay { from, until, ..stay("02T00:00:00", "02T01:00:00", 0) }
                })
                .collect();
            let mut map: BTreeMap<NaiveDate, i32> = BTreeMap::new();
            for minute in 0..4 * 1440 {
                let at = zero + chrono::TimeDelta::minutes(minute);
                if stays.iter().any(|stay| stay.from <= at && at < stay.until) {
                    *map.entry(local_date(at)).or_default() += 1;
                }
            }
            let wanted: Vec<(String, i32)> = map
                .into_iter()
                .map(|(day, minutes)| (day.format("%d").to_string(), minutes.min(480)))
                .collect();
            assert_eq!(days(&stays, 480), wanted);
        }
    }
}
