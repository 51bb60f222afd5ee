//! The same at two processes, one of which is killed in between and started again: what was acknowledged is kept, and no place is lost.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::Town;
use crate::support::joint::{Signer, signers};
use crate::support::process::Process;
use crate::support::volunteering::{organiser, replay};

const ATTEMPTS: usize = 2_400;
const PEOPLE: usize = 800;
const THREADS: usize = 24;
const PLACES: i64 = 40;

struct Crowd<'a> {
    addresses: [RwLock<String>; 2],
    shift: &'a str,
    people: &'a [Signer],
    next: AtomicUsize,
    done: AtomicUsize,
    /// The ids of sign-ups that were acknowledged.
    known: Mutex<Vec<String>>,
}

impl Crowd<'_> {
    /// Asks one process or the other until somebody answers.
    fn insist(&self, agent: &ureq::Agent, method: &str, who: &Signer, turn: usize) -> (u16, Value) {
        let began = Instant::now();
        for at in turn.. {
            let address = self.addresses[at % 2].read().expect("an address").clone();
            let path = format!("{address}/v1/shifts/{}/signups", self.shift);
            let token = format!("Bearer {}", who.token);
            let sent = match method {
                "POST" => agent
                    .post(&path)
                    .header("Authorization", token)
                    .header("Idempotency-Key", format!("killed-{turn}"))
                    .content_type("application/json")
                    .send("{}"),
                _ => agent.delete(&path).header("Authorization", token).call(),
            };
            if let Ok(mut answer) = sent
                && answer.status().as_u16() < 500
                && let Ok(text) = answer.body_mut().read_to_string()
            {
                return (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default());
            }
            assert!(began.elapsed() < Duration::from_secs(60), "nobody answers");
        }
        unreachable!("turns do not end")
    }

    fn run(&self) {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent =
            ureq::Agent::new_with_config(config.timeout_global(Some(Duration::from_secs(20))).build());
        loop {
            let turn = self.next.fetch_add(1, Ordering::SeqCst);
            if turn >= ATTEMPTS {
                return;
            }
            let who = &self.people[(turn * 7) % PEOPLE];
            let (status, body) = self.insist(&agent, "POST", who, turn);
            match (status, body["code"].as_str()) {
                (201, _) => {
                    self.known.lock().expect("ids").push(body["id"].as_str().expect("an id").to_owned());
                }
                (409, Some("shift-signed-up-already")) => {}
                other => panic!("{other:?}"),
            }
            if status == 201 && turn.is_multiple_of(3) {
                let (status, body) = self.insist(&agent, "DELETE", who, turn);
                // It was done by the request that nobody answered.
                assert!(status == 204 || body["code"] == "shift-not-signed-up", "{status} {body}");
            }
            self.done.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn two_processes_one_of_which_is_killed_sell_each_place_once_and_lose_none() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "capacity": PLACES }));
    let people = signers(&town, PEOPLE);
    let (mut one, other) = (Process::start(&town), Process::start(&town));
    let crowd = Crowd {
        addresses: [RwLock::new(one.address.clone()), RwLock::new(other.address.clone())],
        shift: &shift,
        people: &people,
        next: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        known: Mutex::default(),
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| crowd.run());
        }
        for part in [ATTEMPTS / 4, ATTEMPTS / 2] {
            while crowd.done.load(Ordering::SeqCst) < part {
                std::thread::sleep(Duration::from_millis(5));
            }
            one.kill();
            one = Process::start(&town);
            *crowd.addresses[0].write().expect("an address") = one.address.clone();
        }
    });
    let (taken, waiting) = replay(&town, &shift);
    assert!(taken == PLACES && waiting > 0, "{taken} {waiting}");
    let mut known = crowd.known.into_inner().expect("ids");
    known.sort();
    known.dedup();
    let ids = known.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
    let kept = town.count(&format!("SELECT count(*) FROM shift_signups WHERE id IN ({ids})"));
    assert_eq!(usize::try_from(kept).expect("a number"), known.len(), "an acknowledged sign-up is lost");
}
