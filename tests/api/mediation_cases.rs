//! 三所联动: what the police could not settle is registered, agreed to, and three institutions take their seats.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::disputes::{at_table, case_events, case_seen};
use crate::support::petitions::{again, at, id, key, tasks, tend};
use crate::support::table::{Cast, cast, registered, resident_of, seated};
use crate::support::{OWN, PARENT, Town};

#[test]
fn what_the_police_could_not_settle_comes_to_the_table_once_both_agree() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let cast = cast(&town);
    let case = registered(&town, &cast);
    assert_eq!(tasks(&town, &cast.zhou), ["accept", "watch_risk"]);
    assert_eq!(tasks(&town, &cast.zhao), ["consent"]);
    at_table(&town, &cast.zhou, &case, "acceptance", json!({ "grade": "difficult" })).is(200);
    // The month of 司法部令 75, art. 33.
    let view = case_seen(&town, &cast.zhou, &case);
    assert_eq!(
        (&view["state"], &view["due_on"], &view["read_as"]),
        (&json!("accepted"), &json!("2026-04-02"), &json!("office"))
    );
    at_table(&town, &cast.zhao, &case, "consents", json!({ "is_agreed": true, "wants_open": false })).is(200);
    assert_eq!(case_seen(&town, &cast.zhou, &case)["is_agreed_to"], false);
    let of_qian =
        town.text(&format!("SELECT id FROM mediation_parties WHERE account_id = '{}'", cast.qian.account));
    let by_phone = json!({ "party": of_qian, "is_agreed": true, "by": "phone" });
    at_table(&town, &cast.zhao, &case, "consents", by_phone.clone())
        .is_problem(422, "mediation-party-unknown");
    at_table(&town, &cast.zhou, &case, "consents", json!({ "party": of_qian, "is_agreed": true }))
        .is_problem(422, "mediation-consent-unfit");
    at_table(&town, &cast.zhou, &case, "consents", by_phone.clone()).is(200);
    at_table(&town, &cast.zhou, &case, "consents", by_phone).is_problem(409, "mediation-consent-given");
    assert_eq!(case_seen(&town, &cast.zhou, &case)["is_agreed_to"], true);
    assert!(tasks(&town, &cast.zhou).contains(&"schedule_hearing".to_owned()));
    for (role, whom) in [
        ("police", &cast.police),
        ("justice", &cast.justice),
        ("lawyer", &cast.lawyer),
        ("mediator", &cast.zhou),
    ] {
        seated(&town, &cast, &case, role, whom);
    }
    // 人民调解法 25: what may turn violent is the police's to watch.
    assert_eq!(tasks(&town, &cast.police), ["watch_risk"]);
    choose_by_roster(&town, &cast, &case);
    let told = case_events(&town, &cast.qian, &case);
    assert_eq!(told[..4], ["registered", "accepted", "consented", "consented"]);
}

/// A party knows mediators by the roster, and chooses one.
fn choose_by_roster(town: &Town, cast: &Cast, case: &str) {
    let entry = json!({
        "division": PARENT, "organisation": town.text("SELECT id FROM organisations WHERE kind = 'social_organisation'"),
        "kind": "mediator", "account": cast.wu.account, "name": "吴志明", "expertise": ["neighbour"], "languages": ["mandarin"],
        "max_load": 5
    });
    let entry = town.post("/v1/mediators", entry).by(&cast.justice).send().is(201).body["id"].clone();
    let choose =
        |more: Value| at_table(town, &cast.qian, case, "seats", with(json!({ "role": "mediator" }), more));
    choose(json!({})).is_problem(422, "mediation-seat-unfit");
    choose(json!({ "mediator": lilong::kit::id::next() })).is_problem(422, "mediation-seat-unfit");
    choose(json!({ "mediator": entry, "account": cast.wu.account })).is_problem(422, "mediation-seat-unfit");
    choose(json!({ "mediator": entry })).is(200);
}

#[test]
fn a_mediator_who_is_objected_to_leaves_and_another_is_chosen() {
    let town = Town::new();
    let cast = cast(&town);
    let case = registered(&town, &cast);
    at_table(&town, &cast.zhou, &case, "acceptance", json!({})).is(200);
    let seat = seated(&town, &cast, &case, "mediator", &cast.zhou);
    let objection = json!({ "seat": seat, "reason": "与楼上住户是同事" });
    at_table(&town, &cast.qian, &case, "objections", objection.clone()).is(200);
    at_table(&town, &cast.qian, &case, "objections", objection).is_problem(422, "mediation-objected-already");
    let objection = town.text("SELECT id FROM mediation_objections");
    let path = format!("objections/{objection}/decision");
    let sustained = json!({ "decision": "sustained", "reason": "属实" });
    at_table(&town, &cast.zhou, &case, &path, sustained.clone()).is_problem(409, "mediation-objection-own");
    assert!(tasks(&town, &cast.wu).contains(&"decide_objection".to_owned()));
    at_table(&town, &cast.justice, &case, &path, sustained.clone()).is(200);
    at_table(&town, &cast.justice, &case, &path, sustained).is_problem(409, "mediation-objection-decided");
    let view = case_seen(&town, &cast.qian, &case);
    assert_eq!(
        (&view["seats"][0]["state"], &view["objections"][0]["decision"]),
        (&json!("left"), &json!("sustained"))
    );
    // The other party is not told why, nor that there was one.
    assert_eq!(case_seen(&town, &cast.zhao, &case)["objections"], json!([]));
    let choice = |role: &str| json!({ "role": role, "account": cast.wu.account });
    at_table(&town, &cast.qian, &case, "seats", choice("lawyer")).is_problem(422, "mediation-choice-unfit");
    at_table(&town, &cast.justice, &case, "seats", choice("lawyer")).is_problem(422, "mediation-seat-unfit");
    at_table(&town, &cast.qian, &case, "seats", choice("mediator")).is(200);
    at_table(&town, &cast.justice, &case, "seats", choice("mediator"))
        .is_problem(422, "mediation-seat-taken");
    let seat = town.text("SELECT id FROM mediation_seats WHERE state = 'asked'");
    let reply = format!("seats/{seat}/reply");
    at_table(&town, &cast.wu, &case, &reply, json!({ "is_accepted": false }))
        .is_problem(422, "mediation-seat-reason-missing");
    at_table(&town, &cast.wu, &case, &reply, json!({ "is_accepted": false, "reason": "出差" })).is(200);
}

