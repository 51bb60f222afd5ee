//! 三所联动, the whole story: two floors quarrel at night, and settle; each day of it is a day of the calendar.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::agreements::{keep, paper, party_of, sign, terms};
use crate::support::disputes::{at_table, case_events, case_seen};
use crate::support::petitions::{again, at, id, tasks};
use crate::support::table::{Cast, cast, registered, seated};
use crate::support::{PARENT, Person, Town};

/// Everybody signed in anew.
fn awake(town: &Town, cast: &Cast) -> Cast {
    let again = |person: &Person| again(town, person);
    Cast {
        zhao: again(&cast.zhao),
        qian: again(&cast.qian),
        police: again(&cast.police),
        justice: again(&cast.justice),
        lawyer: again(&cast.lawyer),
        zhou: again(&cast.zhou),
        wu: again(&cast.wu),
        street: again(&cast.street),
    }
}

/// Referred, agreed to, manned, one mediator objected to and replaced.
fn at_the_table(town: &Town, cast: &Cast) -> String {
    let case = registered(town, cast);
    at_table(town, &cast.zhou, &case, "acceptance", json!({ "grade": "difficult" })).is(200);
    for party in [&cast.zhao, &cast.qian] {
        at_table(town, party, &case, "consents", json!({ "is_agreed": true })).is(200);
    }
    for (role, whom) in [("police", &cast.police), ("justice", &cast.justice), ("lawyer", &cast.lawyer)] {
        seated(town, cast, &case, role, whom);
    }
    let colleague = town.staff(Role::Mediator, PARENT);
    let seat = seated(town, cast, &case, "mediator", &colleague);
    at_table(town, &cast.qian, &case, "objections", json!({ "seat": seat, "reason": "同事" })).is(200);
    let objection = town.text("SELECT id FROM mediation_objections");
    let sustained = json!({ "decision": "sustained", "reason": "属实" });
    at_table(town, &cast.justice, &case, &format!("objections/{objection}/decision"), sustained).is(200);
    for mediator in [&cast.zhou, &cast.wu] {
        seated(town, cast, &case, "mediator", mediator);
    }
    case
}

/// A room of the committee, a hearing on 10 March, and its opening.
fn heard(town: &Town, cast: &Cast, case: &str) -> Cast {
    let office = town.text("SELECT id FROM organisations WHERE kind = 'social_organisation'");
    let room = json!({
        "division": PARENT, "organisation": office, "name": "驻所调解室", "kind": "room", "capacity": 12
    });
    let room = town.post("/v1/mediation-rooms", room).by(&cast.justice).send();
    let body = json!({
        "room": id(&room.is(201).body), "begins_at": "2026-03-10T01:00:00Z", "ends_at": "2026-03-10T03:00:00Z"
    });
    let hearing = id(&at_table(town, &cast.zhou, case, "hearings", body).is(201).body);
    at(town, "2026-03-10T01:05:00Z");
    let cast = awake(town, cast);
    let seats = town.text(&format!(
        "SELECT json_agg(id) FROM mediation_seats WHERE case_id = '{case}' AND state = 'accepted'"
    ));
    let seats: Value = serde_json::from_str(&seats).expect("ids");
    let parties = ["applicant", "respondent"].map(|side| party_of(town, case, side));
    let came = json!({ "seats": seats, "parties": parties });
    at_table(town, &cast.zhou, case, &format!("hearings/{hearing}/opening"), came).is(200);
    assert_eq!(case_seen(town, &cast.zhao, case)["state"], "in_mediation");
    cast
}

