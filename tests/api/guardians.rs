//! Guardians: recorded by a worker, they act for a child until it is 14.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with};
use crate::support::rights::bind;
use crate::support::{OWN, Person, Reply, SIBLING, Town};

struct Family {
    town: Town,
    worker: Person,
    parent: Person,
    parent_record: Value,
    child: String,
}

impl Family {
    fn new() -> Self {
        let town = Town::new();
        let worker = town.staff(Role::CommitteeWorker, OWN);
        let born = town.now().date_naive() - TimeDelta::days(13 * 365);
        let child = enter(&town, &worker, with(draft("王小明"), json!({ "born_on": born })));
        let parent_record = enter(&town, &worker, with(draft("王建国"), json!({ "born_on": "1985-03-02" })));
        let parent = town.resident();
        bind(&town, &parent, &parent_record);
        Family { town, worker, parent, parent_record, child: child["id"].as_str().unwrap().to_owned() }
    }

    fn record(&self, by: &Person, guardian: &Value) -> Reply {
        let body = json!({ "guardian": guardian, "relation": "parent", "evidence": "户口簿" });
        self.town.post(&format!("/v1/residents/{}/guardians", self.child), body).by(by).send()
    }

    fn for_child(&self, path: &str) -> String {
        format!("{path}?for={}", self.child)
    }
}

#[test]
fn a_guardian_acts_for_the_child() {
    let family = Family::new();
    let Family { town, worker, parent, .. } = &family;
    town.get(&family.for_child("/v1/me/resident")).by(parent).send().is_problem(404, "not-found");
    let recorded = family.record(worker, &family.parent_record["id"]);
    assert_eq!(recorded.is(201).body["name"], "王建国");
    family.record(worker, &family.parent_record["id"]).is_problem(409, "guardian-taken");
    let listed = town.get(&format!("/v1/residents/{}/guardians", family.child)).by(worker).send();
    assert_eq!(listed.is(200).body["items"], json!([recorded.body]));
    let record = town.get(&family.for_child("/v1/me/resident")).by(parent).send();
    assert_eq!(record.is(200).body["name"], "王小明");
    town.get(&format!("/v1/residents/{}/identity?purpose=service", family.child)).by(worker).send().is(200);
    let looks = town.get(&family.for_child("/v1/me/disclosures")).by(parent).send();
    assert_eq!(looks.is(200).body["items"].as_array().unwrap().len(), 1);
    assert_eq!(town.get("/v1/me/disclosures").by(parent).send().is(200).body["items"], json!([]));
    let agreed = json!({ "purpose": "health", "notice_version": 1, "is_separate": true });
    let consent = town.post(&family.for_child("/v1/me/consents"), agreed).by(parent).send();
    assert_eq!(consent.is(201).body["resident"], json!(family.child));
    assert_eq!(town.get("/v1/me/consents").by(parent).send().is(200).body["items"], json!([]));
    let body = json!({ "field": "sex", "value": "male" });
    town.post(&family.for_child("/v1/me/corrections"), body).by(parent).send().is(201);
    let path = format!("/v1/me/consents/{}", consent.body["id"].as_str().unwrap());
    town.call("DELETE", &family.for_child(&path)).by(parent).send().is(204);
}

#[test]
fn a_guardian_acts_no_more_when_it_has_ended_or_the_child_is_fourteen() {
    let family = Family::new();
    let Family { town, worker, parent, .. } = &family;
    family.record(worker, &family.parent_record["id"]).is(201);
    let path =
        format!("/v1/residents/{}/guardians/{}", family.child, family.parent_record["id"].as_str().unwrap());
    let sibling = town.staff(Role::CommitteeHead, SIBLING);
    town.call("DELETE", &path).by(&sibling).send().is_problem(404, "not-found");
    town.call("DELETE", &path).by(worker).send().is(204);
    town.call("DELETE", &path).by(worker).send().is_problem(404, "not-found");
    town.get(&family.for_child("/v1/me/resident")).by(parent).send().is_problem(404, "not-found");
    family.record(worker, &family.parent_record["id"]).is(201);
    let agreed = json!({ "purpose": "health", "notice_version": 1, "is_separate": true });
    town.post(&family.for_child("/v1/me/consents"), agreed).by(parent).send().is(201);
    // The child has an account by then: what was agreed to for it is its own to withdraw.
    let child = town.resident();
    bind(town, &child, &json!({ "id": family.child }));
    town.execute(&format!("UPDATE residents SET born_on = born_on - 400 WHERE id = '{}'", family.child));
    town.get(&family.for_child("/v1/me/resident")).by(parent).send().is_problem(404, "not-found");
    // Agreed to by itself as well: taking back the one takes back both.
    let agreed = json!({ "purpose": "health", "notice_version": 1, "is_separate": true });
    town.post("/v1/me/consents", agreed).by(&child).send().is(201);
    let own = town.get("/v1/me/consents").by(&child).send();
    let id = own.is(200).body["items"][0]["id"].as_str().unwrap();
    town.call("DELETE", &format!("/v1/me/consents/{id}")).by(&child).send().is(204);
    assert_eq!(town.count("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL"), 0);
    family.record(worker, &family.parent_record["id"]).is_problem(409, "guardian-ward-not-child");
}

#[test]
fn only_an_adult_within_reach_becomes_guardian_of_a_child_within_reach() {
    let family = Family::new();
    let Family { town, worker, .. } = &family;
    let sibling = town.staff(Role::CommitteeHead, SIBLING);
    family.record(&sibling, &family.parent_record["id"]).is_problem(404, "not-found");
    let there = enter(town, &sibling, with(draft("王建军"), json!({ "division": SIBLING })));
    for unknown in [&there["id"], &json!(family.child), &json!(uuid::Uuid::nil())] {
        family.record(worker, unknown).is_problem(422, "guardian-unknown");
    }
    let young = enter(town, worker, with(draft("王小红"), json!({ "born_on": "2012-01-01" })));
    family.record(worker, &young["id"]).is_problem(422, "guardian-not-adult");
    let path = format!("/v1/residents/{}/guardians", family.parent_record["id"].as_str().unwrap());
    let body = json!({ "guardian": young["id"], "relation": "sibling", "evidence": "户口簿" });
    town.post(&path, body).by(worker).send().is_problem(409, "guardian-ward-not-child");
    assert_eq!(town.count("SELECT count(*) FROM guardians"), 0);
}

#[test]
fn a_stranger_does_not_act_for_a_child() {
    let family = Family::new();
    family.record(&family.worker, &family.parent_record["id"]).is(201);
    let stranger = family.town.resident();
    for path in [
        "/v1/me/resident",
        "/v1/me/disclosures",
        "/v1/me/data-grants",
        "/v1/me/consents",
        "/v1/me/corrections",
        "/v1/me/erasures",
    ] {
        family.town.get(&family.for_child(path)).by(&stranger).send().is_problem(404, "not-found");
    }
    let body = json!({ "reason": "" });
    family
        .town
        .post(&family.for_child("/v1/me/erasures"), body)
        .by(&stranger)
        .send()
        .is_problem(404, "not-found");
}
