//! Holds every answer of every test against the OpenAPI document.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use super::Reply;

const NAME: &str = "urn:lilong";

static DOCUMENT: LazyLock<Value> = LazyLock::new(lilong::app::openapi::document);
/// All schemas refer to the one document: a copy for each would be some gigabytes.
static REGISTRY: LazyLock<Registry<'static>> = LazyLock::new(|| {
    let named = Registry::new().add(NAME, document()).expect("a name");
    named.prepare().expect("the document has what it refers to")
});

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

/// What a reference leads to, or what stands here itself.
pub fn followed(here: &'static Value) -> &'static Value {
    let place = here["$ref"].as_str().map(|reference| reference.trim_start_matches('#'));
    place.map_or(here, |place| document().pointer(place).expect("what is referred to is there"))
}

/// Panics where the answer is not what the document says.
#[track_caller]
pub fn check(method: &str, path: &str, reply: &Reply) {
    let Some((template, operation)) = operation(method, path) else {
        panic!("{method} {path} is not in the document");
    };
    let status = reply.status.to_string();
    let here = &operation["responses"][&status];
    assert!(
        !here.is_null(),
        "{method} {template} answered {status}, which is not documented: {}",
        reply.text
    );
    let response = followed(here);
    check_headers(&format!("{method} {template} {status}"), response, reply);
    if let Some(codes) = response["x-codes"].as_array() {
        let is_listed = codes.iter().any(|code| code == reply.code());
        assert!(is_listed, "{method} {template} answered {status} {}, which is not documented", reply.code());
    }
    let Some(content) = response["content"].as_object() else {
        assert!(reply.text.is_empty(), "{method} {template} {status} has a body that is not documented");
        return;
    };
    let media = reply.header("content-type").split(';').next().unwrap_or_default().to_owned();
    assert!(content.contains_key(&media), "{method} {template} {status} answered {media:?}");
    if media.ends_with("json") && method != "HEAD" {
        let method = method.to_lowercase();
        let mut place: Vec<&str> = match here["$ref"].as_str() {
            Some(reference) => reference.trim_start_matches("#/").split('/').collect(),
            None => vec!["paths", template, &method, "responses", &status],
        };
        place.extend(["content", media.as_str(), "schema"]);
        let validator = validator(&place);
        let errors: Vec<String> = validator.iter_errors(&reply.body).map(|error| error.to_string()).collect();
        assert!(
            errors.is_empty(),
            "{method} {template} {status} is not as documented: {errors:?}\n{}",
            reply.text
        );
    }
}

/// Header fields that programs live by are documented where they come, and come where they are promised.
#[track_caller]
fn check_headers(what: &str, response: &'static Value, reply: &Reply) {
    let documented = response["headers"].as_object().expect("headers");
    for field in ["Location", "ETag", "Link", "Retry-After", "WWW-Authenticate"] {
        let is_known = documented.contains_key(field) || reply.header(field).is_empty();
        assert!(is_known, "{what} comes with {field}, which is not documented");
    }
    for (field, header) in documented {
        let is_kept = followed(header)["required"] != true || !reply.header(field).is_empty();
        assert!(is_kept, "{what} comes without {field}, which is documented");
    }
    let has_more = reply.body["has_more"] == true && documented.contains_key("Link");
    assert!(!has_more || !reply.header("Link").is_empty(), "{what} does not lead to the next page");
}

/// What holds an answer against the schema at that place of the document.
fn validator(place: &[&str]) -> Arc<Validator> {
    let steps = place.iter().map(|step| {
        let step = step.replace('~', "~0").replace('/', "~1");
        step.replace('{', "%7B").replace('}', "%7D")
    });
    let pointer = format!("{NAME}#/{}", steps.collect::<Vec<_>>().join("/"));
    let mut known = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    let make = |pointer: &String| {
        let there = json!({ "$ref": pointer });
        Arc::new(jsonschema::options().with_registry(&REGISTRY).build(&there).expect("a schema"))
    };
    known.entry(pointer).or_insert_with_key(make).clone()
}
