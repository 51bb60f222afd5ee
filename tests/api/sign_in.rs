//! One-time codes, accounts, sessions, refresh tokens, passwords, second factors.

use std::time::Instant;

use chrono::TimeDelta;
use diesel::prelude::*;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::{OWN, Person, Reply, Town};

pub const PASSWORD: &str = "lane-lantern-42";

/// The code is never answered or kept, so the test tries what the hash says.
pub fn code_of(town: &Town, phone: &str) -> String {
    use lilong::schema::otps::dsl;
    let hash: Vec<u8> = dsl::otps
        .order(dsl::created_at.desc())
        .select(dsl::code_hash)
        .first(&mut town.owner())
        .expect("a code");
    let fits =
        |code: &String| town.gate.ring().hash("otp", &[phone.as_bytes(), code.as_bytes()]).as_slice() == hash;
    (0..1_000_000).map(|n| format!("{n:06}")).find(fits).expect("six digits")
}

pub fn sign_in(town: &Town, person: &Person, password: &str) -> Reply {
    town.post("/v1/auth/sessions", json!({ "phone": person.phone, "password": password })).send()
}

#[test]
fn a_number_becomes_an_account_by_a_code_and_signs_in() {
    let town = Town::new();
    let phone = "+8613700000001";
    let asked = town.post("/v1/auth/otps", json!({ "phone": phone })).send();
    assert_eq!(asked.is(202).body["expires_in"], 600);
    let otp = code_of(&town, phone);
    let draft = json!({ "phone": phone, "otp": otp, "display_name": "王师傅", "password": PASSWORD });
    let wrong = json!({ "phone": phone, "otp": if otp == "000000" { "000001" } else { "000000" }, "display_name": "x" });
    town.post("/v1/accounts", wrong).send().is_problem(422, "otp-wrong");
    town.post("/v1/accounts", draft.clone()).send().is(201);
    town.post("/v1/accounts", draft).send().is_problem(422, "otp-wrong");
    let session =
        town.post("/v1/auth/sessions", json!({ "phone": "13700000001", "password": PASSWORD })).send();
    assert_eq!(session.is(201).header("cache-control"), "no-store");
    let me = town.get("/v1/me").token(session.body["access_token"].as_str().unwrap()).send();
    assert_eq!(me.is(200).body["phone"], "+86 137****0001");
    assert!(!me.text.contains("13700000001"));
}

#[test]
fn codes_are_capped_and_guesses_are_counted() {
    let town = Town::new();
    let phone = "+8613700000002";
    town.post("/v1/auth/otps", json!({ "phone": phone })).send().is(202);
    let again = town.post("/v1/auth/otps", json!({ "phone": phone })).send();
    assert!(again.is_problem(429, "otp-too-many").header("retry-after").parse::<u64>().unwrap() <= 60);
    let right = code_of(&town, phone);
    let wrong = if right == "111111" { "222222" } else { "111111" };
    let draft = |otp: &str| json!({ "phone": phone, "otp": otp, "display_name": "x" });
    for _ in 0..5 {
        town.post("/v1/accounts", draft(wrong)).send().is_problem(422, "otp-wrong");
    }
    town.post("/v1/accounts", draft(&right)).send().is_problem(422, "otp-wrong");
    town.clock.advance(TimeDelta::seconds(61));
    town.post("/v1/auth/otps", json!({ "phone": phone })).send().is(202);
    let fresh = code_of(&town, phone);
    town.clock.advance(TimeDelta::minutes(11));
    town.post("/v1/accounts", draft(&fresh)).send().is_problem(422, "otp-wrong");
}

/// In how many seconds another code may be asked for.
#[track_caller]
fn told_to_wait(refused: &Reply) -> i64 {
    refused.is_problem(429, "otp-too-many").header("retry-after").parse().expect("seconds")
}

#[test]
fn a_number_gets_five_codes_an_hour_and_another_number_still_gets_one() {
    let town = Town::new();
    let ask = |phone: &str| town.post("/v1/auth/otps", json!({ "phone": phone })).send();
    let phone = "+8613700000003";
    for _ in 0..5 {
        ask(phone).is(202);
        town.clock.advance(TimeDelta::seconds(61));
    }
    // Until the first of them is an hour old, less what this test took.
    let wait = told_to_wait(&ask(phone));
    assert!((3_600 - 5 * 61 - 30..=3_600 - 5 * 61).contains(&wait), "{wait}");
    ask("+8613700000004").is(202);
    town.clock.advance(TimeDelta::seconds(wait - 60));
    assert!(told_to_wait(&ask(phone)) <= 60);
    town.clock.advance(TimeDelta::seconds(61));
    ask(phone).is(202);
}

