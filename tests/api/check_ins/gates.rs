//! Gates of integrators are applications: what they record is theirs, within their scopes and range.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::scans::{check_in, code, meeting, visit, walker};
use crate::support::{ELSEWHERE, OWN, Reply, SIBLING, Town};

#[test]
fn an_application_checks_in_within_its_scopes_and_its_range() {
    let town = Town::new();
    let gate = town.application(OWN, &["codes.verify", "check_ins.write"]);
    let send = |token: &str, path: &str, body: Value| -> Reply {
        let key = lilong::kit::id::next().to_string();
        town.post(path, body).header("Idempotency-Key", &key).token(token).send()
    };
    let shown = code(&town, &walker(&town));
    send(&gate.token, "/v1/code-verifications", json!({ "code": shown.text() })).is(200);
    send(&gate.token, "/v1/check-ins", with(visit(&shown), json!({ "division": SIBLING })))
        .is_problem(403, "forbidden");
    let verifier = town.application(OWN, &["codes.verify"]);
    send(&verifier.token, "/v1/check-ins", visit(&shown)).is_problem(403, "forbidden");
    assert_eq!(town.count("SELECT count(*) FROM code_uses"), 0, "a refused code is not used up");
    let first = send(&gate.token, "/v1/check-ins", visit(&shown));
    assert_eq!(first.is(201).body["duplicate"], false);
    let scan = json!({ "code": code(&town, &walker(&town)).text(), "scanned_at": town.now() });
    let batch = json!({ "purpose": "venue_visit", "division": OWN, "scans": [scan] });
    assert_eq!(send(&gate.token, "/v1/check-in-batches", batch).is(207).body["items"][0]["status"], 201);
    // A colleague of the house scans the same code: it is the gate's.
    let guard = town.staff(Role::PropertyStaff, OWN);
    assert_eq!(check_in(&town, &guard, visit(&shown)).is(201).body["id"], first.body["id"]);
    let by_gate = format!("application_id = '{}' AND recorded_by IS NULL", gate.id);
    assert_eq!(town.count(&format!("SELECT count(*) FROM check_ins WHERE {by_gate}")), 2);
    assert_eq!(town.count("SELECT count(*) FROM check_ins"), 2);
    // It writes, and reads nobody's.
    town.get("/v1/check-ins").token(&gate.token).send().is_problem(403, "forbidden");
    town.get("/v1/me/check-ins").token(&gate.token).send().is_problem(403, "forbidden");
}

/// A venue of a committee.
fn venue(town: &Town, division: &str, name: &str) -> Value {
    let worker = town.staff(Role::CommitteeWorker, division);
    let draft =
        json!({ "division": division, "name": name, "kind": "meeting_hall", "code_grade": "attended" });
    town.post("/v1/venues", draft).by(&worker).send().is(201).body["id"].clone()
}

#[test]
fn a_venue_is_one_of_the_division() {
    let town = Town::new();
    let (here, there) = (venue(&town, OWN, "睦邻点"), venue(&town, ELSEWHERE, "睦邻点"));
    let guard = town.staff(Role::PropertyStaff, OWN);
    let shown = code(&town, &walker(&town));
    let at = |venue: &Value| check_in(&town, &guard, with(visit(&shown), json!({ "venue": venue })));
    for other in [&there, &json!(uuid::Uuid::nil())] {
        at(other).is_problem(422, "check-in-venue-unknown");
    }
    assert_eq!(at(&here).is(201).body["venue"], here);
    // A code that was used at a venue is not good for another occasion.
    check_in(&town, &guard, visit(&shown)).is_problem(409, "check-in-code-used");
}

#[test]
fn two_doors_of_one_event_are_one_occasion_and_two_venues_are_two() {
    let town = Town::new();
    let doors = ["东门", "西门"].map(|name| venue(&town, OWN, name));
    let guard = town.staff(Role::PropertyStaff, OWN);
    let event = uuid::Uuid::from_u128(1);
    let at = |body: Value, door: &Value| check_in(&town, &guard, with(body, json!({ "venue": door })));
    let shown = code(&town, &walker(&town));
    let first = at(meeting(&shown, event), &doors[0]);
    assert_eq!((&first.is(201).body["duplicate"], &first.body["venue"]), (&json!(false), &doors[0]));
    // The same person went through the other door meanwhile, with the code that is still good: they are in already, and it counts once.
    let again = at(meeting(&shown, event), &doors[1]);
    assert_eq!((&again.is(201).body["duplicate"], &again.body["id"]), (&json!(true), &first.body["id"]));
    assert_eq!(again.body["venue"], doors[0]);
    assert_eq!(town.count("SELECT count(*) FROM check_ins"), 1);
    assert_eq!(town.count("SELECT count(*) FROM code_uses"), 1);
    // It is good for no other event, nor for a visit; and a visit to one venue is none to another.
    at(meeting(&shown, uuid::Uuid::from_u128(2)), &doors[1]).is_problem(409, "check-in-code-used");
    at(visit(&shown), &doors[0]).is_problem(409, "check-in-code-used");
    let other = code(&town, &walker(&town));
    at(visit(&other), &doors[0]).is(201);
    at(visit(&other), &doors[1]).is_problem(409, "check-in-code-used");
}
