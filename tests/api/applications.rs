//! Applications: OAuth 2 client credentials, scopes, range, secrets that are exchanged, and everything that ends them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use lilong::access::actor::AccountId;
use lilong::access::policy::Reach;
use lilong::access::role::Role;
use lilong::access::scopes::AccessScope;
use lilong::app::policy;
use serde_json::{Value, json};

use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Reply, SIBLING, Town};

#[track_caller]
fn is_refused(reply: &Reply, status: u16, error: &str) {
    assert_eq!((reply.status, reply.body["error"].as_str()), (status, Some(error)), "{}", reply.text);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(reply.body["code"].is_null(), "OAuth's own words: {}", reply.text);
}

fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

#[test]
fn an_application_is_given_tokens_in_oauth_s_words() {
    let town = Town::new();
    let gate = town.application(OWN, &["venues.read", "check_ins.write"]);
    let given = town.ask_for_token(&gate.id, &gate.secret, "").send();
    assert_eq!(given.is(200).body["token_type"], "Bearer");
    assert_eq!(given.body["scope"], "venues.read check_ins.write");
    assert_eq!((given.header("cache-control"), given.header("pragma")), ("no-store", "no-cache"));
    let said = claims(given.body["access_token"].as_str().expect("a token"));
    assert_eq!((&said["sub"], &said["client_id"]), (&json!(gate.id), &json!(gate.id)));
    assert_eq!(said["exp"].as_i64().zip(said["iat"].as_i64()).map(|(end, begin)| end - begin), Some(900));
    // By HTTP Basic, with fewer scopes.
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", gate.id, gate.secret)));
    let ask =
        |form: &str| town.call("POST", "/oauth/token").header("Authorization", &basic).form(form).send();
    let fewer = ask("grant_type=client_credentials&scope=venues.read");
    assert_eq!(fewer.is(200).body["scope"], "venues.read");
    is_refused(&ask("grant_type=client_credentials&scope=codes.verify"), 400, "invalid_scope");
    is_refused(&ask("grant_type=password&username=x"), 400, "unsupported_grant_type");
    is_refused(&ask("scope=venues.read"), 400, "invalid_request");
    is_refused(
        &town.post("/oauth/token", json!({ "grant_type": "client_credentials" })).send(),
        400,
        "invalid_request",
    );
    let server = town.get("/.well-known/oauth-authorization-server").send();
    assert_eq!(server.is(200).body["token_endpoint"], "https://lilong.invalid/oauth/token");
    assert_eq!(server.body["scopes_supported"].as_array().map(Vec::len), Some(AccessScope::ALL.len()));
    let row =
        format!("FROM audit_events WHERE action = 'create_access_token' AND resource_id = '{}'", gate.id);
    assert_eq!(town.count(&format!("SELECT count(*) {row}")), 3);
    assert_eq!(town.count(&format!("SELECT count(*) {row} AND detail::text LIKE '%{}%'", gate.secret)), 0);
    assert_eq!(town.count("SELECT count(*) FROM application_secrets WHERE last_used_at IS NULL"), 0);
}

#[test]
fn a_token_is_given_to_whose_secret_it_is() {
    let town = Town::new();
    let gate = town.application(OWN, &["venues.read"]);
    // Whose secret it is counts, and the whole of it.
    let other = town.application(SIBLING, &["venues.read"]);
    let shorter: String = gate.secret.chars().skip(1).collect();
    for (id, secret) in [
        (gate.id.as_str(), other.secret.as_str()),
        (&gate.id, &shorter),
        (&gate.id, &gate.secret_id),
        (&AccountId::new().to_string(), &gate.secret),
        ("%00", "x"),
    ] {
        let refused = town.ask_for_token(id, secret, "").send();
        is_refused(&refused, 401, "invalid_client");
        assert!(refused.header("www-authenticate").starts_with("Basic "));
    }
    // A key does not lead to what another was given: none is taken here.
    let keyed =
        |id: &str, secret: &str| town.ask_for_token(id, secret, "").header("Idempotency-Key", "one").send();
    let first = keyed(&gate.id, &gate.secret);
    let second = keyed(&other.id, &other.secret);
    assert_ne!(first.is(200).body["access_token"], second.is(200).body["access_token"]);
    assert_eq!(claims(second.body["access_token"].as_str().expect("a token"))["sub"], json!(other.id));
}

