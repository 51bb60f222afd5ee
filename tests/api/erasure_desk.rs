//! Who has no account asks in the office to be deleted: entered by one, decided by another.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, person, with, with_card};
use crate::support::rights::bind;
use crate::support::volunteering::guard;
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

struct Office {
    town: Town,
    worker: Person,
    head: Person,
    street: Person,
    record: Value,
}

impl Office {
    fn new() -> Self {
        let town = Town::new();
        let worker = town.staff(Role::CommitteeWorker, OWN);
        let head = town.staff(Role::CommitteeHead, OWN);
        let street = town.staff(Role::StreetOfficer, PARENT);
        let record = enter(&town, &worker, with_card("陈桂芳"));
        Office { town, worker, head, street, record }
    }

    fn id(&self) -> &str {
        self.record["id"].as_str().unwrap()
    }

    fn ask(&self, by: &Person) -> Reply {
        ask(&self.town, by, self.id(), wish())
    }
}

fn wish() -> Value {
    json!({ "asked_by": "person", "evidence": "核对身份证原件", "reason": "已迁居外地" })
}

fn young(name: &str) -> Value {
    with(draft(name), json!({ "born_on": "2020-05-01" }))
}

fn ask(town: &Town, by: &Person, resident: &str, body: Value) -> Reply {
    town.post(&format!("/v1/residents/{resident}/erasures"), body).by(by).send()
}

fn decide(town: &Town, by: &Person, asked: &Reply, decision: &str) -> Reply {
    let id = asked.is(201).body["id"].as_str().unwrap();
    let body = json!({ "decision": decision, "answer": "依据《档案法》" });
    town.post(&format!("/v1/erasures/{id}/decision"), body).by(by).send()
}

fn own(town: &Town, by: &Person) -> Value {
    town.get("/v1/me/erasures").by(by).send().is(200).body["items"].clone()
}

fn depart(town: &Town, by: &Person, resident: &str, kind: &str) {
    let body = json!({ "kind": kind, "on": "2026-01-05" });
    town.post(&format!("/v1/residents/{resident}/departure"), body).by(by).send().is(201);
}

#[test]
fn what_one_enters_another_decides_and_nothing_is_left() {
    let office = Office::new();
    let Office { town, worker, head, .. } = &office;
    let asked = office.ask(worker);
    let body = &asked.is(201).body;
    assert_eq!((&body["asked_by"], &body["evidence"]), (&json!("person"), &json!("核对身份证原件")));
    assert_eq!((&body["status"], &body["resident"]), (&json!("pending"), &office.record["id"]));
    assert_eq!(town.get("/v1/erasures").by(head).send().is(200).body["items"], json!([body]));
    for (table, traces) in
        [("audit_events", "action = 'create_resident_erasure'"), ("outbox", "topic = 'erasure.created'")]
    {
        assert_eq!(town.count(&format!("SELECT count(*) FROM {table} WHERE {traces}")), 1, "{table}");
    }
    let erased = decide(town, head, &asked, "erased");
    assert_eq!((&erased.is(201).body["reason"], &erased.body["evidence"]), (&json!(""), &json!("")));
    for canary in ["陈桂芳", "已迁居外地", "身份证"] {
        for table in ["residents", "erasures"] {
            let found = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{canary}%'");
            assert_eq!(town.count(&found), 0, "{table} holds {canary}");
        }
    }
    // The same person may be entered again.
    enter(town, worker, with_card("陈桂芳"));
}

#[test]
fn nobody_decides_what_they_entered_or_about_their_own_record() {
    let office = Office::new();
    let Office { town, worker, head, street, .. } = &office;
    let entered = office.ask(head);
    for decision in ["erased", "sealed_by_law", "refused"] {
        decide(town, head, &entered, decision).is_problem(409, "erasure-self-decided");
    }
    decide(town, worker, &entered, "refused").is_problem(403, "forbidden");
    let refused = decide(town, street, &entered, "refused");
    // Where the record stays, so does what was said and checked.
    assert_eq!(refused.is(201).body["evidence"], "核对身份证原件");
    bind(town, head, &office.record);
    let of_head = office.ask(worker);
    let child = enter(town, worker, young("陈小宝"));
    guard(town, worker, head, child["id"].as_str().unwrap());
    let guardian = json!({ "asked_by": "guardian", "evidence": "核对户口簿" });
    let of_child = ask(town, worker, child["id"].as_str().unwrap(), guardian);
    for decision in ["erased", "sealed_by_law", "refused"] {
        decide(town, head, &of_head, decision).is_problem(409, "erasure-self-decided");
        decide(town, head, &of_child, decision).is_problem(409, "erasure-self-decided");
    }
    decide(town, street, &of_head, "erased").is(201);
}

#[test]
fn only_the_committee_enters_and_only_of_its_own_people() {
    let office = Office::new();
    let Office { town, worker, street, .. } = &office;
    for role in [Role::CommitteeWorker, Role::CommitteeHead] {
        office.ask(&town.staff(role, SIBLING)).is_problem(404, "not-found");
    }
    office.ask(street).is_problem(403, "forbidden");
    office.ask(&town.resident()).is_problem(403, "forbidden");
    ask(town, worker, &uuid::Uuid::nil().to_string(), wish()).is_problem(404, "not-found");
    for (field, value) in
        [("asked_by", json!("neighbour")), ("evidence", json!("")), ("evidence", json!("x".repeat(201)))]
    {
        let refused = ask(town, worker, office.id(), with(wish(), json!({ field: value })));
        refused.is_problem_at(422, "field-invalid", &format!("/{field}"));
    }
    assert_eq!(town.count("SELECT count(*) FROM erasures"), 0);
}

