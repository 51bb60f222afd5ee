//! Departures: what ends, what stays, and the way back.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{homes, move_in, person};
use crate::support::{OWN, Person, Reply, SIBLING, Town};

fn depart(town: &Town, by: &Person, resident: &str, body: Value) -> Reply {
    town.post(&format!("/v1/residents/{resident}/departure"), body).by(by).send()
}

fn back(town: &Town, by: &Person, resident: &str, query: &str) -> Reply {
    town.call("DELETE", &format!("/v1/residents/{resident}/departure{query}")).by(by).send()
}

fn record(town: &Town, by: &Person, resident: &str) -> (Value, Value) {
    let body = town.get(&format!("/v1/residents/{resident}")).by(by).send().is(200).body.clone();
    (body["status"].clone(), body["home"].clone())
}

/// Somebody who lives in a home, rents another, and owns it; answers person and home.
fn settled(town: &Town, worker: &Person) -> (String, String) {
    let [dwelling, rented] = homes(town, OWN);
    let chen = person(town, worker, "陈桂芳");
    let lives = json!({ "resident": chen, "relation": "occupant", "starts_on": "2010-01-01" });
    move_in(town, worker, &dwelling, lives);
    let rents =
        json!({ "resident": chen, "relation": "tenant", "is_living": false, "starts_on": "2012-01-01" });
    move_in(town, worker, &rented, rents);
    let all = json!({ "numerator": 1, "denominator": 1 });
    let owners = json!({ "owners": [{ "resident": chen, "share": all }], "starts_on": "2009-01-01" });
    town.put(&format!("/v1/dwellings/{dwelling}/owners"), "*", owners).by(worker).send().is(200);
    (chen, dwelling)
}

const CURRENT: &str = "SELECT count(*) FROM dwelling_residents WHERE ends_on IS NULL";

#[test]
fn who_moves_out_lives_nowhere_here_and_owns_what_they_owned() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (chen, dwelling) = settled(&town, &worker);
    town.get(&format!("/v1/residents/{chen}/departure")).by(&worker).send().is_problem(404, "not-found");
    let body = json!({ "kind": "moved_out", "on": "2026-11-20", "destination": "上海市浦东新区" });
    let left = depart(&town, &worker, &chen, body);
    assert_eq!((&left.is(201).body["on"], &left.body["kind"]), (&json!("2026-11-20"), &json!("moved_out")));
    assert_eq!(town.get(left.header("location")).by(&worker).send().is(200).body, left.body);
    assert_eq!(record(&town, &worker, &chen), (json!("departed"), Value::Null));
    assert_eq!(town.count(CURRENT), 1);
    let owners = town.get(&format!("/v1/dwellings/{dwelling}/owners")).by(&worker).send();
    assert_eq!(owners.is(200).body["owners"][0]["resident"], json!(chen));
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents WHERE ends_on = '2026-11-20'"), 2);
    town.patch(&format!("/v1/residents/{chen}"), "*", json!({ "education": "college" }))
        .by(&worker)
        .send()
        .is_problem(409, "resident-closed");
    let told = town.text("SELECT string_agg(payload::text, ' ') FROM outbox")
        + &town.text("SELECT string_agg(detail::text, ' ') FROM audit_events");
    assert!(told.contains("moved_out") && !told.contains("浦东"), "{told}");
}

#[test]
fn a_departure_is_refused_where_it_is_none() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (chen, _) = settled(&town, &worker);
    let depart = |body: Value| depart(&town, &worker, &chen, body);
    for (body, code, pointer) in [
        (json!({ "kind": "moved_out", "on": "2999-01-01" }), "resident-departure-day-ahead", "/on"),
        (json!({ "kind": "moved_out", "on": "2011-01-01" }), "resident-departure-before-home", "/on"),
        (
            json!({ "kind": "deceased", "on": "2026-11-20", "destination": "x" }),
            "resident-departure-destination",
            "/destination",
        ),
        (json!({ "kind": "merged", "on": "2026-11-20" }), "field-invalid", "/kind"),
    ] {
        let reply = depart(body);
        assert_eq!(reply.is_problem(422, code).body["errors"][0]["pointer"], pointer, "{}", reply.text);
    }
    back(&town, &worker, &chen, "").is_problem(409, "resident-not-departed");
    assert_eq!(town.count(CURRENT), 3);
    depart(json!({ "kind": "deceased", "on": "2026-11-20" })).is(201);
    depart(json!({ "kind": "deceased", "on": "2026-11-20" })).is_problem(409, "resident-closed");
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    back(&town, &sibling, &chen, "").is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM resident_departures"), 1);
}