#[test]
fn a_clear_refusal_ends_it_and_the_other_ways_are_told() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let cast = cast(&town);
    let case = registered(&town, &cast);
    at_table(&town, &cast.zhou, &case, "acceptance", json!({})).is(200);
    at_table(&town, &cast.qian, &case, "consents", json!({ "is_agreed": false, "note": "不愿见面" })).is(200);
    let view = case_seen(&town, &cast.zhao, &case);
    assert_eq!((&view["state"], &view["end_reason"]), (&json!("failed"), &json!("party_refused")));
    assert_eq!(view["routes"], json!(["litigation", "legal_aid", "police"]));
    assert_eq!(view["due_on"], Value::Null);
    at_table(&town, &cast.zhao, &case, "consents", json!({ "is_agreed": true }))
        .is_problem(409, "matter-state-unfit");
    at_table(&town, &cast.zhou, &case, "closure", json!({ "note": "归档" })).is(200);
    // What a screening or an entry brings is never registered by hand.
    for source in ["screening", "dispute_entry"] {
        let body = json!({
            "division": OWN, "source": source, "dispute_type": "debt", "subject": "x", "facts": "x",
            "parties": [{ "side": "applicant", "name": "孙先生" }]
        });
        let sent =
            town.post("/v1/mediation-cases", body).header("Idempotency-Key", &key()).by(&cast.zhou).send();
        sent.is_problem(422, "mediation-source-unfit");
    }
    // What nobody decides is late after three working days, and is reported up the line.
    let other = town.text("SELECT id FROM organisations WHERE kind = 'social_organisation'");
    let body = json!({
        "division": OWN, "source": "walk_in", "dispute_type": "debt", "subject": "借款", "facts": "借款未还。", "office": other,
        "parties": [{ "side": "applicant", "name": "孙先生" }]
    });
    let sent = town.post("/v1/mediation-cases", body).header("Idempotency-Key", &key()).by(&cast.zhou).send();
    let late = id(&sent.is(201).body);
    at_table(&town, &cast.zhou, &late, "acceptance", json!({})).is_problem(409, "mediation-sides-missing");
    at(&town, "2026-03-06T02:00:00Z");
    tend(&town);
    let mediator = again(&town, &cast.zhou);
    assert!(case_seen(&town, &mediator, &late)["is_overdue"].as_bool().unwrap());
    assert!(case_events(&town, &mediator, &late).contains(&"escalated".to_owned()));
}

#[test]
fn a_minor_is_spoken_for_and_nobody_handles_their_own_dispute() {
    let town = Town::new();
    let cast = cast(&town);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let child = resident_of(&town, &cast.zhao);
    town.execute(&format!("UPDATE residents SET born_on = '2015-05-05' WHERE id = '{child}'"));
    let send = |parties: Value| {
        let body = json!({
            "division": OWN, "source": "walk_in", "dispute_type": "damages", "subject": "x", "facts": "x", "parties": parties
        });
        town.post("/v1/mediation-cases", body).header("Idempotency-Key", &key()).by(&worker).send()
    };
    send(json!([{ "side": "applicant", "resident": child }])).is_problem(422, "mediation-guardian-missing");
    let more = |more: Value| {
        json!([crate::support::archive::with(json!({ "side": "applicant", "resident": child }), more)])
    };
    send(more(json!({ "representation": "guardian" }))).is_problem(422, "mediation-representation-unfit");
    send(more(json!({ "name": "x" }))).is_problem(422, "mediation-party-unfit");
    let guardian = resident_of(&town, &cast.qian);
    let spoken =
        more(json!({ "representation": "guardian", "representative": guardian, "authority": "父亲" }));
    let case = id(&send(spoken).is(201).body);
    // The guardian speaks in the app, the child does not.
    assert_eq!(case_seen(&town, &cast.qian, &case)["read_as"], "party");
    town.get(&format!("/v1/mediation-cases/{case}")).by(&cast.zhao).send().is_problem(404, "not-found");
    // A party who is the judicial officer of the street is a party.
    town.appoint(&cast.qian, Role::JusticeOfficer, PARENT);
    at_table(&town, &cast.qian, &case, "refusal", json!({ "reason": "not_mediable", "note": "x" }))
        .is_problem(409, "mediation-own-case");
    let seat = json!({ "role": "justice", "account": cast.qian.account });
    at_table(&town, &cast.justice, &case, "seats", seat).is_problem(422, "mediation-seat-conflict");
}
