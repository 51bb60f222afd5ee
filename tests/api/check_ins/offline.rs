//! A gate without a network: it has the published keys and nothing else, and uploads later what it scanned.

use std::collections::HashMap;

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use lilong::access::codes::sg1::{self, Code, Refusal, Verifier};
use lilong::access::role::Role;
use lilong::app::worker;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::codes::city;
use crate::support::scans::{code_at, send, walker};
use crate::support::{OWN, Person, SIBLING, Town};

/// What the gate fetched before the network went.
struct Gate(HashMap<u16, Key>);

struct Key(Vec<u8>);

impl Verifier for Key {
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }
}

impl Gate {
    fn fetch(town: &Town) -> Self {
        let keys = town.get("/.well-known/code-keys.json").send().is(200).body["keys"].clone();
        let key = |key: &Value| {
            let x = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
            (key["id"].as_u64().unwrap() as u16, Key(x))
        };
        Gate(keys.as_array().unwrap().iter().map(key).collect())
    }

    fn scan(&self, code: &str, at: DateTime<Utc>) -> Result<Code, Refusal> {
        sg1::verify(code, at.timestamp(), |id| self.0.get(&id))
    }
}

fn upload(scans: &[(String, DateTime<Utc>)]) -> Value {
    let scans: Vec<Value> =
        scans.iter().map(|(code, at)| json!({ "code": code, "scanned_at": at })).collect();
    json!({ "purpose": "venue_visit", "division": OWN, "scans": scans })
}

/// How many items have each status.
fn counts(items: &Value) -> HashMap<u64, usize> {
    let mut counts = HashMap::new();
    for item in items.as_array().unwrap() {
        *counts.entry(item["status"].as_u64().unwrap()).or_default() += 1;
    }
    counts
}

/// Codes of phones that took them along, one every seven seconds or so, over an hour; and when each is scanned.
fn an_hour(town: &Town) -> Vec<(String, DateTime<Utc>)> {
    let people: Vec<Person> = (0..25).map(|_| walker(town)).collect();
    let began = town.now();
    let scan = |n: i64| {
        let at = n * 36 / 5;
        (code_at(town, &people[n as usize % 25], at).text(), began + TimeDelta::seconds(at))
    };
    (0..500).map(scan).collect()
}

