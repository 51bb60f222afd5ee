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

/// New homes of a building of their own in a committee.
pub fn homes<const N: usize>(town: &Town, division: &str) -> [String; N] {
    let [estate, building] = [lilong::kit::id::next(), lilong::kit::id::next()];
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '{estate}', {division}, 'public_housing', now(), now());
         INSERT INTO buildings (id, estate_id, division, number, created_at, updated_at)
             VALUES ('{building}', '{estate}', {division}, '247号', now(), now())"
    ));
    std::array::from_fn(|n| {
        let dwelling = lilong::kit::id::next();
        town.execute(&format!(
            "INSERT INTO dwellings (id, building_id, division, number, exclusive_area, created_at, updated_at)
                 VALUES ('{dwelling}', '{building}', {division}, '{n}', 52.40, now(), now())"
        ));
        dwelling.to_string()
    })
}

/// Enters somebody of that name, and answers the id.
#[track_caller]
pub fn person(town: &Town, by: &Person, name: &str) -> String {
    enter(town, by, draft(name))["id"].as_str().unwrap().to_owned()
}

/// Somebody lives in a home; answers the relation.
#[track_caller]
pub fn move_in(town: &Town, by: &Person, dwelling: &str, draft: Value) -> Value {
    let reply = town.post(&format!("/v1/dwellings/{dwelling}/residents"), draft).by(by).send();
    reply.is(201).body.clone()
}
