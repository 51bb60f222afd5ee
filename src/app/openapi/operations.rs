//! Completes each operation by what holds for all that are like it: parameters, problems, headers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{headers, text_of};
use crate::app::problem_schema::problem_response;
use crate::app::{catalogue, security};
use crate::kit::page::Limit;
use crate::kit::problem::IDEMPOTENCY_KEY_MISSING;

/// Operations that change something nobody else could overwrite: no `If-Match` is asked for.
const UNCONDITIONAL: [&str; 2] = ["update_password", "update_dispatch_acceptance"];

/// Operations that write nothing: asked again they answer anew, so a key would promise what is not kept.
const FRESH: [&str; 3] = ["create_code", "create_code_batch", "create_code_verification"];

/// What is known of an operation before its problems are.
struct Traits {
    is_public: bool,
    is_write: bool,
    has_body: bool,
    has_path: bool,
    has_query: bool,
    has_cursor: bool,
    takes_key: bool,
    needs_key: bool,
    needs_version: bool,
    answers_version: bool,
    speaks_oauth: bool,
}

/// Completes an operation.
pub fn complete(method: &str, operation: &mut Map<String, Value>) {
    // utoipa writes "no security" as an empty requirement, which would mean "optional".
    let is_public = operation.get("security") == Some(&json!([{}]));
    if is_public {
        operation.insert("security".into(), json!([]));
    } else if let Some(either) = security::of_operation(operation) {
        operation.insert("security".into(), either);
    }
    let own: Vec<String> = operation
        .remove("x-problem-codes")
        .and_then(|codes| serde_json::from_value(codes).ok())
        .unwrap_or_default();
    let mut traits = traits(method, operation, is_public);
    traits.speaks_oauth = operation.remove("x-oauth").is_some();
    traits.takes_key &= !traits.speaks_oauth;
    traits.needs_key = own.iter().any(|code| code == IDEMPOTENCY_KEY_MISSING.code);
    translate_summary(operation);
    tell_usual_limit(operation);
    add_parameters(operation, &traits);
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for code in generic_codes(&traits).into_iter().chain(own.iter().map(String::as_str)) {
        let status = catalogue::rule(code).map_or(500, |rule| rule.status().as_u16());
        by_status.entry(status).or_default().push(code);
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    for (status, mut codes) in by_status {
        codes.sort_unstable();
        codes.dedup();
        responses[status.to_string()] = problem_response(&codes);
    }
    if traits.answers_version {
        responses["304"] = json!({ "description": "What the caller has is current." });
    }
    headers::add(operation, traits.takes_key, traits.has_cursor);
}

fn traits(method: &str, operation: &Map<String, Value>, is_public: bool) -> Traits {
    let parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let has = |place: &str| parameters.iter().any(|parameter| parameter["in"] == place);
    let name = text_of(operation, "operationId");
    let has_cursor = parameters.iter().any(|parameter| parameter["name"] == "cursor");
    Traits {
        is_public,
        is_write: method != "get",
        has_body: operation.contains_key("requestBody"),
        has_path: has("path"),
        has_query: has("query"),
        has_cursor,
        takes_key: method == "post" && !FRESH.contains(&name),
        needs_key: false,
        needs_version: matches!(method, "patch" | "put") && !UNCONDITIONAL.contains(&name),
        answers_version: method == "get" && headers::answers_version(operation),
        speaks_oauth: false,
    }
}

/// Descriptions end in Chinese, with what the operation is called: its summary says that as well.
fn translate_summary(operation: &mut Map<String, Value>) {
    let described = text_of(operation, "description").split_whitespace().last().unwrap_or_default();
    let summary = format!("{} {}", text_of(operation, "summary"), described.trim_end_matches('。'));
    operation.insert("summary".into(), summary.into());
}

fn tell_usual_limit(operation: &mut Map<String, Value>) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
    for limit in parameters.filter(|parameter| parameter["name"] == "limit") {
        limit["schema"]["default"] = Limit::USUAL.into();
    }
}

fn add_parameters(operation: &mut Map<String, Value>, traits: &Traits) {
    let mut added = Vec::new();
    if traits.takes_key {
        added.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": traits.needs_key,
            "description": "A name for this request, at most 255 characters: sent again, it gets the first answer again. Kept 24 hours, scans 72.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }
        }));
    }
    if traits.needs_version {
        added.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag of the version you have seen.",
            "schema": { "type": "string", "maxLength": 200, "pattern": "^[ -~]+$" }, "example": "\"v1\""
        }));
    }
    if traits.answers_version {
        added.push(json!({
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "The ETag of the version you have.",
            "schema": { "type": "string" }
        }));
    }
    if added.is_empty() {
        return;
    }
    if let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
        parameters.extend(added);
    }
}

fn generic_codes(traits: &Traits) -> Vec<&'static str> {
    if traits.speaks_oauth {
        // What its own words have no word for.
        return security::PROBLEMS_BESIDE_OAUTH.to_vec();
    }
    let table: [(bool, &[&'static str]); 9] = [
        (true, &["quota-exceeded", "internal-fault", "busy", "database-unreachable", "header-invalid"]),
        (!traits.is_public, &["unauthenticated", "forbidden"]),
        (traits.has_path, &["path-invalid", "not-found"]),
        (traits.has_query, &["query-invalid"]),
        (traits.has_cursor, &["cursor-invalid"]),
        (
            traits.has_body,
            &["body-malformed", "body-too-slow", "body-too-large", "media-type-unsupported", "field-invalid"],
        ),
        (traits.takes_key, &["idempotency-key-in-use", "idempotency-key-reused"]),
        (traits.needs_version, &["version-stale", "if-match-missing"]),
        (traits.is_write && traits.has_path, &["not-found"]),
    ];
    table.into_iter().filter(|(applies, _)| *applies).flat_map(|(_, codes)| codes.iter().copied()).collect()
}
