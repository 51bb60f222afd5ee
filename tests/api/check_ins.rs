//! Check-ins: a code counts once, a person once for an event, and all of it goes after 30 days or with the consent.

mod gates;
mod offline;

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::codes::city;
use crate::support::archive::{draft, enter, with, with_card};
use crate::support::rights::bind;
use crate::support::scans::{agree, check_in, code, meeting, send, visit, walker};
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

fn sweep(town: &Town) {
    worker::sweep(&town.gate, &Stop::default()).unwrap();
}

#[test]
fn somebody_is_checked_in_once_and_a_repeat_gets_the_first_answer() {
    let town = Town::new();
    let (worker, guard) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::PropertyStaff, OWN));
    let person = town.resident();
    let [event, other] = [1, 2].map(Uuid::from_u128);
    let shown = code(&town, &person);
    check_in(&town, &guard, meeting(&shown, event)).is_problem(403, "consent-missing");
    assert_eq!(town.count("SELECT count(*) FROM code_uses"), 0, "a refused code is not used up");
    agree(&town, &person);
    let first = check_in(&town, &guard, meeting(&shown, event));
    assert_eq!((&first.is(201).body["duplicate"], &first.body["resident"]), (&json!(false), &Value::Null));
    assert_eq!(first.header("cache-control"), "no-store");
    // The same code again; then the same person by another code.
    for again in [shown, code(&town, &person)] {
        let again = check_in(&town, &worker, meeting(&again, event));
        assert_eq!((&again.is(201).body["id"], &again.body["duplicate"]), (&first.body["id"], &json!(true)));
    }
    check_in(&town, &guard, meeting(&shown, other)).is_problem(409, "check-in-code-used");
    check_in(&town, &guard, visit(&shown)).is_problem(409, "check-in-code-used");
    assert_eq!(
        check_in(&town, &guard, meeting(&code(&town, &person), other)).is(201).body["duplicate"],
        false
    );
    // Visits come as often as they come.
    for _ in 0..2 {
        assert_eq!(check_in(&town, &guard, visit(&code(&town, &person))).is(201).body["duplicate"], false);
    }
    let record = enter(&town, &worker, draft("陈桂芳"));
    bind(&town, &person, &record);
    let known = check_in(&town, &guard, visit(&code(&town, &person)));
    assert_eq!(known.is(201).body["resident"], record["id"]);
    let mine = town.get("/v1/me/check-ins?limit=2").by(&person).send();
    assert_eq!(
        (&mine.is(200).body["items"][0]["id"], &mine.body["has_more"]),
        (&known.body["id"], &json!(true))
    );
    assert_eq!(town.get("/v1/me/check-ins").by(&town.resident()).send().is(200).body["items"], json!([]));
    let path = format!("/v1/check-ins?division={OWN}&purpose=meeting&event={event}");
    let listed = town.get(&path).by(&town.staff(Role::StreetOfficer, PARENT)).send();
    assert_eq!(listed.is(200).body["items"].as_array().unwrap().len(), 1);
    assert_eq!(town.get(&path).by(&town.staff(Role::CommitteeHead, SIBLING)).send().body["items"], json!([]));
    let audited =
        town.text("SELECT string_agg(detail::text, ' ') FROM audit_events WHERE resource = 'check-ins'");
    for secret in [person.account.to_string(), record["id"].as_str().unwrap().to_owned()] {
        assert!(!audited.contains(&secret) && audited.contains("is_duplicate"), "{audited}");
    }
}

#[test]
fn what_does_not_fit_is_refused_and_uses_no_code_up() {
    let town = Town::new();
    let (guard, person) = (town.staff(Role::GroupLeader, OWN), walker(&town));
    let shown = code(&town, &person);
    let event = Uuid::from_u128(1);
    let refused = |body: Value, status: u16, problem: &str| {
        check_in(&town, &guard, body).is_problem(status, problem);
    };
    refused(with(visit(&shown), json!({ "event": event })), 422, "check-in-event-missing");
    refused(with(meeting(&shown, event), json!({ "event": null })), 422, "check-in-event-missing");
    refused(with(visit(&shown), json!({ "purpose": "enrolment" })), 422, "check-in-purpose-unfit");
    refused(with(visit(&shown), json!({ "purpose": "loitering" })), 422, "field-invalid");
    refused(with(visit(&shown), json!({ "division": SIBLING })), 403, "forbidden");
    refused(with(visit(&shown), json!({ "code": "x" })), 422, "code-malformed");
    refused(with(visit(&shown), json!({ "code": "A".repeat(65_536) })), 413, "body-too-large");
    town.post("/v1/check-ins", visit(&shown)).by(&guard).send().is_problem(400, "idempotency-key-missing");
    check_in(
        &town,
        &town.staff(Role::StreetOfficer, PARENT),
        with(visit(&shown), json!({ "division": "310113003999" })),
    )
    .is_problem(422, "check-in-division-unknown");
    check_in(&town, &person, visit(&shown)).is_problem(403, "forbidden");
    let closed = walker(&town);
    let gone = code(&town, &closed);
    town.execute(&format!(
        "UPDATE accounts SET closed_at = now(), phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
        closed.account
    ));
    refused(visit(&gone), 409, "check-in-person-unknown");
    assert_eq!(
        town.count("SELECT count(*) FROM code_uses") + town.count("SELECT count(*) FROM check_ins"),
        0
    );
    // A lost answer is asked for again when the code is long over.
    let lost = |key: &str| {
        let token = town.gate.tokens().sign(guard.account, guard.session, town.now()).unwrap();
        town.post("/v1/check-ins", visit(&shown)).header("Idempotency-Key", key).token(&token).send()
    };
    let first = lost("lost-1").is(201).text.clone();
    town.clock.advance(TimeDelta::minutes(5));
    let again = lost("lost-1");
    assert_eq!((again.is(201).header("idempotency-replayed"), &again.text), ("true", &first));
    lost("lost-2").is_problem(409, "code-expired");
}

