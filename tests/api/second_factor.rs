//! The second factor and what is done when it is lost: recovery codes, taking it away, resets by others.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::sign_in::{PASSWORD, sign_in, totp};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, Town};

fn begin(town: &Town, person: &Person) -> Reply {
    town.post("/v1/me/totp", json!({})).by(person).send()
}

fn confirm(town: &Town, person: &Person, code: &str) -> Reply {
    town.post("/v1/me/totp/confirmation", json!({ "code": code })).by(person).send()
}

/// What the app shows now.
fn shown(town: &Town, url: &str) -> String {
    totp(url, town.now().timestamp())
}

/// Sets up a second factor for somebody; its address, and the answer that showed the recovery codes.
fn set_up(town: &Town, person: &Person) -> (String, Reply) {
    let url = begin(town, person).is(201).body["url"].as_str().expect("an address").to_owned();
    let confirmed = confirm(town, person, &shown(town, &url));
    confirmed.is(201);
    (url, confirmed)
}

fn codes(reply: &Reply) -> Vec<String> {
    let codes = reply.is(201).body["recovery_codes"].as_array().cloned().unwrap_or_default();
    codes.iter().filter_map(|code| code.as_str().map(ToOwned::to_owned)).collect()
}

fn recover(town: &Town, person: &Person, code: &str) -> Reply {
    let draft = json!({ "phone": person.phone, "password": PASSWORD, "recovery_code": code });
    town.post("/v1/auth/sessions", draft).send()
}

fn token(reply: &Reply) -> String {
    reply.is(201).body["access_token"].as_str().expect("a token").to_owned()
}

fn left(town: &Town, token: &str) -> Value {
    town.get("/v1/me").token(token).send().is(200).body["second_factor"]["recovery_codes_left"].clone()
}

fn reset(town: &Town, by: &Person, phone: &str) -> Reply {
    town.post("/v1/totp-resets", json!({ "phone": phone, "reason": "device_lost" })).by(by).send()
}

#[test]
fn a_recovery_code_stands_in_for_the_app_once() {
    let town = Town::new();
    let person = town.with_password();
    town.appoint(&person, Role::CommitteeHead, OWN);
    let (_, shown) = set_up(&town, &person);
    assert_eq!(shown.header("cache-control"), "no-store");
    let codes = codes(&shown);
    let mut different = codes.clone();
    different.sort();
    different.dedup();
    assert_eq!((codes.len(), different.len()), (10, 10));
    assert_eq!(town.count("SELECT count(*) FROM recovery_codes r WHERE r::text LIKE '%-%-%-%-%'"), 10);
    for code in &codes {
        let found =
            town.count(&format!("SELECT count(*) FROM recovery_codes r WHERE r::text LIKE '%{code}%'"));
        assert_eq!(found, 0, "a code is kept as it is");
    }
    sign_in(&town, &person, PASSWORD).is_problem(401, "second-factor-needed");
    let strong = token(&recover(&town, &person, &codes[0].to_lowercase().replace('-', "")));
    assert_eq!(left(&town, &strong), 9);
    town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": "x" })).token(&strong).send().is(200);
    recover(&town, &person, &codes[0]).is_problem(401, "credentials-wrong");
    // Another's code is nobody else's.
    let other = town.with_password();
    set_up(&town, &other);
    recover(&town, &other, &codes[1]).is_problem(401, "credentials-wrong");
    recover(&town, &person, &codes[1]).is(201);
    assert_eq!(
        town.text("SELECT detail ->> 'by_recovery_code' FROM audit_events WHERE action = 'create_session' AND resource_id <> 'unknown' AND detail ? 'by_recovery_code' ORDER BY id DESC LIMIT 1"),
        "true"
    );
}

#[test]
fn a_wrong_code_confirms_nothing_and_the_right_one_still_does() {
    let town = Town::new();
    let person = town.with_password();
    confirm(&town, &person, "000000").is_problem(422, "totp-wrong");
    let begun = begin(&town, &person);
    let url = begun.is(201).body["url"].as_str().expect("an address");
    // None of what the app shows for some minutes.
    let now = town.now().timestamp();
    let right: Vec<String> = (-5..=5).map(|step| totp(url, now + 30 * step)).collect();
    let wrong = (0..).map(|n| format!("{n:06}")).find(|code| !right.contains(code)).expect("another code");
    let refused = confirm(&town, &person, &wrong);
    assert_eq!(refused.is_problem(422, "totp-wrong").body["errors"][0]["pointer"], "/code");
    let me = town.get("/v1/me").by(&person).send();
    assert_eq!(me.is(200).body["second_factor"]["since"], Value::Null);
    assert_eq!(town.count("SELECT count(*) FROM recovery_codes"), 0);
    sign_in(&town, &person, PASSWORD).is(201);
    confirm(&town, &person, &shown(&town, url)).is(201);
    sign_in(&town, &person, PASSWORD).is_problem(401, "second-factor-needed");
}

