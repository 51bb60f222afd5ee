//! Checking oneself in: what hangs at the door, or is shown there, is scanned by who comes.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::scans::{agree, check_in, code, send, visit, walker};
use crate::support::volunteer_day::{Day, line, signed};
use crate::support::{OWN, Person, Reply, SIBLING, Town};

/// A venue of the committee, with more; answers where it is found.
fn venue(town: &Town, worker: &Person, more: Value) -> String {
    let location = json!({ "longitude": 121.489, "latitude": 31.405, "coord_system": "wgs84" });
    let draft = json!({ "division": OWN, "name": format!("议事厅{}", lilong::kit::id::next()), "kind": "meeting_hall", "location": location });
    let made = town.post("/v1/venues", with(draft, more)).by(&town.later(worker)).send();
    made.is(201).header("location").to_owned()
}

/// What the venue shows at this moment.
fn shown(town: &Town, worker: &Person, venue: &str) -> String {
    let shown = town.get(&format!("{venue}/code")).by(&town.later(worker)).send();
    shown.is(200).body["text"].as_str().expect("a code").to_owned()
}

fn scan(town: &Town, by: &Person, code: &str, more: Value) -> Reply {
    send(town, by, "/v1/me/check-ins", with(json!({ "code": code, "purpose": "venue_visit" }), more))
}

