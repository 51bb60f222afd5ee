//! Gates of a shift that goes on for days, some of them offline: what is told late is noted as it was.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::scans::{agree, check_in, code, send};
use crate::support::volunteer_day::{Day, signed};
use crate::support::{OWN, Person};

/// A shift of a week, one gate that is online, and somebody who has a place.
struct Week {
    day: Day,
    guard: Person,
    one: Person,
    shift: String,
    signup: Value,
}

fn week() -> Week {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    week_of(day, one)
}

fn week_of(day: Day, one: Person) -> Week {
    agree(&day.town, &one);
    let guard = day.town.staff(Role::PropertyStaff, OWN);
    let shift = day.shift_of(&day.call, "02T12:00", "08T21:00", json!({ "kind": "flexible" }));
    let signup = signed(&day.town, &one, &shift);
    Week { day, guard, one, shift, signup }
}

impl Week {
    /// The gate scans somebody, who has not been scanned for the same before.
    fn scan(&self, by: &Person, purpose: &str) {
        let shown = code(&self.day.town, &self.one).text();
        let body = json!({ "code": shown, "purpose": purpose, "event": self.shift, "division": OWN });
        assert_eq!(check_in(&self.day.town, by, body).is(201).body["duplicate"], false);
    }

    fn upload(&self, purpose: &str, scan: &Value) -> Value {
        let body = json!({ "purpose": purpose, "event": self.shift, "division": OWN, "scans": [scan] });
        let sent = send(&self.day.town, &self.guard, "/v1/check-in-batches", body);
        sent.is(207).body["items"][0]["status"].clone()
    }

    fn stays(&self) -> i64 {
        self.day.town.count("SELECT count(*) FROM attendances")
    }

    /// An evening on Monday of which the gate at the exit, which is offline, alone knows the end, and all of Tuesday's; answers what that
    /// gate scanned.
    fn two_evenings(&self) -> Value {
        self.day.until("02T19:00");
        self.scan(&self.guard, "shift_in");
        self.day.until("02T20:30");
        let went =
            json!({ "code": code(&self.day.town, &self.one).text(), "scanned_at": self.day.town.now() });
        self.day.until("03T18:55");
        self.scan(&self.guard, "shift_in");
        self.day.until("03T20:30");
        self.scan(&self.guard, "shift_out");
        self.day.until("04T10:00");
        assert_eq!((self.stays(), self.day.total(&self.one)), (1, 0));
        went
    }

    /// Seconds of the clock pass between one scan and another.
    #[track_caller]
    fn has_served_both(&self) {
        let lines = self.day.lines(&self.one);
        let [(first, short), (second, long)] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!((first.as_str(), second.as_str()), ("02", "03"));
        assert!((89..=90).contains(short) && (94..=95).contains(long), "{lines:?}");
        assert_eq!(self.stays(), 2);
    }
}

#[test]
fn a_going_that_is_uploaded_after_the_next_day_leaves_that_day_its_own() {
    let week = week();
    let went = week.two_evenings();
    assert_eq!(week.upload("shift_out", &went), 201);
    week.has_served_both();
    // Sent again, nothing is doubled.
    assert_eq!(week.upload("shift_out", &went), 200);
    week.has_served_both();
}

#[test]
fn who_comes_back_before_it_is_known_that_they_went_has_served_before_and_after() {
    let week = week();
    let went = |moment: &str| {
        week.day.until(moment);
        json!({ "code": code(&week.day.town, &week.one).text(), "scanned_at": week.day.town.now() })
    };
    week.day.until("02T18:00");
    week.scan(&week.guard, "shift_in");
    let first = went("02T19:00");
    week.day.until("02T20:00");
    week.scan(&week.guard, "shift_in");
    let second = went("02T20:30");
    week.day.until("02T21:00");
    assert_eq!((week.stays(), week.day.total(&week.one)), (1, 0));
    let body =
        json!({ "purpose": "shift_out", "event": week.shift, "division": OWN, "scans": [second, first] });
    let sent = send(&week.day.town, &week.guard, "/v1/check-in-batches", body);
    let statuses: Vec<&Value> =
        sent.is(207).body["items"].as_array().unwrap().iter().map(|item| &item["status"]).collect();
    assert_eq!(statuses, [201, 201]);
    // Seconds of the clock pass between one scan and another.
    let minutes: Vec<i64> = week.day.lines(&week.one).into_iter().map(|(_, minutes)| minutes).collect();
    let [before, after] = minutes[..] else { panic!("{minutes:?}") };
    assert!((59..=60).contains(&before) && (29..=30).contains(&after), "{minutes:?}");
}

#[test]
fn a_going_that_the_leader_notes_or_corrects_after_the_next_day_does_too() {
    let noted = week();
    noted.two_evenings();
    noted.day.note(&noted.shift, &noted.signup, "departure", Some("02T20:30"), json!({})).is(201);
    noted.has_served_both();
    let corrected = week();
    corrected.two_evenings();
    let stay = json!(corrected.day.town.text("SELECT id FROM attendances"));
    corrected.day.correct(&corrected.day.us.worker, &stay, "02T19:00", "02T20:30").is(201);
    corrected.has_served_both();
    // What was put right is not undone by what was scanned.
    let later =
        corrected.day.town.text("SELECT id FROM attendances WHERE arrived_at > '2026-03-03T00:00:00Z'");
    corrected.day.correct(&corrected.day.us.worker, &json!(later), "03T19:00", "03T19:30").is(201);
    assert_eq!((corrected.stays(), corrected.day.total(&corrected.one)), (2, 120));
}

#[test]
fn what_somebody_scanned_of_themselves_meanwhile_is_still_no_attendance() {
    let day = Day::new();
    let worker = neighbour(&day.town, OWN);
    day.town.appoint(&worker, Role::CommitteeWorker, OWN);
    let week = week_of(day, worker);
    week.day.until("02T19:00");
    week.scan(&week.guard, "shift_in");
    week.day.until("03T18:55");
    week.scan(&week.one, "shift_in");
    week.day.until("04T10:00");
    week.day.note(&week.shift, &week.signup, "departure", Some("02T20:30"), json!({})).is(201);
    assert_eq!((week.stays(), week.day.town.count("SELECT count(*) FROM check_ins")), (1, 2));
}

#[test]
fn a_coming_that_is_told_after_a_later_one_is_one_of_its_own() {
    for is_coming_first in [true, false] {
        let week = week();
        let shown = |moment: &str| {
            week.day.until(moment);
            json!({ "code": code(&week.day.town, &week.one).text(), "scanned_at": week.day.town.now() })
        };
        let mut scans = [("shift_in", shown("02T13:00")), ("shift_out", shown("02T13:15"))];
        if !is_coming_first {
            scans.reverse();
        }
        week.day.until("02T13:30");
        week.scan(&week.guard, "shift_in");
        // Sent again, nothing is doubled.
        for status in [201, 200] {
            for (purpose, scan) in &scans {
                assert_eq!(week.upload(purpose, scan), status, "{purpose}");
            }
            let written = "SELECT string_agg(purpose, ' ' ORDER BY checked_in_at) FROM check_ins";
            assert_eq!(week.day.town.text(written), "shift_in shift_out shift_in");
        }
        week.day.until("02T14:00");
        week.scan(&week.guard, "shift_out");
        // Seconds of the clock pass between one scan and another.
        let minutes: Vec<i64> = week.day.lines(&week.one).into_iter().map(|(_, minutes)| minutes).collect();
        let [before, after] = minutes[..] else { panic!("{minutes:?}") };
        assert!((14..=15).contains(&before) && (29..=30).contains(&after), "{minutes:?}");
    }
}
