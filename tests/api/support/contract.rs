//! Holds every answer of every test against the OpenAPI document.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::Reply;

static DOCUMENT: LazyLock<Value> = LazyLock::new(lilong::app::openapi::document);

static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The document, collected once for all tests.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// The template of a path and its operation.
pub fn operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let known: Vec<&str> = template.split('/').collect();
        known.len() == parts.len() && known.iter().zip(&parts).all(|(k, p)| k == p || k.starts_with('{'))
    };
    // A template without parameters is nearer than one with.
    let mut found: Vec<_> =
        document()["paths"].as_object()?.iter().filter(|(template, _)| fits(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, operations) = found.first()?;
    let method = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
    operations.get(&method).map(|operation| (template.as_str(), operation))
}

/// Panics where the answer is not what the document says.
#[track_caller]
pub fn check(method: &str, path: &str, reply: &Reply) {
    let Some((template, operation)) = operation(method, path) else {
        panic!("{method} {path} is not in the document");
    };
    let status = reply.status.to_string();
    let response = &operation["responses"][&status];
    assert!(
        !response.is_null(),
        "{method} {template} answered {status}, which is not documented: {}",
        reply.text
    );
    if let Some(codes) = response["x-codes"].as_array() {
        let is_listed = codes.iter().any(|code| code == reply.code());
        assert!(is_listed, "{method} {template} answered {status} {}, which is not documented", reply.code());
    }
    let Some(content) = response["content"].as_object() else {
        assert!(reply.text.is_empty(), "{method} {template} {status} has a body that is not documented");
        return;
    };
    let media = reply.header("content-type").split(';').next().unwrap_or_default().to_owned();
    let Some(schema) = content.get(&media).map(|content| &content["schema"]) else {
        panic!("{method} {template} {status} answered {media:?}");
    };
    if media.ends_with("json") && method != "HEAD" {
        let validator = validator(&format!("{method} {template} {status}"), schema);
        let errors: Vec<String> = validator.iter_errors(&reply.body).map(|error| error.to_string()).collect();
        assert!(
            errors.is_empty(),
            "{method} {template} {status} is not as documented: {errors:?}\n{}",
            reply.text
        );
    }
}

fn validator(key: &str, schema: &Value) -> Arc<Validator> {
    let mut known = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || {
        let root = json!({ "allOf": [schema], "components": document()["components"] });
        Arc::new(jsonschema::validator_for(&root).expect("a schema"))
    };
    known.entry(key.to_owned()).or_insert_with(make).clone()
}
