//! Calls, shifts and volunteers, for tests.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::with;
use super::petitions::{key, organisation};
use super::{OWN, Person, Reply, Town};

/// A committee that organises.
pub struct Organiser {
    pub organisation: Uuid,
    pub worker: Person,
}

/// The committee of `OWN`, and its worker.
pub fn organiser(town: &Town) -> Organiser {
    let organisation = organisation(town, &format!("宝钢五村居委会{}", key()), "residents_committee", OWN);
    Organiser { organisation, worker: town.staff(Role::CommitteeWorker, OWN) }
}

/// A moment so many minutes from now, as it is sent.
pub fn ahead(town: &Town, minutes: i64) -> String {
    written(town.now() + TimeDelta::minutes(minutes))
}

pub fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Organiser {
    /// A call for everybody, with more.
    pub fn draft(&self, more: Value) -> Value {
        let draft = json!({
            "division": OWN, "organiser": { "organisation": self.organisation }, "title": "“梯”升男友力", "story": "帮邻居搬东西上楼",
            "needs": [{ "role": "搬运", "quantity": 6 }], "visibility": "public", "contact": "居委会值班室"
        });
        with(draft, more)
    }

    /// Writes a call, and answers its id.
    #[track_caller]
    pub fn call(&self, town: &Town, more: Value) -> String {
        let by = town.later(&self.worker);
        let reply = town.post("/v1/volunteer-calls", self.draft(more)).by(&by).send();
        reply.is(201).body["id"].as_str().expect("an id").to_owned()
    }

    /// A published call.
    #[track_caller]
    pub fn published(&self, town: &Town, more: Value) -> String {
        let call = self.call(town, more);
        self.step(town, &call, "publication").is(201);
        call
    }

    /// Does a step.
    #[track_caller]
    pub fn step(&self, town: &Town, call: &str, part: &str) -> Reply {
        step(town, &self.worker, call, part)
    }

    /// Adds a shift of two hours that begins in a day, with more.
    #[track_caller]
    pub fn shift(&self, town: &Town, call: &str, more: Value) -> String {
        let reply = add_shift(town, &self.worker, call, more);
        reply.is(201).body["id"].as_str().expect("an id").to_owned()
    }

    /// Who signed up, as this committee sees it.
    #[track_caller]
    pub fn signups(&self, town: &Town, shift: &str) -> Vec<Value> {
        let path = format!("/v1/shifts/{shift}/signups?limit=100");
        let page = town.get(&path).by(&town.later(&self.worker)).send();
        page.is(200).body["items"].as_array().expect("items").clone()
    }
}

/// Moves a call on.
#[track_caller]
pub fn step(town: &Town, by: &Person, call: &str, part: &str) -> Reply {
    let (path, by) = (format!("/v1/volunteer-calls/{call}/{part}"), town.later(by));
    match part {
        "cancellation" => town.post(&path, json!({ "reason": "当日有暴雨预警" })).by(&by).send(),
        _ => town.call("POST", &path).by(&by).send(),
    }
}

/// A shift as it is sent.
pub fn shift_draft(town: &Town, more: Value) -> Value {
    let draft = json!({
        "role": "搬运", "place": "247号楼一层大厅", "kind": "fixed", "starts_at": ahead(town, 1440), "ends_at": ahead(town, 1560),
        "capacity": 2
    });
    with(draft, more)
}

#[track_caller]
pub fn add_shift(town: &Town, by: &Person, call: &str, more: Value) -> Reply {
    let path = format!("/v1/volunteer-calls/{call}/shifts");
    town.post(&path, shift_draft(town, more)).by(&town.later(by)).send()
}

/// Signs up, confirming all.
#[track_caller]
pub fn sign_up(town: &Town, by: &Person, shift: &str) -> Reply {
    sign_up_with(town, by, shift, "", json!({ "confirms": ["risks", "skill", "training"] }))
}

#[track_caller]
pub fn sign_up_with(town: &Town, by: &Person, shift: &str, query: &str, body: Value) -> Reply {
    let call = town.post(&format!("/v1/shifts/{shift}/signups{query}"), body);
    call.header("Idempotency-Key", &key()).by(&town.later(by)).send()
}

/// Gives the place back.
#[track_caller]
pub fn withdraw(town: &Town, by: &Person, shift: &str) -> Reply {
    town.call("DELETE", &format!("/v1/shifts/{shift}/signups")).by(&town.later(by)).send()
}

/// One's own sign-ups.
#[track_caller]
pub fn own_signups(town: &Town, by: &Person) -> Vec<Value> {
    let page = town.get("/v1/me/shift-signups?limit=100").by(&town.later(by)).send();
    page.is(200).body["items"].as_array().expect("items").clone()
}

/// Decides about a sign-up.
#[track_caller]
pub fn decide(town: &Town, by: &Person, signup: &Value, body: Value) -> Reply {
    let path = format!("/v1/shift-signups/{}/decision", signup["id"].as_str().unwrap());
    town.post(&path, body).by(by).send()
}

/// When somebody was born, by their record.
pub fn born(town: &Town, person: &Person, day: &str) {
    town.execute(&format!("UPDATE residents SET born_on = '{day}' WHERE account_id = '{}'", person.account));
}

