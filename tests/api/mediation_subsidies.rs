//! The ledger of mediation: who is paid for a case, once, and how it is taken back.

use std::thread;

use diesel::RunQueryDsl;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::disputes::{at_table, put_case, put_seat};
use crate::support::petitions::neighbour;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

mod killed;

/// A case that failed, with everybody at its table.
struct Table {
    case: Uuid,
    mediators: [Person; 2],
    lawyer: Person,
}

fn table(town: &Town) -> Table {
    let case = put_case(town, "failed");
    let mediators = [town.staff(Role::Mediator, PARENT), town.staff(Role::Mediator, PARENT)];
    let lawyer = town.staff(Role::Lawyer, PARENT);
    for mediator in &mediators {
        put_seat(town, case, "mediator", mediator.account, "accepted");
    }
    put_seat(town, case, "lawyer", lawyer.account, "accepted");
    for (role, post) in [("police", Role::PoliceOfficer), ("justice", Role::JusticeOfficer)] {
        put_seat(town, case, role, town.staff(post, PARENT).account, "accepted");
    }
    put_seat(town, case, "department", town.staff(Role::DepartmentOfficer, PARENT).account, "accepted");
    // A judicial officer who mediates has a salary; whoever left or declined did not see it to its end.
    let official = town.staff(Role::JusticeOfficer, PARENT);
    town.appoint(&official, Role::Mediator, PARENT);
    put_seat(town, case, "mediator", official.account, "accepted");
    put_seat(town, case, "mediator", town.staff(Role::Mediator, PARENT).account, "left");
    put_seat(town, case, "mediator", town.staff(Role::Mediator, PARENT).account, "declined");
    Table { case, mediators, lawyer }
}

fn lines(town: &Town, by: &Person, query: &str) -> Vec<serde_json::Value> {
    let page = town.get(&format!("/v1/mediation-subsidies?{query}")).by(by).send();
    page.is(200).body["items"].as_array().expect("items").clone()
}

