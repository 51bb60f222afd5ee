//! Records of residents for tests: invented people.

use serde_json::{Value, json};

use super::{OWN, Person, Reply, Town};

/// Invented, and valid by its checksum.
pub const CARD: &str = "11010519491231002X";

pub fn draft(name: &str) -> Value {
    json!({ "name": name, "division": OWN, "no_identifier": "refused", "residence": "registered_here" })
}

pub fn with(mut draft: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        draft[key] = value.clone();
    }
    draft
}

pub fn with_card(name: &str) -> Value {
    with(
        draft(name),
        json!({ "document": { "kind": "resident_id_card", "number": CARD }, "no_identifier": null }),
    )
}

#[track_caller]
pub fn enter(town: &Town, by: &Person, draft: Value) -> Value {
    let reply = town.post("/v1/residents", draft).by(by).send();
    reply.is(201).body.clone()
}

pub fn names(reply: &Reply) -> Vec<String> {
    let items = reply.is(200).body["items"].as_array().unwrap();
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}
