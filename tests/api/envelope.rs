//! What surrounds every answer: traces, who may keep it, what browsers may read.

use lilong::access::role::Role;
use serde_json::json;

use crate::support::{CITY, OWN, Town};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const STEP: &str = "00f067aa0ba902b7";
const SITE: &str = "https://site.example";

#[test]
fn a_trace_goes_on_and_a_malformed_one_is_none() {
    let town = Town::new();
    let ask = |given: &str| town.get("/healthz").header("traceparent", given).send();
    let given = format!("00-{TRACE}-{STEP}-01");
    let reply = ask(&given);
    let parts: Vec<&str> = reply.is(200).header("traceparent").split('-').collect();
    assert!(matches!(parts[..], ["00", TRACE, step, "01"] if step.len() == 16 && step != STEP), "{parts:?}");
    for malformed in ["nonsense", &given.to_uppercase(), &given.replace(TRACE, &"0".repeat(32))] {
        assert_eq!(ask(malformed).is(200).header("traceparent"), "", "{malformed}");
    }
    assert_eq!(town.get("/healthz").send().header("traceparent"), "");
    // A refusal belongs to its trace, too.
    let refused = town.get("/v1/me").header("traceparent", &given).send();
    assert!(refused.is(401).header("traceparent").starts_with(&format!("00-{TRACE}-")));
}

#[test]
fn what_tells_of_a_person_is_kept_by_nobody() {
    let town = Town::new();
    let (head, auditor) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::Auditor, CITY));
    let keeping = |path: &str| town.get(path).by(&head).send().is(200).header("cache-control").to_owned();
    for path in ["/v1/me", "/v1/auth/sessions", "/v1/posts"] {
        assert_eq!(keeping(path), "no-store", "{path}");
    }
    let events = town.get("/v1/audit-events").by(&auditor).send();
    assert_eq!(events.is(200).header("cache-control"), "no-store");
    for path in ["/v1/dwellings", "/v1/buildings", "/v1/estates"] {
        assert_eq!(keeping(path), "private, no-cache", "{path}");
    }
    let renamed = town.patch("/v1/me", "*", json!({ "display_name": "王芳" })).by(&head).send();
    assert_eq!(renamed.is(200).header("cache-control"), "no-store");
}

#[test]
fn a_browser_may_read_that_its_quota_is_used_up_and_may_ask_first_for_nothing() {
    let town = Town::with(|settings| {
        settings.rate_per_minute = 2;
        settings.cors_origins = vec![SITE.into()];
    });
    let preflight = || {
        let ask = town.call("OPTIONS", "/v1/me").header("Origin", SITE);
        ask.header("Access-Control-Request-Method", "GET").send_unchecked()
    };
    for _ in 0..5 {
        let reply = preflight();
        assert_eq!(reply.is(200).header("access-control-allow-origin"), SITE);
        assert_eq!(reply.header("ratelimit"), "", "a preflight takes nothing");
        assert!(!reply.header("x-request-id").is_empty());
    }
    let ask = |origin: &str| town.get("/healthz").header("Origin", origin).send();
    assert!(ask(SITE).is(200).header("ratelimit").starts_with("\"burst\";r=1;"));
    ask(SITE).is(200);
    let refused = ask(SITE);
    refused.is_problem(429, "quota-exceeded");
    assert_eq!(refused.header("access-control-allow-origin"), SITE);
    assert!(refused.header("access-control-expose-headers").to_lowercase().contains("retry-after"));
    assert!(refused.header("ratelimit").starts_with("\"burst\";r=0;"));
    // Another site is told nothing it could read, and an OPTIONS that is no preflight counts.
    assert_eq!(ask("https://other.example").is(429).header("access-control-allow-origin"), "");
    town.call("OPTIONS", "/healthz").header("Origin", SITE).send_unchecked().is(429);
    preflight().is(200);
}

#[test]
fn only_a_public_address_with_tls_asks_for_tls_for_good() {
    let hsts = |town: &Town| town.get("/healthz").send().header("strict-transport-security").to_owned();
    assert_eq!(hsts(&Town::new()), "");
    assert_eq!(hsts(&Town::with(|settings| settings.issuer = "http://lilong.example".into())), "");
    let public = Town::with(|settings| settings.issuer = "https://lilong.example".into());
    assert_eq!(hsts(&public), "max-age=31536000; includeSubDomains");
}

#[test]
fn the_caller_is_whom_a_trusted_proxy_names_last() {
    let town = Town::with(|settings| {
        settings.rate_per_minute = 1;
        settings.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
    });
    let ask = |lines: &[&str]| {
        let call = town.get("/healthz");
        lines.iter().fold(call, |call, line| call.header("X-Forwarded-For", line)).send().status
    };
    // What a client invents stands before it, in a line of its own or in the same one.
    assert_eq!(ask(&["203.0.113.1", "198.51.100.1"]), 200);
    assert_eq!(ask(&["203.0.113.2", "198.51.100.1"]), 429);
    assert_eq!(ask(&["203.0.113.3, 198.51.100.1"]), 429);
    assert_eq!(ask(&["198.51.100.1, 198.51.100.2"]), 200);
    // Two callers whom another hop wrote its own balancer's address behind are one.
    assert_eq!(ask(&["198.51.100.3", "192.0.2.10"]), 200);
    assert_eq!(ask(&["198.51.100.4", "192.0.2.10"]), 429);
}
