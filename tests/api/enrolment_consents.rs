//! What showing a code agrees to, and that what was taken back stays taken back: in every committee, by every code, at every moment.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::codes::city;
use crate::support::archive::{draft, enter, with, with_card};
use crate::support::rights::{bind, meanwhile};
use crate::support::scans::{code, send};
use crate::support::{OWN, Person, Reply, SIBLING, Town};

fn enrol(town: &Town, by: &Person, code: &str, more: Value) -> Reply {
    let body = json!({
        "code": code, "division": OWN, "name": "陈桂芳", "residence": "registered_here", "notice_version": 1
    });
    send(town, by, "/v1/enrolments", with(body, more))
}

/// Writes down behind the scenes that somebody took their consent back.
fn take_back(town: &Town, of: &Person) {
    town.execute(&format!(
        "INSERT INTO consents (id, account_id, purpose, notice_version, is_separate, given_at, withdrawn_at)
             VALUES (gen_random_uuid(), '{}', 'enrolment', 1, true, now(), now())",
        of.account
    ));
}

/// Holds somebody's account as an enrolment of theirs does.
fn holding(person: &Person) -> String {
    format!("SELECT FROM accounts WHERE id = '{}' FOR NO KEY UPDATE", person.account)
}

#[test]
fn who_took_it_back_is_enrolled_in_no_committee_by_another_s_code() {
    let (town, _) = city::town();
    let (worker, beside) =
        (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, SIBLING));
    let holder = town.resident();
    let record = enter(&town, &beside, with(with_card("王秀英"), json!({ "division": SIBLING })));
    bind(&town, &holder, &record);
    take_back(&town, &holder);
    let scan =
        |code: &str| enrol(&town, &worker, &format!("{}{code}", city::PREFIX), json!({ "name": null }));
    scan("wang").is_problem(409, "enrolment-consent-withdrawn");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1);
    // Nor where they take it back at that moment.
    town.execute("UPDATE consents SET withdrawn_at = NULL");
    let withdrawal = "UPDATE consents SET withdrawn_at = now()";
    let scanned = meanwhile(&town, [&holding(&holder), withdrawal], || scan("wang"));
    scanned.is_problem(409, "enrolment-consent-withdrawn");
    town.execute("UPDATE consents SET withdrawn_at = NULL");
    assert_eq!(scan("wang").is(201).body["outcome"], "created");
}

#[test]
fn what_is_taken_back_during_an_enrolment_stays_taken_back() {
    let town = Town::new();
    let (worker, person) = (town.staff(Role::CommitteeWorker, OWN), town.resident());
    enrol(&town, &worker, &code(&town, &person).text(), json!({})).is(201);
    let given = town.get("/v1/me/consents").by(&person).send().is(200).body["items"][0]["id"].clone();
    let path = format!("/v1/me/consents/{}", given.as_str().unwrap());
    // It waits until the enrolment is through, and then counts for all of it.
    let withdrawn =
        meanwhile(&town, [&holding(&person), ""], || town.call("DELETE", &path).by(&person).send());
    withdrawn.is(204);
    assert_eq!(town.count("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL"), 0);
    enrol(&town, &worker, &code(&town, &person).text(), json!({}))
        .is_problem(409, "enrolment-consent-withdrawn");
}

#[test]
fn a_child_s_code_is_no_consent() {
    let town = Town::new();
    let (worker, child) = (town.staff(Role::CommitteeWorker, OWN), town.resident());
    let kept = enter(&town, &worker, with(draft("陈小明"), json!({ "born_on": "2020-01-01" })));
    enrol(&town, &worker, &code(&town, &child).text(), json!({ "resident": kept["id"] })).is(201);
    // Another committee knows no day of birth, and need not.
    let beside = town.staff(Role::CommitteeWorker, SIBLING);
    let there = enrol(&town, &beside, &code(&town, &child).text(), json!({ "division": SIBLING }));
    assert_eq!(there.is(201).body["outcome"], "created");
    assert_eq!(town.count("SELECT count(*) FROM consents"), 0);
}
