//! Closing one's account: what ends, what is forgotten, and that nobody can tell it from one that never was.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::sign_in::{PASSWORD, code_of, sign_in};
use crate::support::archive::{enter, with_card};
use crate::support::volunteering::second_record;
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town, rights};

fn close(town: &Town, token: &str, body: &Value) -> Reply {
    town.call("DELETE", "/v1/me").json(body).token(token).send()
}

fn ask_code(town: &Town, person: &Person) -> String {
    town.post("/v1/auth/otps", json!({ "phone": person.phone })).send().is(202);
    code_of(town, &person.phone)
}

#[test]
fn a_closed_account_is_gone_for_everybody() {
    let town = Town::new();
    let person = town.with_password();
    let session = sign_in(&town, &person, PASSWORD);
    let refresh = session.is(201).body["refresh_token"].clone();
    let other = session.body["access_token"].as_str().expect("a token");
    close(&town, &person.token, &json!({ "current_password": PASSWORD })).is(204);
    // At once for writes, within five seconds for reads, on every device.
    for token in [person.token.as_str(), other] {
        let patch = town.patch("/v1/me", "*", json!({ "language": "en" })).token(token);
        patch.send().is_problem(401, "unauthenticated");
        town.get("/v1/me").token(token).send().is_problem(401, "unauthenticated");
    }
    town.clock.advance(TimeDelta::seconds(5));
    town.get("/v1/auth/sessions").token(other).send().is_problem(401, "unauthenticated");
    town.post("/v1/auth/tokens", json!({ "refresh_token": refresh }))
        .send()
        .is_problem(401, "refresh-token-invalid");
    // It looks like one that never was.
    let (closed, never) =
        (sign_in(&town, &person, PASSWORD), Person { phone: "+8613612121212".into(), ..person.clone() });
    let unknown = sign_in(&town, &never, PASSWORD);
    assert_eq!(
        (closed.is_problem(401, "credentials-wrong").body["title"].clone(), closed.status),
        (unknown.body["title"].clone(), unknown.status)
    );
    let otp = ask_code(&town, &person);
    let by_code = json!({ "phone": person.phone, "otp": otp });
    town.post("/v1/auth/sessions", by_code).send().is_problem(401, "credentials-wrong");
}

#[test]
fn the_number_opens_another_account_and_nothing_of_the_person_is_left() {
    let town = Town::new();
    let person = town.with_password();
    town.execute(&format!(
        "UPDATE sessions SET device = '陈阿姨的手机' WHERE account_id = '{}'",
        person.account
    ));
    close(&town, &person.token, &json!({ "current_password": PASSWORD })).is(204);
    let otp = ask_code(&town, &person);
    let draft = json!({ "phone": person.phone, "otp": otp, "display_name": "王师傅", "password": PASSWORD });
    let fresh = town.post("/v1/accounts", draft).send();
    assert_ne!(fresh.is(201).body["id"], json!(person.account));
    sign_in(&town, &person, PASSWORD).is(201);
    let kept = town.text(&format!("SELECT a::text FROM accounts a WHERE id = '{}'", person.account));
    for gone in [person.phone.trim_start_matches("+86"), "陈阿姨", "argon2"] {
        assert!(!kept.contains(gone), "{kept}");
    }
    assert_eq!(town.count("SELECT count(*) FROM sessions WHERE device LIKE '%陈%'"), 0);
    let event =
        format!("FROM audit_events WHERE action = 'delete_me' AND resource_id = '{}'", person.account);
    assert_eq!(town.count(&format!("SELECT count(*) {event}")), 1);
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'account.closed'"), 1);
}

#[test]
fn posts_end_with_the_account_and_no_group_names_it() {
    let town = Town::new();
    let (officer, leader) = (town.staff(Role::StreetOfficer, PARENT), town.with_password());
    town.appoint(&leader, Role::GroupLeader, OWN);
    let estate = uuid::Uuid::from_u128(1);
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, leader_id, created_at, updated_at)
             VALUES ('{estate}', '{estate}', {OWN}, '247号楼', '{}', now(), now())",
        leader.account
    ));
    let group = || town.get(&format!("/v1/building-groups/{estate}")).by(&officer).send();
    assert_eq!(group().is(200).body["leader"]["id"], json!(leader.account));
    close(&town, &leader.token, &json!({ "current_password": PASSWORD })).is(204);
    assert_eq!(group().is(200).body["leader"], Value::Null);
    let kept = town.text(&format!("SELECT display_name FROM accounts WHERE id = '{}'", leader.account));
    assert_eq!(kept, "陈阿姨", "who acted in office stays known");
    let posts = town.get("/v1/posts?role=group_leader").by(&officer).send();
    assert_eq!(posts.is(200).body["items"], json!([]));
    let ended =
        format!("SELECT count(*) FROM audit_events WHERE action = 'delete_post' AND division = {OWN}");
    assert_eq!(town.count(&ended), 1);
    let draft = json!({ "phone": leader.phone, "role": "group_leader", "division": OWN });
    town.post("/v1/posts", draft).by(&officer).send().is_problem(422, "post-holder-unknown");
}

