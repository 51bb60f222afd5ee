//! Findings: open until somebody says what became of them, once; seen in range; put into other words while they are open.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::visits::{home, ids, neighbour, to, write};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

/// A visit with two findings.
fn visit(town: &Town, by: &Person) -> Value {
    let chen = neighbour(town, by, "陈桂芳", OWN, Some(home(town, OWN)));
    let findings = json!([{ "category": "safety_hazard", "text": "软管老化" }, { "category": "health", "text": "血压偏高" }]);
    write(town, by, with(to(&chen), json!({ "findings": findings }))).is(201).body.clone()
}

#[test]
fn a_finding_is_open_until_it_is_closed_and_closed_once() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let visit = visit(&town, &worker);
    let [hose, pressure] = [0, 1].map(|at| visit["findings"][at]["id"].as_str().unwrap().to_owned());
    let list = |query: &str| ids(&town.get(&format!("/v1/visit-findings?{query}")).by(&worker).send());
    assert_eq!(list(""), [&*hose, &pressure]);
    assert_eq!(list("category=health"), [&*pressure]);
    assert_eq!(list(&format!("resident={}", visit["resident"]["id"].as_str().unwrap())).len(), 2);
    let found = town.get(&format!("/v1/visit-findings/{hose}")).by(&worker).send();
    // What a petition will be made of.
    for field in ["division", "resident", "home", "text", "category", "visit"] {
        assert!(!found.is(200).body[field].is_null(), "{field}: {}", found.text);
    }
    let close = || {
        let path = format!("/v1/visit-findings/{hose}/closure");
        town.post(&path, json!({ "note": "已换软管" })).by(&worker).send()
    };
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| close().status)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    close().is_problem(409, "visit-finding-closed");
    assert_eq!((list(""), list("state=closed")), (vec![pressure], vec![hose.clone()]));
    let path = format!("/v1/visits/{}", visit["id"].as_str().unwrap());
    let found = town.get(&path).header("If-None-Match", "\"v1\"").by(&worker).send();
    let closure = &found.is(200).body["findings"][0]["closure"];
    assert_eq!((&closure["note"], &closure["by"]["id"]), (&json!("已换软管"), &json!(worker.account)));
    let trace = town.text("SELECT string_agg(detail::text, ' ') FROM audit_events");
    assert!(!trace.contains("软管") && !trace.contains("health"), "{trace}");
}

#[test]
fn findings_are_closed_in_range_only_and_read_above() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let visit = visit(&town, &worker);
    let path = format!("/v1/visit-findings/{}", visit["findings"][0]["id"].as_str().unwrap());
    for (role, place, reads, closes) in [
        (Role::CommitteeHead, SIBLING, 404, 404),
        (Role::CommitteeWorker, ELSEWHERE, 404, 404),
        (Role::StreetOfficer, PARENT, 200, 403),
        (Role::DistrictOfficer, "310113000000", 200, 403),
        (Role::DistrictOfficer, "310101000000", 404, 404),
        (Role::PoliceOfficer, PARENT, 403, 403),
        (Role::CommitteeHead, OWN, 200, 201),
    ] {
        let person = town.staff(role, place);
        town.get(&path).by(&person).send().is(reads);
        town.post(&format!("{path}/closure"), json!({ "note": "x" })).by(&person).send().is(closes);
        let listed = town.get("/v1/visit-findings").by(&person).send();
        if reads == 404 {
            assert_eq!(listed.is(200).body["items"], json!([]));
        }
    }
}

#[test]
fn findings_are_added_and_put_into_other_words_while_they_are_open() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (first, second) = (visit(&town, &worker), visit(&town, &worker));
    let path = format!("/v1/visits/{}", first["id"].as_str().unwrap());
    let change = |findings: Value| town.patch(&path, "*", json!({ "findings": findings })).by(&worker).send();
    let of = |visit: &Value, at: usize| visit["findings"][at]["id"].clone();
    let changed = change(json!([
        { "id": of(&first, 0), "category": "facility", "text": "公用煤气表老化" },
        { "category": "suggestion", "text": "希望增设长椅" }
    ]));
    let findings = changed.is(200).body["findings"].as_array().unwrap();
    let texts: Vec<&str> = findings.iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["公用煤气表老化", "血压偏高", "希望增设长椅"]);
    // One of another visit is not of this one; nor is one that was closed.
    let closure = format!("/v1/visit-findings/{}/closure", of(&first, 1).as_str().unwrap());
    town.post(&closure, json!({ "note": "x" })).by(&worker).send().is(201);
    for other in [of(&second, 0), of(&first, 1)] {
        let reply = change(json!([{ "id": other, "category": "other", "text": "x" }]));
        reply.is_problem(422, "visit-finding-unknown");
        assert_eq!(reply.body["errors"][0]["pointer"], "/findings/0/id");
    }
    let many = vec![json!({ "category": "other", "text": "x" }); 18];
    change(json!(many)).is_problem(409, "visit-too-much");
    change(json!(many[..17])).is(200);
}