/// The day of birth of somebody of that age.
pub fn years_ago(town: &Town, years: i64) -> String {
    lilong::kit::clock::local_date(town.now() - TimeDelta::days(years * 366)).to_string()
}

/// Makes somebody the guardian of a record.
pub fn guard(town: &Town, worker: &Person, guardian: &Person, ward: &str) {
    town.execute(&format!(
        "INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
             VALUES (gen_random_uuid(), '{ward}', '{}', {OWN}, 'parent', 'x', '{}', now())",
        record(town, guardian),
        worker.account
    ));
}

/// The record of somebody.
pub fn record(town: &Town, person: &Person) -> String {
    town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", person.account))
}

/// Another record of the same person, in another committee.
pub fn second_record(town: &Town, person: &Person, division: &str) -> String {
    let id = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO residents (id, division, account_id, name, pinyin, initials, no_identifier, residence, source, created_at, updated_at)
             VALUES ('{id}', {division}, '{}', '陈桂芳', 'chenguifang', 'cgf', 'refused', 'registered_here', 'worker', now(), now())",
        person.account
    ));
    id.to_string()
}

/// A shift as a counter that its history moves: never above its bound, nobody behind a free place, nobody twice.
#[derive(Default)]
struct Counter {
    capacity: i64,
    states: HashMap<String, &'static str>,
    line: Vec<String>,
}

impl Counter {
    fn taken(&self) -> i64 {
        i64::try_from(self.states.values().filter(|state| **state == "held").count()).expect("a number")
    }

    #[track_caller]
    fn happen(&mut self, event: &str, signup: &str) {
        let before = self.states.get(signup).copied();
        let is_full = self.taken() >= self.capacity;
        match event {
            "resized" => {}
            "requested" | "held" | "waiting" => {
                let is_first = before.is_none() || before == Some("requested");
                assert!(is_first, "{signup} was {before:?} and is {event}");
                match event {
                    "held" => {
                        assert!(!is_full, "{signup} got a place where none was free");
                        self.states.insert(signup.to_owned(), "held");
                    }
                    "waiting" => {
                        assert!(is_full, "{signup} waits for a place that is free");
                        self.states.insert(signup.to_owned(), "waiting");
                        self.line.push(signup.to_owned());
                    }
                    _ => drop(self.states.insert(signup.to_owned(), "requested")),
                }
            }
            "moved_up" => {
                assert!(!is_full, "{signup} moved up to nothing");
                assert_eq!(self.line.first().map(String::as_str), Some(signup), "somebody was passed over");
                self.line.remove(0);
                self.states.insert(signup.to_owned(), "held");
            }
            "withdrawn" | "refused" | "cancelled" => {
                assert!(matches!(before, Some("requested" | "held" | "waiting")), "{signup}: {before:?}");
                self.line.retain(|one| one != signup);
                self.states.insert(signup.to_owned(), "ended");
            }
            _ => panic!("{event}"),
        }
    }
}

/// Replays the history of a shift, and holds it against the shift and its sign-ups; answers how many have a place and how many wait.
#[track_caller]
pub fn replay(town: &Town, shift: &str) -> (i64, i64) {
    let history = town.text(&format!(
        "SELECT coalesce(string_agg(concat_ws(' ', turn, event, coalesce(signup_id::text, '-'), capacity, taken, waiting), ',' ORDER BY turn), '')
         FROM shift_events WHERE shift_id = '{shift}'"
    ));
    let mut counter = Counter::default();
    let mut turn = 0;
    for line in history.split(',').filter(|line| !line.is_empty()) {
        let [n, event, signup, capacity, taken, waiting] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        turn += 1;
        assert_eq!(n, turn.to_string(), "a turn is missing");
        let is_free = counter.taken() < counter.capacity && !counter.line.is_empty();
        assert!(
            !is_free || ["moved_up", "cancelled"].contains(&event),
            "a place was free while somebody waited, before {line}"
        );
        counter.capacity = capacity.parse().expect("a number");
        counter.happen(event, signup);
        if event != "cancelled" {
            let counted = (counter.taken().to_string(), counter.line.len().to_string());
            assert_eq!(counted, (taken.to_owned(), waiting.to_owned()), "{line}");
        }
        assert!(counter.taken() <= counter.capacity, "oversold: {line}");
    }
    let kept = town.text(&format!(
        "SELECT concat_ws(' ', taken, waiting, turn, (SELECT count(*) FROM shift_signups WHERE shift_id = s.id AND state = 'held'),
                (SELECT count(*) FROM shift_signups WHERE shift_id = s.id AND state = 'waiting'))
         FROM shifts s WHERE id = '{shift}'"
    ));
    let (taken, waiting) = (counter.taken(), counter.line.len());
    assert_eq!(
        kept,
        format!("{taken} {waiting} {turn} {taken} {waiting}"),
        "the shift is not what its history says"
    );
    let twice = format!(
        "SELECT count(*) FROM (SELECT FROM shift_signups WHERE shift_id = '{shift}' AND state IN ('requested', 'held', 'waiting')
             GROUP BY person_id HAVING count(*) > 1) t"
    );
    assert_eq!(town.count(&twice), 0, "somebody is there twice");
    (taken, i64::try_from(waiting).expect("a number"))
}
