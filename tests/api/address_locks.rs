//! Guesses from one address at many numbers: fifty of them lock the address, and no other.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::sign_in::PASSWORD;
use crate::support::{Reply, Town};

const HERE: &str = "203.0.113.7";
const THERE: &str = "203.0.113.8";

fn sign_in(town: &Town, from: &str, draft: &Value) -> Reply {
    town.post("/v1/auth/sessions", draft.clone()).header("X-Forwarded-For", from).send()
}

/// A wrong guess at one of many numbers, by a code, since a password is dear to check.
fn guess(town: &Town, from: &str, number: usize) -> Reply {
    let phone = format!("+86137200000{number:02}");
    sign_in(town, from, &json!({ "phone": phone, "otp": "123456" }))
}

/// In how many seconds the next attempt is judged.
#[track_caller]
fn told_to_wait(refused: &Reply) -> i64 {
    refused.is_problem(429, "sign-in-locked").header("retry-after").parse().expect("seconds")
}

#[test]
fn fifty_failures_at_many_numbers_lock_their_address_for_five_minutes() {
    let town = Town::with(|settings| {
        settings.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
    });
    let person = town.with_password();
    let right = json!({ "phone": person.phone, "password": PASSWORD });
    let wrong = json!({ "phone": "+8613720000099", "password": "wrong-wrong-wrong" });
    for number in 0..49 {
        guess(&town, HERE, number).is_problem(401, "credentials-wrong");
    }
    // Not yet locked; and who signs in has nothing forgiven for the address.
    sign_in(&town, HERE, &right).is(201);
    // By password and by code they count together.
    sign_in(&town, HERE, &wrong).is_problem(401, "credentials-wrong");
    for refused in [sign_in(&town, HERE, &wrong), guess(&town, HERE, 50), sign_in(&town, HERE, &right)] {
        let wait = told_to_wait(&refused);
        assert!((200..=300).contains(&wait), "{wait}");
    }
    let events = |code: &str| {
        town.count(&format!(
            "SELECT count(*) FROM audit_events WHERE action = 'create_session' AND resource_id = 'unknown'
                 AND detail = '{{\"code\": \"{code}\"}}'"
        ))
    };
    assert_eq!((events("credentials-wrong"), events("sign-in-locked")), (50, 1));
    // Another address is judged as ever.
    sign_in(&town, THERE, &wrong).is_problem(401, "credentials-wrong");
    sign_in(&town, THERE, &right).is(201);
    town.clock.advance(TimeDelta::minutes(4));
    assert!(told_to_wait(&sign_in(&town, HERE, &right)) <= 60);
    town.clock.advance(TimeDelta::minutes(1));
    sign_in(&town, HERE, &right).is(201);
    // The address begins anew: one more failure is no lock.
    for number in 51..53 {
        guess(&town, HERE, number).is_problem(401, "credentials-wrong");
    }
}