#[test]
fn a_program_is_no_person_and_a_person_no_program() {
    let town = Town::new();
    let all: Vec<&str> = AccessScope::ALL.iter().map(|scope| scope.as_str()).collect();
    let gate = town.application(CITY, &all);
    for path in [
        "/v1/me",
        "/v1/residents",
        "/v1/posts",
        "/v1/applications",
        "/v1/auth/sessions",
        "/v1/estates",
        "/v1/audit-events",
    ] {
        town.get(path).token(&gate.token).send().is_problem(403, "forbidden");
    }
    let draft = json!({ "name": "x", "purpose": "x", "division": OWN, "scopes": ["venues.read"] });
    town.post("/v1/applications", draft.clone()).token(&gate.token).send().is_problem(403, "forbidden");
    let own = format!("/v1/applications/{}", gate.id);
    town.call("POST", &format!("{own}/secrets")).token(&gate.token).send().is_problem(403, "forbidden");
    town.patch(&own, "*", json!({ "scopes": ["codes.verify"] }))
        .token(&gate.token)
        .send()
        .is_problem(403, "forbidden");
    town.upload("x.csv", b"a,b").token(&gate.token).send().is_problem(403, "forbidden");
    // What is open to everybody is open to it.
    town.get("/v1/divisions?limit=1").token(&gate.token).send().is(200);
    // Nobody is appointed to be one, and a person has no token to give.
    let head = town.staff(Role::CityOfficer, CITY);
    let post = json!({ "phone": town.resident().phone, "role": "application", "division": OWN });
    town.post("/v1/posts", post).by(&head).send().is_problem(403, "post-above-own");
    let person = town.resident();
    town.post("/v1/applications", draft).by(&person).send().is_problem(403, "forbidden");
    is_refused(
        &town.ask_for_token(&person.account.to_string(), &person.token, "").send(),
        401,
        "invalid_client",
    );
}

#[test]
fn what_ends_an_application_ends_its_tokens_within_five_seconds() {
    let town = Town::new();
    let admin = town.staff(Role::SystemAdmin, CITY);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let gate = town.application(OWN, &["venues.read"]);
    let at = format!("/v1/applications/{}", gate.id);
    // 403 says that it counts: a probe that needs nothing to be there.
    let probe = |token: &str| town.get("/v1/estates").token(token).send().status;
    let ask = |secret: &str| town.ask_for_token(&gate.id, secret, "").send();
    let later = || town.clock.advance(TimeDelta::seconds(5));
    assert_eq!(probe(&gate.token), 403);
    // A second secret beside the first; a third is one too many, also when two ask at once.
    let make = || town.call("POST", &format!("{at}/secrets")).by(&street).send();
    let made: Vec<Reply> = std::thread::scope(|scope| {
        let both = [scope.spawn(make), scope.spawn(make)];
        both.map(|one| one.join().expect("an answer")).into()
    });
    let second = made.iter().find(|reply| reply.status == 201).expect("one of them");
    made.iter()
        .find(|reply| reply.status == 409)
        .expect("not both")
        .is_problem(409, "application-secrets-full");
    let new = second.body["client_secret"].as_str().expect("a secret");
    let list = town.get(&format!("{at}/secrets")).by(&admin).send();
    assert_eq!(list.is(200).body["items"].as_array().map(Vec::len), Some(2));
    assert!(!list.text.contains(new) && list.text.contains("hint"));
    let fresh = ask(new).body["access_token"].as_str().expect("a token").to_owned();
    assert_eq!((probe(&gate.token), probe(&fresh)), (403, 403));
    // The old one is taken away: its tokens end, the other's go on.
    let old = format!("{at}/secrets/{}", gate.secret_id);
    let security = town.staff(Role::SecurityAdmin, CITY);
    town.call("DELETE", &old).by(&security).send().is(204);
    town.call("DELETE", &old).by(&security).send().is_problem(404, "not-found");
    later();
    assert_eq!((probe(&gate.token), probe(&fresh)), (401, 403));
    is_refused(&ask(&gate.secret), 401, "invalid_client");
    // Disabled in the middle of a token's life, and enabled again.
    town.patch(&at, "*", json!({ "status": "disabled" })).by(&admin).send().is(200);
    later();
    assert_eq!(probe(&fresh), 401);
    is_refused(&ask(new), 401, "invalid_client");
    town.patch(&at, "*", json!({ "status": "active" })).by(&admin).send().is(200);
    assert_eq!(probe(&fresh), 403);
    // Its term ends with the day.
    let today = town.text("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date");
    town.patch(&at, "*", json!({ "ends_on": today })).by(&admin).send().is(200);
    assert_eq!(probe(ask(new).is(200).body["access_token"].as_str().expect("a token")), 403);
    town.clock.advance(TimeDelta::days(1));
    is_refused(&ask(new), 401, "invalid_client");
}

