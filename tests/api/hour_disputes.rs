//! Hours that are disputed, what they make of somebody, and whose they are.

use chrono::{DateTime, TimeDelta, Utc};
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::{again, neighbour};
use crate::support::volunteer_day::{Day, START, at, signed};
use crate::support::volunteering::{born, own_signups, record, sign_up_with};
use crate::support::{OWN, PARENT, Person};

#[test]
fn who_did_not_come_is_noted_at_the_end_and_may_dispute_it_twice() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(&day.town, &one, &shift);
    let raise = |by: &Person| {
        let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
        day.town.post(&path, json!({ "reason": "当天服务到五点" })).by(&day.town.later(by)).send()
    };
    let answer = |by: &Person, dispute: &Value, outcome: &str| {
        let path = format!("/v1/hour-disputes/{}/answer", dispute.as_str().unwrap());
        day.town.post(&path, json!({ "outcome": outcome, "answer": "已核对" })).by(&day.town.later(by)).send()
    };
    raise(&one).is_problem(409, "hour-dispute-early");
    day.until("02T18:00");
    day.us.step(&day.town, &day.call, "closure").is(201);
    day.us.step(&day.town, &day.call, "completion").is(201);
    assert_eq!(day.town.text("SELECT kind || ' ' || source FROM attendances"), "no_show completion");
    raise(&neighbour(&day.town, OWN)).is_problem(404, "not-found");
    let first = raise(&one).is(201).body["id"].clone();
    raise(&one).is_problem(409, "hour-dispute-pending");
    let waits = day.town.get("/v1/hour-disputes?is_open=true").by(&day.town.later(&day.us.worker)).send();
    assert_eq!(waits.is(200).body["items"][0]["id"], first);
    answer(&one, &first, "upheld").is_problem(403, "forbidden");
    assert_eq!(answer(&day.us.worker, &first, "upheld").is(201).body["stage"], "organiser");
    answer(&day.us.worker, &first, "upheld").is_problem(409, "hour-dispute-answered");
    let second = raise(&one).is(201).body["id"].clone();
    answer(&day.us.worker, &second, "upheld").is_problem(409, "hour-dispute-another-needed");
    let head = day.town.staff(Role::CommitteeHead, OWN);
    let stay = json!(day.town.text("SELECT id FROM attendances"));
    answer(&head, &second, "corrected").is_problem(409, "hour-dispute-uncorrected");
    day.correct(&head, &stay, "02T13:00", "02T17:00").is(201);
    let settled = answer(&head, &second, "corrected");
    assert_eq!((&settled.is(201).body["stage"], day.total(&one)), (&json!("committee"), 240));
    raise(&one).is_problem(409, "hour-dispute-decided");
    let list = |by: &Person, query: &str| {
        let page = day.town.get(&format!("/v1/hour-disputes{query}")).by(&day.town.later(by)).send();
        page.is(200).body["items"].as_array().unwrap().len()
    };
    assert_eq!((list(&one, ""), list(&head, ""), list(&neighbour(&day.town, OWN), "")), (2, 2, 0));
    assert_eq!(list(&day.town.staff(Role::StreetOfficer, PARENT), ""), 2);
    assert_eq!((list(&head, "?is_open=true"), list(&head, "?is_open=false")), (0, 2));
}

#[test]
fn who_wrote_a_disputed_correction_does_not_answer_and_what_was_not_corrected_is_not_called_so() {
    let day = Day::new();
    let (one, town) = (neighbour(&day.town, OWN), &day.town);
    let [author, other] = std::array::from_fn(|_| town.staff(Role::CommitteeWorker, OWN));
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(town, &one, &shift);
    day.until("02T18:00");
    let stay = day.stay(&shift, &signup, "02T13:00", "02T17:00");
    day.correct(&author, &stay, "02T13:00", "02T14:00").is(201);
    let raise = || {
        let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
        let reply = town.post(&path, json!({ "reason": "当天服务到五点" })).by(&town.later(&one)).send();
        reply.is(201).body["id"].as_str().unwrap().to_owned()
    };
    let answer = |by: &Person, dispute: &str, outcome: &str| {
        let path = format!("/v1/hour-disputes/{dispute}/answer");
        town.post(&path, json!({ "outcome": outcome, "answer": "已核对" })).by(&town.later(by)).send()
    };
    let first = raise();
    answer(&day.us.worker, &first, "corrected").is_problem(409, "hour-dispute-uncorrected");
    answer(&day.us.worker, &first, "upheld").is(201);
    let second = raise();
    answer(&author, &second, "upheld").is_problem(409, "hour-dispute-another-needed");
    answer(&other, &second, "corrected").is_problem(409, "hour-dispute-uncorrected");
    day.correct(&other, &stay, "02T13:00", "02T17:00").is(201);
    assert_eq!(answer(&other, &second, "corrected").is(201).body["outcome"], "corrected");
    assert_eq!(day.total(&one), 240);
}

