//! Makes the schemas say what answers are.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const PLACE: &str = "#/components/schemas/";

/// What leaves fields out where there is nothing to say. Everything else that is answered is there, as null at least.
const PARTIAL: [&str; 2] = ["GrantedResidentView", "ProblemError"];

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