#[test]
fn whoever_agreed_checks_in_where_they_are() {
    let town = Town::new();
    let (worker, one) = (town.staff(Role::CommitteeWorker, OWN), neighbour(&town, OWN));
    let hall = venue(&town, &worker, json!({ "code_grade": "static" }));
    let code = shown(&town, &worker, &hall);
    scan(&town, &one, &code, json!({})).is_problem(403, "consent-missing");
    agree(&town, &one);
    let visit = scan(&town, &one, &code, json!({}));
    assert_eq!((&visit.is(201).body["division"], &visit.body["duplicate"]), (&json!(OWN), &json!(false)));
    assert!(hall.ends_with(visit.body["venue"].as_str().unwrap()));
    // A meeting once; a visit as often as one comes.
    let meeting = json!({ "purpose": "meeting", "event": lilong::kit::id::next() });
    let [first, again] = [(); 2].map(|()| scan(&town, &one, &code, meeting.clone()));
    assert_eq!(
        (&first.is(201).body["duplicate"], &again.is(201).body["duplicate"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(first.body["id"], again.body["id"]);
    scan(&town, &one, &code, json!({ "purpose": "meeting" })).is_problem(422, "check-in-event-missing");
    scan(&town, &one, &code, json!({ "purpose": "enrolment" })).is_problem(422, "check-in-purpose-unfit");
    scan(&town, &one, "7K3M9QX2", json!({})).is_problem(422, "venue-code-unknown");
    // A fence: one says where one is, and is there.
    let fenced = venue(&town, &worker, json!({ "code_grade": "static", "radius": 100 }));
    let code = shown(&town, &worker, &fenced);
    let at = |longitude: f64| json!({ "location": { "longitude": longitude, "latitude": 31.405, "coord_system": "wgs84" } });
    scan(&town, &one, &code, json!({})).is_problem(422, "venue-place-missing");
    scan(&town, &one, &code, at(121.52)).is_problem(409, "venue-outside");
    scan(&town, &one, &code, at(121.4891)).is(201);
    let mine = town.get("/v1/me/check-ins").by(&one).send();
    assert_eq!(mine.is(200).body["items"].as_array().unwrap().len(), 3);
    // Nobody's place on the map is kept.
    assert_eq!(
        town.count("SELECT count(*) FROM check_ins WHERE to_jsonb(check_ins)::text LIKE '%121.4%'"),
        0
    );
}

#[test]
fn a_screen_at_the_door_proves_the_hours_and_a_printed_code_does_not() {
    let day = Day::new();
    let (town, worker) = (&day.town, &day.us.worker);
    let one = neighbour(town, OWN);
    agree(town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(town, &one, &shift);
    let printed = venue(town, worker, json!({ "code_grade": "static" }));
    let screen = venue(town, worker, json!({ "code_grade": "rotating" }));
    let go = |at: &str, purpose: &str| {
        let code = shown(town, worker, at);
        scan(town, &one, &code, json!({ "purpose": purpose, "event": shift })).is(201).body["duplicate"]
            .clone()
    };
    day.until("02T12:55");
    assert_eq!(go(&printed, "shift_in"), false);
    assert_eq!(town.count("SELECT count(*) FROM attendances"), 0);
    assert_eq!(go(&screen, "shift_in"), true);
    let first = shown(town, worker, &screen);
    day.until("02T15:00");
    // What was on the screen before dinner is no proof of being there after it.
    scan(town, &one, &first, json!({ "purpose": "shift_out", "event": shift }))
        .is_problem(409, "venue-code-expired");
    go(&screen, "shift_out");
    assert_eq!(day.lines(&one), [line("02", 120)]);
}

#[test]
fn a_neighbour_of_the_next_committee_checks_in_as_an_account_alone() {
    let day = Day::new();
    let (town, one) = (&day.town, neighbour(&day.town, SIBLING));
    agree(town, &one);
    let shift = day.shift("02T13:00", "02T17:00");
    signed(town, &one, &shift);
    let screen = venue(town, &day.us.worker, json!({ "code_grade": "rotating" }));
    let go = |purpose: &str| {
        let code = shown(town, &day.us.worker, &screen);
        let scanned = scan(town, &one, &code, json!({ "purpose": purpose, "event": shift }));
        assert_eq!(scanned.is(201).body["resident"], Value::Null, "{}", scanned.text);
    };
    day.until("02T12:55");
    go("shift_in");
    day.until("02T15:00");
    go("shift_out");
    assert_eq!(day.lines(&one), [line("02", 120)]);
}

#[test]
fn staff_narrow_the_list_to_a_venue_and_to_who_scanned_but_follow_nobody_by_their_own_scans() {
    let town = Town::new();
    let (worker, guard) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::PropertyStaff, OWN));
    let gate = town.application(OWN, &["check_ins.write"]);
    let [gates, guards] = [(); 2].map(|()| venue(&town, &worker, json!({ "code_grade": "static" })));
    let id = |venue: &str| venue.rsplit('/').next().expect("an id").to_owned();
    let at = |venue: &str| with(visit(&code(&town, &walker(&town))), json!({ "venue": id(venue) }));
    let by_guard = check_in(&town, &guard, at(&guards)).is(201).body["id"].clone();
    let key = lilong::kit::id::next().to_string();
    let by_gate =
        town.post("/v1/check-ins", at(&gates)).header("Idempotency-Key", &key).token(&gate.token).send();
    let by_gate = by_gate.is(201).body["id"].clone();
    let one = walker(&town);
    let own = scan(&town, &one, &shown(&town, &worker, &gates), json!({})).is(201).body["id"].clone();
    let list = |by: &Person, query: &str| -> Vec<Value> {
        let listed = town.get(&format!("/v1/check-ins?{query}")).by(by).send();
        listed.is(200).body["items"].as_array().expect("items").iter().map(|one| one["id"].clone()).collect()
    };
    assert_eq!(list(&worker, &format!("venue={}", id(&gates))), [by_gate.clone(), own]);
    assert_eq!(list(&worker, &format!("by={}", gate.id)), std::slice::from_ref(&by_gate));
    assert_eq!(list(&worker, &format!("by={}", guard.account)), [by_guard]);
    assert_eq!(list(&worker, &format!("venue={}&by={}", id(&guards), gate.id)), Vec::<Value>::new());
    // Whoever checks themselves in is nobody's gate, and another committee sees none of it.
    assert_eq!(list(&worker, &format!("by={}", one.account)), Vec::<Value>::new());
    let next = town.staff(Role::CommitteeWorker, SIBLING);
    assert_eq!(list(&next, &format!("venue={}", id(&gates))), Vec::<Value>::new());
    town.get("/v1/check-ins?venue=x").by(&worker).send().is_problem(400, "query-invalid");
}
