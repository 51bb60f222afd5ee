//! The document's header fields. That they come as they are promised, the contract says of every answer of every test.

use serde_json::Value;

use crate::support::{document, followed};

/// Each operation: its method, its name, what it is.
fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    let paths = document()["paths"].as_object().expect("paths").values();
    paths.filter_map(Value::as_object).flatten().map(|(method, operation)| {
        (method.as_str(), operation["operationId"].as_str().expect("a name"), operation)
    })
}

fn takes(operation: &Value, header: &str) -> bool {
    operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["name"] == header)
}

/// Whether the answer of this status names a field.
fn tells(operation: &'static Value, status: &str, field: &str) -> bool {
    !followed(&operation["responses"][status])["headers"][field].is_null()
}

#[test]
fn what_asks_for_a_version_has_told_it() {
    for (method, name, operation) in operations() {
        let has_tag = tells(operation, "200", "ETag");
        let is_conditional = takes(operation, "If-None-Match");
        assert_eq!(is_conditional, tells(operation, "304", "ETag"), "{name}");
        assert!(!is_conditional || (method == "get" && has_tag), "{name}");
        // Who leads a team is one of those in it, who have no versions; the version asked for is the team's.
        if takes(operation, "If-Match") && name != "update_volunteer_team_leader" {
            assert!(has_tag, "{name} asks for a version and tells none");
        }
    }
    let (_, _, team) = operations().find(|(_, name, _)| *name == "find_volunteer_team").expect("it");
    assert!(takes(team, "If-None-Match") && tells(team, "200", "ETag"));
    for read in ["find_resident_identity", "find_code_image", "find_venue_sheet", "find_screening_counts"] {
        let (_, _, one) = operations().find(|(_, name, _)| *name == read).expect("it");
        assert!(!takes(one, "If-None-Match") && !tells(one, "200", "ETag"), "{read} has no version");
    }
}

#[test]
fn every_answer_tells_what_a_client_does_next() {
    for (_, name, operation) in operations() {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let has = |field: &str| tells(operation, status, field);
            assert!(has("X-Request-Id") && has("RateLimit") && has("RateLimit-Policy"), "{name} {status}");
            let codes = followed(response)["x-codes"].as_array();
            let is_twin =
                codes.is_some_and(|codes| codes.iter().any(|code| code == "idempotency-key-in-use"));
            let is_later = is_twin || ["429", "503"].contains(&status.as_str());
            assert_eq!(has("Retry-After"), is_later, "{name} {status}");
            assert_eq!(has("WWW-Authenticate"), status == "401", "{name} {status}");
        }
    }
    let (_, _, made) = operations().find(|(_, name, _)| *name == "create_petition").expect("it");
    assert!(tells(made, "201", "Location") && tells(made, "201", "ETag"));
}
