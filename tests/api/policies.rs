//! Policies: read by all, made in range, never changed, and found by how closely they fit.

use chrono::{Days, NaiveDate};
use lilong::access::division::Division;
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use lilong::matters::calendar::Unit;
use lilong::matters::policies::{self, ClockKind, Level, MatterKind, PolicyMode, PolicyRow, Wanted};
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn today(town: &Town) -> NaiveDate {
    local_date(town.now())
}

fn draft(town: &Town, more: Value) -> Value {
    let draft = json!({
        "division": PARENT, "kind": "petition", "mode": "normal", "clock": "resolution", "amount": 3,
        "unit": "working_day", "effective_from": today(town), "legal_basis": "街道办理规定"
    });
    with(draft, more)
}

fn create(town: &Town, by: &Person, more: Value) -> Reply {
    town.post("/v1/matter-policies", draft(town, more)).by(by).send()
}

fn end(town: &Town, by: &Person, made: &Reply, on: NaiveDate) -> Reply {
    let path = format!("/v1/matter-policies/{}/end", made.is(201).body["id"].as_str().unwrap());
    town.post(&path, json!({ "on": on })).by(by).send()
}

/// A complaint about falling objects in `OWN`, today.
fn wanted(town: &Town) -> Wanted<'static> {
    Wanted {
        kind: MatterKind::Petition,
        variant: Some("complaint"),
        category: Some("falling_objects"),
        grade: Some("normal"),
        mode: PolicyMode::Normal,
        clock: ClockKind::Resolution,
        division: Division::parse(OWN).unwrap(),
        on: today(town),
    }
}

fn find(town: &Town, wanted: &Wanted<'_>) -> Option<PolicyRow> {
    policies::find(&mut town.owner(), wanted).unwrap()
}

/// How long it runs.
fn amount(town: &Town, wanted: &Wanted<'_>) -> i32 {
    find(town, wanted).map_or(0, |row| row.amount)
}

#[test]
fn a_new_database_has_the_numbers_of_the_law_and_says_where_they_are_from() {
    let town = Town::new();
    let listed =
        town.get(&format!("/v1/matter-policies?division={OWN}&limit=100")).by(&town.resident()).send();
    let items = listed.is(200).body["items"].as_array().unwrap();
    assert!(items.len() > 20 && items.iter().all(|item| item["division"] == CITY));
    // Each names its source, or says that it is our own.
    let is_based = |item: &Value| {
        let basis = item["legal_basis"].as_str().unwrap();
        [
            "《信访工作条例》",
            "《人民调解法》",
            "《人民调解工作若干规定》",
            "上海街道12345办理规定",
            "本系统默认，可由街镇另定",
        ]
        .iter()
        .any(|source| basis.starts_with(source))
    };
    assert!(items.iter().all(is_based), "{items:?}");
    let base = wanted(&town);
    let runs = |variant: &'static str, grade: &'static str, clock: ClockKind| {
        let wanted = Wanted { variant: Some(variant), grade: Some(grade), clock, ..base };
        find(&town, &wanted).map(|row| (row.amount, row.unit))
    };
    let (days, working_days) = (Unit::CalendarDay, Unit::WorkingDay);
    assert_eq!(runs("consultation", "normal", ClockKind::Resolution), Some((1, working_days)));
    assert_eq!(runs("request", "normal", ClockKind::Resolution), Some((5, working_days)));
    assert_eq!(runs("complaint", "fast", ClockKind::Resolution), Some((1, working_days)));
    assert_eq!(runs("complaint", "complex", ClockKind::Resolution), Some((15, working_days)));
    assert_eq!(runs("report", "normal", ClockKind::Resolution), Some((60, days)));
    assert_eq!(runs("report", "normal", ClockKind::Acceptance), Some((15, days)));
    assert_eq!(runs("request", "normal", ClockKind::Acceptance), Some((1, working_days)));
    assert_eq!(runs("request", "normal", ClockKind::FirstContact), Some((1, working_days)));
    assert_eq!(runs("request", "normal", ClockKind::Rehandling), Some((3, working_days)));
    assert_eq!(runs("report", "normal", ClockKind::Review), Some((30, days)));
    assert_eq!(runs("report", "normal", ClockKind::FinalReview), Some((30, days)));
    assert_eq!(runs("request", "normal", ClockKind::Silence), Some((7, days)));
    assert_eq!(runs("request", "normal", ClockKind::Dispatch), Some((1, working_days)));
    assert_eq!(runs("request", "normal", ClockKind::Summons), Some((3, working_days)));
    // Thresholds are no clock of their own, and nothing is made up where there is no rule.
    assert_eq!(runs("joint_petition", "normal", ClockKind::Answer), None);
    assert_eq!(find(&town, &Wanted { on: "2018-12-31".parse().unwrap(), ..base }), None);
}