#[test]
fn a_case_is_paid_for_once_to_each_who_sat_and_has_no_salary() {
    let town = Town::new();
    let Table { case, mediators, lawyer } = table(&town);
    let close = json!({ "note": "已归档" });
    // Twice at once, by two who run it: one of them files it.
    let replies: Vec<u16> = thread::scope(|scope| {
        let close = |by| {
            let body = close.clone();
            let town = &town;
            scope.spawn(move || at_table(town, by, &case.to_string(), "closure", body).status)
        };
        let running: Vec<_> = mediators.iter().map(close).collect();
        running.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(replies.contains(&200) && replies.contains(&409), "{replies:?}");
    assert_eq!(town.count("SELECT count(*) FROM mediation_subsidies"), 3);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let all = lines(&town, &street, &format!("division={OWN}"));
    let amounts: Vec<(&str, i64)> = all
        .iter()
        .map(|line| (line["role"].as_str().expect("a role"), line["amount_fen"].as_i64().expect("fen")))
        .collect();
    assert_eq!(amounts.iter().filter(|one| **one == ("mediator", 5_000)).count(), 2, "{amounts:?}");
    assert_eq!(amounts.iter().filter(|one| **one == ("lawyer", 15_000)).count(), 1, "{amounts:?}");
    assert!(
        all.iter().all(|line| line["legal_basis"].as_str().expect("words").contains("《人民调解法》第六条"))
    );
    // Each reads their own, whatever they ask for; others nothing.
    for (person, amount) in [(&mediators[0], 5_000), (&lawyer, 15_000)] {
        for query in ["", "of=own"] {
            let own = lines(&town, person, query);
            assert_eq!((own.len(), &own[0]["amount_fen"]), (1, &json!(amount)));
        }
        assert!(lines(&town, person, "of=range").is_empty());
    }
    for nobody in [
        &neighbour(&town, OWN),
        &town.staff(Role::StreetOfficer, ELSEWHERE),
        &town.staff(Role::Mediator, OWN),
    ] {
        assert!(lines(&town, nobody, "").is_empty());
    }
    assert!(lines(&town, &town.staff(Role::JusticeOfficer, SIBLING), "").is_empty());
}

#[test]
fn a_closer_place_pays_by_its_own_amounts_and_nothing_where_it_says_so() {
    let town = Town::new();
    town.execute(&format!(
        "INSERT INTO mediation_subsidy_rules (id, division, role, grade, outcome, amount_fen, effective_from, legal_basis, created_at)
             VALUES (gen_random_uuid(), {PARENT}, 'mediator', 'general', 'failed', 8000, '2020-01-01', '友谊路街道以案定补办法', now()),
                    (gen_random_uuid(), {PARENT}, 'lawyer', 'general', 'failed', 0, '2020-01-01', '友谊路街道以案定补办法', now()),
                    (gen_random_uuid(), {OWN}, 'mediator', 'general', 'failed', 9000, '2999-01-01', '尚未施行', now())"
    ));
    let Table { case, mediators, .. } = table(&town);
    at_table(&town, &mediators[0], &case.to_string(), "closure", json!({ "note": "x" })).is(200);
    let all = lines(&town, &town.staff(Role::JusticeOfficer, PARENT), "");
    assert_eq!(all.len(), 2);
    assert!(
        all.iter().all(|line| line["amount_fen"] == 8_000 && line["legal_basis"] == "友谊路街道以案定补办法")
    );
}

#[test]
fn a_street_says_what_it_pays_from_a_day_on_and_never_of_days_before() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let day = |ahead: i64| lilong::kit::clock::local_date(town.now()) + chrono::TimeDelta::days(ahead);
    let said = |by: &Person, more: Value| {
        let draft = json!({
            "division": PARENT, "role": "mediator", "grade": "general", "outcome": "failed", "amount_fen": 8000, "effective_from": day(0),
            "legal_basis": "友谊路街道以案定补办法"
        });
        town.post("/v1/mediation-subsidy-rules", crate::support::archive::with(draft, more)).by(by).send()
    };
    said(&street, json!({ "effective_from": day(-1) })).is_problem(422, "mediation-subsidy-rule-day-past");
    said(&street, json!({ "amount_fen": -1 })).is_problem(422, "field-invalid");
    said(&street, json!({ "division": "310113003999" }))
        .is_problem(422, "mediation-subsidy-rule-division-unknown");
    said(&street, json!({ "division": ELSEWHERE })).is_problem(403, "forbidden");
    for role in [Role::JusticeOfficer, Role::Mediator, Role::Lawyer] {
        said(&town.staff(role, PARENT), json!({})).is_problem(403, "forbidden");
    }
    let rule = said(&street, json!({})).is(201).body.clone();
    said(&street, json!({ "amount_fen": 1 })).is_problem(409, "mediation-subsidy-rule-said");
    said(&street, json!({ "amount_fen": 0, "role": "lawyer" })).is(201);
    said(&street, json!({ "amount_fen": 9000, "effective_from": day(1) })).is(201);
    // Everybody may read what is paid there: the street's, and the city's below it.
    let path = format!("/v1/mediation-subsidy-rules?division={OWN}&role=mediator&on={}&limit=100", day(0));
    let list = town.get(&path).by(&town.resident()).send();
    let items = list.is(200).body["items"].as_array().unwrap();
    assert!(items.contains(&rule) && items.len() > 1 && items.iter().all(|one| one["role"] == "mediator"));
    let Table { case, mediators, .. } = table(&town);
    at_table(&town, &mediators[0], &case.to_string(), "closure", json!({ "note": "x" })).is(200);
    let all = lines(&town, &town.staff(Role::JusticeOfficer, PARENT), "");
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|line| line["amount_fen"] == 8_000), "{all:?}");
}

