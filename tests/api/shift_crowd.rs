//! Ten thousand attempts at a hundred places over 64 connections, with withdrawals mixed in: never oversold, nobody twice, no place
//! free while somebody waits.

#[path = "shift_crowd/killed.rs"]
mod killed;

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::support::Town;
use crate::support::joint::{Signer, signers};
use crate::support::volunteering::{organiser, replay};

const ATTEMPTS: usize = 10_000;
const PEOPLE: usize = 2_500;
const CONNECTIONS: usize = 64;
const PLACES: usize = 100;

/// What was acknowledged, by status and state.
#[derive(Default, Debug)]
struct Told {
    held: usize,
    waiting: usize,
    refused: usize,
    withdrawn: usize,
}

struct Crowd<'a> {
    address: &'a str,
    shift: &'a str,
    people: &'a [Signer],
    next: AtomicUsize,
    told: Mutex<Told>,
}

impl Crowd<'_> {
    fn call(&self, agent: &ureq::Agent, method: &str, who: &Signer, key: &str) -> (u16, serde_json::Value) {
        let path = format!("{}/v1/shifts/{}/signups", self.address, self.shift);
        for _ in 0..200 {
            let token = format!("Bearer {}", who.token);
            let sent = match method {
                "POST" => agent
                    .post(&path)
                    .header("Authorization", token)
                    .header("Idempotency-Key", key)
                    .content_type("application/json")
                    .send("{}"),
                _ => agent.delete(&path).header("Authorization", token).call(),
            };
            let mut answer = sent.expect("an answer");
            let text = answer.body_mut().read_to_string().expect("a body");
            let status = answer.status().as_u16();
            // Full lines say so, and are asked again.
            if status != 503 {
                return (status, serde_json::from_str(&text).unwrap_or_default());
            }
        }
        panic!("nobody answers")
    }

    fn run(&self) {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = ureq::Agent::new_with_config(config.build());
        loop {
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            if turn >= ATTEMPTS {
                return;
            }
            // Everybody comes four times, each time among others.
            let who = &self.people[(turn * 7 + turn / PEOPLE) % PEOPLE];
            let (status, body) = self.call(&agent, "POST", who, &format!("crowd-{turn}"));
            match (status, body["state"].as_str(), body["code"].as_str()) {
                (201, Some("held"), _) => self.told.lock().unwrap().held += 1,
                (201, Some("waiting"), _) => self.told.lock().unwrap().waiting += 1,
                (409, _, Some("shift-signed-up-already")) => self.told.lock().unwrap().refused += 1,
                other => panic!("{other:?}"),
            }
            if status == 201 && turn.is_multiple_of(4) {
                let (status, body) = self.call(&agent, "DELETE", who, "");
                match (status, body["code"].as_str()) {
                    (204, _) => self.told.lock().unwrap().withdrawn += 1,
                    // Somebody with the same turn in mind was faster.
                    (409, Some("shift-not-signed-up")) => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

#[test]
fn ten_thousand_come_for_a_hundred_places_and_none_is_sold_twice_or_left_free() {
    let town = Town::with(|settings| settings.seats = 6);
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "capacity": PLACES }));
    let people = signers(&town, PEOPLE);
    let crowd = Crowd {
        address: &town.address,
        shift: &shift,
        people: &people,
        next: AtomicUsize::new(0),
        told: Mutex::default(),
    };
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| crowd.run());
        }
    });
    let told = crowd.told.into_inner().unwrap();
    let (taken, waiting) = replay(&town, &shift);
    assert_eq!(taken, i64::try_from(PLACES).unwrap(), "{told:?}");
    assert!(waiting > 0 && told.withdrawn > 100 && told.refused > 100, "{told:?}");
    assert_eq!(told.held + told.waiting + told.refused, ATTEMPTS);
    let there = usize::try_from(taken + waiting).unwrap();
    assert_eq!(told.held + told.waiting - told.withdrawn, there, "{told:?}");
    let people: HashSet<_> = people.iter().map(|one| one.resident).collect();
    assert_eq!(people.len(), PEOPLE);
    let written = town.count("SELECT count(*) FROM audit_events WHERE action = 'create_shift_signup'");
    assert_eq!(usize::try_from(written).unwrap(), told.held + told.waiting);
}