#[test]
fn a_second_factor_that_is_there_is_neither_begun_anew_nor_confirmed_again() {
    let town = Town::new();
    let person = town.with_password();
    let (url, confirmed) = set_up(&town, &person);
    let codes = codes(&confirmed);
    town.clock.advance(TimeDelta::seconds(30));
    begin(&town, &person).is_problem(409, "totp-exists");
    confirm(&town, &person, &shown(&town, &url)).is_problem(409, "totp-exists");
    // It is the same as before, and the code was not used up.
    let draft = json!({ "phone": person.phone, "password": PASSWORD, "totp": shown(&town, &url) });
    town.post("/v1/auth/sessions", draft).send().is(201);
    recover(&town, &person, &codes[9]).is(201);
}

#[test]
fn guesses_at_recovery_codes_are_slowed_down() {
    let town = Town::new();
    let person = town.with_password();
    let right = codes(&set_up(&town, &person).1);
    for _ in 0..5 {
        recover(&town, &person, "00000-00000").is_problem(401, "credentials-wrong");
    }
    recover(&town, &person, &right[0]).is_problem(429, "sign-in-locked");
    recover(&town, &person, "0000").is_problem(422, "field-invalid");
    town.clock.advance(TimeDelta::seconds(61));
    recover(&town, &person, &right[0]).is(201);
}