#[test]
fn a_record_is_nobodys_once_the_account_is_closed() {
    let town = Town::new();
    let (worker, person) = (town.staff(Role::CommitteeWorker, OWN), town.with_password());
    let record = enter(&town, &worker, with_card("陈桂芳"));
    rights::bind(&town, &person, &record);
    let path = format!("/v1/residents/{}", record["id"].as_str().expect("an id"));
    let seen = || town.get(&path).by(&worker).send().is(200).body.clone();
    let before = seen();
    assert_eq!(before["is_verified"], json!(true));
    close(&town, &person.token, &json!({ "current_password": PASSWORD })).is(204);
    let after = seen();
    assert_eq!((&after["is_verified"], &after["name"]), (&json!(false), &before["name"]));
    assert_ne!(after["version"], before["version"]);
    // It is free for whoever shows that it is theirs.
    assert_eq!(town.count("SELECT count(*) FROM residents WHERE account_id IS NULL"), 1);
}

#[test]
fn closing_asks_for_a_fresh_session_and_for_proof() {
    let town = Town::new();
    let person = town.with_password();
    close(&town, &person.token, &json!({})).is_problem(403, "account-password-wrong");
    close(&town, &person.token, &json!({ "otp": "000000" })).is_problem(422, "otp-wrong");
    let wrong = json!({ "current_password": "wrong-wrong-wrong" });
    for _ in 0..5 {
        close(&town, &person.token, &wrong).is_problem(403, "account-password-wrong");
    }
    let right = json!({ "current_password": PASSWORD });
    assert!(
        close(&town, &person.token, &right).is_problem(429, "sign-in-locked").header("retry-after") <= "60"
    );
    town.clock.advance(TimeDelta::minutes(16));
    let token = town.gate.tokens().sign(person.account, person.session, town.now()).expect("a token");
    close(&town, &token, &right).is_problem(403, "sign-in-not-recent");
    // Without a password a code is asked for.
    let plain = town.resident();
    close(&town, &plain.token, &json!({})).is_problem(422, "field-invalid");
    let otp = ask_code(&town, &plain);
    close(&town, &plain.token, &json!({ "otp": otp })).is(204);
    assert_eq!(town.count("SELECT count(*) FROM accounts WHERE closed_at IS NOT NULL"), 1);
}

#[test]
fn refreshing_and_closing_at_once_do_not_wait_for_each_other() {
    let town = Town::with(|settings| settings.seats = 4);
    for _ in 0..5 {
        let person = town.with_password();
        let refresh = sign_in(&town, &person, PASSWORD).is(201).body["refresh_token"].clone();
        let (closed, refreshed) = std::thread::scope(|scope| {
            let closing =
                scope.spawn(|| close(&town, &person.token, &json!({ "current_password": PASSWORD })));
            let refreshing = scope.spawn(|| {
                let mut token = refresh.clone();
                loop {
                    let reply = town.post("/v1/auth/tokens", json!({ "refresh_token": token })).send();
                    if reply.status != 201 {
                        return reply;
                    }
                    token = reply.body["refresh_token"].clone();
                }
            });
            (closing.join().expect("a reply"), refreshing.join().expect("a reply"))
        });
        closed.is(204);
        refreshed.is_problem(401, "refresh-token-invalid");
    }
}

#[test]
fn nobody_is_appointed_while_they_close_their_account() {
    let town = Town::with(|settings| settings.seats = 4);
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.with_password());
    let draft = json!({ "phone": whom.phone, "role": "group_leader", "division": OWN });
    let (closed, appointed) = std::thread::scope(|scope| {
        let closing = scope.spawn(|| close(&town, &whom.token, &json!({ "current_password": PASSWORD })));
        let appointing = scope.spawn(|| town.post("/v1/posts", draft.clone()).by(&officer).send());
        (closing.join().expect("a reply"), appointing.join().expect("a reply"))
    });
    closed.is(204);
    assert!(matches!(appointed.status, 201 | 422), "{}", appointed.text);
    assert_eq!(town.count("SELECT count(*) FROM posts WHERE role = 'group_leader' AND ended_at IS NULL"), 0);
}

#[test]
fn records_are_freed_in_the_order_in_which_others_lock_them() {
    let town = Town::new();
    let person = town.with_password();
    let [first, second] = [OWN, SIBLING].map(|division| second_record(&town, &person, division));
    // Written anew, the first lies behind the second.
    let bind = |account: &str| format!("UPDATE residents SET account_id = {account} WHERE id = '{first}'");
    town.execute(&bind("NULL"));
    town.execute(&bind(&format!("'{}'", person.account)));
    let lock = |id: &str| format!("SELECT FROM residents WHERE id = '{id}' FOR UPDATE");
    let closing = || close(&town, &person.token, &json!({ "current_password": PASSWORD })).status;
    assert_eq!(rights::meanwhile(&town, [&lock(&first), &lock(&second)], closing), 204);
    assert_eq!(town.count("SELECT count(account_id) FROM residents"), 0);
}
