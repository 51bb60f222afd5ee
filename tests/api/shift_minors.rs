//! Signing up for shifts: minors with their guardians, dangerous work, and records that become one.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::scans::{agree, check_in, code, send};
use crate::support::volunteer_day::{Day, at, signed};
use crate::support::volunteering::{
    ahead, born, decide, guard, organiser, own_signups, record, replay, second_record, sign_up, sign_up_with,
    withdraw, years_ago,
};
use crate::support::{OWN, SIBLING, Town};

#[test]
fn dangerous_work_is_insured_first_and_not_for_minors() {
    let town = Town::new();
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    born(&town, &one, &years_ago(&town, 30));
    let call = us.published(&town, json!({ "is_dangerous": true, "risks": "高处作业" }));
    let shift = us.shift(&town, &call, json!({}));
    sign_up(&town, &one, &shift).is_problem(409, "shift-uninsured");
    let insure = |until: String| {
        let insurance = json!({ "insurer": "人保", "policy": "A-1", "until": until });
        let path = format!("/v1/volunteer-calls/{call}");
        town.patch(&path, "*", json!({ "insurance": insurance })).by(&us.worker).send().is(200);
    };
    let day = |days: i64| lilong::kit::clock::local_date(town.now() + TimeDelta::days(days)).to_string();
    insure(day(0));
    sign_up(&town, &one, &shift).is_problem(409, "shift-uninsured");
    insure(day(2));
    sign_up(&town, &one, &shift).is(201);
    let young = neighbour(&town, OWN);
    born(&town, &young, &day(-16 * 365));
    sign_up(&town, &young, &shift).is_problem(409, "shift-dangerous-for-minors");
    let unknown = neighbour(&town, OWN);
    sign_up(&town, &unknown, &shift).is_problem(409, "shift-dangerous-for-minors");
}

#[test]
fn who_chooses_their_hours_is_insured_to_the_end_of_the_window_or_on_the_first_day_where_there_is_none() {
    let town = Town::new();
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    let day = |days: i64| lilong::kit::clock::local_date(town.now() + TimeDelta::days(days)).to_string();
    let until = |days: i64| json!({ "insurer": "人保", "policy": "A-1", "until": day(days) });
    born(&town, &one, &years_ago(&town, 30));
    let call =
        us.published(&town, json!({ "is_dangerous": true, "risks": "高处作业", "insurance": until(2) }));
    let week = us.shift(&town, &call, json!({ "kind": "flexible", "ends_at": ahead(&town, 8 * 1440) }));
    let always = us.shift(&town, &call, json!({ "kind": "open_ended", "ends_at": null }));
    sign_up(&town, &one, &week).is_problem(409, "shift-uninsured");
    sign_up(&town, &one, &always).is(201);
    let insure = |insurance: Value| {
        let path = format!("/v1/volunteer-calls/{call}");
        town.patch(&path, "*", json!({ "insurance": insurance })).by(&us.worker).send()
    };
    insure(until(9)).is(200);
    sign_up(&town, &one, &week).is(201);
    // Whoever is signed up stays insured.
    for less in [Value::Null, until(2)] {
        insure(less).is_problem(409, "volunteer-call-people-uninsured");
    }
    withdraw(&town, &one, &week).is(204);
    insure(until(2)).is(200);
    insure(until(0)).is_problem(409, "volunteer-call-people-uninsured");
    withdraw(&town, &one, &always).is(204);
    insure(Value::Null).is(200);
}

#[test]
fn work_does_not_become_dangerous_for_minors_or_uninsured_for_those_who_are_signed_up() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "capacity": 9 }));
    let [adult, young, unknown] = std::array::from_fn(|_| neighbour(&town, OWN));
    born(&town, &young, &years_ago(&town, 16));
    born(&town, &adult, &years_ago(&town, 30));
    // Asked for, too, and not agreed to by a guardian yet.
    assert_eq!(sign_up(&town, &young, &shift).is(201).body["state"], "requested");
    sign_up(&town, &adult, &shift).is(201);
    let patch =
        |body: Value| town.patch(&format!("/v1/volunteer-calls/{call}"), "*", body).by(&us.worker).send();
    let insurance = json!({ "insurer": "人保", "policy": "A-1", "until": "2030-01-01" });
    let dangerous = json!({ "is_dangerous": true, "risks": "高处作业", "insurance": insurance });
    patch(dangerous.clone()).is_problem(409, "volunteer-call-minors-signed-up");
    withdraw(&town, &young, &shift).is(204);
    // Nor for somebody of whom nobody knows how old they are, as when they sign up.
    sign_up(&town, &unknown, &shift).is(201);
    patch(dangerous.clone()).is_problem(409, "volunteer-call-minors-signed-up");
    withdraw(&town, &unknown, &shift).is(204);
    patch(json!({ "is_dangerous": true, "risks": "高处作业" }))
        .is_problem(409, "volunteer-call-people-uninsured");
    patch(dangerous).is(200);
    patch(json!({ "insurance": null })).is_problem(409, "volunteer-call-people-uninsured");
    patch(json!({ "title": "擦高窗" })).is(200);
    patch(json!({ "is_dangerous": false, "insurance": null })).is(200);
}

