//! Copies of what is kept of a person: whole, for that person, and for nobody else.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use lilong::people::data_exports::sections::SECTIONS;
use serde_json::{Value, json};

use crate::support::archive::{CARD, enter, with, with_card};
use crate::support::rights::bind;
use crate::support::tags::{define_in_city, set};
use crate::support::{OWN, Person, Town};

/// Waits until the copy is written; answers it as it is then.
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
#[track_caller]
pub fn wait(town: &Town, by: &Person, path: &str) -> Value {
    let began = Instant::now();
    loop {
        let seen = town.get(path).by(by).send().is(200).body.clone();
        if seen["state"] == "done" {
            return seen;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "it takes too long: {seen}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn ask(town: &Town, by: &Person) -> Value {
    let asked = town.call("POST", "/v1/me/data-exports").by(by).send();
    wait(town, by, asked.is(202).header("location"))
}

#[test]
fn every_table_that_names_a_resident_is_in_the_copy() {
    let town = Town::new();
    let keys = town.text(
        "SELECT string_agg(DISTINCT c.relname, ' ') FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         WHERE k.contype = 'f' AND k.confrelid = 'residents'::regclass",
    );
    let told: BTreeSet<&str> =
        SECTIONS.iter().filter_map(|section| section.table.split(' ').next()).collect();
    let missing: Vec<&str> = keys.split(' ').filter(|table| !told.contains(table)).collect();
    assert_eq!(missing, [""; 0], "src/people/data_exports/sections.rs names each table of a resident");
}

#[test]
fn a_copy_that_has_not_moved_is_not_told_again() {
    let town = Town::new();
    let own = town.resident();
    let asked = town.call("POST", "/v1/me/data-exports").by(&own).send();
    let path = asked.is(202).header("location");
    wait(&town, &own, path);
    let see = |tag: &str| town.get(path).header("If-None-Match", tag).by(&own).send();
    let done = see(asked.header("etag"));
    assert_ne!(done.is(200).header("etag"), asked.header("etag"));
    see(done.header("etag")).is(304);
}

#[test]
fn a_person_gets_all_that_is_kept_of_them_and_nobody_else_does() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (own, other) = (town.resident(), town.resident());
    let chen = enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": "13800001234" })));
    enter(&town, &worker, with(with_card("王小明"), json!({ "document": null, "no_identifier": "refused" })));
    set(&town, &worker, &chen, &define_in_city(&town, "lives_alone", json!({}))).is(201);
    let looked = format!("/v1/residents/{}/identity?purpose=service", chen["id"].as_str().unwrap());
    town.get(&looked).by(&worker).send().is(200);
    bind(&town, &own, &chen);
    let done = ask(&town, &own);
    let url = done["content_url"].as_str().unwrap();
    let copy = town.get(url).by(&own).send();
    assert_eq!(copy.is(200).header("cache-control"), "no-store");
    let part = |name: &str| copy.body[name].as_array().unwrap().clone();
    assert_eq!((part("records").len(), &part("records")[0]["name"]), (1, &json!("陈桂芳")));
    assert_eq!(part("numbers")[0]["document"]["number"], CARD);
    assert_eq!(part("numbers")[0]["phone"], "+8613800001234");
    assert_eq!(part("labels")[0]["code"], "lives_alone");
    assert_eq!(part("disclosures")[0]["purpose"], "service");
    assert!(!copy.text.contains("王小明") && copy.text.contains(&own.phone));
    for path in [url, &format!("/v1/me/data-exports/{}", done["id"].as_str().unwrap())] {
        town.get(path).by(&other).send().is_problem(404, "not-found");
        town.get(path).by(&worker).send().is_problem(404, "not-found");
    }
    assert_eq!(town.get("/v1/me/data-exports").by(&other).send().is(200).body["items"], json!([]));
    // Whoever has no record gets what is kept of the account.
    let bare = town.get(ask(&town, &other)["content_url"].as_str().unwrap()).by(&other).send();
    assert_eq!(
        (&bare.is(200).body["records"], bare.body["account"].as_array().unwrap().len()),
        (&json!([]), 1)
    );
    town.clock.advance(TimeDelta::days(8));
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(*) FROM data_exports"), 0);
}

#[test]
fn five_copies_a_day_are_enough() {
    let town = Town::with(|settings| settings.seats = 4);
    let own = town.resident();
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| town.call("POST", "/v1/me/data-exports").by(&own).send().status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 202).count(), 5, "{codes:?}");
    let refused = town.call("POST", "/v1/me/data-exports").by(&own).send();
    assert!(
        refused.is_problem(429, "data-export-too-many").header("retry-after").parse::<u64>().unwrap() > 0
    );
}
