//! Signing up for shifts: minors with their guardians, dangerous work, and records that become one.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::petitions::neighbour;
use crate::support::volunteering::{
    ahead, born, decide, guard, organiser, own_signups, record, replay, second_record, sign_up, sign_up_with,
    withdraw, years_ago,
};
use crate::support::{OWN, SIBLING, Town};

#[test]
fn dangerous_work_is_insured_first_and_not_for_minors() {
    let town = Town::new();
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
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