#[test]
fn one_wish_waits_however_it_was_asked_for() {
    let office = Office::new();
    let Office { town, worker, head, .. } = &office;
    let account = town.resident();
    bind(town, &account, &office.record);
    let in_app = town.post("/v1/me/erasures", json!({})).by(&account).send();
    assert_eq!((&in_app.is(201).body["asked_by"], &in_app.body["evidence"]), (&json!(null), &json!("")));
    office.ask(worker).is_problem(409, "erasure-pending");
    decide(town, head, &in_app, "refused").is(201);
    office.ask(worker).is(201);
    office.ask(worker).is_problem(409, "erasure-pending");
    town.post("/v1/me/erasures", json!({})).by(&account).send().is_problem(409, "erasure-pending");
}

#[test]
fn who_left_or_died_may_be_asked_for_and_a_record_that_is_gone_may_not() {
    let office = Office::new();
    let Office { town, worker, head, .. } = &office;
    let [left, died, merged, sealed, erased] =
        ["王建国", "王建军", "陈桂芬", "李秀英", "李秀兰"].map(|name| person(town, worker, name));
    depart(town, worker, &left, "moved_out");
    depart(town, worker, &died, "deceased");
    ask(town, worker, &left, wish()).is(201);
    let relative = json!({ "asked_by": "relative", "evidence": "核对户口簿、死亡证明" });
    for (record, wish) in [(&died, wish()), (&left, relative.clone())] {
        ask(town, worker, record, wish).is_problem_at(422, "erasure-asker-unfit", "/asked_by");
    }
    let of_the_dead = ask(town, worker, &died, relative);
    assert_eq!(of_the_dead.is(201).body["reason"], "");
    decide(town, head, &of_the_dead, "erased").is(201);
    let merge = json!({ "from": merged, "into": office.id(), "reason": "同一人" });
    town.post("/v1/resident-merges", merge).by(worker).send().is(201);
    ask(town, worker, &merged, wish()).is_problem(409, "erasure-record-gone");
    for (record, decision) in [(&sealed, "sealed_by_law"), (&erased, "erased")] {
        let asked = ask(town, worker, record, wish());
        decide(town, head, &asked, decision).is(201);
        // It is found by nobody, so nobody is told what became of it either.
        ask(town, worker, record, wish()).is_problem(404, "not-found");
    }
}

#[test]
fn the_person_reads_it_in_their_account_and_may_take_it_back() {
    let office = Office::new();
    let Office { town, worker, head, .. } = &office;
    let asked = office.ask(worker);
    let path = format!("/v1/me/erasures/{}", asked.is(201).body["id"].as_str().unwrap());
    let account = town.resident();
    let take_back = |by: &Person| town.call("DELETE", &path).by(by).send();
    // Before it is known whose the account is, it is nobody's; nor is it theirs who entered it.
    for by in [&account, worker] {
        assert_eq!(own(town, by), json!([]));
        take_back(by).is_problem(404, "not-found");
    }
    bind(town, &account, &office.record);
    assert_eq!(own(town, &account), json!([asked.body]));
    let of_record = town.get(&format!("/v1/me/erasures?for={}", office.id())).by(&account).send();
    assert_eq!(of_record.is(200).body["items"], json!([asked.body]));
    take_back(&account).is(204);
    take_back(&account).is_problem(409, "erasure-decided");
    let back = own(town, &account)[0].clone();
    assert_eq!((&back["status"], &back["reason"]), (&json!("withdrawn"), &json!("")));
    assert_eq!(back["evidence"], "");
    // What became of it is theirs to read, although the record is not any more.
    let again = office.ask(worker);
    decide(town, head, &again, "erased").is(201);
    assert_eq!(town.count("SELECT count(account_id) FROM residents"), 0);
    let ends: Vec<Value> =
        own(town, &account).as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(ends, ["erased", "withdrawn"]);
}

#[test]
fn who_is_sealed_by_law_reads_why_and_a_merge_carries_what_was_asked() {
    let office = Office::new();
    let Office { town, worker, head, .. } = &office;
    let account = town.resident();
    let same = person(town, worker, "陈桂芬");
    let asked = ask(town, worker, &same, wish());
    let merge = json!({ "from": same, "into": office.id(), "reason": "同一人" });
    town.post("/v1/resident-merges", merge).by(worker).send().is(201);
    bind(town, &account, &office.record);
    let carried = with(asked.is(201).body.clone(), json!({ "resident": office.id() }));
    assert_eq!(own(town, &account), json!([carried]));
    decide(town, head, &asked, "sealed_by_law").is(201);
    let sealed = own(town, &account)[0].clone();
    assert_eq!((&sealed["status"], &sealed["answer"]), (&json!("sealed_by_law"), &json!("依据《档案法》")));
}

#[test]
fn a_child_s_guardian_takes_back_what_was_asked_for_and_the_child_does_not() {
    let office = Office::new();
    let Office { town, worker, .. } = &office;
    let [guardian, child] = [town.resident(), town.resident()];
    let record = enter(town, worker, young("陈小宝"));
    let id = record["id"].as_str().unwrap();
    bind(town, &guardian, &office.record);
    bind(town, &child, &record);
    guard(town, worker, &guardian, id);
    let asked = ask(town, worker, id, json!({ "asked_by": "guardian", "evidence": "核对户口簿" }));
    let path = format!("/v1/me/erasures/{}", asked.is(201).body["id"].as_str().unwrap());
    for by in [&child, &town.resident()] {
        town.call("DELETE", &path).by(by).send().is_problem(404, "not-found");
    }
    town.call("DELETE", &path).by(&guardian).send().is(204);
}
