//! The document: what is committed is what is served, complete and true.

use std::collections::BTreeSet;

use lilong::app::{catalogue, policy};
use serde_json::Value;

use crate::support::{Town, document, followed};

fn operations() -> impl Iterator<Item = (&'static String, &'static String, &'static Value)> {
    let paths = document()["paths"].as_object().expect("paths");
    paths.iter().flat_map(|(path, operations)| {
        operations
            .as_object()
            .expect("operations")
            .iter()
            .map(move |(method, operation)| (path, method, operation))
    })
}

#[test]
fn the_committed_document_is_what_the_program_prints() {
    let committed = std::fs::read_to_string("openapi/openapi.json").expect("openapi/openapi.json");
    let is_same = committed == lilong::app::openapi::text(document());
    assert!(is_same, "run: cargo run -- openapi > openapi/openapi.json");
    let town = Town::new();
    assert_eq!(town.get("/openapi.json").send_unchecked().text, committed);
}

#[test]
fn whoever_has_the_document_is_not_sent_it_again() {
    let town = Town::new();
    let first = town.get("/openapi.json").send_unchecked();
    assert_eq!(first.is(200).header("cache-control"), "public, no-cache");
    let again = |tag: &str| town.get("/openapi.json").header("If-None-Match", tag).send_unchecked();
    let same = again(first.header("etag"));
    assert_eq!((same.is(304).text.as_str(), same.header("etag")), ("", first.header("etag")));
    again("\"v1\"").is(200);
}

#[test]
fn what_is_answered_alike_twice_is_written_once() {
    let mut written: BTreeSet<String> = BTreeSet::new();
    let (mut shared, mut limits) = (0, 0);
    for (path, method, operation) in operations() {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let problem = followed(response);
            shared += u32::from(response["$ref"].is_string());
            let is_new = problem["x-codes"].is_null()
                || response["$ref"].is_string()
                || written.insert(problem.to_string());
            assert!(is_new, "{method} {path} {status} repeats a problem");
        }
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for limit in parameters.filter(|parameter| parameter["name"] == "limit") {
            assert_eq!(limit["schema"]["default"], 20, "{path}");
            limits += 1;
        }
    }
    assert!(shared > 1_000 && limits > 50, "{shared} shared, {limits} limits");
}

#[test]
fn every_operation_has_a_policy_and_every_policy_an_operation() {
    let documented: BTreeSet<&str> =
        operations().filter_map(|(_, _, operation)| operation["operationId"].as_str()).collect();
    let rows = policy::rows();
    let ruled: BTreeSet<&str> = rows.iter().map(|row| row.operation).collect();
    assert_eq!(documented, ruled);
    assert_eq!(rows.len(), ruled.len(), "an operation has one row");
}

#[test]
fn the_policy_is_the_one_that_was_agreed() {
    let agreed = include_str!("policy.txt");
    assert!(agreed == policy::print(), "run: cargo run -- policy > tests/api/policy.txt, and have it read");
}

#[test]
fn every_operation_is_described() {
    for (path, method, operation) in operations() {
        for part in ["summary", "description", "operationId"] {
            assert!(
                operation[part].as_str().is_some_and(|text| !text.is_empty()),
                "{method} {path} lacks {part}"
            );
        }
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path}");
        assert!(
            operation["responses"]
                .as_object()
                .is_some_and(|all| all.keys().any(|status| status.starts_with('2')))
        );
    }
}

#[test]
fn every_operation_is_called_something_in_both_languages() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    for (path, method, operation) in operations() {
        for part in ["summary", "description"] {
            let text = operation[part].as_str().expect("a text");
            let (english, chinese) = text.rsplit_once(char::is_whitespace).expect("two languages");
            let has_both = is_chinese(chinese) && english.chars().any(|c| c.is_ascii_alphabetic());
            assert!(has_both, "{method} {path}: {text}");
            assert!(part != "summary" || !is_chinese(english), "{method} {path}: {text}");
        }
    }
}

#[test]
fn every_code_is_unique_and_has_a_page() {
    let rules = catalogue::rules();
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules.len(), "a code is used twice");
    let text = document().to_string();
    assert!(!text.contains("unknown code"), "an operation names a code that no rule has");
    let town = Town::new();
    for code in ["version-stale", "post-held"] {
        assert!(town.get(&format!("/problems/{code}")).send().is(200).text.contains(code));
    }
    town.get("/problems/no-such-code").send().is_problem(404, "not-found");
}

#[test]
fn large_answers_are_compressed_and_the_docs_need_no_other_host() {
    let town = Town::new();
    for coding in ["gzip", "br", "zstd"] {
        let (chosen, bytes) =
            town.get("/v1/divisions?limit=50").header("Accept-Encoding", coding).send_raw_size();
        assert_eq!(chosen, coding);
        assert!(bytes < 4_000, "{coding}: {bytes} bytes");
    }
    let page = town.get("/docs/").send_unchecked();
    assert!(page.is(200).text.contains("swagger") && !page.text.contains("https://"));
}
