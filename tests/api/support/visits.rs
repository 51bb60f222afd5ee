//! Visits for tests.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use uuid::Uuid;

use super::archive::{draft, enter, with};
use super::{OWN, Person, Reply, Town};

static KEYS: AtomicU32 = AtomicU32::new(0);

/// A visit to a resident.
pub fn to(resident: &Value) -> Value {
    json!({ "division": OWN, "kind": "visit", "resident": resident["id"], "summary": "身体尚好" })
}

/// Sends a visit under a key of its own.
#[track_caller]
pub fn write(town: &Town, by: &Person, draft: Value) -> Reply {
    let key = format!("visit-{}", KEYS.fetch_add(1, Ordering::Relaxed));
    town.post("/v1/visits", draft).header("Idempotency-Key", &key).by(by).send()
}

/// A resident of a committee, who lives in that home.
pub fn neighbour(town: &Town, by: &Person, name: &str, division: &str, home: Option<Uuid>) -> Value {
    let entered = enter(town, by, with(draft(name), json!({ "division": division })));
    if let Some(home) = home {
        let id = entered["id"].as_str().unwrap();
        town.execute(&format!("UPDATE residents SET home_id = '{home}' WHERE id = '{id}'"));
    }
    entered
}

/// A home in a committee, in a building of its own.
pub fn home(town: &Town, division: &str) -> Uuid {
    let n = KEYS.fetch_add(1, Ordering::Relaxed);
    let [estate, building, home] =
        [1, 2, 3].map(|part| Uuid::from_u128(0x1400_0000 + u128::from(n) * 16 + part));
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '小区{n}', {division}, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
             VALUES ('{building}', '{estate}', {division}, '247号', now(), now());
         INSERT INTO dwellings (id, building_id, division, number, created_at, updated_at)
             VALUES ('{home}', '{building}', {division}, '502', now(), now())"
    ));
    home
}

/// The ids of what a list answers.
#[track_caller]
pub fn ids(reply: &Reply) -> Vec<String> {
    let items = reply.is(200).body["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// A plan to call on everybody each week.
pub fn plan() -> Value {
    json!({
        "division": OWN, "name": "每周走访", "unit": "resident", "target": { "kind": "all_residents" },
        "every_days": 7, "responsible": { "kind": "role", "role": "committee_worker" }
    })
}

/// Makes a plan; its address.
#[track_caller]
pub fn make(town: &Town, by: &Person, more: Value) -> String {
    let made = town.post("/v1/visit-plans", with(plan(), more)).by(by).send();
    made.is(201).header("location").to_owned()
}

/// The coverage of a plan, as it is at this moment.
pub fn coverage(town: &Town, by: &Person, path: &str) -> Reply {
    town.get(&format!("{path}/coverage")).by(&town.later(by)).send()
}

/// due, visited, overdue; and whom to visit next.
#[track_caller]
pub fn counted(reply: &Reply) -> ([i64; 3], Vec<String>) {
    let counts = ["due", "visited", "overdue"].map(|field| reply.is(200).body[field].as_i64().unwrap());
    let name = |item: &Value| item["resident"]["name"].as_str().unwrap_or("-").to_owned();
    (counts, reply.body["items"].as_array().unwrap().iter().map(name).collect())
}

impl Town {
    /// The same person with a token of this moment, after the clock was moved.
    pub fn later(&self, person: &Person) -> Person {
        let token = self.gate.tokens().sign(person.account, person.session, self.now()).expect("a token");
        Person { token, ..person.clone() }
    }
}
