//! What must not be guessed, kept or told: guesses at once, forgotten passwords, secrets at rest.

use std::thread;

use chrono::TimeDelta;
use serde_json::json;

use crate::sign_in::{PASSWORD, code_of, sign_in};
use crate::support::Town;
use crate::support::archive::with;

#[test]
fn no_number_password_code_or_token_stands_in_the_database() {
    let town = Town::new();
    let person = town.with_password();
    let session = sign_in(&town, &person, PASSWORD);
    let digits = person.phone.trim_start_matches("+86");
    let secrets = [digits, PASSWORD, session.body["refresh_token"].as_str().unwrap()];
    sign_in(&town, &person, "wrong-wrong-wrong").is_problem(401, "credentials-wrong");
    for table in
        ["accounts", "sessions", "refresh_tokens", "otps", "audit_events", "outbox", "idempotency_keys"]
    {
        for secret in secrets {
            let found =
                town.count(&format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%'"));
            assert_eq!(found, 0, "{table} holds {secret}");
        }
    }
}

#[test]
fn a_hundred_guesses_at_once_count_as_a_hundred() {
    let town = Town::with(|settings| settings.seats = 4);
    let person = town.with_password();
    let codes: Vec<u16> = thread::scope(|scope| {
        let guess = || sign_in(&town, &person, "wrong-wrong-wrong").status;
        let threads: Vec<_> = (0..24).map(|_| scope.spawn(guess)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a reply")).collect()
    });
    assert!(codes.iter().filter(|status| **status == 401).count() <= 5, "{codes:?}");
    sign_in(&town, &person, PASSWORD).is_problem(429, "sign-in-locked");
}

#[test]
fn nobody_locks_a_stranger_out_of_signing_in_by_code() {
    let town = Town::new();
    let person = town.with_password();
    for _ in 0..5 {
        sign_in(&town, &person, "wrong-wrong-wrong").is_problem(401, "credentials-wrong");
    }
    sign_in(&town, &person, PASSWORD).is_problem(429, "sign-in-locked");
    town.post("/v1/auth/otps", json!({ "phone": person.phone })).send().is(202);
    let otp = code_of(&town, &person.phone);
    town.post("/v1/auth/sessions", json!({ "phone": person.phone, "otp": otp })).send().is(201);
    town.post("/v1/auth/sessions", json!({ "phone": person.phone })).send().is_problem(422, "field-invalid");
}

#[test]
fn a_forgotten_password_is_replaced_by_a_code() {
    let town = Town::new();
    let person = town.with_password();
    town.post("/v1/auth/otps", json!({ "phone": person.phone })).send().is(202);
    let otp = code_of(&town, &person.phone);
    let put = |otp: &str| {
        let draft = json!({ "password": "quiet-lane-77-lamp", "otp": otp });
        town.call("PUT", "/v1/me/password").json(&draft).by(&person).send()
    };
    put(if otp == "000000" { "111111" } else { "000000" }).is_problem(422, "otp-wrong");
    sign_in(&town, &person, PASSWORD).is(201);
    put(&otp).is(204);
    sign_in(&town, &person, "quiet-lane-77-lamp").is(201);
}

#[test]
fn a_stolen_token_sets_no_first_password() {
    let town = Town::new();
    let person = town.resident();
    let put = |more: serde_json::Value| {
        let draft = with(json!({ "password": "quiet-lane-77-lamp" }), more);
        town.call("PUT", "/v1/me/password").json(&draft).by(&person).send()
    };
    for nothing in [json!({}), json!({ "current_password": PASSWORD })] {
        let refused = put(nothing);
        refused.is_problem(422, "field-invalid");
        assert_eq!(refused.body["errors"][0]["pointer"], "/otp");
    }
    sign_in(&town, &person, "quiet-lane-77-lamp").is_problem(401, "credentials-wrong");
    town.post("/v1/auth/otps", json!({ "phone": person.phone })).send().is(202);
    put(json!({ "otp": code_of(&town, &person.phone) })).is(204);
    sign_in(&town, &person, "quiet-lane-77-lamp").is(201);
}

#[test]
fn a_stolen_token_sets_up_no_second_factor() {
    let town = Town::new();
    let person = town.resident();
    town.clock.advance(TimeDelta::minutes(16));
    let token = town.gate.tokens().sign(person.account, person.session, town.now()).expect("a token");
    town.post("/v1/me/totp", json!({})).token(&token).send().is_problem(403, "sign-in-not-recent");
}

#[test]
fn the_grace_of_a_lost_answer_leaves_one_token_that_counts() {
    let town = Town::new();
    let person = town.with_password();
    let first = sign_in(&town, &person, PASSWORD);
    let refresh =
        |token: &serde_json::Value| town.post("/v1/auth/tokens", json!({ "refresh_token": token })).send();
    let second = refresh(&first.is(201).body["refresh_token"]);
    let third = refresh(&first.body["refresh_token"]);
    town.clock.advance(TimeDelta::seconds(11));
    // Whoever holds the second was overtaken: one of the two is a thief.
    refresh(&second.is(201).body["refresh_token"]).is_problem(401, "refresh-token-invalid");
    refresh(&third.is(201).body["refresh_token"]).is_problem(401, "refresh-token-invalid");
}