#[test]
fn of_two_gates_at_once_one_is_first() {
    let town = Town::with(|settings| settings.seats = 4);
    let gates = [(); 4].map(|()| town.staff(Role::PropertyStaff, OWN));
    for round in 0..10_u128 {
        let person = walker(&town);
        let shown = code(&town, &person);
        let body = if round % 2 == 0 { visit(&shown) } else { meeting(&shown, Uuid::from_u128(round)) };
        let answers: Vec<(Value, Value)> = std::thread::scope(|scope| {
            let (town, body) = (&town, &body);
            let scans = gates.each_ref().map(|gate| {
                scope.spawn(move || {
                    let reply = check_in(town, gate, body.clone());
                    (reply.is(201).body["id"].clone(), reply.body["duplicate"].clone())
                })
            });
            scans.into_iter().map(|scan| scan.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|(_, duplicate)| *duplicate == false).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|(id, _)| *id == answers[0].0), "{answers:?}");
    }
    assert_eq!(town.count("SELECT count(*) FROM check_ins"), 10);
    assert_eq!(town.count("SELECT count(*) FROM code_uses"), 10);
}

#[test]
fn tracks_go_after_thirty_days_and_with_the_consent() {
    let town = Town::new();
    let guard = town.staff(Role::PropertyStaff, OWN);
    let [stays, withdraws, anew, closes] = [(); 4].map(|()| walker(&town));
    for person in [&stays, &withdraws, &anew, &closes] {
        check_in(&town, &guard, visit(&code(&town, person))).is(201);
    }
    town.clock.advance(TimeDelta::minutes(1));
    let now = town.now();
    for person in [&withdraws, &anew] {
        town.execute(&format!(
            "UPDATE consents SET withdrawn_at = '{now}' WHERE account_id = '{}'",
            person.account
        ));
    }
    agree(&town, &anew);
    town.execute(&format!(
        "UPDATE accounts SET closed_at = '{now}', phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
        closes.account
    ));
    sweep(&town);
    let left = |person: &crate::support::Person| {
        town.count(&format!("SELECT count(*) FROM check_ins WHERE account_id = '{}'", person.account))
    };
    assert_eq!([&stays, &withdraws, &anew, &closes].map(left), [1, 0, 1, 0]);
    town.clock.advance(TimeDelta::days(29));
    sweep(&town);
    assert_eq!((left(&stays), town.count("SELECT count(*) FROM code_uses")), (1, 0));
    town.clock.advance(TimeDelta::days(1));
    sweep(&town);
    assert_eq!(town.count("SELECT count(*) FROM check_ins"), 0);
}