#[test]
fn an_address_gets_sixty_codes_an_hour_and_another_address_still_gets_one() {
    let town = Town::with(|settings| {
        settings.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
    });
    let ask = |phone: &str, from: &str| {
        town.post("/v1/auth/otps", json!({ "phone": phone })).header("X-Forwarded-For", from).send()
    };
    let (here, there, phone) = ("203.0.113.7", "203.0.113.8", "+8613700000005");
    for n in 0..60 {
        ask(&format!("+86137100000{n:02}"), here).is(202);
    }
    let wait = told_to_wait(&ask(phone, here));
    assert_eq!(wait, 3_600);
    // What was refused is not counted for the number.
    ask(phone, there).is(202);
    town.clock.advance(TimeDelta::seconds(wait - 60));
    told_to_wait(&ask(phone, here));
    town.clock.advance(TimeDelta::seconds(61));
    ask(phone, here).is(202);
}

#[test]
fn refresh_tokens_rotate_and_an_old_one_ends_the_family() {
    let town = Town::new();
    let person = town.with_password();
    let first = sign_in(&town, &person, PASSWORD);
    let refresh = |token: &Value| town.post("/v1/auth/tokens", json!({ "refresh_token": token })).send();
    let second = refresh(&first.is(201).body["refresh_token"]);
    second.is(201);
    // A lost answer: within ten seconds the old one is answered again.
    refresh(&first.body["refresh_token"]).is(201);
    town.clock.advance(TimeDelta::seconds(11));
    refresh(&first.body["refresh_token"]).is_problem(401, "refresh-token-invalid");
    refresh(&second.body["refresh_token"]).is_problem(401, "refresh-token-invalid");
    town.clock.advance(TimeDelta::seconds(6));
    let token = second.body["access_token"].as_str().unwrap();
    town.get("/v1/me").token(token).send().is_problem(401, "unauthenticated");
}

#[test]
fn a_session_ends_after_thirty_idle_days_and_ninety_in_all() {
    let town = Town::new();
    let person = town.with_password();
    let mut session = sign_in(&town, &person, PASSWORD);
    for _ in 0..3 {
        town.clock.advance(TimeDelta::days(29));
        session = town
            .post("/v1/auth/tokens", json!({ "refresh_token": session.is(201).body["refresh_token"] }))
            .send();
    }
    town.clock.advance(TimeDelta::days(4));
    let last = town
        .post("/v1/auth/tokens", json!({ "refresh_token": session.is(201).body["refresh_token"] }))
        .send();
    last.is_problem(401, "refresh-token-invalid");
}

#[test]
fn guessing_is_slowed_alike_for_known_and_unknown_numbers() {
    let town = Town::new();
    let person = town.with_password();
    let guess = |phone: &str| {
        let began = Instant::now();
        let reply =
            town.post("/v1/auth/sessions", json!({ "phone": phone, "password": "wrong-wrong-wrong" })).send();
        (reply, began.elapsed())
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let (reply, took) = guess(&person.phone);
        let (other, other_took) = guess("+8613611111111");
        reply.is_problem(401, "credentials-wrong");
        assert_eq!((other.status, other.body["title"].clone()), (reply.status, reply.body["title"].clone()));
        known.push(took);
        unknown.push(other_took);
    }
    // Both pay for one argon2; a shortcut would be twenty times as fast.
    known.sort();
    unknown.sort();
    assert!(unknown[2] * 3 > known[2] && known[2] * 3 > unknown[2], "{known:?} {unknown:?}");
    for phone in [person.phone.as_str(), "+8613611111111"] {
        let locked = guess(phone).0;
        assert!(locked.is_problem(429, "sign-in-locked").header("retry-after").parse::<u64>().unwrap() <= 60);
    }
    town.clock.advance(TimeDelta::seconds(61));
    sign_in(&town, &person, PASSWORD).is(201);
}

#[test]
fn signing_out_is_felt_within_five_seconds() {
    let town = Town::new();
    let person = town.with_password();
    let session = sign_in(&town, &person, PASSWORD);
    let token = session.body["access_token"].as_str().unwrap();
    let list = town.get("/v1/auth/sessions").token(token).send();
    let current = list.body["items"].as_array().unwrap().iter().find(|s| s["is_current"] == true).unwrap();
    let path = format!("/v1/auth/sessions/{}", current["id"].as_str().unwrap());
    town.call("DELETE", &path).by(&town.resident()).send().is_problem(404, "not-found");
    town.call("DELETE", &path).token(token).send().is(204);
    town.clock.advance(TimeDelta::seconds(5));
    town.get("/v1/me").token(token).send().is_problem(401, "unauthenticated");
}

