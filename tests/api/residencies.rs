//! Becoming a verified resident: what agrees is bound at once, and what does not looks the same whatever was wrong.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{CARD, enter, with, with_card};
use crate::support::rights::{OTHER_CARD, bind, claim, home, say, settle};
use crate::support::{OWN, Person, Town};

#[test]
fn name_document_and_home_that_agree_bind_the_account_at_once() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let record = enter(&town, &worker, with_card("陈桂芳"));
    settle(&town, &record, &home);
    let person = town.resident();
    town.get("/v1/me/residency").by(&person).send().is_problem(404, "not-found");
    town.get("/v1/me/resident").by(&person).send().is_problem(404, "not-found");
    let before = town.get("/v1/me").by(&person).send().header("etag").to_owned();
    let said = say(&town, &person, claim("陈桂芳", &home));
    assert_eq!((&said.is(201).body["status"], &said.body["resident"]), (&json!("verified"), &record["id"]));
    let me = town.get("/v1/me").by(&person).header("If-None-Match", &before).send();
    assert_eq!(me.is(200).body["residencies"], json!([{ "resident": record["id"], "division": OWN }]));
    assert_eq!(town.get("/v1/me/residency").by(&person).send().is(200).body, said.body);
    let own = town.get("/v1/me/resident").by(&person).send();
    assert_eq!(
        (&own.is(200).body["name"], &own.body["document"]["number"], &own.body["home"]),
        (&json!("陈桂芳"), &json!("110*************2X"), &json!(home.dwelling))
    );
    assert!(!own.text.contains(CARD));
    say(&town, &person, claim("陈桂芳", &home)).is_problem(409, "residency-held");
    // Nothing of what was said is left.
    for table in ["residencies", "residency_attempts", "audit_events", "outbox"] {
        for canary in [CARD, "陈桂芳"] {
            let found = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{canary}%'");
            assert_eq!(town.count(&found), 0, "{table} holds {canary}");
        }
    }
    assert_eq!(town.count("SELECT count(document_hash) FROM residencies"), 0);
}

#[test]
fn whatever_was_wrong_looks_the_same() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let record = enter(&town, &worker, with_card("陈桂芳"));
    settle(&town, &record, &home);
    let right = claim("陈桂芳", &home);
    let other = json!({ "kind": "resident_id_card", "number": OTHER_CARD });
    let elsewhere = json!({ "building": home.building, "unit": "1", "number": "503" });
    let taken = town.resident();
    let mut answers = Vec::new();
    for (wrong, is_taken) in [
        (with(right.clone(), json!({ "name": "陈桂芬" })), false),
        (with(right.clone(), json!({ "document": other })), false),
        (with(right.clone(), json!({ "home": elsewhere })), false),
        (right.clone(), true),
    ] {
        if is_taken {
            bind(&town, &taken, &record);
        }
        let said = say(&town, &town.resident(), wrong);
        let mut answer = said.is(201).body.clone();
        for own in ["id", "created_at"] {
            answer[own] = Value::Null;
        }
        answers.push(answer);
    }
    assert_eq!(answers[0]["status"], "pending");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    // What is kept has one shape, too, and holds no number in the clear.
    let shapes =
        "SELECT count(DISTINCT (status, length(document_sealed), resident_id IS NULL)) FROM residencies";
    assert_eq!(town.count(shapes), 1);
    assert_eq!(town.count(&format!("SELECT count(*) FROM residencies r WHERE r::text LIKE '%{CARD}%'")), 0);
    // The record is still the other account's, and the worker sees so.
    assert_eq!(town.get("/v1/me/resident").by(&taken).send().is(200).body["id"], record["id"]);
    let items = town.get("/v1/residencies").by(&worker).send().is(200).body["items"].clone();
    let flags: Vec<_> = items.as_array().unwrap().iter().map(|item| &item["candidate"]).collect();
    let flag = |same: bool| json!({ "resident": record["id"], "has_same_name": same, "is_taken": true });
    assert_eq!(flags, [&flag(false), &Value::Null, &flag(true), &flag(true)], "{items}");
    assert!(!items.to_string().contains(CARD));
}

