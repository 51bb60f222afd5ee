//! Corrections: asked for by the person, answered by the committee, and done through the record's own change.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{CARD, draft, enter, with, with_card};
use crate::support::rights::bind;
use crate::support::{OWN, Person, Reply, SIBLING, Town};

fn ask(town: &Town, person: &Person, field: &str, value: Value) -> Reply {
    town.post("/v1/me/corrections", json!({ "field": field, "value": value, "note": "见身份证" }))
        .by(person)
        .send()
}

fn answer(town: &Town, worker: &Person, asked: &Reply, decision: Value) -> Reply {
    let id = asked.body["id"].as_str().unwrap();
    town.post(&format!("/v1/corrections/{id}/decision"), decision).by(worker).send()
}

fn verified(town: &Town, worker: &Person, record: Value) -> (Person, String) {
    let record = enter(town, worker, record);
    let person = town.resident();
    bind(town, &person, &record);
    (person, format!("/v1/residents/{}", record["id"].as_str().unwrap()))
}

#[test]
fn an_accepted_correction_changes_the_record_and_the_person_reads_the_answer() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (person, record) = verified(&town, &worker, draft("陈桂芳"));
    ask(&town, &town.resident(), "education", json!("college")).is_problem(404, "not-found");
    let asked = ask(&town, &person, "education", json!("college"));
    assert_eq!((&asked.is(201).body["value"], &asked.body["status"]), (&json!("college"), &json!("pending")));
    ask(&town, &person, "education", json!("master")).is_problem(409, "correction-pending");
    assert_eq!(town.get("/v1/corrections").by(&worker).send().is(200).body["items"], json!([asked.body]));
    let neighbour = town.staff(Role::CommitteeHead, SIBLING);
    assert_eq!(town.get("/v1/corrections").by(&neighbour).send().is(200).body["items"], json!([]));
    answer(&town, &neighbour, &asked, json!({ "decision": "accepted" })).is_problem(404, "not-found");
    let done = answer(&town, &worker, &asked, json!({ "decision": "accepted", "answer": "已更正" }));
    assert_eq!((&done.is(201).body["status"], &done.body["value"]), (&json!("accepted"), &Value::Null));
    answer(&town, &worker, &asked, json!({ "decision": "accepted" })).is_problem(409, "correction-decided");
    let now = town.get(&record).by(&worker).send();
    assert_eq!((&now.is(200).body["education"], &now.body["version"]), (&json!("college"), &json!(2)));
    let read = town.get("/v1/me/corrections").by(&person).send();
    assert_eq!(read.is(200).body["items"][0]["answer"], "已更正");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'update_resident'"), 1);
    assert_eq!(town.count("SELECT count(value_sealed) FROM corrections"), 0);
}

#[test]
fn numbers_are_sealed_while_they_wait_and_masked_for_the_worker() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (person, record) = verified(&town, &worker, draft("陈桂芳"));
    let asked = ask(&town, &person, "document", json!({ "kind": "resident_id_card", "number": CARD }));
    let masked = json!({ "kind": "resident_id_card", "number": "110*************2X" });
    assert_eq!(asked.is(201).body["value"], masked);
    let phone = ask(&town, &person, "phone", json!("13800001234"));
    assert_eq!(phone.is(201).body["value"], "+86 138****1234");
    let list = town.get("/v1/corrections").by(&worker).send();
    assert!(!list.text.contains(CARD) && !list.text.contains("13800001234"), "{}", list.text);
    for canary in [CARD, "13800001234"] {
        for table in ["corrections", "audit_events", "outbox"] {
            let found = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{canary}%'");
            assert_eq!(town.count(&found), 0, "{table} holds {canary}");
        }
    }
    answer(&town, &worker, &asked, json!({ "decision": "accepted" })).is(201);
    let identity = town.get(&format!("{record}/identity?purpose=correction")).by(&worker).send();
    assert_eq!(identity.is(200).body["document"]["number"], CARD);
}

#[test]
fn what_the_record_would_not_take_is_refused_at_once_or_when_it_is_accepted() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (person, _) = verified(&town, &worker, with_card("陈桂芳"));
    for (field, value) in [
        ("sex", json!("neither")),
        ("name", json!("王😀")),
        ("name", Value::Null),
        ("document", json!({ "kind": "resident_id_card", "number": "110105194912310021" })),
        ("education", json!({ "deep": [[[1]]] })),
        ("colour", json!("red")),
    ] {
        let reply = ask(&town, &person, field, value);
        reply.is_problem(422, "field-invalid");
        let at = reply.body["errors"][0]["pointer"].as_str().unwrap();
        assert!(at.starts_with("/value") || field == "colour", "{}", reply.text);
    }
    let born = ask(&town, &person, "born_on", json!("1950-01-01"));
    let accepted = answer(&town, &worker, &born, json!({ "decision": "accepted" }));
    accepted.is_problem(422, "resident-contradicts-document");
    // It still waits, and can be refused, with the reason.
    answer(&town, &worker, &born, json!({ "decision": "refused" }))
        .is_problem(422, "correction-answer-missing");
    let refused = json!({ "decision": "refused", "answer": "与身份证不符" });
    answer(&town, &worker, &born, refused).is(201);
    // Refused, the field may be asked about again.
    ask(&town, &person, "born_on", json!("1950-01-02")).is(201);
}

#[test]
fn a_closed_record_is_not_corrected_and_nobody_answers_themselves() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let record = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &worker, &record);
    let asked = ask(&town, &worker, "sex", json!("female"));
    let accepted = json!({ "decision": "accepted" });
    answer(&town, &worker, &asked, accepted.clone()).is_problem(409, "correction-self-decided");
    town.execute("UPDATE residents SET status = 'departed'");
    let other = town.staff(Role::CommitteeWorker, OWN);
    answer(&town, &other, &asked, accepted).is_problem(409, "resident-closed");
}

#[test]
fn another_s_record_is_not_corrected() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (person, _) = verified(&town, &worker, draft("陈桂芳"));
    let other = enter(&town, &worker, with(draft("王小明"), json!({ "born_on": "2015-06-01" })));
    let named = format!("/v1/me/corrections?for={}", other["id"].as_str().unwrap());
    let body = json!({ "field": "sex", "value": "male" });
    town.post(&named, body).by(&person).send().is_problem(404, "not-found");
    town.get(&named).by(&person).send().is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM corrections"), 0);
}

#[test]
fn a_correction_that_waits_is_taken_back_with_its_value() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (person, record) = verified(&town, &worker, draft("陈桂芳"));
    let asked = ask(&town, &person, "education", json!("college"));
    let path = format!("/v1/me/corrections/{}", asked.is(201).body["id"].as_str().unwrap());
    let take_back = |by: &Person| town.call("DELETE", &path).by(by).send();
    take_back(&worker).is_problem(404, "not-found");
    take_back(&person).is(204);
    take_back(&person).is_problem(409, "correction-decided");
    answer(&town, &worker, &asked, json!({ "decision": "accepted" })).is_problem(409, "correction-decided");
    let own = town.get("/v1/me/corrections").by(&person).send().is(200).body["items"][0].clone();
    assert_eq!((&own["status"], &own["value"]), (&json!("withdrawn"), &Value::Null));
    assert_eq!(
        town.count("SELECT count(*) FROM corrections WHERE note <> '' OR value_sealed IS NOT NULL"),
        0
    );
    // The record is as it was, and the field may be asked for anew.
    assert_eq!(town.get(&record).by(&worker).send().is(200).body["version"], 1);
    ask(&town, &person, "education", json!("master")).is(201);
}