#[test]
fn a_gate_works_for_an_hour_without_a_network_and_nothing_is_doubled() {
    let town = Town::with(|settings| settings.seats = 4);
    let gate = Gate::fetch(&town);
    let keeper = town.staff(Role::PropertyStaff, OWN);
    let scans = an_hour(&town);
    for (code, at) in &scans {
        gate.scan(code, *at).unwrap();
        gate.scan(code, *at + TimeDelta::seconds(59)).unwrap();
        assert_eq!(gate.scan(code, *at + TimeDelta::seconds(61)), Err(Refusal::Expired));
        assert_eq!(gate.scan(code, *at - TimeDelta::seconds(32)), Err(Refusal::NotYetValid));
        let bent: String = code.chars().rev().collect();
        assert_eq!(gate.scan(&bent, *at), Err(Refusal::Malformed));
    }
    town.clock.advance(TimeDelta::minutes(61));
    let token = town.gate.tokens().sign(keeper.account, keeper.session, town.now()).unwrap();
    let body = upload(&scans);
    assert!(body.to_string().len() > 64 * 1024, "more than other operations take");
    let post = |key: &str| {
        town.post("/v1/check-in-batches", body.clone()).header("Idempotency-Key", key).token(&token).send()
    };
    let first = post("gate-1");
    assert_eq!(counts(&first.is(207).body["items"]), HashMap::from([(201, 500)]));
    let rows = || town.count("SELECT count(*) FROM check_ins WHERE is_offline");
    assert_eq!(rows(), 500);
    let again = post("gate-1");
    assert_eq!((again.is(207).header("idempotency-replayed"), &again.body), ("true", &first.body));
    // Under another key, by two gates at once: they are known all the same.
    let both: Vec<HashMap<u64, usize>> = std::thread::scope(|scope| {
        let post = &post;
        let tries =
            ["gate-2", "gate-3"].map(|key| scope.spawn(move || counts(&post(key).is(207).body["items"])));
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(both, vec![HashMap::from([(200, 500)]); 2]);
    assert_eq!(rows(), 500);
    // Kept as long as a gate may be offline.
    town.clock.advance(TimeDelta::hours(50));
    let token = town.gate.tokens().sign(keeper.account, keeper.session, town.now()).unwrap();
    let late =
        town.post("/v1/check-in-batches", body.clone()).header("Idempotency-Key", "gate-1").token(&token);
    assert_eq!(late.send().is(207).header("idempotency-replayed"), "true");
    let at = format!("'{}'::timestamptz", scans[0].1);
    let by_device =
        format!("SELECT count(*) FROM check_ins WHERE checked_in_at = {at} AND scanned_at = {at}");
    assert_eq!(town.count(&by_device), 1);
}

#[test]
fn of_a_mixed_upload_each_scan_is_answered_for_itself() {
    let (town, asked) = city::town();
    let keeper = town.staff(Role::PropertyStaff, OWN);
    let (one, two, silent) = (walker(&town), walker(&town), town.resident());
    let now = town.now();
    let good = code_at(&town, &one, 0).text();
    let hours = |n: i64| now + TimeDelta::hours(n);
    let old = code_at(&town, &two, -72 * 3_600 - 60).text();
    let scans = [
        (good.clone(), now),
        (good.clone(), now),
        (code_at(&town, &two, 0).text(), now),
        (code_at(&town, &silent, 0).text(), now),
        (good.to_lowercase(), now),
        (code_at(&town, &one, -3_600).text(), now),
        (code_at(&town, &one, -3_600).text(), hours(-1)),
        (old, hours(-72) - TimeDelta::seconds(60)),
        (code_at(&town, &one, 3_600).text(), hours(1)),
        ("https://s.sh.gov.cn/x".into(), now),
    ];
    let reply = send(&town, &keeper, "/v1/check-in-batches", upload(&scans));
    let items = reply.is(207).body["items"].as_array().unwrap().clone();
    let said: Vec<(u64, &str)> = items
        .iter()
        .map(|item| (item["status"].as_u64().unwrap(), item["problem"].as_str().unwrap_or("")))
        .collect();
    let expected = [
        (201, ""),
        (200, ""),
        (201, ""),
        (403, "consent-missing"),
        (422, "code-malformed"),
        (409, "code-expired"),
        (201, ""),
        (422, "check-in-scan-unfit"),
        (422, "check-in-scan-unfit"),
        (422, "check-in-online-only"),
    ];
    assert_eq!(said, expected);
    assert_eq!(items[0]["check_in"]["id"], items[1]["check_in"]["id"]);
    assert_eq!((town.count("SELECT count(*) FROM check_ins"), asked.lock().unwrap().len()), (3, 0));
}

#[test]
fn an_upload_is_of_one_occasion_and_of_a_known_size() {
    let town = Town::new();
    let (keeper, one) = (town.staff(Role::PropertyStaff, OWN), walker(&town));
    let (now, good) = (town.now(), code_at(&town, &one, 0).text());
    send(&town, &keeper, "/v1/check-in-batches", upload(&[(good.clone(), now)])).is(207);
    // One person, one meeting, two codes in one upload; and the same code at another occasion.
    let mut meeting =
        upload(&[(code_at(&town, &one, 0).text(), now), (code_at(&town, &one, 1).text(), now), (good, now)]);
    meeting["purpose"] = "meeting".into();
    meeting["event"] = Uuid::from_u128(1).to_string().into();
    let reply = send(&town, &keeper, "/v1/check-in-batches", meeting);
    let statuses: Vec<u64> = reply.is(207).body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["status"].as_u64().unwrap())
        .collect();
    let mut first_two = [statuses[0], statuses[1]];
    first_two.sort_unstable();
    assert_eq!((first_two, statuses[2]), ([200, 201], 409));
    let post = |body: Value| send(&town, &keeper, "/v1/check-in-batches", body);
    post(upload(&vec![("x".into(), now); 501])).is_problem(422, "field-invalid");
    post(upload(&[])).is_problem(422, "field-invalid");
    post(upload(&[("A".repeat(129 * 1024), now)])).is_problem(413, "body-too-large");
    let mut elsewhere = upload(&[("x".into(), now)]);
    elsewhere["division"] = SIBLING.into();
    post(elsewhere).is_problem(403, "forbidden");
}

#[test]
fn a_key_counts_as_it_held_when_the_code_was_scanned() {
    let town = Town::new();
    let (keeper, person) = (town.staff(Role::PropertyStaff, OWN), walker(&town));
    let (before, after) = (code_at(&town, &person, 0).text(), code_at(&town, &person, 600).text());
    let scanned = town.now();
    town.clock.advance(TimeDelta::seconds(5));
    let now = town.now();
    town.execute(&format!("UPDATE code_keys SET retired_at = '{now}'"));
    worker::renew_keys(&town.gate).unwrap();
    assert_eq!(town.get("/.well-known/code-keys.json").send().is(200).body["keys"], json!([]));
    town.clock.advance(TimeDelta::minutes(20));
    let body = upload(&[(before, scanned), (after, scanned + TimeDelta::seconds(600))]);
    let reply = send(&town, &keeper, "/v1/check-in-batches", body);
    assert_eq!(reply.is(207).body["items"][0]["status"], 201);
    assert_eq!(reply.body["items"][1]["problem"], "code-key-unknown");
}
