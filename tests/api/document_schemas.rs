//! The document's schemas: that they say what is always sent.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::document;

const PLACE: &str = "#/components/schemas/";

fn schemas() -> &'static serde_json::Map<String, Value> {
    document()["components"]["schemas"].as_object().expect("schemas")
}

/// The schemas that a part of the document leads to.
fn reached(start: &Value, found: &mut BTreeSet<String>) {
    match start {
        Value::Object(fields) => fields.values().for_each(|one| reached(one, found)),
        Value::Array(all) => all.iter().for_each(|one| reached(one, found)),
        Value::String(text) => {
            let name = text.strip_prefix(PLACE).unwrap_or_default();
            if !name.is_empty() && found.insert(name.to_owned()) {
                reached(&schemas()[name], found);
            }
        }
        _ => {}
    }
}

/// Those that are answered and not asked for.
fn answered() -> BTreeSet<String> {
    let (mut asked, mut answered) = (BTreeSet::new(), BTreeSet::new());
    reached(&document()["components"]["responses"], &mut answered);
    for operations in document()["paths"].as_object().expect("paths").values() {
        for operation in operations.as_object().expect("operations").values() {
            reached(&operation["requestBody"], &mut asked);
            reached(&operation["parameters"], &mut asked);
            reached(&operation["responses"], &mut answered);
        }
    }
    answered.difference(&asked).cloned().collect()
}

/// Whether a schema, or one written out within it, has a property that may be absent.
fn is_partial(schema: &Value) -> bool {
    let required: BTreeSet<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object();
    let has_absent = properties.is_some_and(|all| all.keys().any(|name| !required.contains(name.as_str())));
    let within = ["allOf", "oneOf"].iter().filter_map(|word| schema[word].as_array()).flatten();
    let mut parts = properties.into_iter().flat_map(serde_json::Map::values).chain(within);
    has_absent || parts.any(is_partial) || (schema["items"].is_object() && is_partial(&schema["items"]))
}

#[test]
fn what_is_answered_is_always_there_but_for_two() {
    let answered = answered();
    assert!(answered.contains("ResidentDetailView") && answered.contains("Problem"));
    let partial: Vec<&String> = answered.iter().filter(|name| is_partial(&schemas()[*name])).collect();
    assert_eq!(partial, ["GrantedResidentView", "ProblemError"]);
}

/// What `serde` leaves out, the document may not promise.
#[test]
fn what_leaves_fields_out_is_named_by_the_document() {
    let mut leaving: BTreeSet<String> = BTreeSet::new();
    for file in walkdir::WalkDir::new("src").into_iter().filter_map(Result::ok) {
        if file.path().extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(file.path()).expect("a text");
        let mut name = "";
        for line in text.lines() {
            if let Some((_, rest)) = line.split_once("struct ") {
                name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            } else if line.contains("skip_serializing") {
                leaving.insert(name.to_owned());
            }
        }
    }
    leaving.retain(|name| schemas().contains_key(name));
    assert_eq!(leaving.into_iter().collect::<Vec<_>>(), ["GrantedResidentView"]);
}

#[test]
fn every_property_that_is_answered_has_a_type() {
    for name in answered() {
        for (property, schema) in schemas()[&name]["properties"].as_object().into_iter().flatten() {
            let is_typed =
                ["type", "$ref", "oneOf", "allOf", "anyOf"].iter().any(|word| !schema[word].is_null());
            assert!(is_typed, "{name}.{property} may be anything");
        }
    }
}

#[test]
fn what_is_repeated_has_a_name() {
    let pages = schemas().iter().filter_map(|(name, page)| Some((name.strip_prefix("Page_")?, page)));
    let mut count = 0;
    for (name, page) in pages {
        assert_eq!(page["properties"]["items"]["items"]["$ref"], format!("{PLACE}{name}"));
        count += 1;
    }
    assert!(count > 50, "{count} pages");
    assert_eq!(schemas()["Problem"]["properties"]["errors"]["items"]["$ref"], format!("{PLACE}ProblemError"));
    let words =
        document()["paths"]["/v1/mediation-cases"]["get"]["parameters"].as_array().expect("parameters");
    let state = words.iter().find(|parameter| parameter["name"] == "state").expect("a state");
    assert_eq!(state["schema"]["$ref"], format!("{PLACE}MediationState"));
}

/// Where it is null it is described as well.
#[test]
fn what_may_be_null_is_described_beside_its_alternatives() {
    for (name, schema) in schemas() {
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            let mut either = schema["oneOf"].as_array().into_iter().flatten();
            let is_within = either.any(|one| one["$ref"].is_string() && one["description"].is_string());
            assert!(!is_within, "{name}.{property} is described within");
        }
    }
    let activation = &schemas()["VolunteerTeamView"]["properties"]["activation"];
    assert!(activation["oneOf"].is_array() && activation["description"].is_string());
}