#[test]
fn staff_without_a_second_factor_are_residents() {
    let town = Town::new();
    let worker = town.with_password();
    town.appoint(&worker, Role::CommitteeHead, OWN);
    let weak = sign_in(&town, &worker, PASSWORD);
    let token = weak.is(201).body["access_token"].as_str().unwrap();
    let me = town.get("/v1/me").token(token).send();
    assert_eq!(
        me.body["second_factor"],
        json!({ "since": null, "is_lacking": true, "recovery_codes_left": null })
    );
    let change = |token: &str| {
        town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": "x" })).token(token).send()
    };
    change(token).is_problem(403, "forbidden");
    let url = town.post("/v1/me/totp", json!({})).token(token).send().is(201).body["url"].clone();
    let code = totp(url.as_str().unwrap(), town.now().timestamp());
    town.post("/v1/me/totp/confirmation", json!({ "code": code })).token(token).send().is(201);
    sign_in(&town, &worker, PASSWORD).is_problem(401, "second-factor-needed");
    let with = |code: &str| {
        let draft = json!({ "phone": worker.phone, "password": PASSWORD, "totp": code });
        town.post("/v1/auth/sessions", draft).send()
    };
    with(&code).is_problem(401, "credentials-wrong");
    town.clock.advance(TimeDelta::seconds(30));
    let strong = with(&totp(url.as_str().unwrap(), town.now().timestamp()));
    change(strong.is(201).body["access_token"].as_str().unwrap()).is(200);
}

/// What the authenticator app shows.
pub fn totp(url: &str, at: i64) -> String {
    let totp = totp_rs::Totp::from_url(url).expect("an address of an authenticator");
    totp.generate(at as u64).to_string()
}

#[test]
fn sessions_are_told_apart_by_their_devices_and_outlive_a_new_post() {
    let town = Town::new();
    let person = town.with_password();
    let on = |device: &str| {
        let draft = json!({ "phone": person.phone, "password": PASSWORD, "device": device });
        town.post("/v1/auth/sessions", draft).send()
    };
    let (phone, tablet) = (on("陈阿姨的手机"), on("平板"));
    let token = phone.is(201).body["access_token"].as_str().unwrap();
    let list = town.get("/v1/auth/sessions").token(token).send();
    let items = list.is(200).body["items"].as_array().cloned().unwrap();
    let told: Vec<_> =
        items.iter().map(|item| (item["device"].as_str().unwrap(), item["is_current"] == true)).collect();
    assert_eq!(told, [("平板", false), ("陈阿姨的手机", true), ("", false)], "newest first");
    town.appoint(&person, Role::CommitteeHead, OWN);
    town.clock.advance(TimeDelta::seconds(5));
    let me = town.get("/v1/me").token(token).send();
    // The post is listed at once, and counts only with a second factor.
    assert_eq!(me.is(200).body["posts"].as_array().map(Vec::len), Some(1));
    assert_eq!(me.body["second_factor"]["is_lacking"], true);
    town.post("/v1/auth/tokens", json!({ "refresh_token": tablet.body["refresh_token"] })).send().is(201);
}

#[test]
fn a_new_password_asks_for_the_old_one_and_ends_other_sessions() {
    let town = Town::new();
    let person = town.with_password();
    let other = sign_in(&town, &person, PASSWORD);
    let put = |body: Value| town.call("PUT", "/v1/me/password").json(&body).by(&person).send();
    put(json!({ "password": "quiet-lane-77-lamp" })).is_problem(403, "account-password-wrong");
    put(json!({ "password": "quiet-lane-77-lamp", "current_password": "wrong-wrong" }))
        .is_problem(403, "account-password-wrong");
    put(json!({ "password": "password1", "current_password": PASSWORD })).is_problem(422, "password-weak");
    // What is strong for others is weak for whoever is called so.
    let name = "tqvx-lane-7351-zkwp";
    town.patch("/v1/me", "*", json!({ "display_name": name })).by(&person).send().is(200);
    put(json!({ "password": name, "current_password": PASSWORD })).is_problem(422, "password-weak");
    put(json!({ "password": "quiet-lane-77-lamp", "current_password": PASSWORD })).is(204);
    sign_in(&town, &person, PASSWORD).is_problem(401, "credentials-wrong");
    town.clock.advance(TimeDelta::seconds(5));
    let token = other.body["access_token"].as_str().unwrap();
    town.get("/v1/me").token(token).send().is_problem(401, "unauthenticated");
    town.get("/v1/me").by(&person).send().is(200);
}