#[test]
fn by_the_city_s_code_the_same_person_is_the_same_person() {
    let (town, asked) = city::town();
    let (worker, person) = (town.staff(Role::CommitteeWorker, OWN), walker(&town));
    let event = Uuid::from_u128(1);
    let city_code = |name: &str| format!("{}{name}", city::PREFIX);
    let by_city = |name: &str, event: Uuid| {
        let body = json!({ "code": city_code(name), "purpose": "training", "event": event, "division": OWN });
        check_in(&town, &worker, body)
    };
    by_city("wang", event).is_problem(409, "check-in-person-unknown");
    let record = enter(&town, &worker, with_card("王秀英"));
    by_city("wang", event).is_problem(403, "consent-missing");
    bind(&town, &person, &record);
    let first = by_city("wang", event);
    assert_eq!((&first.is(201).body["resident"], &first.body["duplicate"]), (&record["id"], &json!(false)));
    assert_eq!(by_city("wang", event).is(201).body["duplicate"], true);
    by_city("wang", Uuid::from_u128(2)).is_problem(409, "check-in-code-used");
    let body = json!({ "code": code(&town, &person).text(), "purpose": "training", "event": event, "division": OWN });
    let ours = check_in(&town, &worker, body);
    assert_eq!((&ours.is(201).body["id"], &ours.body["duplicate"]), (&first.body["id"], &json!(true)));
    assert_eq!(asked.lock().unwrap()[0]["purpose"], "check_in");
    let before = asked.lock().unwrap().len();
    check_in(&town, &person, json!({ "code": city_code("x"), "purpose": "venue_visit", "division": OWN }))
        .is_problem(403, "forbidden");
    assert_eq!(asked.lock().unwrap().len(), before, "who may not check in asks the city nothing");
    for table in ["check_ins", "code_uses", "audit_events", "outbox"] {
        let hit =
            format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%wang%' OR t::text LIKE '%sh.gov%'");
        assert_eq!(town.count(&hit), 0, "{table}");
    }
}

#[test]
fn no_committee_is_told_of_a_record_that_another_keeps() {
    let (town, _) = city::town();
    let (worker, next) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, SIBLING));
    let theirs = enter(&town, &next, with(with_card("王秀英"), json!({ "division": SIBLING })));
    town.execute(&format!(
        "INSERT INTO consents (id, account_id, resident_id, purpose, notice_version, is_separate, given_at)
             VALUES (gen_random_uuid(), '{}', '{}', 'movement_track', 1, true, now())",
        next.account,
        theirs["id"].as_str().unwrap()
    ));
    let visit = |name: &str, by: &Person, division: &str| {
        let body = json!({ "code": format!("{}{name}", city::PREFIX), "purpose": "venue_visit", "division": division });
        check_in(&town, by, body).is(201).body["resident"].clone()
    };
    assert_eq!(visit("a", &worker, OWN), Value::Null);
    assert_eq!(visit("a", &worker, OWN), Value::Null, "nor when it is shown again");
    assert_eq!(visit("b", &next, SIBLING), theirs["id"]);
    let list =
        |by: &Person| town.get("/v1/check-ins").by(by).send().is(200).body["items"][0]["resident"].clone();
    assert_eq!((list(&worker), list(&next)), (Value::Null, theirs["id"].clone()));
    // With an account behind it, it is the account that came.
    bind(&town, &walker(&town), &theirs);
    assert_eq!(visit("c", &worker, OWN), Value::Null);
    let kept = "SELECT count(*) FROM check_ins WHERE resident_id IS NULL AND account_id IS NOT NULL";
    assert_eq!(town.count(kept), 1);
}

#[test]
fn a_merge_takes_the_check_ins_along_and_doubles_none() {
    let (town, _) = city::town();
    let (worker, other) = (town.staff(Role::CommitteeHead, OWN), walker(&town));
    let one = enter(&town, &worker, with_card("王秀英"));
    let two = enter(&town, &worker, draft("王秀英"));
    bind(&town, &other, &two);
    let [both, single, shift] = [1, 2, 3].map(Uuid::from_u128);
    check_in(&town, &worker, meeting(&code(&town, &other), both)).is(201);
    for purpose in ["shift_in", "shift_out"] {
        let body = json!({ "code": code(&town, &other).text(), "purpose": purpose, "event": shift, "division": OWN });
        assert_eq!(check_in(&town, &worker, body).is(201).body["duplicate"], false);
    }
    town.execute(&format!(
        "INSERT INTO consents (id, account_id, resident_id, purpose, notice_version, is_separate, given_at)
             VALUES (gen_random_uuid(), '{}', '{}', 'movement_track', 1, true, now())",
        worker.account,
        one["id"].as_str().unwrap()
    ));
    for (name, purpose, event) in [
        ("a", "meeting", both),
        ("b", "meeting", single),
        ("c", "shift_in", shift),
        ("d", "shift_out", shift),
    ] {
        let body = json!({ "code": format!("{}{name}", city::PREFIX), "purpose": purpose, "event": event, "division": OWN });
        assert_eq!(check_in(&town, &worker, body).is(201).body["duplicate"], false);
    }
    let merge = json!({ "from": one["id"], "into": two["id"], "reason": "同一人" });
    let merged = send(&town, &worker, "/v1/resident-merges", merge);
    assert_eq!(merged.status, 201, "{}", merged.text);
    let of = |record: &Value| {
        town.count(&format!(
            "SELECT count(*) FROM check_ins WHERE resident_id = '{}'",
            record["id"].as_str().unwrap()
        ))
    };
    assert_eq!((of(&one), of(&two)), (0, 4));
}
