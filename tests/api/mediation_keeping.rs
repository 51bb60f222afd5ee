//! Agreements: the days of the law, what is seen of them by whom, what happens twice at once, what is handed over.

use std::thread;

use diesel::RunQueryDsl;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::agreements::{keep, paper, put_agreement, put_month, sign};
use crate::support::disputes::{at_table, case_seen, put_case, put_party, put_seat};
use crate::support::petitions::{again, at, neighbour};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, Town};

/// A case of two with accounts and a mediator, in that state.
struct Settled {
    case: String,
    id: Uuid,
    zhao: Person,
    qian: Person,
    zhou: Person,
    justice: Person,
    /// Qian, who owes, and Zhao.
    parties: [Uuid; 2],
}

fn settled(town: &Town, state: &str) -> Settled {
    let id = put_case(town, state);
    // The database's own clock is another than the town's.
    town.execute(&format!("UPDATE matters SET created_at = '{}' WHERE id = '{id}'", town.now()));
    let (zhao, qian) = (town.resident(), town.resident());
    let zhou = town.staff(Role::Mediator, PARENT);
    let parties = [("respondent", &qian), ("applicant", &zhao)]
        .map(|(side, who)| put_party(town, id, side, Some(who.account.0)));
    put_seat(town, id, "mediator", zhou.account, "accepted");
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    Settled { case: id.to_string(), id, zhao, qian, zhou, justice, parties }
}

impl Settled {
    /// Its mediator notes what was agreed by word of mouth on that day.
    fn oral(&self, town: &Town, by: &Person, on: &str) -> Reply {
        let body = json!({
            "form": "oral", "basis": "x", "terms": "不再争执", "agreed_on": on,
            "items": [{ "kind": "act", "debtor": self.parties[0], "creditor": self.parties[1], "act": "道歉" }]
        });
        at_table(town, by, &self.case, "agreements", body)
    }
}

#[test]
fn day_30_counts_and_day_31_is_refused_with_its_law() {
    let town = Town::at("2026-03-10T02:00:00Z");
    let (one, two) = (settled(&town, "in_mediation"), settled(&town, "in_mediation"));
    // An oral agreement is in force from the day it was made (人民调解法 30), whenever it is noted.
    at(&town, "2026-03-12T02:00:00Z");
    for case in [&one, &two] {
        let zhou = again(&town, &case.zhou);
        case.oral(&town, &zhou, "2026-03-13").is_problem(422, "mediation-agreed-on-unfit");
        case.oral(&town, &zhou, "2026-03-09").is_problem(422, "mediation-agreed-on-unfit");
        let view = case.oral(&town, &zhou, "2026-03-10").is(201).body.clone();
        assert_eq!((&view["state"], &view["effective_on"]), (&json!("effective"), &json!("2026-03-10")));
    }
    let ask =
        |case: &Settled, by: &Person, body: Value| at_table(&town, by, &case.case, "confirmation", body);
    at(&town, "2026-04-09T15:59:00Z");
    let justice = again(&town, &one.justice);
    let court = json!({ "court": "上海市宝山区人民法院" });
    ask(&one, &justice, court.clone()).is_problem(422, "mediation-confirmation-paper-missing");
    let shown = json!({ "court": "上海市宝山区人民法院", "files": [paper(&town, &justice)] });
    assert_eq!(ask(&one, &justice, shown).is(201).body["applied_on"], "2026-04-09");
    at(&town, "2026-04-10T02:00:00Z");
    let (zhao, justice) = (again(&town, &two.zhao), again(&town, &two.justice));
    let late = ask(&two, &zhao, court);
    late.is_problem(409, "mediation-confirmation-late");
    assert!(late.text.contains("第三十三条"), "{}", late.text);
    let shown = json!({ "court": "上海市宝山区人民法院", "files": [paper(&town, &justice)] });
    ask(&two, &justice, shown).is_problem(409, "mediation-confirmation-late");
}

#[test]
fn each_reads_what_was_agreed_and_whoever_has_the_number_whether_it_holds() {
    let town = Town::new();
    let table = settled(&town, "agreed");
    let (agreement, number, items) = put_agreement(&town, table.id, table.parties, ("effective", 2));
    keep(&town, &table.justice, &table.case, (&items[0].to_string(), "done"), json!({ "note": "转账已到" }))
        .is(201);
    let path = format!("/v1/mediation-cases/{}", table.case);
    let parts = [
        "agreements",
        &format!("agreements/{agreement}"),
        &format!("agreements/{agreement}/document"),
        "performances",
        "follow-ups",
        "extensions",
        "penalty-waivers",
    ]
    .map(|part| format!("{path}/{part}"));
    for reader in [&table.zhao, &table.qian, &table.zhou, &table.justice] {
        for part in &parts {
            town.get(part).by(reader).send().is(200);
        }
    }
    let street = town.staff(Role::StreetOfficer, PARENT);
    let (auditor, stranger) = (town.staff(Role::Auditor, CITY), neighbour(&town, ELSEWHERE));
    for part in &parts {
        town.get(part).by(&street).send().is_problem(403, "forbidden");
        for nobody in [&auditor, &stranger, &town.staff(Role::Mediator, OWN)] {
            town.get(part).by(nobody).send().is_problem(404, "not-found");
        }
    }
    let told = town.get(&format!("/v1/mediation-agreement-verifications/{number}")).send();
    let keys: Vec<&String> = told.is(200).body.as_object().expect("an object").keys().collect();
    let mut keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["drawn_up_on", "effective_on", "ended_on", "number", "state", "text_sha256"]);
    assert_eq!(told.body["state"], "effective");
    town.get("/v1/mediation-agreement-verifications/000000000000").send().is_problem(404, "not-found");
    let page = town.get(&parts[2]).by(&table.zhao).send();
    let text = &page.is(200).text;
    assert!(
        text.contains("<svg")
            && text.contains(&number)
            && text.contains("/v1/mediation-agreement-verifications/")
    );
    assert!(!text.contains("<script") && !text.contains("src=") && !text.contains("href="), "{text}");
    // What was agreed is not edited, by whatever path.
    let edited = format!("UPDATE mediation_agreements SET terms = 'y' WHERE id = '{agreement}'");
    assert!(diesel::sql_query(edited).execute(&mut town.owner()).is_err());
}

