//! Enrolments: a scanned code begins a record of the archive, or fills in what one lacks, once.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::codes::city;
use crate::support::archive::{CARD, draft, enter, with, with_card};
use crate::support::scans::{check_in, code, send, visit, walker};
use crate::support::{OWN, Person, Reply, SIBLING, Town};

fn of(code: &str) -> Value {
    json!({ "code": code, "division": OWN, "name": "陈桂芳", "residence": "registered_here", "notice_version": 1 })
}

fn enrol(town: &Town, by: &Person, body: Value) -> Reply {
    send(town, by, "/v1/enrolments", body)
}

fn record(town: &Town, by: &Person, enrolment: &Reply) -> Value {
    let id = enrolment.is(201).body["resident"].as_str().unwrap();
    town.get(&format!("/v1/residents/{id}")).by(by).send().is(200).body.clone()
}

#[test]
fn a_record_is_begun_once_with_the_minimum_and_bound_to_who_showed_the_code() {
    let town = Town::new();
    let (worker, other, person) =
        (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, OWN), town.resident());
    let shown = code(&town, &person).text();
    let stale = with(of(&shown), json!({ "notice_version": 2 }));
    enrol(&town, &worker, stale).is_problem(409, "consent-notice-stale");
    enrol(&town, &worker, with(of(&shown), json!({ "name": null })))
        .is_problem(422, "enrolment-name-missing");
    enrol(&town, &worker, with(of(&shown), json!({ "residence": null })))
        .is_problem(422, "enrolment-residence-missing");
    enrol(&town, &worker, with(of(&shown), json!({ "division": SIBLING }))).is_problem(403, "forbidden");
    enrol(&town, &worker, of("SG1:x")).is_problem(422, "code-malformed");
    let own = code(&town, &worker).text();
    enrol(&town, &worker, of(&own)).is_problem(409, "enrolment-self");
    assert_eq!(
        town.count("SELECT count(*) FROM code_uses") + town.count("SELECT count(*) FROM residents"),
        0
    );
    let first = enrol(&town, &worker, of(&shown));
    assert_eq!(
        (&first.is(201).body["outcome"], &first.body["duplicate"]),
        (&json!("created"), &json!(false))
    );
    let kept = record(&town, &worker, &first);
    assert_eq!(
        (&kept["name"], &kept["source"], &kept["is_verified"]),
        (&json!("陈桂芳"), &json!("enrolment"), &json!(true))
    );
    let masked = kept["phone"].as_str().unwrap();
    assert!(masked.contains('*') && masked.ends_with(person.phone.get(10..).unwrap()), "{masked}");
    let again = enrol(&town, &other, of(&shown));
    assert_eq!((&again.is(201).body["id"], &again.body["duplicate"]), (&first.body["id"], &json!(true)));
    let fresh = enrol(&town, &other, of(&code(&town, &person).text()));
    assert_eq!(
        (&fresh.is(201).body["outcome"], &fresh.body["resident"]),
        (&json!("unchanged"), &first.body["resident"])
    );
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1);
    let events =
        "SELECT count(*) FROM audit_events WHERE resource = 'enrolments' AND detail->>'notice_version' = '1'";
    assert_eq!(town.count(events), 2);
    town.get("/v1/me/resident").by(&person).send().is(200);
    town.clock.advance(TimeDelta::minutes(2));
    enrol(&town, &worker, of(&code(&town, &person).text().replace("SG1", "SG2")))
        .is_problem(422, "code-malformed");
    enrol(&town, &worker, of(&shown)).is_problem(409, "code-expired");
}

#[test]
fn a_code_that_enrolled_somebody_opens_no_door_and_the_other_way_round() {
    let town = Town::new();
    let (worker, person) = (town.staff(Role::CommitteeWorker, OWN), walker(&town));
    let [one, two] = [(); 2].map(|()| code(&town, &person));
    enrol(&town, &worker, of(&one.text())).is(201);
    check_in(&town, &worker, visit(&one)).is_problem(409, "check-in-code-used");
    check_in(&town, &worker, visit(&two)).is(201);
    enrol(&town, &worker, of(&two.text())).is_problem(409, "check-in-code-used");
}

#[test]
fn what_a_record_lacks_is_filled_in_and_what_it_says_stays() {
    let town = Town::new();
    let (worker, person, other) = (town.staff(Role::CommitteeHead, OWN), town.resident(), town.resident());
    // By name and number the record is found; it keeps its own number.
    let known = enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": person.phone })));
    let found = enrol(&town, &worker, of(&code(&town, &person).text()));
    assert_eq!(
        (&found.is(201).body["outcome"], &found.body["resident"]),
        (&json!("refreshed"), &known["id"])
    );
    // Another person's code does not take it over.
    let taken = with(of(&code(&town, &other).text()), json!({ "resident": known["id"] }));
    enrol(&town, &worker, taken).is_problem(409, "enrolment-resident-taken");
    // A record that the worker names, since the code can't lead there.
    let bare = enter(&town, &worker, draft("李秀英"));
    let named = with(
        of(&code(&town, &other).text()),
        json!({ "resident": bare["id"], "name": null, "residence": null }),
    );
    let filled = enrol(&town, &worker, named);
    assert_eq!(
        (&filled.is(201).body["outcome"], &filled.body["resident"]),
        (&json!("refreshed"), &bare["id"])
    );
    assert!(
        record(&town, &worker, &filled)["phone"].as_str().unwrap().ends_with(other.phone.get(10..).unwrap())
    );
    let elsewhere = town.staff(Role::CommitteeWorker, SIBLING);
    let foreign = with(
        of(&code(&town, &town.resident()).text()),
        json!({ "resident": bare["id"], "division": SIBLING }),
    );
    enrol(&town, &elsewhere, foreign).is_problem(422, "enrolment-resident-unknown");
}

