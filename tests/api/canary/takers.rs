//! Which operations take a number of a person, and where in their bodies, as the document says: a new one that is sent no canary fails.

use std::collections::BTreeSet;

use serde_json::Value;

use super::CANARIES;
use crate::support::{document, followed};

/// An operation and a place in its body: the names of fields on the way there; lists are passed over.
pub type Taker = (String, String);

/// The schemas of such numbers.
const NUMBERS: [&str; 3] = ["Phone", "Mobile", "Document"];
/// What a field is called that may hold one, whatever its schema.
const NAMES: [&str; 9] =
    ["phone", "document", "contact", "mobile", "telephone", "identity", "id_card", "id_number", "passport"];
/// A schema without any of these takes anything.
const LIMITS: [&str; 6] = ["type", "oneOf", "anyOf", "allOf", "enum", "const"];

/// What only sounds like one, and why.
const NO_NUMBERS: [(&str, &str, &str); 8] = [
    ("update_division", "/phones", "the office's own, answered to everybody"),
    ("create_organisation", "/phones", "the office's own, answered to everybody"),
    ("update_organisation", "/phones", "the office's own, answered to everybody"),
    ("create_volunteer_call", "/contact", "an office, answered to everybody"),
    ("update_volunteer_call", "/contact", "an office, answered to everybody"),
    ("create_resident_merge", "/document", "which of two, without a number"),
    ("create_mediation_case_annulment", "/document_number", "a court's paper"),
    ("update_mediation_case_confirmation", "/document_number", "a court's paper"),
];

/// Every place of every operation.
fn takers() -> BTreeSet<Taker> {
    let mut found = BTreeSet::new();
    for operations in document()["paths"].as_object().expect("paths").values() {
        for operation in operations.as_object().expect("operations").values() {
            let Some(name) = operation["operationId"].as_str() else { continue };
            let mut places = BTreeSet::new();
            let content = followed(&operation["requestBody"])["content"].as_object();
            for (_, media) in content.into_iter().flatten() {
                walk(&media["schema"], "", &[], &mut places);
            }
            found.extend(places.into_iter().map(|place| (name.to_owned(), place)));
        }
    }
    found
}

/// Notes each place below a schema that takes a number; `passed` are the references on the way, which may lead round.
fn walk(here: &'static Value, place: &str, passed: &[&str], found: &mut BTreeSet<String>) {
    if let Some(reference) = here["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if NUMBERS.contains(&name) {
            found.insert(place.to_owned());
        } else if !passed.contains(&reference) {
            walk(followed(here), place, &[passed, &[reference]].concat(), found);
        }
        return;
    }
    if here.is_object() && !LIMITS.iter().any(|limit| here.get(*limit).is_some()) {
        found.insert(place.to_owned());
    }
    for way in ["oneOf", "anyOf", "allOf"] {
        for one in here[way].as_array().into_iter().flatten() {
            walk(one, place, passed, found);
        }
    }
    for (field, schema) in here["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}/{field}");
        if NAMES.iter().any(|name| field.contains(*name)) {
            found.insert(place.clone());
        }
        walk(schema, &place, passed, found);
    }
    for below in ["items", "additionalProperties"] {
        if here[below].is_object() {
            walk(&here[below], place, passed, found);
        }
    }
}

/// Notes the places of a body at which a canary stands, and those above them; answers whether there is one.
pub fn places(body: &Value, place: &str, found: &mut BTreeSet<String>) -> bool {
    let mut holds = false;
    match body {
        Value::String(text) => holds = CANARIES.iter().any(|canary| text.contains(*canary)),
        Value::Array(items) => {
            for item in items {
                holds |= places(item, place, found);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields {
                holds |= places(value, &format!("{place}/{field}"), found);
            }
        }
        _ => {}
    }
    if holds {
        found.insert(place.to_owned());
    }
    holds
}

/// Every place was sent a canary, and what is excused is still there.
#[track_caller]
pub fn are_all_sent(sent: &BTreeSet<Taker>) {
    let taken = takers();
    for (operation, place, why) in NO_NUMBERS {
        let excused = (operation.to_owned(), place.to_owned());
        assert!(taken.contains(&excused), "{operation} has no {place} any more, {why}");
    }
    let is_excused = |taker: &Taker| {
        NO_NUMBERS.iter().any(|(operation, place, _)| taker.0 == *operation && taker.1 == *place)
    };
    let missing: Vec<&Taker> =
        taken.iter().filter(|&taker| !sent.contains(taker) && !is_excused(taker)).collect();
    assert!(missing.is_empty(), "tests/api/canary sends no canary to {missing:?}");
}

#[test]
fn what_takes_a_number_is_found_wherever_it_stands() {
    for name in NUMBERS {
        assert!(document()["components"]["schemas"][name].is_object(), "{name} is called otherwise");
    }
    let taken = takers();
    for (operation, place) in [
        ("create_account", "/phone"),
        // Null or a number, in an object in an object, in each of a list, and whatever is sent.
        ("create_resident", "/document"),
        ("create_petition", "/on_behalf/phone"),
        ("create_mediation_case", "/parties/phone"),
        ("create_correction", "/value"),
    ] {
        assert!(taken.contains(&(operation.to_owned(), place.to_owned())), "{operation} {place}: {taken:?}");
    }
    let mut found = BTreeSet::new();
    let body = serde_json::json!({ "a": [{ "b": format!("+86{}", CANARIES[3]) }], "c": "x" });
    assert!(places(&body, "", &mut found));
    assert_eq!(Vec::from_iter(found), ["", "/a", "/a/b"]);
}