#[test]
fn what_is_signed_or_kept_twice_at_once_counts_once() {
    let town = Town::new();
    let table = settled(&town, "in_mediation");
    let (agreement, ..) = put_agreement(&town, table.id, table.parties, ("signing", 1));
    let sha256 = town.text(&format!(
        "SELECT encode(text_sha256, 'hex') FROM mediation_agreements WHERE id = '{agreement}'"
    ));
    let at_once = |call: &(dyn Fn() -> Reply + Sync)| -> Vec<u16> {
        thread::scope(|scope| {
            let begun: Vec<_> = (0..6).map(|_| scope.spawn(call)).collect();
            begun.into_iter().map(|one| one.join().expect("an answer").status).collect()
        })
    };
    let done = |replies: Vec<u16>| {
        assert!(replies.iter().all(|status| [201, 409].contains(status)), "{replies:?}");
        replies.iter().filter(|status| **status == 201).count()
    };
    assert_eq!(done(at_once(&|| sign(&town, &table.zhao, &table.case, ("party", &sha256)))), 1);
    let bound = settled(&town, "agreed");
    let (_, _, items) = put_agreement(&town, bound.id, bound.parties, ("effective", 1));
    let item = items[0].to_string();
    assert_eq!(done(at_once(&|| keep(&town, &bound.zhao, &bound.case, (&item, "done"), json!({})))), 1);
    assert_eq!(case_seen(&town, &bound.zhao, &bound.case)["state"], "performed");
    assert_eq!(town.text("SELECT count(*) FROM mediation_performances"), "1");
}

#[test]
fn what_is_broken_is_handed_over_without_what_is_confidential_or_mediated_once_more() {
    let town = Town::new();
    let table = settled(&town, "agreed");
    let (_, _, items) = put_agreement(&town, table.id, table.parties, ("effective", 2));
    for (by, title, audience) in [
        (&table.zhao, "共同证据", "everybody"),
        (&table.zhao, "私下证据", "mediators"),
        (&table.zhou, "席间证据", "table"),
    ] {
        let body = json!({ "title": title, "text": "x", "audience": audience });
        at_table(&town, by, &table.case, "evidence", body).is(201);
    }
    at_table(
        &town,
        &table.zhou,
        &table.case,
        "notes",
        json!({ "text": "让步底线", "audience": "everybody" }),
    )
    .is(201);
    let hand_over = format!("/v1/mediation-cases/{}/hand-over?to=court", table.case);
    town.get(&hand_over).by(&table.zhou).send().is_problem(409, "mediation-not-ended");
    let item = items[0].to_string();
    let broken = |by: &Person, more: Value| keep(&town, by, &table.case, (&item, "breached"), more);
    broken(&table.zhao, json!({ "note": "x" })).is_problem(409, "mediation-performance-not-creditor");
    broken(&table.zhou, json!({})).is_problem(422, "mediation-breach-unshown");
    broken(&table.zhou, json!({ "note": "明确表示不再支付" })).is(201);
    let text = town.get(&hand_over).by(&table.zhao).send().is(200).text.clone();
    assert!(text.contains("共同证据") && text.contains("litigation") && text.contains("breached"));
    assert!(!text.contains("私下证据") && !text.contains("席间证据") && !text.contains("让步底线"));
    at_table(&town, &table.zhou, &table.case, "reopening", json!({ "note": "愿再调解" })).is(200);
    let view = case_seen(&town, &table.zhao, &table.case);
    assert_eq!(
        (&view["state"], &view["is_agreed_to"], &view["end_reason"]),
        (&json!("accepted"), &json!(false), &Value::Null)
    );
}

#[test]
fn the_month_goes_on_only_where_all_parties_agree() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let table = settled(&town, "accepted");
    put_month(&town, table.id);
    let ask = || {
        at_table(&town, &table.zhou, &table.case, "extensions", json!({ "amount": 1, "reason": "待检测" }))
    };
    let answer = |by: &Person, body: Value| at_table(&town, by, &table.case, "extension-consents", body);
    answer(&table.zhao, json!({ "is_agreed": true })).is_problem(409, "mediation-extension-not-pending");
    ask().is(201);
    ask().is_problem(409, "mediation-extension-pending");
    answer(&table.zhao, json!({ "is_agreed": true })).is(201);
    answer(&table.zhao, json!({ "is_agreed": true })).is_problem(409, "mediation-extension-answered");
    assert_eq!(answer(&table.qian, json!({ "is_agreed": false })).is(201).body["state"], "refused");
    ask().is(201);
    answer(&table.zhao, json!({ "is_agreed": true })).is(201);
    answer(&table.zhou, json!({ "party": table.parties[0], "is_agreed": true }))
        .is_problem(422, "mediation-consent-unfit");
    let by_phone = json!({ "party": table.parties[0], "is_agreed": true, "by": "phone" });
    let view = answer(&table.zhou, by_phone).is(201).body.clone();
    assert_eq!((&view["state"], &view["due_on"]), (&json!("agreed"), &json!("2026-05-06")));
    assert_eq!(case_seen(&town, &table.zhou, &table.case)["due_on"], "2026-05-06");
}
