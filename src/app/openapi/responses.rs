//! Writes the problems that many operations answer alike once, named by their codes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::each_operation;

/// Moves what is answered alike more than once to the components.
pub fn share(document: &mut Value) {
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    each_problem(document, |name, _| *often.entry(name).or_default() += 1);
    let mut shared = Map::new();
    each_problem(document, |name, response| {
        if often.get(&name).is_some_and(|times| *times > 1) {
            let reference = json!({ "$ref": format!("#/components/responses/{name}") });
            shared.insert(name, std::mem::replace(response, reference));
        }
    });
    document["components"]["responses"] = shared.into();
}

/// Does something with every problem answered, told the name of its codes. Codes have one status and one way to be told.
fn each_problem(document: &mut Value, mut act: impl FnMut(String, &mut Value)) {
    each_operation(document, |_, operation| {
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for response in responses.into_iter().flat_map(Map::values_mut) {
            let codes = response["x-codes"].as_array().into_iter().flatten();
            let name = codes.filter_map(Value::as_str).collect::<Vec<_>>().join(".");
            if !name.is_empty() {
                act(name, response);
            }
        }
    });
}
