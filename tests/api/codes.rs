//! Codes through HTTP: issued, drawn, verified without the database, of one day and one use, under keys that rotate.

pub mod city;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use lilong::access::role::Role;
use lilong::app::worker;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter};
use crate::support::rights::bind;
use crate::support::scans::send;
use crate::support::{CITY, OWN, Person, Reply, Town};

fn ask(town: &Town, person: &Person, draft: Value) -> Reply {
    town.post("/v1/me/codes", draft).by(person).send()
}

fn shown(town: &Town, person: &Person) -> String {
    ask(town, person, json!({})).is(200).body["code"].as_str().unwrap().to_owned()
}

/// Verifies a code as somebody whose session may be older than a token.
pub fn verify(town: &Town, person: &Person, code: &str) -> Reply {
    let token = town.gate.tokens().sign(person.account, person.session, town.now()).unwrap();
    town.post("/v1/code-verifications", json!({ "code": code })).token(&token).send()
}

fn moment(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn a_code_shows_what_somebody_is_for_half_a_minute_and_names_nobody() {
    let town = Town::new();
    let (worker, own, guard) =
        (town.staff(Role::CommitteeWorker, OWN), town.resident(), town.staff(Role::PropertyStaff, OWN));
    let first = ask(&town, &own, json!({}));
    assert_eq!((first.is(200).header("cache-control"), &first.body["type"]), ("no-store", &json!("visitor")));
    ask(&town, &own, json!({ "type": "resident" })).is_problem(409, "code-type-unfit");
    ask(&town, &own, json!({ "type": "staff" })).is_problem(409, "code-type-unfit");
    assert_eq!(ask(&town, &worker, json!({ "type": "staff" })).is(200).body["type"], "staff");
    let record = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &own, &record);
    let second = ask(&town, &own, json!({}));
    assert_eq!(second.is(200).body["type"], "resident");
    assert_eq!(
        moment(&second.body["expires_at"]) - moment(&second.body["issued_at"]),
        TimeDelta::seconds(30)
    );
    let code = second.body["code"].as_str().unwrap();
    let good = verify(&town, &guard, code);
    let told: Vec<&String> = good.is(200).body.as_object().unwrap().keys().collect();
    assert_eq!(told, ["expires_at", "issued_at", "issuer", "subject", "type"]);
    assert_eq!((&good.body["issuer"], &good.body["type"]), (&json!("lilong"), &json!("resident")));
    // The same person on the same day, and nobody's id.
    let again = verify(&town, &guard, &shown(&town, &own));
    assert_eq!(again.is(200).body["subject"], good.body["subject"]);
    let someone = verify(&town, &guard, first.body["code"].as_str().unwrap());
    assert_ne!(someone.is(200).body["subject"], good.body["subject"], "as a visitor one is another");
    for secret in [own.account.to_string(), record["id"].as_str().unwrap().to_owned()] {
        assert!(!good.text.contains(&secret));
    }
    // By now it may be shown again: only a check-in uses it up.
    verify(&town, &guard, code).is(200);
    town.clock.advance(TimeDelta::seconds(61));
    verify(&town, &guard, code).is_problem(409, "code-expired");
    town.clock.advance(TimeDelta::days(1));
    let token = town.gate.tokens().sign(own.account, own.session, town.now()).unwrap();
    let tomorrow = town.post("/v1/me/codes", json!({})).token(&token).send().is(200).body["code"].clone();
    let tomorrow = verify(&town, &guard, tomorrow.as_str().unwrap());
    assert_ne!(tomorrow.is(200).body["subject"], good.body["subject"]);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'codes'"), 0);
}

#[test]
fn at_midnight_a_person_becomes_another_one_and_the_code_stays_good() {
    // 23:59:50 in Shanghai.
    let town = Town::at("2026-03-02T15:59:50Z");
    let (own, guard) = (town.resident(), town.staff(Role::CommitteeWorker, OWN));
    let before = shown(&town, &own);
    town.clock.advance(TimeDelta::seconds(15));
    let after = shown(&town, &own);
    let [before, after] =
        [before, after].map(|code| verify(&town, &guard, &code).is(200).body["subject"].clone());
    assert_ne!(before, after);
}

