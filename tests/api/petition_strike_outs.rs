//! Striking out many signatures: tried first, carried out, cancelled; and the thresholds follow.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::joint::{
    Signer, counts, follow, is_exact, joint, sign, signed, signers, signers_at, unsign,
};
use crate::support::petitions::events;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, Town};

fn write(town: &Town, by: &Person, petition: Uuid, condition: Value) -> Reply {
    let body = crate::support::archive::with(condition, json!({ "reason": "同一晚间集中注册" }));
    town.post(&format!("/v1/petitions/{petition}/strike-outs"), body).by(by).send()
}

fn decide(town: &Town, by: &Person, strike_out: &Reply, what: &str) -> Reply {
    let id = strike_out.body["id"].as_str().unwrap();
    town.call("POST", &format!("/v1/petition-strike-outs/{id}/{what}")).by(by).send()
}

/// 28 who signed yesterday, and 5 of accounts that were opened in the last hour and signed now.
fn crowded(town: &Town) -> (Uuid, Vec<Signer>) {
    let petition = joint(town);
    signed(town, petition, &signers_at(town, 28, "now() - interval '1 year'"), "now() - interval '1 day'");
    let young = signers(town, 5);
    signed(town, petition, &young, "now()");
    (petition, young)
}

fn hour_ago(town: &Town) -> String {
    (town.now() - chrono::TimeDelta::hours(1)).to_rfc3339()
}

#[test]
fn a_strike_out_is_tried_carried_out_and_cancelled() {
    let town = Town::new();
    let ((petition, young), officer) = (crowded(&town), town.staff(Role::StreetOfficer, PARENT));
    follow(&town);
    let since = hour_ago(&town);
    let draft = write(&town, &officer, petition, json!({ "accounts_since": since }));
    assert_eq!(
        (&draft.is(201).body["met"], &draft.body["state"], &draft.body["struck"]),
        (&json!(5), &json!("draft"), &Value::Null)
    );
    assert_eq!(is_exact(&town, petition), 33);
    // One of them goes before it is carried out.
    unsign(&town, petition, &young[0]).is(204);
    let done = decide(&town, &officer, &draft, "execution");
    assert_eq!(
        (&done.is(200).body["state"], &done.body["struck"], &done.body["met"]),
        (&json!("carried_out"), &json!(4), &json!(5))
    );
    assert_eq!(is_exact(&town, petition), 28);
    // The threshold is taken back with it, at once.
    let told = counts(&town, petition, &officer);
    let mark = &told.is(200).body["thresholds"][0];
    assert!(mark["reached_at"].is_string() && mark["taken_back_at"].is_string(), "{mark}");
    assert_eq!(told.body["answer_state"], "none");
    sign(&town, petition, &young[1]).is_problem(409, "petition-signature-struck-out");
    unsign(&town, petition, &young[1]).is_problem(409, "petition-signature-struck-out");
    decide(&town, &officer, &draft, "execution").is_problem(409, "strike-out-state-unfit");
    let undone = decide(&town, &officer, &draft, "cancellation");
    assert_eq!((&undone.is(200).body["state"], &undone.body["struck"]), (&json!("cancelled"), &json!(4)));
    assert_eq!(is_exact(&town, petition), 32);
    let mark = counts(&town, petition, &officer).body["thresholds"][0].clone();
    assert!(mark["taken_back_at"].is_null() && mark["due_on"].is_string(), "{mark}");
    sign(&town, petition, &young[1]).is_problem(409, "petition-signed-already");
    for what in ["execution", "cancellation"] {
        decide(&town, &officer, &draft, what).is_problem(409, "strike-out-state-unfit");
    }
    let told = events(&town, &officer, &petition.to_string());
    let all =
        "threshold_reached signatures_struck_out threshold_taken_back signatures_restored threshold_reached";
    assert_eq!(told.join(" "), all);
    let trail = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_events WHERE resource = 'petition-strike-outs'";
    let done = "create_petition_strike_out create_strike_out_execution create_strike_out_cancellation";
    assert_eq!(town.text(trail), done);
    let said = town.text("SELECT string_agg(detail::text, ' ') FROM audit_events");
    assert!(!said.contains("集中"), "{said}");
}