#[test]
fn the_closest_policy_holds() {
    let town = Town::new();
    let city = town.staff(Role::CityOfficer, CITY);
    let wanted = wanted(&town);
    assert_eq!(amount(&town, &wanted), 5);
    // Each fits more closely than all before it.
    let closer = [
        json!({ "division": CITY, "amount": 6 }),
        json!({ "division": PARENT, "amount": 7 }),
        json!({ "division": OWN, "amount": 8 }),
        json!({ "division": CITY, "variant": "complaint", "amount": 9 }),
        json!({ "division": PARENT, "variant": "complaint", "amount": 10 }),
        json!({ "division": CITY, "grade": "normal", "amount": 11 }),
        json!({ "division": CITY, "grade": "normal", "variant": "complaint", "amount": 12 }),
        json!({ "division": CITY, "category": "falling_objects", "amount": 13 }),
        json!({ "division": OWN, "category": "falling_objects", "amount": 14 }),
        json!({ "division": CITY, "category": "falling_objects", "grade": "normal", "amount": 15 }),
    ];
    for more in &closer {
        create(&town, &city, more.clone()).is(201);
        assert_eq!(amount(&town, &wanted), more["amount"], "{more}");
    }
    // Those of other places, variants, grades, categories and clocks are not meant.
    for other in [
        json!({ "division": SIBLING }),
        json!({ "division": ELSEWHERE, "category": "falling_objects", "grade": "normal" }),
        json!({ "category": "falling_objects", "grade": "normal", "variant": "request" }),
        json!({ "category": "falling_objects", "grade": "fast" }),
        json!({ "category": "dogs", "grade": "normal" }),
        json!({ "category": "falling_objects", "grade": "normal", "clock": "rehandling" }),
        json!({ "kind": "mediation_case", "grade": "difficult" }),
        json!({ "category": "falling_objects", "grade": "normal", "mode": "emergency" }),
    ] {
        create(&town, &city, with(json!({ "amount": 99 }), other)).is(201);
        assert_eq!(amount(&town, &wanted), 15);
    }
    assert_eq!(amount(&town, &Wanted { category: None, grade: None, variant: None, ..wanted }), 8);
}

#[test]
fn in_an_emergency_its_policies_go_before_and_the_others_fill_in() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    create(&town, &street, json!({ "category": "falling_objects", "amount": 2 })).is(201);
    let request = Wanted { variant: Some("request"), ..wanted(&town) };
    assert_eq!(amount(&town, &request), 2);
    let emergency = Wanted { mode: PolicyMode::Emergency, ..request };
    let row = find(&town, &emergency).unwrap();
    assert_eq!((row.mode, row.amount, row.unit), (PolicyMode::Emergency, 1, Unit::CalendarDay));
    let complaint = find(&town, &Wanted { variant: Some("complaint"), ..emergency }).unwrap();
    assert_eq!((complaint.mode, complaint.amount), (PolicyMode::Normal, 2));
}

#[test]
fn a_newer_policy_takes_over_on_its_day_and_an_end_gives_back() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let today = today(&town);
    let (tomorrow, later) = (today + Days::new(1), today + Days::new(9));
    let now = create(&town, &street, json!({ "amount": 4 }));
    create(&town, &street, json!({ "amount": 2, "effective_from": tomorrow, "effective_until": later }))
        .is(201);
    let on = |on: NaiveDate| amount(&town, &Wanted { on, ..wanted(&town) });
    assert_eq!([on(today), on(tomorrow), on(later), on(later + Days::new(1))], [4, 2, 2, 4]);
    assert_eq!(end(&town, &street, &now, tomorrow).is(201).body["effective_until"], json!(tomorrow));
    assert_eq!([on(today), on(tomorrow), on(later), on(later + Days::new(1))], [4, 2, 2, 5]);
    // An end comes nearer, never further away, and not into the past.
    end(&town, &street, &now, tomorrow).is_problem(409, "matter-policy-ended");
    end(&town, &street, &now, later).is_problem(409, "matter-policy-ended");
    end(&town, &street, &now, today - Days::new(1)).is_problem(422, "matter-policy-term-reversed");
    end(&town, &street, &now, today).is(201);
    let ahead = create(&town, &street, json!({ "effective_from": later }));
    end(&town, &street, &ahead, tomorrow).is_problem(422, "matter-policy-term-reversed");
    let yesterday = today - Days::new(1);
    create(&town, &street, json!({ "effective_from": yesterday })).is_problem(422, "matter-policy-day-past");
    let reversed = json!({ "effective_from": later, "effective_until": tomorrow });
    create(&town, &street, reversed).is_problem(422, "matter-policy-term-reversed");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'matter-policies'"), 5);
}

