//! Labels and health for tests.

use lilong::access::role::Role;
use serde_json::{Value, json};

use super::archive::with;
use super::{CITY, PARENT, Person, Reply, Town};

/// A label of the street that its workers see and set.
pub fn label(code: &str) -> Value {
    json!({
        "code": code, "name": format!("标签 {code}"), "division": PARENT, "is_sensitive": false,
        "see_roles": ["committee_worker", "street_officer"], "set_roles": ["committee_worker"]
    })
}

/// Defines a label of the street; its id.
#[track_caller]
pub fn define(town: &Town, draft: Value) -> String {
    let officer = town.staff(Role::StreetOfficer, PARENT);
    id(&town.post("/v1/labels", draft).by(&officer).send())
}

/// Defines a label of the city; its id.
#[track_caller]
pub fn define_in_city(town: &Town, code: &str, more: Value) -> String {
    let officer = town.staff(Role::CityOfficer, CITY);
    let draft = with(with(label(code), json!({ "division": CITY })), more);
    id(&town.post("/v1/labels", draft).by(&officer).send())
}

#[track_caller]
pub fn id(reply: &Reply) -> String {
    reply.is(201).body["id"].as_str().unwrap().to_owned()
}

/// Sets a label on a resident.
pub fn set(town: &Town, by: &Person, resident: &Value, label: &str) -> Reply {
    let path = format!("/v1/residents/{}/labels", resident["id"].as_str().unwrap());
    town.post(&path, json!({ "label": label, "source": "visit", "reason": "走访得知" })).by(by).send()
}

/// Takes it off.
pub fn unset(town: &Town, by: &Person, resident: &Value, label: &str) -> Reply {
    let path = format!("/v1/residents/{}/labels/{label}", resident["id"].as_str().unwrap());
    town.call("DELETE", &path).by(by).send()
}

/// The count of a label in a division, as somebody is told it; nothing where they are not told of the label.
pub fn counted(town: &Town, by: &Person, division: &str, label: &str) -> Option<Value> {
    let reply = town.get(&format!("/v1/label-counts?division={division}&limit=100")).by(by).send();
    let items = reply.is(200).body["items"].as_array().unwrap().clone();
    items.into_iter().find(|item| item["label"] == label).map(|item| {
        assert_eq!(item["is_suppressed"], item["count"].is_null());
        item["count"].clone()
    })
}

/// Writes somebody's health down, with their consent.
pub fn put_health(town: &Town, by: &Person, resident: &Value, more: Value) -> Reply {
    let body = json!({
        "mobility": "with_aid", "care_level": "level_2", "conditions": [],
        "consent": { "consented_on": "2026-01-05", "how": "signed_paper", "version": 1 }
    });
    let path = format!("/v1/residents/{}/health", resident["id"].as_str().unwrap());
    town.put(&path, "*", with(body, more)).by(by).send()
}

/// The codes in a list of labels.
pub fn codes(reply: &Reply) -> Vec<String> {
    let items = reply.is(200).body["items"].as_array().unwrap();
    items.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
}