#[test]
fn neither_who_noted_the_coming_nor_who_noted_the_going_answers_before_the_committee() {
    let day = Day::new();
    let (one, town) = (neighbour(&day.town, OWN), &day.town);
    let [going, organiser, other] = std::array::from_fn(|_| town.staff(Role::CommitteeWorker, OWN));
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(town, &one, &shift);
    day.until("02T18:00");
    day.note(&shift, &signup, "arrival", Some("02T13:00"), json!({})).is(201);
    let left = json!({ "signup": signup, "event": "departure", "at": at("02T14:00"), "reason": "现场登记" });
    let path = format!("/v1/shifts/{shift}/attendances");
    town.post(&path, left).by(&town.later(&going)).send().is(201);
    let raise = || {
        let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
        let reply = town.post(&path, json!({ "reason": "当天服务到五点" })).by(&town.later(&one)).send();
        reply.is(201).body["id"].as_str().unwrap().to_owned()
    };
    let answer = |by: &Person, dispute: &str| {
        let path = format!("/v1/hour-disputes/{dispute}/answer");
        town.post(&path, json!({ "outcome": "upheld", "answer": "已核对" })).by(&town.later(by)).send()
    };
    answer(&organiser, &raise()).is(201);
    let second = raise();
    for recorder in [&day.us.worker, &going] {
        answer(recorder, &second).is_problem(409, "hour-dispute-another-needed");
    }
    answer(&other, &second).is(201);
}

#[test]
fn who_notes_after_a_dispute_what_was_missing_recorded_nothing_of_what_is_disputed() {
    for has_come in [true, false] {
        let day = Day::new();
        let (one, town) = (neighbour(&day.town, OWN), &day.town);
        let [organiser, later] = std::array::from_fn(|_| town.staff(Role::CommitteeWorker, OWN));
        let shift = day.shift("02T13:00", "02T17:00");
        let signup = signed(town, &one, &shift);
        day.until("02T18:00");
        let note = |by: &Person, event: &str, moment: &str| {
            let body = json!({ "signup": signup, "event": event, "at": at(moment), "reason": "现场登记" });
            let path = format!("/v1/shifts/{shift}/attendances");
            town.post(&path, body).by(&town.later(by)).send().is(201);
        };
        if has_come {
            note(&day.us.worker, "arrival", "02T13:00");
        }
        let raise = || {
            let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
            let reply = town.post(&path, json!({ "reason": "当天服务到五点" })).by(&town.later(&one)).send();
            reply.is(201).body["id"].as_str().unwrap().to_owned()
        };
        let answer = |by: &Person, dispute: &str, outcome: &str| {
            let path = format!("/v1/hour-disputes/{dispute}/answer");
            let body = json!({ "outcome": outcome, "answer": "已核对" });
            town.post(&path, body).by(&town.later(by)).send()
        };
        answer(&organiser, &raise(), "upheld").is(201);
        let second = raise();
        if !has_come {
            note(&later, "arrival", "02T13:00");
        }
        note(&later, "departure", "02T17:00");
        if has_come {
            answer(&day.us.worker, &second, "corrected").is_problem(409, "hour-dispute-another-needed");
        }
        assert_eq!(answer(&later, &second, "corrected").is(201).body["outcome"], "corrected");
        assert_eq!(day.total(&one), 240);
    }
}