#[test]
fn dangerous_work_is_insured_and_not_for_minors_still_when_somebody_is_approved_and_when_they_come() {
    let day = Day::new();
    let (town, us) = (&day.town, &day.us);
    let guard = town.staff(Role::PropertyStaff, OWN);
    let [one, asks] = std::array::from_fn(|_| neighbour(town, OWN));
    agree(town, &one);
    for grown in [&one, &asks] {
        born(town, grown, "1990-05-01");
    }
    let until = |day: &str| json!({ "insurer": "人保", "policy": "A-1", "until": day });
    let call = us.published(
        town,
        json!({ "is_dangerous": true, "risks": "高处作业", "insurance": until("2026-03-02") }),
    );
    let open = json!({ "kind": "open_ended", "ends_at": null, "starts_at": at("02T12:00"), "capacity": 9 });
    let shift = us.shift(town, &call, open.clone());
    let approved = us.shift(town, &call, with(open, json!({ "needs_approval": true })));
    let signup = signed(town, &one, &shift);
    let asked = sign_up(town, &asks, &approved).is(201).body.clone();
    let approve = || decide(town, &town.later(&us.worker), &asked, json!({ "decision": "approved" }));
    let come = |moment| day.note(&shift, &signup, "arrival", moment, json!({}));
    let stays = || town.count("SELECT count(*) FROM attendances");
    // The next day the insurance is over.
    day.until("03T14:00");
    approve().is_problem(409, "shift-uninsured");
    come(None).is_problem(409, "shift-uninsured");
    let scan =
        json!({ "code": code(town, &one).text(), "purpose": "shift_in", "event": shift, "division": OWN });
    check_in(town, &guard, scan).is(201);
    let in_by_hand = json!({ "code": code(town, &one).text(), "confirms": ["risks"] });
    send(town, &us.worker, &format!("/v1/shifts/{shift}/walk-ins"), in_by_hand)
        .is_problem(409, "shift-uninsured");
    assert_eq!(stays(), 0);
    let path = format!("/v1/volunteer-calls/{call}");
    let insurance = json!({ "insurance": until("2026-03-31") });
    town.patch(&path, "*", insurance).by(&town.later(&us.worker)).send().is(200);
    // What the record says of the age may have been put right since.
    for young in [&one, &asks] {
        born(town, young, "2010-05-01");
    }
    approve().is_problem(409, "shift-dangerous-for-minors");
    come(None).is_problem(409, "shift-dangerous-for-minors");
    for grown in [&one, &asks] {
        born(town, grown, "1990-05-01");
    }
    assert_eq!(approve().is(201).body["state"], "held");
    come(None).is(201);
    assert_eq!(stays(), 1);
}

#[test]
fn a_minor_comes_with_a_guardian() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({ "visibility": "community" }));
    let shift = us.shift(&town, &call, json!({ "capacity": 9 }));
    let [mother, child, other] = std::array::from_fn(|_| neighbour(&town, OWN));
    born(&town, &child, &years_ago(&town, 9));
    let child_record = record(&town, &child);
    // A child can't alone, nor can a stranger for it.
    sign_up(&town, &child, &shift).is_problem(409, "shift-guardian-needed");
    let for_child = format!("?for={child_record}");
    sign_up_with(&town, &mother, &shift, &for_child, json!({})).is_problem(404, "not-found");
    guard(&town, &us.worker, &mother, &child_record);
    sign_up_with(&town, &other, &shift, &for_child, json!({})).is_problem(404, "not-found");
    let signed = sign_up_with(&town, &mother, &shift, &for_child, json!({}));
    assert_eq!(
        (&signed.is(201).body["state"], &signed.body["resident"]),
        (&json!("held"), &json!(child_record))
    );
    assert_eq!(sign_up(&town, &mother, &shift).is(201).body["state"], "held");
    assert_eq!(replay(&town, &shift), (2, 0));
}

