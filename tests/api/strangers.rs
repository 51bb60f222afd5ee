//! Who has an account is told to no stranger: numbers that have one are answered as those that have none.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sign_in::{code_of, totp};
use crate::support::archive::with;
use crate::support::{Person, Reply, Town};

const UNKNOWN: &str = "+8613611111111";

/// What an answer tells: its status, which header fields it has, its body without what is new each time.
fn told(reply: &Reply) -> (u16, BTreeSet<String>, Value) {
    let mut body = reply.body.clone();
    body["request_id"] = Value::Null;
    (reply.status, reply.headers.keys().map(ToString::to_string).collect(), body)
}

fn sign_in(town: &Town, phone: &str, more: Value) -> Reply {
    town.post("/v1/auth/sessions", with(json!({ "phone": phone }), more)).send()
}

fn ask_for_code(town: &Town, phone: &str) -> Reply {
    town.post("/v1/auth/otps", json!({ "phone": phone })).send()
}

/// Gives somebody a second factor.
fn set_up(town: &Town, person: &Person) {
    let begun = town.post("/v1/me/totp", json!({})).by(person).send();
    let url = begun.is(201).body["url"].as_str().expect("an address");
    let code = totp(url, town.now().timestamp());
    town.post("/v1/me/totp/confirmation", json!({ "code": code })).by(person).send().is(201);
}

#[test]
fn a_wrong_password_is_answered_alike_and_as_slowly_whatever_the_number_has() {
    let town = Town::new();
    let (plain, with_password, with_totp) = (town.resident(), town.with_password(), town.with_password());
    set_up(&town, &with_totp);
    let phones = [UNKNOWN, &plain.phone, &with_password.phone, &with_totp.phone];
    let mut took: [Vec<Duration>; 4] = [const { Vec::new() }; 4];
    // With the code of an app that is not theirs in the last round.
    for more in [json!({}), json!({}), json!({}), json!({}), json!({ "totp": "123456" })] {
        let mut first = None;
        for (phone, took) in phones.into_iter().zip(&mut took) {
            let draft = with(json!({ "password": "wrong-wrong-wrong" }), more.clone());
            let began = Instant::now();
            let reply = sign_in(&town, phone, draft);
            took.push(began.elapsed());
            reply.is_problem(401, "credentials-wrong");
            assert_eq!(told(&reply), *first.get_or_insert_with(|| told(&reply)), "{phone}");
        }
    }
    // Each pays for one argon2; a shortcut would be twenty times as fast.
    let medians = took.map(|mut took| {
        took.sort();
        took[2]
    });
    let (least, most) = (medians.iter().min().expect("four"), medians.iter().max().expect("four"));
    assert!(*least * 3 > *most, "{medians:?}");
    let locked = phones.map(|phone| sign_in(&town, phone, json!({ "password": "wrong-wrong-wrong" })));
    for reply in &locked {
        assert_eq!(told(reply.is_problem(429, "sign-in-locked")), told(&locked[0]));
    }
}

#[test]
fn a_code_that_lets_nobody_in_is_answered_alike_whatever_the_number_has() {
    let town = Town::new();
    let (silent, asking, unknown_asking) = (town.resident(), town.resident(), "+8613622222222");
    let codes = [asking.phone.as_str(), unknown_asking].map(|phone| {
        ask_for_code(&town, phone).is(202);
        code_of(&town, phone)
    });
    let wrong = (0..).map(|n| format!("{n:06}")).find(|code| !codes.contains(code)).expect("another code");
    let by_code = |phone: &str, code: &str| sign_in(&town, phone, json!({ "otp": code }));
    let replies = [
        by_code(UNKNOWN, &wrong),
        by_code(unknown_asking, &wrong),
        by_code(&silent.phone, &wrong),
        by_code(&asking.phone, &wrong),
        // Nor does the right one tell that there is no account.
        by_code(unknown_asking, &codes[1]),
    ];
    for reply in &replies {
        assert_eq!(told(reply.is_problem(401, "credentials-wrong")), told(&replies[0]));
    }
    by_code(&asking.phone, &codes[0]).is(201);
}

#[test]
fn a_code_is_asked_for_alike_whatever_the_number_has() {
    let town = Town::new();
    let (plain, with_password, with_totp) = (town.resident(), town.with_password(), town.with_password());
    set_up(&town, &with_totp);
    let phones = [UNKNOWN, &plain.phone, &with_password.phone, &with_totp.phone];
    let sent = phones.map(|phone| ask_for_code(&town, phone));
    let too_soon = phones.map(|phone| ask_for_code(&town, phone));
    for reply in &sent {
        assert_eq!(told(reply.is(202)), told(&sent[0]));
    }
    for reply in &too_soon {
        assert_eq!(told(reply.is_problem(429, "otp-too-many")), told(&too_soon[0]));
    }
    assert_eq!(town.count("SELECT count(*) FROM otps"), 4);
}