#[test]
fn two_workers_who_scan_one_person_at_once_begin_one_record() {
    let town = Town::with(|settings| settings.seats = 4);
    let workers = [(); 4].map(|()| town.staff(Role::CommitteeWorker, OWN));
    for round in 0..5 {
        let person = town.resident();
        let same = code(&town, &person).text();
        std::thread::scope(|scope| {
            for (n, worker) in workers.iter().enumerate() {
                // Some scan the same code, some another of the same person.
                let shown = if n % 2 == 0 { same.clone() } else { code(&town, &person).text() };
                let town = &town;
                scope.spawn(move || enrol(town, worker, of(&shown)).is(201).status);
            }
        });
        let bound = format!("SELECT count(*) FROM residents WHERE account_id = '{}'", person.account);
        assert_eq!(town.count(&bound), 1, "round {round}");
    }
    assert_eq!(
        (town.count("SELECT count(*) FROM residents"), town.count("SELECT count(*) FROM enrolments")),
        (5, 15)
    );
}

#[test]
fn a_code_of_the_city_s_tells_name_card_and_number() {
    let (town, asked) = city::town();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let scan = |code: &str, more: Value| {
        let body = json!({ "code": format!("{}{code}", city::PREFIX), "division": OWN, "residence": "from_other_province",
            "notice_version": 1 });
        enrol(&town, &worker, with(body, more))
    };
    let first = scan("wang", json!({}));
    let kept = record(&town, &worker, &first);
    assert_eq!((&kept["name"], &kept["is_verified"]), (&json!("王秀英"), &json!(false)));
    assert!(!first.text.contains(CARD) && kept["document"]["number"].as_str().unwrap().contains('*'));
    assert_eq!(asked.lock().unwrap()[0]["purpose"], "enrolment");
    assert_eq!(scan("wang", json!({})).is(201).body["duplicate"], true);
    let next = scan("wang2", json!({}));
    assert_eq!(
        (&next.is(201).body["outcome"], &next.body["resident"]),
        (&json!("unchanged"), &first.body["resident"])
    );
    let other = enter(&town, &worker, draft("李秀英"));
    scan("wang3", json!({ "resident": other["id"] })).is_problem(409, "enrolment-resident-taken");
    scan("gone", json!({})).is_problem(422, "code-city-unknown");
    // Who has an account beside, and took back there what they agreed to, is not enrolled by another's code, either.
    let (record, holder) = (first.body["resident"].as_str().unwrap(), town.resident().account);
    town.execute(&format!(
        "UPDATE residents SET account_id = '{holder}' WHERE id = '{record}';
         INSERT INTO consents (id, account_id, purpose, notice_version, is_separate, given_at, withdrawn_at)
             VALUES (gen_random_uuid(), '{holder}', 'enrolment', 1, true, now(), now())"
    ));
    scan("wang3", json!({})).is_problem(409, "enrolment-consent-withdrawn");
    for table in ["enrolments", "code_uses", "audit_events", "outbox"] {
        let hit =
            format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%wang%' OR t::text LIKE '%{CARD}%'");
        assert_eq!(town.count(&hit), 0, "{table}");
    }
}

#[test]
fn showing_the_code_is_a_consent_that_its_owner_reads_and_takes_back() {
    let town = Town::new();
    let (worker, person) = (town.staff(Role::CommitteeWorker, OWN), town.resident());
    let beside = town.staff(Role::CommitteeWorker, SIBLING);
    let scan = || enrol(&town, &worker, of(&code(&town, &person).text()));
    let consents = || -> Vec<Value> {
        let page = town.get("/v1/me/consents").by(&person).send();
        page.is(200).body["items"].as_array().unwrap().clone()
    };
    let first = scan();
    let record = first.is(201).body["resident"].as_str().unwrap();
    let given = consents();
    assert_eq!((&given[0]["purpose"], &given[0]["notice_version"]), (&json!("enrolment"), &json!(1)));
    assert_eq!((given.len(), &given[0]["withdrawn_at"]), (1, &Value::Null));
    // Once is enough, under one notice.
    scan().is(201);
    assert_eq!(consents().len(), 1);
    town.execute("UPDATE consents SET notice_version = 0");
    scan().is(201);
    let counting = consents();
    assert_eq!(counting.iter().map(|one| one["withdrawn_at"].is_null()).collect::<Vec<_>>(), [true, false]);
    let path = format!("/v1/me/consents/{}", counting[0]["id"].as_str().unwrap());
    town.call("DELETE", &path).by(&person).send().is(204);
    // Nothing is filled in any more, here or elsewhere, and no code is used up; what is kept stays.
    let before = town.count("SELECT count(*) FROM code_uses");
    scan().is_problem(409, "enrolment-consent-withdrawn");
    let there = with(of(&code(&town, &person).text()), json!({ "division": SIBLING }));
    enrol(&town, &beside, there.clone()).is_problem(409, "enrolment-consent-withdrawn");
    assert_eq!(town.count("SELECT count(*) FROM code_uses"), before);
    town.get(&format!("/v1/residents/{record}")).by(&worker).send().is(200);
    // They agree anew by themselves.
    let anew = json!({ "purpose": "enrolment", "notice_version": 1 });
    town.post("/v1/me/consents", anew).by(&person).send().is(201);
    assert_eq!(scan().is(201).body["outcome"], "unchanged");
    assert_eq!(enrol(&town, &beside, there).is(201).body["outcome"], "created");
}