#[test]
fn one_from_fourteen_on_may_ask_and_a_guardian_must_agree() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({ "visibility": "community" }));
    let shift = us.shift(&town, &call, json!({ "capacity": 9 }));
    let [mother, teenager, other] = std::array::from_fn(|_| neighbour(&town, OWN));
    born(&town, &teenager, &years_ago(&town, 15));
    let teenager_record = record(&town, &teenager);
    // One from 14 on may ask; it waits for the guardian's word.
    let asked = sign_up(&town, &teenager, &shift);
    assert_eq!(
        (&asked.is(201).body["state"], &asked.body["needs_consent"]),
        (&json!("requested"), &json!(true))
    );
    decide(&town, &us.worker, &asked.body, json!({ "decision": "approved" }))
        .is_problem(422, "shift-signup-consent-missing");
    let agreed =
        decide(&town, &us.worker, &asked.body, json!({ "decision": "approved", "consent_by": "phone" }));
    assert_eq!(
        (&agreed.is(201).body["state"], &agreed.body["consent_by"]),
        (&json!("held"), &json!("phone"))
    );
    withdraw(&town, &teenager, &shift).is(204);
    // The guardian of a teenager signs up without more words, and takes it back.
    guard(&town, &us.worker, &mother, &teenager_record);
    let query = format!("?for={teenager_record}");
    assert_eq!(sign_up_with(&town, &mother, &shift, &query, json!({})).is(201).body["needs_consent"], false);
    let path = format!("/v1/shifts/{shift}/signups{query}");
    town.call("DELETE", &path).by(&other).send().is_problem(409, "shift-not-signed-up");
    town.call("DELETE", &path).by(&mother).send().is(204);
    assert_eq!((replay(&town, &shift), own_signups(&town, &mother).len()), ((0, 0), 1));
}

#[test]
fn two_records_that_become_one_person_are_in_one_place() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "capacity": 2 }));
    let meets = us.shift(&town, &call, json!({ "starts_at": ahead(&town, 1500) }));
    let [one, two, third] = std::array::from_fn(|_| neighbour(&town, OWN));
    for by in [&one, &two, &third] {
        sign_up(&town, by, &shift).is(201);
    }
    let alone =
        us.shift(&town, &call, json!({ "starts_at": ahead(&town, 3000), "ends_at": ahead(&town, 3060) }));
    sign_up(&town, &two, &alone).is(201);
    withdraw(&town, &two, &shift).is(204);
    sign_up(&town, &two, &meets).is(201);
    let (from, into) = (record(&town, &two), record(&town, &one));
    town.execute(&format!("UPDATE residents SET account_id = NULL WHERE id = '{from}'"));
    let body = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&us.worker).send().is(201);
    assert_eq!(replay(&town, &shift), (2, 0));
    assert_eq!((replay(&town, &meets), replay(&town, &alone)), ((0, 0), (1, 0)));
    assert_eq!(town.count(&format!("SELECT count(*) FROM shift_signups WHERE resident_id = '{from}'")), 0);
    let own = own_signups(&town, &one);
    assert_eq!(own.iter().filter(|one| one["state"] == "held").count(), 2);
}

#[test]
fn a_person_with_records_in_two_committees_is_one_person() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "capacity": 9 }));
    let meets = us.shift(&town, &call, json!({ "starts_at": ahead(&town, 1500) }));
    let one = neighbour(&town, OWN);
    let first = record(&town, &one);
    let second = second_record(&town, &one, SIBLING);
    let by =
        |shift: &str, record: &str| sign_up_with(&town, &one, shift, &format!("?for={record}"), json!({}));
    assert_eq!(by(&shift, &second).is(201).body["resident"], second);
    by(&shift, &first).is_problem(409, "shift-signed-up-already");
    sign_up(&town, &one, &shift).is_problem(409, "shift-signed-up-already");
    by(&meets, &first).is_problem(409, "shift-clash");
    assert_eq!(replay(&town, &shift), (1, 0));
}
