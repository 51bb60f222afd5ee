//! People who agreed to be checked in, and the codes they show.

use lilong::access::codes::sg1::{Bearer, Code};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{OWN, Person, Reply, Town};

/// A code of somebody, fresh at this moment.
pub fn code(town: &Town, person: &Person) -> Code {
    code_at(town, person, 0)
}

/// A code of so many seconds ahead, or ago.
pub fn code_at(town: &Town, person: &Person, seconds: i64) -> Code {
    let (codes, now) = (town.gate.codes(), town.now());
    let from = now + chrono::TimeDelta::seconds(seconds);
    codes.issue(town.gate.ring(), person.account, Bearer::Visitor, from, now).expect("a code")
}

/// Somebody agrees to movement tracks.
pub fn agree(town: &Town, person: &Person) {
    town.execute(&format!(
        "INSERT INTO consents (id, account_id, purpose, notice_version, is_separate, given_at)
             VALUES (gen_random_uuid(), '{}', 'movement_track', 1, true, '{}') ON CONFLICT DO NOTHING",
        person.account,
        town.now()
    ));
}

/// Somebody who agreed.
pub fn walker(town: &Town) -> Person {
    let person = town.resident();
    agree(town, &person);
    person
}

/// A check-in at the committee's office.
pub fn visit(code: &Code) -> Value {
    json!({ "code": code.text(), "purpose": "venue_visit", "division": OWN })
}

/// A check-in for a meeting.
pub fn meeting(code: &Code, event: Uuid) -> Value {
    json!({ "code": code.text(), "purpose": "meeting", "event": event, "division": OWN })
}

/// Sends something with a key of its own.
pub fn send(town: &Town, by: &Person, path: &str, body: Value) -> Reply {
    let token = town.gate.tokens().sign(by.account, by.session, town.now()).expect("a token");
    let key = lilong::kit::id::next().to_string();
    town.post(path, body).header("Idempotency-Key", &key).token(&token).send()
}

/// Checks somebody in.
pub fn check_in(town: &Town, by: &Person, body: Value) -> Reply {
    send(town, by, "/v1/check-ins", body)
}
