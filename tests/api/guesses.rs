//! Guesses: counted wherever a password is asked for, told to the audit trail, and telling nobody what they hit.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::sign_in::{PASSWORD, code_of, sign_in};
use crate::support::{Person, Reply, Town};

#[test]
fn wrong_current_passwords_are_counted_as_at_signing_in() {
    let town = Town::new();
    let person = town.with_password();
    let put = |current: &str| {
        let body = json!({ "password": "quiet-lane-77-lamp", "current_password": current });
        town.call("PUT", "/v1/me/password").json(&body).by(&person).send()
    };
    for _ in 0..3 {
        put("wrong-wrong-wrong").is_problem(403, "account-password-wrong");
    }
    // The same count: two more at signing in lock both.
    for _ in 0..2 {
        sign_in(&town, &person, "wrong-wrong-wrong").is_problem(401, "credentials-wrong");
    }
    sign_in(&town, &person, PASSWORD).is_problem(429, "sign-in-locked");
    assert!(!put(PASSWORD).is_problem(429, "sign-in-locked").header("retry-after").is_empty());
    town.clock.advance(TimeDelta::seconds(61));
    put(PASSWORD).is(204);
    assert_eq!(
        town.count("SELECT count(*) FROM sign_in_failures WHERE failures >= 5"),
        1,
        "the address only"
    );
}

#[test]
fn failed_sign_ins_stand_in_the_audit_trail_and_do_not_fill_it() {
    let town = Town::new();
    let person = town.with_password();
    let unknown = Person { phone: "+8613611111111".into(), ..person.clone() };
    for _ in 0..20 {
        sign_in(&town, &person, "wrong-wrong-wrong");
        sign_in(&town, &unknown, "wrong-wrong-wrong");
    }
    let failed = |thing: &str, code: &str| {
        town.count(&format!(
            "SELECT count(*) FROM audit_events WHERE action = 'create_session' AND resource = 'sessions'
                 AND account_id IS NULL AND resource_id = '{thing}' AND detail = '{{\"code\": \"{code}\"}}'"
        ))
    };
    for thing in [person.account.to_string(), "unknown".to_owned()] {
        assert_eq!(
            (failed(&thing, "credentials-wrong"), failed(&thing, "sign-in-locked")),
            (5, 1),
            "{thing}"
        );
    }
    assert_eq!(
        town.count("SELECT count(*) FROM audit_events"),
        12,
        "what is refused while locked is no event"
    );
    for phone in [&person.phone, &unknown.phone] {
        let digits = phone.trim_start_matches("+86");
        let told = format!("SELECT count(*) FROM audit_events e WHERE e::text LIKE '%{digits}%'");
        assert_eq!(town.count(&told), 0);
    }
    let auditor = town.staff(Role::Auditor, "310000000000");
    let path = format!("/v1/audit-events?resource=sessions&resource_id={}", person.account);
    let list = town.get(&path).by(&auditor).send();
    assert_eq!(list.is(200).body["items"].as_array().map(Vec::len), Some(6));
}

#[test]
fn an_account_that_is_there_is_told_to_nobody_without_its_code() {
    let town = Town::new();
    let person = town.with_password();
    let draft = |phone: &str, otp: &str| json!({ "phone": phone, "otp": otp, "display_name": "x" });
    let known = town.post("/v1/accounts", draft(&person.phone, "123456")).send();
    let unknown = town.post("/v1/accounts", draft("+8613611111111", "123456")).send();
    known.is_problem(422, "otp-wrong");
    let told = |reply: &Reply| {
        let mut body = reply.body.clone();
        body["request_id"] = Value::Null;
        (reply.status, body)
    };
    assert_eq!(told(&known), told(&unknown));
    town.post("/v1/auth/otps", json!({ "phone": person.phone })).send().is(202);
    let otp = code_of(&town, &person.phone);
    town.post("/v1/accounts", draft(&person.phone, &otp)).send().is_problem(409, "account-phone-taken");
}