#[test]
fn a_phone_takes_codes_with_it_and_each_is_good_in_its_turn() {
    let town = Town::new();
    let (own, guard) = (town.resident(), town.staff(Role::GroupLeader, OWN));
    let batch = town.post("/v1/me/code-batches", json!({})).by(&own).send();
    assert_eq!(batch.is(200).header("cache-control"), "no-store");
    let codes: Vec<(DateTime<Utc>, &str)> = batch.body["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (moment(&one["issued_at"]), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(codes.len(), 20);
    assert!(codes.windows(2).all(|pair| pair[1].0 - pair[0].0 == TimeDelta::seconds(30)));
    verify(&town, &guard, codes[0].1).is(200);
    verify(&town, &guard, codes[2].1).is_problem(409, "code-not-yet-valid");
    town.clock.advance(TimeDelta::seconds(570));
    verify(&town, &guard, codes[19].1).is(200);
    verify(&town, &guard, codes[10].1).is_problem(409, "code-expired");
}

#[test]
fn a_picture_is_ones_own_and_kept_by_nobody() {
    let town = Town::new();
    let (own, other) = (town.resident(), town.resident());
    let code = ask(&town, &own, json!({}));
    let url = code.is(200).body["image_url"].as_str().unwrap();
    let png = town.get(url).by(&own).send();
    assert_eq!((png.is(200).header("content-type"), png.header("cache-control")), ("image/png", "no-store"));
    assert!(png.bytes.starts_with(b"\x89PNG"));
    let svg = town.get(url).header("Accept", "image/svg+xml").by(&own).send();
    assert_eq!(svg.is(200).header("content-type"), "image/svg+xml");
    let asked = town.get(&format!("{url}?format=svg")).by(&own).send();
    assert_eq!(asked.is(200).bytes, svg.bytes);
    town.get(url).by(&other).send().is_problem(404, "not-found");
    town.get(url).send().is_problem(401, "unauthenticated");
    // Bytes that would name oneself, and that nobody signed.
    let (id, bent) = (url.split('/').nth(4).unwrap(), if url.contains("AA") { "AB" } else { "AA" });
    let forged = format!("{}{bent}", id.get(..id.len() - 2).unwrap());
    let forged = town.get(&format!("/v1/me/codes/{forged}/image")).by(&own).send();
    assert!(matches!(forged.status, 400 | 404), "{}", forged.text);
    for wrong in ["x", "%00", &"A".repeat(130), &"A".repeat(20_000)] {
        let reply = town.get(&format!("/v1/me/codes/{wrong}/image")).by(&own).send_unchecked();
        assert!((400..500).contains(&reply.status), "{wrong}: {}", reply.status);
    }
    let later = town.post("/v1/me/code-batches", json!({})).by(&own).send();
    town.get(later.body["codes"][19]["image_url"].as_str().unwrap()).by(&own).send().is(200);
    town.clock.advance(TimeDelta::seconds(61));
    town.get(url).by(&own).send().is_problem(409, "code-expired");
}

#[test]
fn what_is_no_code_is_refused_and_what_is_too_long_is_not_read() {
    let town = Town::new();
    let guard = town.staff(Role::PropertyStaff, OWN);
    let own = shown(&town, &town.resident());
    let scan = |code: &str| verify(&town, &guard, code);
    for wrong in [
        "x",
        "SG1:",
        "https://s.sh.gov.cn/abc",
        &own.to_lowercase(),
        own.get(..149).unwrap(),
        &format!("{own}0"),
    ] {
        scan(wrong).is_problem(422, "code-malformed");
    }
    for unread in ["", "扫一扫", "a\u{0}b", &"A".repeat(513)] {
        scan(unread).is_problem(422, "field-invalid");
    }
    scan(&"A".repeat(65_536)).is_problem(413, "body-too-large");
    let elsewhere = Town::new();
    scan(&shown(&elsewhere, &elsewhere.resident())).is_problem(422, "code-signature-wrong");
    let resident = town.resident();
    town.post("/v1/code-verifications", json!({ "code": own }))
        .by(&resident)
        .send()
        .is_problem(403, "forbidden");
    town.post("/v1/code-verifications", json!({ "code": own })).send().is_problem(401, "unauthenticated");
}

/// Every table, so that it does not matter which one somebody would read.
const LOCK_EVERYTHING: &str = "BEGIN; DO $$ DECLARE each_table text; BEGIN
    FOR each_table IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE 'LOCK TABLE ' || each_table || ' IN ACCESS EXCLUSIVE MODE';
    END LOOP; END $$";

#[test]
fn neither_a_good_code_nor_a_bad_one_needs_the_database() {
    let town = Town::with(|settings| settings.seats = 1);
    let (own, guard) = (town.resident(), town.staff(Role::PropertyStaff, OWN));
    let code = shown(&town, &own);
    verify(&town, &guard, &code).is(200);
    let mut owner = town.owner();
    owner.batch_execute(LOCK_EVERYTHING).unwrap();
    let bad = format!("{}00", code.get(..148).unwrap());
    let (answers, stuck) = std::thread::scope(|scope| {
        // The one seat there is waits for a lock all the while.
        let stuck = scope
            .spawn(|| ["/v1/me", "/v1/building-groups"].map(|path| town.get(path).by(&own).send().status));
        // Who asks is remembered for five seconds, so this must not take longer. A forged one is not looked up either before it is
        // refused where it would be recorded.
        for forged in ["x", &bad] {
            let visit = json!({ "code": forged, "purpose": "venue_visit", "division": OWN });
            let refused = send(&town, &guard, "/v1/check-ins", visit);
            assert_eq!(refused.status, 422, "{:?}", refused.body);
        }
        let answers: Vec<u16> =
            (0..3).flat_map(|_| [&code, &bad].map(|code| verify(&town, &guard, code).status)).collect();
        (answers, stuck.join().unwrap())
    });
    assert_eq!(stuck, [503, 503], "the database was out of reach");
    assert_eq!(answers, [200, 422].repeat(3), "whatever reads a table is told 503");
    owner.batch_execute("ROLLBACK").unwrap();
}

#[test]
fn keys_are_published_before_they_sign_and_a_leaked_one_goes_at_once() {
    let town = Town::new();
    let (own, guard) = (town.resident(), town.staff(Role::PropertyStaff, OWN));
    let keys =
        || town.get("/.well-known/code-keys.json").send().is(200).body["keys"].as_array().unwrap().clone();
    let key_of = |code: &str| lilong::access::codes::sg1::parse(code).unwrap().body.key;
    let rotate = |arguments: &[&str]| {
        let done = town.lilong(&[&["keys", "rotate", "--codes"], arguments].concat(), "");
        assert!(done.status.success(), "{done:?}");
        worker::renew_keys(&town.gate).unwrap();
    };
    assert_eq!((keys().len(), key_of(&shown(&town, &own))), (1, 1));
    rotate(&[]);
    assert_eq!((keys().len(), key_of(&shown(&town, &own))), (2, 1));
    assert!(moment(&keys()[1]["signs_from"]) - town.now() > TimeDelta::hours(71));
    rotate(&["--now"]);
    let before = keys();
    assert_eq!((before.len(), &before[0]["id"]), (1, &json!(3)));
    let fresh = shown(&town, &own);
    assert_eq!(key_of(&fresh), 3);
    verify(&town, &guard, &fresh).is(200);
    rotate(&["--now"]);
    verify(&town, &guard, &fresh).is_problem(422, "code-key-unknown");
    assert_eq!(key_of(&shown(&town, &own)), 4);
    let audited = "SELECT count(*) FROM audit_events WHERE resource = 'code-keys' AND action = 'rotate_keys'";
    assert_eq!(town.count(audited), 3);
    let auditor = town.staff(Role::Auditor, CITY);
    verify(&town, &auditor, &fresh).is_problem(403, "forbidden");
}