#[test]
fn conditions_are_met_all_together_and_must_say_something() {
    let town = Town::new();
    let ((petition, _), officer) = (crowded(&town), town.staff(Role::DistrictOfficer, "310113000000"));
    let met = |condition: Value| write(&town, &officer, petition, condition).is(201).body["met"].clone();
    let hour = hour_ago(&town);
    assert_eq!(met(json!({ "signed_before": hour })), 28);
    assert_eq!(met(json!({ "signed_from": hour })), 5);
    assert_eq!(met(json!({ "signed_before": hour, "accounts_since": hour })), 0);
    let refused = |condition: Value| write(&town, &officer, petition, condition);
    refused(json!({})).is_problem(422, "strike-out-condition-unfit");
    refused(json!({ "signed_from": hour, "signed_before": hour }))
        .is_problem(422, "strike-out-condition-unfit");
    refused(json!({ "building_group": Uuid::nil() })).is_problem(422, "strike-out-condition-unfit");
    let draft = write(&town, &officer, petition, json!({ "signed_from": hour }));
    let left = decide(&town, &officer, &draft, "cancellation");
    assert_eq!((&left.is(200).body["state"], &left.body["struck"]), (&json!("cancelled"), &Value::Null));
    assert_eq!(is_exact(&town, petition), 33);
    let path = format!("/v1/petitions/{petition}/strike-outs");
    let all = town.get(&path).by(&officer).send();
    assert_eq!(all.is(200).body["items"].as_array().unwrap().len(), 4);
    town.execute("UPDATE petitions SET kind = 'complaint', closes_at = NULL");
    refused(json!({ "signed_from": hour })).is_problem(409, "petition-not-joint");
}

#[test]
fn only_the_street_and_the_district_of_the_place_strike_out_and_never_in_their_own_matter() {
    let town = Town::new();
    let ((petition, _), officer) = (crowded(&town), town.staff(Role::StreetOfficer, PARENT));
    let draft = write(&town, &officer, petition, json!({ "signed_from": hour_ago(&town) }));
    let elsewhere = town.staff(Role::StreetOfficer, ELSEWHERE);
    for what in ["execution", "cancellation"] {
        decide(&town, &elsewhere, &draft, what).is_problem(404, "not-found");
        decide(&town, &town.staff(Role::CommitteeHead, OWN), &draft, what).is_problem(403, "forbidden");
    }
    // The petition is open to everybody, what is struck out of it is not.
    write(&town, &elsewhere, petition, json!({ "signed_from": hour_ago(&town) }))
        .is_problem(403, "forbidden");
    town.execute(&format!("UPDATE petitions SET account_id = '{}'", officer.account));
    decide(&town, &officer, &draft, "execution").is_problem(409, "petition-own-matter");
    assert_eq!(is_exact(&town, petition), 33);
}

#[test]
fn two_that_carry_it_out_and_those_who_leave_meanwhile_stay_exact() {
    let town = Town::with(|settings| settings.seats = 4);
    let petition = joint(&town);
    let all = signers(&town, 24);
    signed(&town, petition, &all, "now()");
    let officers = [town.staff(Role::StreetOfficer, PARENT), town.staff(Role::StreetOfficer, PARENT)];
    let draft = write(&town, &officers[0], petition, json!({ "signed_from": hour_ago(&town) }));
    let (town, draft) = (&town, &draft);
    let done: Vec<u16> = std::thread::scope(|scope| {
        let leaving =
            scope.spawn(|| all.iter().map(|one| unsign(town, petition, one).status).collect::<Vec<_>>());
        let deciding: Vec<_> = officers
            .iter()
            .map(|by| scope.spawn(move || decide(town, by, draft, "execution").status))
            .collect();
        assert!(leaving.join().unwrap().iter().all(|status| [204, 409].contains(status)));
        deciding.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(done == [200, 409] || done == [409, 200], "{done:?}");
    assert_eq!(is_exact(town, petition), 0);
}
