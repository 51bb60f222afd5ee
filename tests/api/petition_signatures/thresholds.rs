//! From so many signatures on somebody must answer by a day: 30 the committee, 300 the street, by the policies that every database
//! begins with.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::joint::{Signer, counts, follow, is_exact, joint, sign, signed, signers, unsign};
use crate::support::petitions::{at, events, tasks};
use crate::support::{OWN, PARENT, Person, Town};

fn thresholds(town: &Town, petition: Uuid, by: &Person) -> Vec<Value> {
    follow(town);
    counts(town, petition, by).is(200).body["thresholds"].as_array().unwrap().clone()
}

/// A petition that lacks one signature for the first threshold.
fn nearly(town: &Town) -> (Uuid, Vec<Signer>) {
    let (petition, all) = (joint(town), signers(town, 31));
    signed(town, petition, &all[..29], "now() - interval '1 hour'");
    (petition, all)
}

#[test]
fn it_is_reached_by_the_signature_that_makes_it_full_and_taken_back_by_one_that_goes() {
    let town = Town::new();
    let (petition, all) = nearly(&town);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let none = thresholds(&town, petition, &worker);
    assert_eq!(none.len(), 2);
    assert_eq!(
        (
            &none[0]["signatures"],
            &none[0]["level"],
            &none[0]["amount"],
            &none[0]["unit"],
            &none[0]["reached_at"]
        ),
        (&json!(30), &json!("committee"), &json!(10), &json!("working_day"), &Value::Null)
    );
    assert!(!tasks(&town, &worker).contains(&"answer_jointly".to_owned()));
    let signed_at = sign(&town, petition, &all[29]).is(201).body["signed_at"].clone();
    let reached = thresholds(&town, petition, &worker);
    let when = |value: &Value| value.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!(when(&reached[0]["reached_at"]), when(&signed_at));
    assert!(reached[0]["due_on"].is_string() && reached[1]["reached_at"].is_null());
    assert_eq!(counts(&town, petition, &worker).body["answer_state"], "due");
    assert!(tasks(&town, &worker).contains(&"answer_jointly".to_owned()));
    let clock = "SELECT clock || ' ' || amount || ' ' || (stopped_at IS NULL) FROM matter_clocks";
    assert_eq!(town.text(clock), "answer 10 true");
    unsign(&town, petition, &all[29]).is(204);
    let back = thresholds(&town, petition, &worker);
    assert!(back[0]["taken_back_at"].is_string() && back[0]["reached_at"] == reached[0]["reached_at"]);
    assert_eq!((&back[0]["due_on"], town.text(clock)), (&Value::Null, "answer 10 false".to_owned()));
    assert_eq!(counts(&town, petition, &worker).body["answer_state"], "none");
    assert!(!tasks(&town, &worker).contains(&"answer_jointly".to_owned()));
    // Reached again, it is due from that day on.
    sign(&town, petition, &all[30]).is(201);
    let again = thresholds(&town, petition, &worker);
    assert!(
        again[0]["taken_back_at"].is_null()
            && when(&again[0]["reached_at"]) > when(&reached[0]["reached_at"])
    );
    let told = events(&town, &worker, &petition.to_string());
    assert_eq!(told, ["threshold_reached", "threshold_taken_back", "threshold_reached"]);
    assert_eq!(is_exact(&town, petition), 30);
}

#[test]
fn a_higher_one_goes_up_the_line_and_the_first_is_still_due_by_its_day() {
    let town = Town::new();
    let (petition, officer) = (joint(&town), town.staff(Role::StreetOfficer, PARENT));
    let all = signers(&town, 300);
    signed(&town, petition, &all[..30], "now()");
    follow(&town);
    at(&town, &(town.now() + chrono::TimeDelta::days(1)).to_rfc3339());
    signed(&town, petition, &all[30..], "now()");
    let officer_again = town.second_session(&officer);
    let token = town.gate.tokens().sign(officer.account, officer_again, town.now()).unwrap();
    let officer = Person { token, ..officer };
    let reached = thresholds(&town, petition, &officer);
    assert!(reached[0]["due_on"].as_str() < reached[1]["due_on"].as_str(), "{reached:?}");
    assert_eq!(town.text("SELECT level FROM matters"), "street");
    assert!(tasks(&town, &officer).contains(&"answer_jointly".to_owned()));
    assert_eq!(
        town.count("SELECT count(*) FROM matter_clocks WHERE stopped_at IS NULL AND clock = 'answer'"),
        2
    );
}

#[test]
fn what_is_answered_already_starts_no_clock_and_two_that_follow_do_it_once() {
    let town = Town::new();
    let (petition, all) = nearly(&town);
    follow(&town);
    signed(&town, petition, &all[29..], "now()");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| follow(&town));
        }
    });
    assert_eq!(town.count("SELECT count(*) FROM matter_events WHERE event = 'threshold_reached'"), 1);
    assert_eq!(town.count("SELECT count(*) FROM matter_clocks"), 1);
    let (other, more) = nearly(&town);
    signed(&town, other, &more[29..], "now()");
    town.execute(&format!("UPDATE matters SET state = 'resolved' WHERE id = '{other}'"));
    follow(&town);
    assert_eq!(town.count(&format!("SELECT count(*) FROM matter_clocks WHERE matter_id = '{other}'")), 0);
}
