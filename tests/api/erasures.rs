//! Erasures: emptied, kept by law out of daily work, or refused with the reason.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{CARD, enter, names, with, with_card};
use crate::support::rights::bind;
use crate::support::tags::{define, label, put_health, set};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

struct Case {
    town: Town,
    worker: Person,
    head: Person,
    person: Person,
    record: Value,
    asked: Reply,
}

impl Case {
    fn new() -> Self {
        let town = Town::new();
        let worker = town.staff(Role::CommitteeWorker, OWN);
        let head = town.staff(Role::CommitteeHead, OWN);
        let draft = with(
            with_card("陈桂芳"),
            json!({ "phone": "13800001234", "registered_place": "友谊路", "external_id": "SQY-1" }),
        );
        let record = enter(&town, &worker, draft);
        let label = define(&town, label("lives_alone"));
        set(&town, &worker, &record, &label).is(201);
        put_health(&town, &worker, &record, json!({})).is(200);
        let person = town.resident();
        bind(&town, &person, &record);
        town.post(
            "/v1/me/corrections",
            json!({ "field": "education", "value": "college", "note": "毕业证" }),
        )
        .by(&person)
        .send()
        .is(201);
        let asked = town.post("/v1/me/erasures", json!({ "reason": "已迁居外地" })).by(&person).send();
        asked.is(201);
        Case { town, worker, head, person, record, asked }
    }

    fn decide(&self, by: &Person, decision: Value) -> Reply {
        let id = self.asked.body["id"].as_str().unwrap();
        self.town.post(&format!("/v1/erasures/{id}/decision"), decision).by(by).send()
    }

    fn record(&self) -> String {
        format!("/v1/residents/{}", self.record["id"].as_str().unwrap())
    }
}

#[test]
fn an_erased_record_holds_nothing_of_the_person() {
    let case = Case::new();
    let Case { town, head, person, .. } = &case;
    town.post("/v1/me/erasures", json!({})).by(person).send().is_problem(409, "erasure-pending");
    let erased = case.decide(head, json!({ "decision": "erased" }));
    assert_eq!((&erased.is(201).body["status"], &erased.body["reason"]), (&json!("erased"), &json!("")));
    assert!(erased.body["law"].as_str().unwrap().contains("第四十七条"));
    for canary in ["陈桂芳", "chenguifang", "1949-12-31", "友谊路", "SQY-1", "毕业证", "已迁居外地"]
    {
        for table in ["residents", "corrections", "erasures", "residencies"] {
            let found = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{canary}%'");
            assert_eq!(town.count(&found), 0, "{table} holds {canary}");
        }
    }
    for table in ["resident_labels", "resident_health"] {
        assert_eq!(town.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(town.text("SELECT sum(n)::text FROM (SELECT sum(delta) AS n FROM label_count_deltas UNION ALL SELECT count FROM label_counts WHERE division = 310000000000) all_of_it"), "0");
    let kept =
        "SELECT count(document_sealed) + count(document_hash) + count(phone_sealed) + count(phone_hash)
                + count(account_id) + count(home_id) FROM residents";
    assert_eq!(town.count(kept), 0);
    assert_eq!(town.get("/v1/me").by(person).send().body["residencies"], json!([]));
    town.get("/v1/me/resident").by(person).send().is_problem(404, "not-found");
    assert_eq!(town.get("/v1/me/erasures").by(person).send().is(200).body["items"][0]["status"], "erased");
    for by in [head, &case.worker] {
        town.get(&case.record()).by(by).send().is_problem(404, "not-found");
        assert_eq!(names(&town.get("/v1/residents").by(by).send()), Vec::<String>::new());
        assert_eq!(names(&town.get("/v1/residents?status=erased").by(by).send()), Vec::<String>::new());
    }
    // The same person may be entered again.
    enter(town, &case.worker, with_card("陈桂芳"));
    case.decide(head, json!({ "decision": "erased" })).is_problem(409, "erasure-decided");
}

#[test]
fn what_the_law_keeps_is_found_by_the_committee_s_head_only_and_not_inferred() {
    let case = Case::new();
    let Case { town, head, worker, .. } = &case;
    let sealed = json!({ "decision": "sealed_by_law" });
    case.decide(head, sealed).is_problem(422, "erasure-answer-missing");
    case.decide(head, json!({ "decision": "sealed_by_law", "answer": "依据《档案法》" })).is(201);
    let street = town.staff(Role::StreetOfficer, PARENT);
    for by in [worker, head, &street] {
        town.get(&case.record()).by(by).send().is_problem(404, "not-found");
        town.patch(&case.record(), "*", json!({ "education": "college" }))
            .by(by)
            .send()
            .is_problem(404, "not-found");
        town.get(&format!("{}/identity?purpose=service", case.record()))
            .by(by)
            .send()
            .is_problem(404, "not-found");
        for query in ["", "?status=restricted", "?name=chengui"] {
            let found = town.get(&format!("/v1/residents{query}")).by(by).send();
            assert_eq!(names(&found), Vec::<String>::new(), "{query}");
        }
        for key in [
            json!({ "phone": "13800001234" }),
            json!({ "document": { "kind": "resident_id_card", "number": CARD } }),
        ] {
            let found = town.post("/v1/resident-lookups", key).by(by).send();
            assert_eq!(names(&found), Vec::<String>::new());
        }
    }
    let id = case.record["id"].as_str().unwrap();
    let path = format!("/v1/restricted-residents/{id}");
    for by in [worker, &street] {
        town.get("/v1/restricted-residents").by(by).send().is_problem(403, "forbidden");
        town.get(&path).by(by).send().is_problem(403, "forbidden");
    }
    let sibling = town.staff(Role::CommitteeHead, SIBLING);
    assert_eq!(names(&town.get("/v1/restricted-residents").by(&sibling).send()), Vec::<String>::new());
    town.get(&path).by(&sibling).send().is_problem(404, "not-found");
    assert_eq!(names(&town.get("/v1/restricted-residents").by(head).send()), ["陈桂芳"]);
    let found = town.get(&path).by(head).send();
    assert_eq!(found.is(200).body["document"]["number"], "110*************2X");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'find_restricted_resident'"), 1);
    // A worker who enters the person again, or gives the old external id anew, is not told that there was a record.
    enter(town, worker, with(with_card("陈桂芳"), json!({ "external_id": "SQY-1", "phone": "13800001234" })));
}

#[test]
fn who_is_refused_reads_why_and_workers_do_not_decide() {
    let case = Case::new();
    let Case { town, head, worker, person, .. } = &case;
    assert_eq!(town.get("/v1/erasures").by(worker).send().is(200).body["items"], json!([case.asked.body]));
    case.decide(worker, json!({ "decision": "erased" })).is_problem(403, "forbidden");
    let sibling = town.staff(Role::CommitteeHead, SIBLING);
    case.decide(&sibling, json!({ "decision": "erased" })).is_problem(404, "not-found");
    case.decide(head, json!({ "decision": "refused", "answer": "仍在册居住" })).is(201);
    let read = town.get("/v1/me/erasures").by(person).send();
    assert_eq!(read.is(200).body["items"][0]["answer"], "仍在册居住");
    town.get("/v1/me/resident").by(person).send().is(200);
    assert_eq!(town.count("SELECT count(value_sealed) FROM corrections"), 1);
}

#[test]
fn nobody_erases_themselves_and_two_at_once_decide_once() {
    let case = Case::new();
    let Case { town, head, .. } = &case;
    let own = enter(
        town,
        head,
        with(with_card("王小明"), json!({ "document": { "kind": "passport", "number": "E1234567" } })),
    );
    bind(town, head, &own);
    let asked = town.post("/v1/me/erasures", json!({})).by(head).send();
    let path = format!("/v1/erasures/{}/decision", asked.is(201).body["id"].as_str().unwrap());
    let erased = json!({ "decision": "erased" });
    town.post(&path, erased.clone()).by(head).send().is_problem(409, "erasure-self-decided");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| case.decide(head, json!({ "decision": "erased" })).status))
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
}