/// Drawn up and signed by everybody on 10 March: the agreement.
fn signed(town: &Town, cast: &Cast, case: &str) -> Value {
    let body = terms(town, case, ["2026-03-20", "2026-04-20", "2026-05-20"]);
    at_table(town, &cast.zhao, case, "agreements", body.clone()).is_problem(403, "forbidden");
    let first = at_table(town, &cast.zhou, case, "agreements", body.clone()).is(201).body.clone();
    let hash = |view: &Value| view["text_sha256"].as_str().expect("a hash").to_owned();
    sign(town, &cast.zhao, case, ("party", &hash(&first))).is(201);
    // Another text supersedes it, and is signed anew.
    let agreement = at_table(town, &cast.zhou, case, "agreements", body).is(201).body.clone();
    sign(town, &cast.qian, case, ("party", &hash(&first))).is_problem(409, "mediation-agreement-not-signing");
    let sha256 = hash(&agreement);
    for (by, capacity) in [(&cast.zhao, "party"), (&cast.zhou, "mediator"), (&cast.wu, "committee")] {
        sign(town, by, case, (capacity, &sha256)).is(201);
        assert_eq!(case_seen(town, by, case)["state"], "in_mediation");
    }
    sign(town, &cast.zhao, case, ("party", &sha256)).is_problem(409, "mediation-signed-already");
    sign(town, &cast.zhao, case, ("mediator", &sha256)).is_problem(422, "mediation-signer-unfit");
    sign(town, &cast.justice, case, ("mediator", &sha256)).is_problem(422, "mediation-signer-unfit");
    sign(town, &cast.qian, case, ("party", &"0".repeat(64))).is_problem(409, "mediation-agreement-other");
    assert!(tasks(town, &cast.qian).contains(&"sign_agreement".to_owned()));
    // The last signs on paper, as the mediator notes and shows.
    let paper_signed = |files: Vec<String>| {
        json!({
            "text_sha256": sha256, "capacity": "party", "means": "paper", "party": party_of(town, case, "respondent"),
            "signed_on": "2026-03-10", "files": files
        })
    };
    at_table(town, &cast.zhou, case, "signatures", paper_signed(vec![]))
        .is_problem(422, "mediation-signature-paper-missing");
    let with_paper = paper_signed(vec![paper(town, &cast.zhou)]);
    let view = at_table(town, &cast.zhou, case, "signatures", with_paper).is(201).body.clone();
    assert_eq!((&view["state"], &view["effective_on"]), (&json!("effective"), &json!("2026-03-10")));
    view
}

/// Both ask the court on day 28, which confirms on day 29.
fn confirmed(town: &Town, cast: &Cast, case: &str) -> Cast {
    at(town, "2026-04-07T02:00:00Z");
    let cast = awake(town, cast);
    let ask = |by: &Person, body| at_table(town, by, case, "confirmation", body);
    ask(&cast.qian, json!({})).is_problem(422, "mediation-confirmation-court-missing");
    let view = ask(&cast.qian, json!({ "court": "上海市宝山区人民法院" })).is(201).body.clone();
    assert_eq!((&view["state"], &view["latest_on"]), (&json!("joining"), &json!("2026-04-09")));
    ask(&cast.qian, json!({})).is_problem(409, "mediation-confirmation-applied");
    assert!(tasks(town, &cast.zhao).contains(&"join_confirmation".to_owned()));
    assert_eq!(ask(&cast.zhao, json!({})).is(201).body["state"], "applied");
    at_table(
        town,
        &cast.zhou,
        case,
        "agreements",
        terms(town, case, ["2026-04-20", "2026-05-20", "2026-06-20"]),
    )
    .is_problem(409, "mediation-agreement-before-court");
    at(town, "2026-04-08T02:00:00Z");
    let cast = awake(town, &cast);
    let path = format!("/v1/mediation-cases/{case}/confirmation");
    let decided = json!({
        "decision": "confirmed", "decided_on": "2026-04-08", "document_number": "（2026）沪0113民特12号"
    });
    town.patch(&path, "\"v1\"", decided.clone()).by(&cast.zhou).send().is_problem(412, "version-stale");
    let view = town.patch(&path, "*", decided.clone()).by(&cast.zhou).send().is(200).body.clone();
    assert_eq!(view["state"], "confirmed");
    town.patch(&path, "*", decided)
        .by(&cast.zhou)
        .send()
        .is_problem(409, "mediation-confirmation-not-applied");
    cast
}

/// A visit on that day.
fn visited(town: &Town, by: &Person, case: &str, finding: &str) {
    let planned = at_table(town, by, case, "follow-ups", json!({ "channel": "visit" }));
    let visit = id(&planned.is(201).body);
    let path = format!("/v1/mediation-cases/{case}/follow-ups/{visit}");
    let body = json!({ "finding": finding, "note": "已核实" });
    town.patch(&path, "*", body.clone()).by(by).send().is(200);
    town.patch(&path, "*", body).by(by).send().is_problem(409, "mediation-follow-up-recorded");
}

fn due(town: &Town, by: &Person, case: &str, clock: &str) -> Value {
    let clocks = case_seen(town, by, case)["clocks"].as_array().expect("clocks").clone();
    let last = clocks.into_iter().rfind(|one| one["clock"] == clock && one["stopped_at"].is_null());
    last.map_or(Value::Null, |one| one["due_on"].clone())
}