#[test]
fn a_record_with_a_telephone_number_is_its_owner_s_alone() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let [stranger, owner] = [town.resident(), town.resident()];
    let record = enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": owner.phone })));
    settle(&town, &record, &home);
    // Who found the card knows all but the number, and does not learn that it is the number.
    let mut answers = [claim("陈桂芳", &home), claim("陈桂芬", &home)]
        .map(|claim| say(&town, &stranger, claim).is(201).body.clone());
    for answer in &mut answers {
        for own in ["id", "created_at"] {
            answer[own] = Value::Null;
        }
    }
    assert_eq!((&answers[0]["status"], &answers[0]), (&json!("pending"), &answers[1]));
    assert_eq!(say(&town, &owner, claim("陈桂芳", &home)).is(201).body["status"], "verified");
    assert_eq!(town.get("/v1/me/resident").by(&owner).send().is(200).body["id"], record["id"]);
}

#[test]
fn a_departed_record_is_not_bound_and_a_building_must_exist() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    let record = enter(&town, &worker, with_card("陈桂芳"));
    settle(&town, &record, &home);
    town.execute("UPDATE residents SET status = 'departed'");
    let person = town.resident();
    assert_eq!(say(&town, &person, claim("陈桂芳", &home)).is(201).body["status"], "pending");
    let nowhere =
        with(claim("陈桂芳", &home), json!({ "home": { "building": uuid::Uuid::nil(), "number": "502" } }));
    say(&town, &person, nowhere).is_problem(422, "residency-building-unknown");
}

#[test]
fn a_neighbour_is_not_guessed() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    settle(&town, &enter(&town, &worker, with_card("陈桂芳")), &home);
    let guesser = town.resident();
    for number in 0..5 {
        let place = json!({ "building": home.building, "unit": "1", "number": format!("60{number}") });
        say(&town, &guesser, with(claim("陈桂芳", &home), json!({ "home": place }))).is(201);
    }
    // Not even what is right counts now; nor does it from another account, for the document was guessed at enough.
    let refused = say(&town, &guesser, claim("陈桂芳", &home));
    let wait: u64 = refused.is_problem(429, "residency-too-many").header("retry-after").parse().unwrap();
    assert!((86_000..=86_400).contains(&wait), "{wait}");
    say(&town, &town.resident(), claim("陈桂芳", &home)).is_problem(429, "residency-too-many");
    // What waited is one thing, the last.
    assert_eq!(town.count("SELECT count(*) FROM residencies WHERE status = 'pending'"), 1);
    assert_eq!(town.count("SELECT count(name) FROM residencies"), 1);
    town.clock.advance(TimeDelta::hours(25));
    let token = town.gate.tokens().sign(guesser.account, guesser.session, town.now()).unwrap();
    let again = town.post("/v1/me/residency", claim("陈桂芳", &home)).token(&token).send();
    assert_eq!(again.is(201).body["status"], "verified");
}

#[test]
fn guesses_at_once_count_one_after_another() {
    let town = Town::with(|settings| settings.seats = 4);
    let home = home(&town);
    let person = town.resident();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..12).map(|_| scope.spawn(|| say(&town, &person, claim("陈桂芳", &home)).status)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 5, "{statuses:?}");
}

#[test]
fn two_accounts_at_once_do_not_share_a_record() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let home = home(&town);
    settle(&town, &enter(&town, &worker, with_card("陈桂芳")), &home);
    let people: Vec<Person> = (0..4).map(|_| town.resident()).collect();
    let answers: Vec<String> = std::thread::scope(|scope| {
        let (town, home) = (&town, &home);
        let both: Vec<_> = people
            .iter()
            .map(|person| {
                scope.spawn(move || say(town, person, claim("陈桂芳", home)).body["status"].to_string())
            })
            .collect();
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| *status == "\"verified\"").count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| *status == "\"pending\"").count(), 3, "{answers:?}");
}
