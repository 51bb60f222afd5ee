//! 三所联动: what the police could not settle is registered, agreed to, and three institutions take their seats; and who reads what of it.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::disputes::{at_table, case_events, case_seen, referral};
use crate::support::petitions::{again, at, id, key, neighbour, officer, organisation, tasks, tend};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Town};

/// Who takes part.
struct Cast {
    zhao: Person,
    qian: Person,
    police: Person,
    justice: Person,
    lawyer: Person,
    zhou: Person,
    wu: Person,
    street: Person,
}

fn cast(town: &Town) -> Cast {
    let office = organisation(town, "友谊路街道人民调解委员会", "social_organisation", PARENT);
    let station = organisation(town, "友谊路派出所", "police_station", PARENT);
    Cast {
        zhao: neighbour(town, OWN),
        qian: neighbour(town, OWN),
        police: officer(town, Role::PoliceOfficer, PARENT, station),
        justice: town.staff(Role::JusticeOfficer, PARENT),
        lawyer: town.staff(Role::Lawyer, PARENT),
        zhou: officer(town, Role::Mediator, PARENT, office),
        wu: officer(town, Role::Mediator, PARENT, office),
        street: town.staff(Role::StreetOfficer, PARENT),
    }
}

fn resident_of(town: &Town, person: &Person) -> String {
    town.text(&format!("SELECT id FROM residents WHERE account_id = '{}'", person.account))
}

/// Referred by the police to the mediation committee; both are of the archive, which the judicial office may not look into.
fn registered(town: &Town, cast: &Cast) -> String {
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let office = town.text("SELECT id FROM organisations WHERE kind = 'social_organisation'");
    let (zhao, qian) = (resident_of(town, &cast.zhao), resident_of(town, &cast.qian));
    let body = referral(json!({
        "office": office,
        "parties": [{ "side": "applicant", "resident": zhao, "phone": "13800000155" }, { "side": "respondent", "resident": qian }]
    }));
    let send = |body: Value| {
        town.post("/v1/mediation-cases", body).header("Idempotency-Key", &key()).by(&worker).send()
    };
    let case = id(&send(body.clone()).is(201).body);
    send(body).is_problem(422, "mediation-incident-unfit");
    case
}

/// Asks somebody to sit, and answers the seat.
fn asked(town: &Town, by: &Person, case: &str, role: &str, whom: &Person) -> String {
    at_table(town, by, case, "seats", json!({ "role": role, "account": whom.account })).is(200);
    let whose = format!("case_id = '{case}' AND account_id = '{}' AND state = 'asked'", whom.account);
    town.text(&format!("SELECT id FROM mediation_seats WHERE {whose}"))
}

fn seated(town: &Town, cast: &Cast, case: &str, role: &str, whom: &Person) -> String {
    let seat = asked(town, &cast.justice, case, role, whom);
    assert!(tasks(town, whom).contains(&"take_seat".to_owned()));
    at_table(town, whom, case, &format!("seats/{seat}/reply"), json!({ "is_accepted": true })).is(200);
    seat
}

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
    let choice = json!({ "role": "mediator", "account": cast.wu.account });
    at_table(&town, &cast.qian, &case, "seats", choice).is(200);
    let told = case_events(&town, &cast.qian, &case);
    assert_eq!(told[..4], ["registered", "accepted", "consented", "consented"]);
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

#[test]
fn each_reads_what_is_for_them_and_a_stranger_nothing() {
    let town = Town::new();
    let cast = cast(&town);
    let case = registered(&town, &cast);
    at_table(&town, &cast.zhou, &case, "acceptance", json!({})).is(200);
    for (role, whom) in [("police", &cast.police), ("lawyer", &cast.lawyer), ("mediator", &cast.zhou)] {
        seated(&town, &cast, &case, role, whom);
    }
    for (by, audience, text) in [
        (&cast.lawyer, "seat", "律师自记"),
        (&cast.zhou, "table", "席间记录"),
        (&cast.zhou, "everybody", "共同记录"),
    ] {
        at_table(&town, by, &case, "notes", json!({ "text": text, "audience": audience })).is(201);
    }
    for (by, audience, text) in [
        (&cast.zhao, "mediators", "赵只示调解员"),
        (&cast.zhao, "table", "赵示各席"),
        (&cast.qian, "everybody", "钱示众人"),
        (&cast.police, "table", "警方记录"),
    ] {
        at_table(&town, by, &case, "evidence", json!({ "title": text, "text": "x", "audience": audience }))
            .is(201);
    }
    let (auditor, stranger) = (town.staff(Role::Auditor, "310000000000"), neighbour(&town, ELSEWHERE));
    let all = |by: &Person| {
        let read = |path: &str| town.get(&format!("/v1/mediation-cases/{case}{path}")).by(by).send();
        [read(""), read("/notes"), read("/evidence"), read("/events")]
    };
    let words = [
        "拖动家具",
        "推搡",
        "310113202603020231",
        "陈桂芳",
        "律师自记",
        "席间记录",
        "共同记录",
        "赵只示调解员",
        "赵示各席",
        "钱示众人",
        "警方记录",
        "0155",
    ];
    let read = |by: &Person| -> Vec<&str> {
        let text: String = all(by).iter().map(|reply| reply.text.clone()).collect();
        words.into_iter().filter(|word| text.contains(word)).collect()
    };
    assert_eq!(read(&cast.zhao), ["拖动家具", "陈桂芳", "共同记录", "赵只示调解员", "赵示各席", "钱示众人"]);
    assert_eq!(read(&cast.qian), ["拖动家具", "陈桂芳", "共同记录", "钱示众人"]);
    assert_eq!(
        read(&cast.zhou),
        [
            "拖动家具",
            "推搡",
            "310113202603020231",
            "陈桂芳",
            "席间记录",
            "共同记录",
            "赵只示调解员",
            "赵示各席",
            "钱示众人",
            "警方记录",
            "0155"
        ]
    );
    assert_eq!(
        read(&cast.lawyer),
        [
            "拖动家具",
            "推搡",
            "310113202603020231",
            "陈桂芳",
            "律师自记",
            "席间记录",
            "共同记录",
            "赵示各席",
            "钱示众人",
            "警方记录"
        ]
    );
    assert_eq!(
        read(&cast.wu),
        [
            "拖动家具",
            "推搡",
            "310113202603020231",
            "陈桂芳",
            "席间记录",
            "共同记录",
            "赵示各席",
            "钱示众人",
            "警方记录",
            "0155"
        ]
    );
    // The street is told that there is one.
    assert!(read(&cast.street).is_empty());
    assert_eq!(case_seen(&town, &cast.street, &case)["read_as"], "overseer");
    for reply in &all(&cast.street)[1..] {
        reply.is_problem(403, "forbidden");
    }
    for nobody in [&auditor, &stranger, &town.staff(Role::Mediator, PARENT)] {
        for reply in all(nobody) {
            reply.is_problem(404, "not-found");
        }
        assert!(!town.get("/v1/mediation-cases?of=own").by(nobody).send().text.contains(&case));
    }
    // Lists of all kinds call it by its type.
    let listed = town.get(&format!("/v1/matters?division={OWN}")).by(&cast.street).send();
    assert!(listed.is(200).text.contains("邻里纠纷") && !listed.text.contains("噪声"));
}
