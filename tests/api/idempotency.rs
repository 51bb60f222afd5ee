//! Idempotency keys: one effect, one answer, whoever sends it again.

use std::thread;

use lilong::access::role::Role;
use serde_json::json;

use crate::support::archive::{CARD, enter, with_card};
use crate::support::{OWN, PARENT, Town};

#[test]
fn the_same_request_again_gets_the_same_answer() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let draft = json!({ "phone": whom.phone, "role": "committee_worker", "division": OWN });
    let send =
        || town.post("/v1/posts", draft.clone()).header("Idempotency-Key", "\"k-1\"").by(&officer).send();
    let (first, second) = (send(), send());
    assert_eq!(
        (first.is(201).header("idempotency-replayed"), second.is(201).header("idempotency-replayed")),
        ("", "true")
    );
    assert_eq!(first.text, second.text);
    let other = json!({ "phone": whom.phone, "role": "mediator", "division": OWN });
    let reused = town.post("/v1/posts", other).header("Idempotency-Key", "k-1").by(&officer).send();
    reused.is_problem(422, "idempotency-key-reused");
    // Another caller's key of the same name is another key.
    let colleague = town.staff(Role::StreetOfficer, PARENT);
    let theirs = town.post("/v1/posts", draft.clone()).header("Idempotency-Key", "k-1").by(&colleague).send();
    theirs.is_problem(409, "post-held");
    town.clock.advance(chrono::TimeDelta::minutes(1));
}

#[test]
fn a_refusal_is_judged_anew() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let draft = json!({ "phone": whom.phone, "role": "committee_worker", "division": OWN });
    let send = || town.post("/v1/posts", draft.clone()).header("Idempotency-Key", "k").by(&officer).send();
    let held = town.post("/v1/posts", draft.clone()).by(&officer).send();
    send().is_problem(409, "post-held");
    town.call("DELETE", &format!("/v1/posts/{}", held.body["id"].as_str().unwrap()))
        .by(&officer)
        .send()
        .is(204);
    send().is(201);
}

#[test]
fn twins_at_once_have_one_effect() {
    let town = Town::new();
    let (officer, whom) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let draft = json!({ "phone": whom.phone, "role": "committee_worker", "division": OWN });
    let replies: Vec<_> = thread::scope(|scope| {
        let send =
            || town.post("/v1/posts", draft.clone()).header("Idempotency-Key", "twin").by(&officer).send();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for reply in &replies {
        assert_eq!(reply.is(201).text, replies[0].text);
    }
    assert_eq!(replies.iter().filter(|reply| reply.header("idempotency-replayed").is_empty()).count(), 1);
    assert_eq!(town.count("SELECT count(*) FROM posts WHERE role = 'committee_worker'"), 1);
}

#[test]
fn a_key_is_forgotten_after_a_day_and_its_form_is_checked() {
    let town = Town::new();
    let send = |key: &str| {
        town.post("/v1/auth/otps", json!({ "phone": "+8613700000003" })).header("Idempotency-Key", key).send()
    };
    send("day").is(202);
    assert_eq!(send("day").is(202).header("idempotency-replayed"), "true");
    town.clock.advance(chrono::TimeDelta::hours(25));
    assert_eq!(send("day").is(202).header("idempotency-replayed"), "");
    send("").is_problem(400, "header-invalid");
    send(&"k".repeat(256)).is_problem(400, "header-invalid");
}

#[test]
fn a_key_keeps_nothing_of_what_is_only_looked_at() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let entered = enter(&town, &worker, with_card("陈桂芳"));
    let path = format!("/v1/residents/{}/identity?purpose=service", entered["id"].as_str().unwrap());
    let look = || town.get(&path).header("Idempotency-Key", "look").by(&worker).send();
    for _ in 0..2 {
        let seen = look();
        assert_eq!(seen.is(200).body["document"]["number"], CARD);
        assert_eq!(seen.header("idempotency-replayed"), "");
    }
    assert_eq!(town.count("SELECT count(*) FROM idempotency_keys"), 0);
    town.execute(&format!("UPDATE posts SET ended_at = now() WHERE account_id = '{}'", worker.account));
    look().is_problem(403, "forbidden");
    // Nor of a POST that means a PATCH.
    let head = town.staff(Role::CommitteeHead, OWN);
    let rename = || {
        let call = town.post(&format!("/v1/divisions/{OWN}"), json!({ "address": "友谊路1号" }));
        let call = call.header("X-HTTP-Method-Override", "PATCH").header("If-Match", "*");
        call.header("Idempotency-Key", "look").by(&head).send_unchecked()
    };
    for _ in 0..2 {
        assert_eq!(rename().is(200).header("idempotency-replayed"), "");
    }
}
