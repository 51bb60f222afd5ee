//! A day of volunteers, for tests: a clock that moves, who came and went, and what that earned.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::archive::with;
use super::volunteering::{Organiser, organiser, sign_up, written};
use super::{Person, Reply, Town};

/// Monday, 10:00 in Shanghai.
pub const START: &str = "2026-03-02T02:00:00Z";

/// A committee with one call, in a town whose clock tests move.
pub struct Day {
    pub town: Town,
    pub us: Organiser,
    pub call: String,
}

impl Day {
    #[track_caller]
    pub fn new() -> Self {
        let town = Town::at(START);
        let us = organiser(&town);
        let call = us.published(&town, json!({}));
        Day { town, us, call }
    }

    /// A shift between two moments of Shanghai's clock, as `02T13:00`.
    #[track_caller]
    pub fn shift_of(&self, call: &str, from: &str, until: &str, more: Value) -> String {
        let times = json!({ "starts_at": at(from), "ends_at": at(until), "capacity": 20 });
        self.us.shift(&self.town, call, with(times, more))
    }

    #[track_caller]
    pub fn shift(&self, from: &str, until: &str) -> String {
        self.shift_of(&self.call, from, until, json!({}))
    }

    /// Lets the clock go on to a moment.
    #[track_caller]
    pub fn until(&self, moment: &str) {
        let then: DateTime<Utc> = at(moment).parse().unwrap();
        assert!(then >= self.town.now(), "{moment} is past");
        self.town.clock.advance(then - self.town.now());
    }

    #[track_caller]
    pub fn note(&self, shift: &str, signup: &Value, event: &str, moment: Option<&str>, more: Value) -> Reply {
        let body = json!({ "signup": signup, "event": event, "at": moment.map(at), "reason": "现场登记" });
        let body = with(body, more);
        let path = format!("/v1/shifts/{shift}/attendances");
        self.town.post(&path, body).by(&self.town.later(&self.us.worker)).send()
    }

    /// Somebody came and went; answers the stay.
    #[track_caller]
    pub fn stay(&self, shift: &str, signup: &Value, from: &str, until: &str) -> Value {
        self.note(shift, signup, "arrival", Some(from), json!({})).is(201);
        self.note(shift, signup, "departure", Some(until), json!({})).is(201).body["id"].clone()
    }

    #[track_caller]
    pub fn correct(&self, by: &Person, stay: &Value, from: &str, until: &str) -> Reply {
        let body = json!({ "kind": "present", "arrived_at": at(from), "left_at": at(until), "reason": "核对签到表" });
        let path = format!("/v1/attendances/{}/corrections", stay.as_str().unwrap());
        self.town.post(&path, body).by(&self.town.later(by)).send()
    }

    #[track_caller]
    pub fn hours(&self, by: &Person) -> Value {
        let page = self.town.get("/v1/me/volunteer-hours?limit=100").by(&self.town.later(by)).send();
        assert_eq!(page.header("cache-control"), "no-store");
        page.is(200).body.clone()
    }

    #[track_caller]
    pub fn total(&self, by: &Person) -> i64 {
        self.hours(by)["total_minutes"].as_i64().unwrap()
    }

    /// Lines of the ledger, the oldest first: day and minutes.
    #[track_caller]
    pub fn lines(&self, by: &Person) -> Vec<(String, i64)> {
        let items = self.hours(by)["items"].as_array().unwrap().clone();
        let line = |item: &Value| {
            (
                item["worked_on"].as_str().unwrap().rsplit('-').next().unwrap().to_owned(),
                item["minutes"].as_i64().unwrap(),
            )
        };
        items.iter().rev().map(line).collect()
    }
}

pub fn at(moment: &str) -> String {
    let local: DateTime<chrono::FixedOffset> = format!("2026-03-{moment}:00+08:00").parse().unwrap();
    written(local.with_timezone(&Utc))
}

pub fn signed(town: &Town, by: &Person, shift: &str) -> Value {
    sign_up(town, by, shift).is(201).body["id"].clone()
}

pub fn line(day: &str, minutes: i64) -> (String, i64) {
    (day.to_owned(), minutes)
}
