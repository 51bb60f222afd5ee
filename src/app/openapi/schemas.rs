//! Makes the schemas say what answers are.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const PLACE: &str = "#/components/schemas/";

/// What leaves fields out where there is nothing to say. Everything else that is answered is there, as null at least.
const PARTIAL: [&str; 2] = ["GrantedResidentView", "ProblemError"];

/// What utoipa calls a page of something: with the name of it behind.
const PAGE: &str = "Page_";

/// Names what utoipa writes out in place: the items of pages, and the words that parameters take.
pub fn name_what_is_repeated(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    let pages: Vec<String> = schemas.keys().filter(|name| name.starts_with(PAGE)).cloned().collect();
    for page in &pages {
        let name = page.trim_start_matches(PAGE);
        let items = schemas.get_mut(page).and_then(|page| page.pointer_mut("/properties/items/items"));
        if let Some(items) = items.filter(|items| items.get("$ref").is_none()) {
            let item = std::mem::replace(items, reference(name));
            schemas.entry(name).or_insert(item);
        }
    }
    let words: Vec<(Value, Value)> = schemas
        .iter()
        .filter(|(_, schema)| schema.get("enum").is_some())
        .map(|(name, schema)| (schema.clone(), reference(name)))
        .collect();
    super::each_operation(document, |_, operation| {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for schema in parameters.into_iter().flatten().filter_map(|parameter| parameter.get_mut("schema")) {
            if let Some((_, named)) = words.iter().find(|(written, _)| *written == *schema) {
                *schema = named.clone();
            }
        }
    });
}

/// Says what a property is beside its alternatives, not within one of them: utoipa writes what may be null as one of two.
pub fn describe_properties(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    schemas.values_mut().for_each(|schema| each(schema, &hoist_description));
}

fn hoist_description(schema: &mut Map<String, Value>) {
    let either = schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten();
    let named = either.filter_map(Value::as_object_mut).find(|one| one.contains_key("$ref"));
    if let Some(description) = named.and_then(|one| one.remove("description")) {
        schema.entry("description").or_insert(description);
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{PLACE}{name}") })
}

/// utoipa takes what may be null for what may be absent. So it is in requests; but answers are written whole.
pub fn require_what_is_sent(document: &mut Value) {
    let asked = reached(document, &["requestBody", "parameters"]);
    let answered = reached(document, &["responses"]);
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    for (name, schema) in schemas {
        if answered.contains(name) && !asked.contains(name) && !PARTIAL.contains(&name.as_str()) {
            each(schema, &require_all);
        }
    }
}

fn require_all(schema: &mut Map<String, Value>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let mut required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let others = properties.keys().map(|name| json!(name)).filter(|name| !required.contains(name));
    let others: Vec<Value> = others.collect();
    required.extend(others);
    schema.insert("required".into(), required.into());
}

/// Does something with a schema, and with those that are written out within it.
fn each(schema: &mut Value, act: &impl Fn(&mut Map<String, Value>)) {
    let Some(schema) = schema.as_object_mut() else { return };
    act(schema);
    for (keyword, part) in schema {
        match (keyword.as_str(), part) {
            ("properties", Value::Object(all)) => all.values_mut().for_each(|one| each(one, act)),
            ("allOf" | "oneOf" | "anyOf", Value::Array(all)) => all.iter_mut().for_each(|one| each(one, act)),
            ("items" | "additionalProperties", one) => each(one, act),
            _ => {}
        }
    }
}

/// The schemas that these parts of operations lead to.
fn reached(document: &Value, parts: &[&str]) -> BTreeSet<String> {
    let operations = document["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = operations.filter_map(Value::as_object).flat_map(Map::values);
    let mut waiting: Vec<&Value> =
        operations.flat_map(|operation| parts.iter().filter_map(move |part| operation.get(part))).collect();
    let mut found = BTreeSet::new();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => waiting.extend(fields.values()),
            Value::Array(all) => waiting.extend(all),
            Value::String(text) => {
                if let Some(name) = text.strip_prefix(PLACE)
                    && found.insert(name.to_owned())
                {
                    waiting.push(&document["components"]["schemas"][name]);
                }
            }
            _ => {}
        }
    }
    found
}