#[test]
fn a_mistake_is_taken_back_with_home_and_household_and_a_return_without() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (chen, dwelling) = settled(&town, &worker);
    let son = person(&town, &worker, "陈建华");
    let member = |resident: &str, relation: &str| json!({ "resident": resident, "relation": relation });
    let body = json!({ "division": OWN, "members": [member(&chen, "head"), member(&son, "child")] });
    let family = town.post("/v1/households", body).by(&worker).send();
    let path = family.is(201).header("location").to_owned();
    let died = json!({ "kind": "deceased", "on": "2026-11-20" });
    // Who heads a household with others hands it over first.
    depart(&town, &worker, &chen, died.clone()).is_problem(409, "household-head-needed");
    assert_eq!(record(&town, &worker, &chen).0, "present");
    let handed = json!({ "members": [member(&son, "head"), member(&chen, "parent")] });
    town.patch(&path, "*", handed).by(&worker).send().is(200);
    let before = town.get(&path).by(&worker).send();
    depart(&town, &worker, &chen, died.clone()).is(201);
    let without = town.get(&path).by(&worker).send();
    assert_eq!(without.is(200).body["members"].as_array().unwrap().len(), 1);
    assert_ne!(without.header("etag"), before.header("etag"));
    back(&town, &worker, &chen, "?restore=true").is(204);
    assert_eq!(record(&town, &worker, &chen), (json!("present"), json!(dwelling)));
    assert_eq!(town.count(CURRENT), 3);
    assert_eq!(town.get(&path).by(&worker).send().body["members"].as_array().unwrap().len(), 2);
    // The second time they come back from elsewhere.
    depart(&town, &worker, &chen, json!({ "kind": "moved_out", "on": "2026-11-21" })).is(201);
    back(&town, &worker, &chen, "").is(204);
    assert_eq!(record(&town, &worker, &chen), (json!("present"), Value::Null));
    assert_eq!(town.count(CURRENT), 1);
    assert_eq!(town.count("SELECT count(*) FROM resident_departures WHERE closed_at IS NOT NULL"), 2);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'resident-departures'"), 4);
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'resident.returned'"), 2);
}

#[test]
fn a_household_that_changed_since_is_not_restored() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [chen, son] = ["陈桂芳", "陈建华"].map(|name| person(&town, &worker, name));
    let body = json!({ "division": OWN, "members": [{ "resident": chen, "relation": "head" }] });
    let path = town.post("/v1/households", body).by(&worker).send().header("location").to_owned();
    let today = lilong::kit::clock::local_date(town.now()).to_string();
    depart(&town, &worker, &chen, json!({ "kind": "moved_out", "on": today })).is(201);
    let other = json!({ "members": [{ "resident": son, "relation": "head" }] });
    town.patch(&path, "*", other).by(&worker).send().is(200);
    back(&town, &worker, &chen, "?restore=true").is_problem(409, "household-changed-since");
    assert_eq!(record(&town, &worker, &chen).0, "departed");
    back(&town, &worker, &chen, "").is(204);
}

#[test]
fn of_two_who_enter_a_departure_at_once_one_does() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (chen, _) = settled(&town, &worker);
    let body = json!({ "kind": "moved_out", "on": "2026-11-20" });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> =
            (0..4).map(|_| scope.spawn(|| depart(&town, &worker, &chen, body.clone()).status)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(town.count("SELECT count(*) FROM resident_departures"), 1);
}