#[test]
fn one_code_used_twice_at_once_lets_one_in() {
    let town = Town::with(|settings| settings.seats = 4);
    let person = town.with_password();
    let codes = codes(&set_up(&town, &person).1);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let attempts: Vec<_> =
            (0..4).map(|_| scope.spawn(|| recover(&town, &person, &codes[3]).status)).collect();
        attempts.into_iter().map(|attempt| attempt.join().expect("a reply")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
}

#[test]
fn a_new_set_of_codes_asks_for_a_fresh_and_strong_session() {
    let town = Town::new();
    let person = town.with_password();
    let renew = |token: &str| town.post("/v1/me/totp/recovery-codes", json!({})).token(token).send();
    renew(&person.token).is_problem(409, "totp-missing");
    let weak = token(&sign_in(&town, &person, PASSWORD));
    let old = codes(&set_up(&town, &person).1);
    renew(&weak).is_problem(403, "sign-in-without-second-factor");
    let new = renew(&person.token);
    assert_eq!(new.header("cache-control"), "no-store");
    let new = codes(&new);
    assert_eq!(new.len(), 10);
    recover(&town, &person, &old[0]).is_problem(401, "credentials-wrong");
    let strong = recover(&town, &person, &new[0]);
    let token_before = token(&strong);
    town.clock.advance(TimeDelta::minutes(16));
    let refreshed =
        town.post("/v1/auth/tokens", json!({ "refresh_token": strong.body["refresh_token"] })).send();
    renew(&token(&refreshed)).is_problem(403, "sign-in-not-recent");
    assert_ne!(token_before, token(&refreshed));
}

#[test]
fn a_lost_authenticator_is_replaced_by_its_owner() {
    let town = Town::new();
    let person = town.with_password();
    town.appoint(&person, Role::CommitteeHead, OWN);
    let delete = |token: &str| town.call("DELETE", "/v1/me/totp").token(token).send();
    let weak = token(&sign_in(&town, &person, PASSWORD));
    delete(&person.token).is_problem(409, "totp-missing");
    let codes = codes(&set_up(&town, &person).1);
    delete(&weak).is_problem(403, "sign-in-without-second-factor");
    let strong = token(&recover(&town, &person, &codes[0]));
    delete(&strong).is(204);
    // No session counts as strong any more: writes feel it at once.
    let change = |token: &str| {
        town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": "x" })).token(token).send()
    };
    change(&strong).is_problem(403, "forbidden");
    assert_eq!(town.count("SELECT count(*) FROM recovery_codes"), 0);
    let fresh = Person { token: strong, ..person.clone() };
    let (url, _) = set_up(&town, &fresh);
    town.clock.advance(TimeDelta::seconds(30));
    let code = totp(&url, town.now().timestamp());
    let draft = json!({ "phone": person.phone, "password": PASSWORD, "totp": code });
    change(&token(&town.post("/v1/auth/sessions", draft).send())).is(200);
}

#[test]
fn the_security_administrator_resets_whoever_lost_both() {
    let town = Town::new();
    let admin = town.staff(Role::SecurityAdmin, PARENT);
    let head = town.with_password();
    town.appoint(&head, Role::CommitteeHead, OWN);
    reset(&town, &admin, &head.phone).is_problem(409, "totp-missing");
    set_up(&town, &head);
    let done = reset(&town, &admin, &head.phone);
    assert_eq!(done.is(201).body["account"], json!(head.account));
    town.patch("/v1/me", "*", json!({ "language": "en" }))
        .by(&head)
        .send()
        .is_problem(401, "unauthenticated");
    town.clock.advance(TimeDelta::seconds(5));
    town.get("/v1/me").by(&head).send().is_problem(401, "unauthenticated");
    let weak = token(&sign_in(&town, &head, PASSWORD));
    assert_eq!(town.get("/v1/me").token(&weak).send().body["second_factor"]["is_lacking"], true);
    set_up(&town, &Person { token: weak, ..head.clone() });
    let event = "FROM audit_events WHERE action = 'create_totp_reset'";
    assert_eq!(
        town.text(&format!(
            "SELECT concat_ws(' ', account_id, resource, resource_id, division, detail ->> 'reason') {event}"
        )),
        format!("{} totp-resets {} {OWN} device_lost", admin.account, head.account)
    );
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'account.totp_reset'"), 1);
}

#[test]
fn a_reset_reaches_no_farther_than_its_post() {
    let town = Town::new();
    let (admin, city) = (town.staff(Role::SecurityAdmin, PARENT), town.staff(Role::SecurityAdmin, CITY));
    let with_factor = |posts: &[(Role, &str)]| {
        let person = town.with_password();
        posts.iter().for_each(|(role, division)| town.appoint(&person, *role, division));
        set_up(&town, &person);
        person
    };
    let elsewhere = with_factor(&[(Role::CommitteeHead, ELSEWHERE)]);
    let both = with_factor(&[(Role::CommitteeHead, OWN), (Role::Mediator, ELSEWHERE)]);
    let resident = with_factor(&[]);
    // Who is out of range looks like nobody.
    for phone in ["+8613512345678", &elsewhere.phone, &both.phone, &resident.phone] {
        reset(&town, &admin, phone).is_problem(404, "not-found");
    }
    for person in [&elsewhere, &both, &resident] {
        reset(&town, &city, &person.phone).is(201);
    }
    for role in [Role::SecurityAdmin, Role::Auditor] {
        let peer = with_factor(&[(role, OWN)]);
        reset(&town, &admin, &peer.phone).is_problem(403, "totp-reset-reserved");
        reset(&town, &city, &peer.phone).is_problem(403, "totp-reset-reserved");
    }
    let other = with_factor(&[(Role::CommitteeHead, OWN)]);
    for role in [Role::SystemAdmin, Role::Auditor, Role::CityOfficer] {
        reset(&town, &town.staff(role, CITY), &other.phone).is_problem(403, "forbidden");
    }
    reset(&town, &admin, &admin.phone).is_problem(409, "totp-reset-own");
    assert_eq!(town.count("SELECT count(*) FROM accounts WHERE totp_since IS NOT NULL"), 3);
}

#[test]
fn the_operator_resets_on_the_command_line() {
    let town = Town::new();
    let auditor = town.with_password();
    town.appoint(&auditor, Role::Auditor, CITY);
    let run = |phone: &str| town.lilong(&["accounts", "reset-totp", "--phone", phone], "");
    assert!(!run(&auditor.phone).status.success(), "there is no second factor yet");
    set_up(&town, &auditor);
    assert!(!run("+8613512345678").status.success());
    let output = run(&auditor.phone);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    town.clock.advance(TimeDelta::seconds(5));
    town.get("/v1/me").by(&auditor).send().is_problem(401, "unauthenticated");
    sign_in(&town, &auditor, PASSWORD).is(201);
    let events = "SELECT count(*) FROM audit_events WHERE request_id = 'command-line' AND action = 'create_totp_reset'";
    assert_eq!(town.count(events), 1);
}