#[test]
fn stars_follow_from_the_sum_by_the_rules_of_the_place() {
    let day = Day::new();
    let one = neighbour(&day.town, OWN);
    assert_eq!(
        (day.hours(&one)["stars"].clone(), day.hours(&one)["next_star"]["minutes"].clone()),
        (json!(0), json!(6000))
    );
    let shift = day.shift("02T13:00", "02T17:00");
    let signup = signed(&day.town, &one, &shift);
    day.until("02T18:00");
    let stay = day.stay(&shift, &signup, "02T13:00", "02T17:00");
    // The rest, as if it had been recorded long ago.
    let earlier = |minutes: i64| {
        day.town.execute(&format!(
            "INSERT INTO volunteer_hours (id, resident_id, attendance_id, call_id, division, worked_on, kind, minutes, reason, created_at)
                 SELECT gen_random_uuid(), '{}', '{}', '{}', {OWN}, '2020-01-01'::date + n::int, 'earned', 480, '', now()
                 FROM generate_series(1, {}) n",
            record(&day.town, &one), stay.as_str().unwrap(), day.call, minutes / 480
        ));
    };
    earlier(5760);
    let told = day.hours(&one);
    assert_eq!(
        (&told["total_minutes"], &told["stars"], &told["next_star"]["stars"]),
        (&json!(6000), &json!(1), &json!(2))
    );
    assert!(told["next_star"]["legal_basis"].as_str().unwrap().contains("340号"));
    // A district with rules of its own.
    day.town.execute(
        "INSERT INTO volunteer_rules (id, division, rule, stars, minutes, effective_from, legal_basis, created_at)
             SELECT gen_random_uuid(), 310113000000, 'star', n, n * 1800, '2026-01-01', '区办法', now() FROM generate_series(1, 3) n",
    );
    assert_eq!(day.hours(&one)["stars"], 3);
    assert_eq!(day.hours(&one)["next_star"], Value::Null);
    assert_eq!(day.hours(&day.town.resident())["total_minutes"], 0);
}

#[test]
fn a_guardian_reads_a_child_s_hours_and_two_records_become_one_ledger() {
    let day = Day::new();
    let [mother, child, double] = std::array::from_fn(|_| neighbour(&day.town, OWN));
    born(&day.town, &child, "2017-05-01");
    let ward = record(&day.town, &child);
    day.town.execute(&format!(
        "INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
             VALUES (gen_random_uuid(), '{ward}', '{}', {OWN}, 'parent', 'x', '{}', now())",
        record(&day.town, &mother), day.us.worker.account
    ));
    let shift = day.shift("02T13:00", "02T17:00");
    let week = day.shift_of(&day.call, "02T11:00", "08T18:00", json!({ "kind": "flexible" }));
    let for_child = format!("?for={ward}");
    let signup = sign_up_with(&day.town, &mother, &shift, &for_child, json!({})).is(201).body["id"].clone();
    let (own, other) = (signed(&day.town, &mother, &shift), signed(&day.town, &double, &week));
    day.until("02T18:00");
    day.stay(&shift, &signup, "02T13:00", "02T14:00");
    day.stay(&shift, &own, "02T13:00", "02T17:00");
    day.stay(&week, &other, "02T15:00", "02T18:00");
    let path = format!("/v1/me/volunteer-hours?for={ward}");
    let read = |by: &Person| day.town.get(&path).by(&day.town.later(by)).send();
    assert_eq!(read(&mother).is(200).body["total_minutes"], 60);
    read(&double).is_problem(404, "not-found");
    // 13–17 and 15–18 o'clock of one person are five hours.
    let (from, into) = (record(&day.town, &double), record(&day.town, &mother));
    day.town.execute(&format!("UPDATE residents SET account_id = NULL WHERE id = '{from}'"));
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    day.town.post("/v1/resident-merges", body).by(&day.town.later(&day.us.worker)).send().is(201);
    assert_eq!(day.total(&mother), 300);
    assert_eq!(own_signups(&day.town, &again(&day.town, &mother)).len(), 3);
    assert!(day.town.now() > START.parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(7));
}