#[test]
fn a_policy_is_made_and_ended_in_range_and_read_by_all() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    create(&town, &street, json!({ "division": CITY })).is_problem(403, "forbidden");
    create(&town, &street, json!({ "division": ELSEWHERE })).is_problem(403, "forbidden");
    create(&town, &town.staff(Role::CommitteeHead, OWN), json!({ "division": OWN }))
        .is_problem(403, "forbidden");
    let city = town.staff(Role::CityOfficer, CITY);
    let unknown = create(&town, &city, json!({ "division": "310199999000" }));
    unknown.is_problem(422, "matter-policy-division-unknown");
    let of_city = create(&town, &city, json!({ "division": CITY }));
    end(&town, &street, &of_city, today(&town)).is_problem(403, "forbidden");
    create(&town, &town.staff(Role::StreetOfficer, ELSEWHERE), json!({ "division": ELSEWHERE })).is(201);
    create(&town, &street, json!({})).is(201);
    let listed = |query: &str| {
        let path = format!("/v1/matter-policies?clock=resolution&mode=normal&limit=100{query}");
        let reply = town.get(&path).by(&town.staff(Role::CommitteeWorker, OWN)).send();
        let items = reply.is(200).body["items"].as_array().unwrap().clone();
        items.into_iter().filter(|item| item["amount"] == 3).map(|item| item["division"].clone()).collect()
    };
    let all: Vec<Value> = listed("");
    assert_eq!(all, [CITY, ELSEWHERE, PARENT]);
    assert_eq!(listed(&format!("&division={OWN}")), [CITY, PARENT]);
    assert_eq!(listed("&division=310113003006&kind=petition"), [CITY, PARENT]);
    assert_eq!(listed("&on=2026-01-01").len(), 0);
    assert_eq!(listed("&kind=mediation_case").len(), 0);
    town.get("/v1/matter-policies").send().is_problem(401, "unauthenticated");
}

#[test]
fn a_policy_that_would_hold_for_nothing_is_refused() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let refused = |more: Value, code: &str| {
        create(&town, &street, more).is_problem(422, code);
    };
    refused(json!({ "variant": "complaints" }), "matter-policy-variant-unknown");
    refused(json!({ "grade": "urgent" }), "matter-policy-grade-unknown");
    refused(json!({ "variant": "Complaint" }), "field-invalid");
    refused(json!({ "amount": 0 }), "field-invalid");
    refused(json!({ "legal_basis": " " }), "field-invalid");
    let threshold =
        |more: Value| with(json!({ "clock": "answer", "signatures": 30, "level": "committee" }), more);
    for more in [
        json!({ "level": null }),
        json!({ "signatures": null }),
        json!({ "clock": "resolution" }),
        json!({ "kind": "mediation_case" }),
        json!({ "mode": "emergency" }),
        json!({ "category": "dogs" }),
        json!({ "grade": "fast" }),
        json!({ "variant": "request" }),
    ] {
        refused(threshold(more), "matter-policy-threshold-unfit");
    }
    create(&town, &street, threshold(json!({ "variant": "joint_petition" }))).is(201);
    // Cases of mediation have grades of their own, and no variants.
    refused(json!({ "kind": "mediation_case", "variant": "difficult" }), "matter-policy-variant-unknown");
    create(&town, &street, json!({ "kind": "mediation_case", "grade": "difficult" })).is(201);
}

#[test]
fn of_thresholds_the_closest_of_each_level_counts() {
    let town = Town::new();
    let thresholds = |division: &str| -> Vec<(i32, Level, i32)> {
        let division = Division::parse(division).unwrap();
        let rows = policies::thresholds(&mut town.owner(), division, today(&town)).unwrap();
        rows.into_iter().map(|row| (row.signatures.unwrap(), row.level.unwrap(), row.amount)).collect()
    };
    let default = [(30, Level::Committee, 10), (300, Level::Street, 15)];
    assert_eq!(thresholds(OWN), default);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let threshold = json!({ "clock": "answer", "signatures": 20, "level": "committee", "amount": 5 });
    let made = create(&town, &street, threshold.clone());
    assert_eq!(thresholds(OWN), [(20, Level::Committee, 5), default[1]]);
    assert_eq!(thresholds(ELSEWHERE), default);
    create(&town, &street, with(threshold, json!({ "level": "district", "signatures": 1000 }))).is(201);
    assert_eq!(thresholds(OWN).len(), 3);
    let tomorrow = today(&town) + Days::new(1);
    end(&town, &street, &made, today(&town)).is(201);
    let rows = policies::thresholds(&mut town.owner(), Division::parse(OWN).unwrap(), tomorrow).unwrap();
    assert_eq!(rows[0].signatures, Some(30));
}