#[test]
fn what_was_merged_meanwhile_is_not_erased() {
    let case = Case::new();
    let other = enter(
        &case.town,
        &case.worker,
        with(with_card("陈桂芬"), json!({ "document": { "kind": "passport", "number": "E1234567" } })),
    );
    let (id, into) = (case.record["id"].as_str().unwrap(), other["id"].as_str().unwrap());
    case.town.execute(&format!(
        "UPDATE residents SET status = 'merged', merged_into = '{into}' WHERE id = '{id}'"
    ));
    case.decide(&case.head, json!({ "decision": "erased" })).is_problem(409, "erasure-record-gone");
    assert_eq!(case.town.count("SELECT count(*) FROM corrections WHERE status = 'pending'"), 1);
}

#[test]
fn a_wish_that_waits_is_taken_back_by_who_has_it_and_by_nobody_else() {
    let case = Case::new();
    let Case { town, head, person, .. } = &case;
    let path = format!("/v1/me/erasures/{}", case.asked.body["id"].as_str().unwrap());
    let take_back = |by: &Person| town.call("DELETE", &path).by(by).send();
    take_back(head).is_problem(404, "not-found");
    take_back(&town.resident()).is_problem(404, "not-found");
    take_back(person).is(204);
    take_back(person).is_problem(409, "erasure-decided");
    case.decide(head, json!({ "decision": "erased" })).is_problem(409, "erasure-decided");
    let own = town.get("/v1/me/erasures").by(person).send().is(200).body["items"][0].clone();
    assert_eq!((&own["status"], &own["reason"]), (&json!("withdrawn"), &json!("")));
    assert!(own["decided_at"].is_string());
    // The record is as it was, and one may ask again; what was decided is not taken back.
    town.get("/v1/me/resident").by(person).send().is(200);
    let again = town.post("/v1/me/erasures", json!({})).by(person).send();
    let id = again.is(201).body["id"].as_str().unwrap();
    let refused = json!({ "decision": "refused", "answer": "仍在册居住" });
    town.post(&format!("/v1/erasures/{id}/decision"), refused).by(head).send().is(201);
    let late = town.call("DELETE", &format!("/v1/me/erasures/{id}")).by(person).send();
    late.is_problem(409, "erasure-decided");
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'erasure.withdrawn'"), 1);
}