#[test]
fn applications_are_put_up_by_whoever_s_door_it_is() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let draft = |division: &str| json!({ "name": "南门闸机", "purpose": "出入验码", "division": division, "scopes": ["codes.verify", "codes.verify"] });
    let create = |division: &str| town.post("/v1/applications", draft(division)).by(&street).send();
    for beyond in [ELSEWHERE, CITY] {
        create(beyond).is_problem(403, "forbidden");
    }
    let made: Vec<Reply> = std::thread::scope(|scope| {
        let both = [scope.spawn(|| create(OWN)), scope.spawn(|| create(OWN))];
        both.map(|one| one.join().expect("an answer")).into()
    });
    let mut statuses: Vec<u16> = made.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let made = made.iter().find(|reply| reply.status == 201).expect("one of them");
    assert_eq!(made.body["scopes"], json!(["codes.verify"]));
    let at = made.header("location").to_owned();
    create(PARENT).is(201);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    town.get(&at).by(&worker).send().is_problem(403, "forbidden");
    town.get(&at).by(&town.staff(Role::StreetOfficer, "310101002000")).send().is_problem(404, "not-found");
    // It may not be moved beyond reach, nor be given what is no scope, nor emptied of them.
    let patch = |change: Value| town.patch(&at, "*", change).by(&street).send();
    patch(json!({ "division": ELSEWHERE })).is_problem(403, "forbidden");
    patch(json!({ "division": "310113003999" })).is_problem(422, "application-place-unknown");
    patch(json!({ "organisation": AccountId::new() })).is_problem(422, "application-place-unknown");
    patch(json!({ "scopes": [] })).is_problem(422, "field-invalid");
    patch(json!({ "scopes": ["residents.read"] })).is_problem(422, "field-invalid");
    patch(json!({ "division": PARENT })).is_problem(409, "application-name-taken");
    town.patch(&at, "\"v9\"", json!({ "purpose": "x" })).by(&street).send().is_problem(412, "version-stale");
    let moved = patch(json!({ "division": SIBLING, "scopes": ["check_ins.write"], "ends_on": "2030-01-01" }));
    assert_eq!((&moved.is(200).body["version"], &moved.body["division"]), (&json!(2), &json!(SIBLING)));
    let listed = town.get(&format!("/v1/applications?division={PARENT}&status=active")).by(&street).send();
    assert_eq!(listed.is(200).body["items"].as_array().map(Vec::len), Some(2));
    // A session of yesterday makes no secret.
    town.clock.advance(TimeDelta::minutes(16));
    let again = town.gate.tokens().sign(street.account, street.session, town.now()).expect("a token");
    let secret = town.call("POST", &format!("{at}/secrets")).token(&again).send();
    secret.is_problem(403, "sign-in-not-recent");
}

/// The table of scopes is what the policy says, and nothing but it opens an operation to an application.
#[test]
fn scopes_open_operations_that_exist_and_none_that_a_person_alone_may() {
    let rows = policy::rows();
    for scope in AccessScope::ALL {
        for operation in scope.operations() {
            let is_there = rows.iter().any(|row| row.operation == *operation);
            assert!(is_there, "{operation}");
        }
    }
    let reach = |row: &policy::Row, wanted: Role| {
        row.reaches.iter().find(|(role, _)| *role == wanted).map(|(_, reach)| *reach)
    };
    for row in &rows {
        let expected = match AccessScope::opening(row.operation) {
            _ if reach(row, Role::Visitor) == Some(Reach::Everywhere) => Reach::Everywhere,
            Some(scope) => scope.reach(),
            None => Reach::Never,
        };
        assert_eq!(reach(row, Role::Application), Some(expected), "{}", row.operation);
    }
}