#[test]
fn two_floors_settle_and_it_is_kept_until_it_is_filed() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let cast = cast(&town);
    let case = at_the_table(&town, &cast);
    let cast = heard(&town, &cast, &case);
    let agreement = signed(&town, &cast, &case);
    assert_eq!(due(&town, &cast.zhou, &case, "confirmation"), "2026-04-09");
    assert_eq!(due(&town, &cast.zhou, &case, "follow_up"), "2026-04-09");
    assert_eq!(due(&town, &cast.zhou, &case, "performance"), "2026-03-20");
    let items: Vec<String> = agreement["items"].as_array().expect("items").iter().map(id).collect();
    assert!(tasks(&town, &cast.qian).contains(&"perform".to_owned()));
    at(&town, "2026-03-20T06:00:00Z");
    let cast = awake(&town, &cast);
    keep(&town, &cast.qian, &case, (&items[0], "done"), json!({}))
        .is_problem(409, "mediation-performance-not-creditor");
    keep(&town, &cast.zhao, &case, (&items[0], "done"), json!({ "amount_fen": 1 }))
        .is_problem(422, "mediation-performance-amount-unfit");
    keep(&town, &cast.zhao, &case, (&items[0], "done"), json!({ "note": "已收到" })).is(201);
    keep(&town, &cast.zhao, &case, (&items[0], "done"), json!({})).is_problem(409, "mediation-item-settled");
    assert_eq!(due(&town, &cast.zhou, &case, "performance"), "2026-04-20");
    let cast = confirmed(&town, &cast, &case);
    visited(&town, &cast.zhou, &case, "kept");
    assert_eq!(due(&town, &cast.zhou, &case, "follow_up"), "2026-05-08");
    late_and_paid(&town, &cast, &case, &items);
}

/// The second instalment is late, is asked for and paid; then the third is, and the case is filed.
fn late_and_paid(town: &Town, cast: &Cast, case: &str, items: &[String]) {
    at(town, "2026-04-20T15:59:00Z");
    let cast = awake(town, cast);
    assert!(!tasks(town, &cast.zhou).contains(&"chase_performance".to_owned()));
    at(town, "2026-04-20T16:01:00Z");
    let cast = awake(town, &cast);
    assert!(tasks(town, &cast.zhou).contains(&"chase_performance".to_owned()));
    assert!(case_events(town, &cast.zhao, case).contains(&"performance_late".to_owned()));
    visited(town, &cast.zhou, case, "not_kept");
    let part = json!({ "amount_fen": 30_000, "files": [paper(town, &cast.zhou)] });
    keep(town, &cast.zhou, case, (&items[1], "partly"), part).is(201);
    let rest = json!({ "amount_fen": 40_000 });
    keep(town, &cast.zhou, case, (&items[1], "partly"), rest)
        .is_problem(422, "mediation-performance-amount-unfit");
    keep(town, &cast.zhou, case, (&items[1], "done"), json!({})).is(201);
    assert!(!tasks(town, &cast.zhou).contains(&"chase_performance".to_owned()));
    let waiver = json!({ "text": "已履行，申请不予处罚。" });
    at_table(town, &cast.qian, case, "penalty-waivers", waiver.clone())
        .is_problem(409, "mediation-waiver-unfit");
    at(town, "2026-05-19T02:00:00Z");
    let cast = awake(town, &cast);
    keep(town, &cast.zhao, case, (&items[2], "done"), json!({})).is(201);
    assert_eq!(case_seen(town, &cast.zhao, case)["state"], "performed");
    // 治安管理处罚法 art. 9.
    let asked = id(&at_table(town, &cast.qian, case, "penalty-waivers", waiver).is(201).body);
    assert!(tasks(town, &cast.police).contains(&"decide_waiver".to_owned()));
    let granted = json!({ "is_granted": true, "reason": "情节较轻" });
    let part = format!("penalty-waivers/{asked}/decision");
    at_table(town, &cast.lawyer, case, &part, granted.clone()).is_problem(403, "forbidden");
    at_table(town, &cast.police, case, &part, granted.clone()).is(200);
    at_table(town, &cast.police, case, &part, granted).is_problem(409, "mediation-waiver-decided");
    at_table(town, &cast.zhou, case, "closure", json!({ "note": "协议已履行" })).is(200);
    let view = case_seen(town, &cast.zhao, case);
    assert_eq!((&view["state"], &view["due_on"]), (&json!("closed"), &Value::Null));
}