#[test]
fn a_line_is_never_changed_only_taken_back_once_and_by_somebody_else() {
    let town = Town::new();
    let Table { case, mediators, .. } = table(&town);
    at_table(&town, &mediators[0], &case.to_string(), "closure", json!({ "note": "x" })).is(200);
    let (street, justice) =
        (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::JusticeOfficer, PARENT));
    let own = lines(&town, &mediators[0], "")[0].clone();
    let path = format!("/v1/mediation-subsidies/{}/reversal", own["id"].as_str().expect("an id"));
    let reason = json!({ "reason": "误计补贴" });
    town.post(&path, reason.clone()).by(&mediators[0]).send().is_problem(403, "forbidden");
    town.post(&path, reason.clone()).by(&mediators[1]).send().is_problem(404, "not-found");
    town.post(&path, reason.clone())
        .by(&town.staff(Role::JusticeOfficer, SIBLING))
        .send()
        .is_problem(404, "not-found");
    let replies: Vec<u16> = thread::scope(|scope| {
        let reverse = |by| {
            let (town, path, reason) = (&town, &path, reason.clone());
            scope.spawn(move || town.post(path, reason).by(by).send().status)
        };
        let running: Vec<_> = [&street, &justice].into_iter().map(reverse).collect();
        running.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(replies.contains(&201) && replies.contains(&409), "{replies:?}");
    town.post(&path, reason.clone()).by(&street).send().is_problem(409, "mediation-subsidy-reversed");
    let mine = lines(&town, &mediators[0], "");
    assert_eq!(
        (&mine[0]["amount_fen"], &mine[0]["reverses"], &mine[0]["reason"]),
        (&json!(-5_000), &own["id"], &reason["reason"])
    );
    let back = format!("/v1/mediation-subsidies/{}/reversal", mine[0]["id"].as_str().expect("an id"));
    town.post(&back, reason.clone()).by(&street).send().is_problem(409, "mediation-subsidy-is-reversal");
}

#[test]
fn nobody_decides_over_their_own_and_each_month_comes_to_what_is_left() {
    let town = Town::new();
    let Table { case, mediators, .. } = table(&town);
    at_table(&town, &mediators[0], &case.to_string(), "closure", json!({ "note": "x" })).is(200);
    let (street, reason) = (town.staff(Role::StreetOfficer, PARENT), json!({ "reason": "误计补贴" }));
    let reverse = |by: &Person, of: &Person| {
        let line = lines(&town, of, "of=own")[0]["id"].as_str().expect("an id").to_owned();
        town.post(&format!("/v1/mediation-subsidies/{line}/reversal"), reason.clone()).by(by).send()
    };
    reverse(&street, &mediators[0]).is(201);
    // Whoever was appointed to the judicial office since does not decide over their own money.
    town.appoint(&mediators[1], Role::JusticeOfficer, PARENT);
    reverse(&mediators[1], &mediators[1]).is_problem(409, "mediation-subsidy-own");
    let day = lilong::kit::clock::local_date(town.now());
    let totals = |by: &Person| {
        let page = town.get(&format!("/v1/mediation-subsidy-totals?from={day}&until={day}")).by(by).send();
        page.is(200).body["items"].clone()
    };
    let sums = totals(&street);
    assert_eq!((sums[1]["role"].as_str(), &sums[1]["given_fen"]), (Some("mediator"), &json!(10_000)));
    assert_eq!(
        (&sums[1]["reversed_fen"], &sums[1]["amount_fen"], &sums[1]["people"]),
        (&json!(5_000), &json!(5_000), &json!(2))
    );
    assert_eq!((&sums[0]["role"], &sums[0]["amount_fen"]), (&json!("lawyer"), &json!(15_000)));
    assert_eq!(totals(&mediators[0])[0]["amount_fen"], 0);
    let far = town.get("/v1/mediation-subsidy-totals?from=2026-01-02&until=2026-01-01").by(&street).send();
    far.is_problem(422, "mediation-subsidy-span-invalid");
}

#[test]
fn no_path_changes_a_line() {
    let town = Town::new();
    let Table { case, mediators, .. } = table(&town);
    at_table(&town, &mediators[0], &case.to_string(), "closure", json!({ "note": "x" })).is(200);
    // Not even by who owns the tables.
    for statement in [
        "UPDATE mediation_subsidies SET amount_fen = 1 WHERE amount_fen > 0",
        "DELETE FROM mediation_subsidies",
        "TRUNCATE mediation_subsidies",
    ] {
        let refused = diesel::sql_query(statement).execute(&mut town.owner()).expect_err("refused");
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    let partly = "INSERT INTO mediation_subsidies SELECT gen_random_uuid(), division, case_id, seat_id, account_id, rule_id, role, grade,
        outcome, -1, legal_basis, earned_on, id, 'x', created_by, now() FROM mediation_subsidies WHERE role = 'lawyer'";
    let refused = diesel::sql_query(partly).execute(&mut town.owner()).expect_err("refused");
    assert!(refused.to_string().contains("all of it"), "{refused}");
}
