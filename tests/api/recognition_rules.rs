//! By what rules somebody is recognised: a street says them from a day on, what is decided next follows them, and nobody else's change.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::volunteering::record;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, Town};

/// Monday, 10:00 in Shanghai.
const NOW: &str = "2026-03-02T02:00:00Z";

fn day(town: &Town, ahead: i64) -> NaiveDate {
    local_date(town.now()) + TimeDelta::days(ahead)
}

fn said(town: &Town, by: &Person, more: Value) -> Reply {
    let draft = json!({
        "division": PARENT, "kind": "community_star", "rule": "publicity_days", "amount": 9, "effective_from": day(town, 1),
        "legal_basis": "友谊路街道评选办法"
    });
    town.post("/v1/recognition-rules/entries", with(draft, more)).by(&town.later(by)).send()
}

/// A star of a place who was nominated and agreed: by whom, and where it is.
#[track_caller]
fn agreed(town: &Town, place: &str) -> (Person, String) {
    let (worker, chen) = (town.staff(Role::CommitteeWorker, place), neighbour(town, place));
    let draft = json!({
        "kind": "community_star", "resident": record(town, &chen), "title": "社区达人", "story": "二十年来为邻居免费修自行车。"
    });
    let nominated = town.post("/v1/recognitions", draft).by(&worker).send();
    let path = format!("/v1/recognitions/{}", nominated.is(201).body["id"].as_str().unwrap());
    town.put(&format!("{path}/agreement"), "*", json!({ "agrees": true })).by(&chen).send().is(200);
    (worker, path)
}

/// For how many days it is publicised, of which the first is not counted.
#[track_caller]
fn shown(town: &Town, (worker, path): &(Person, String)) -> i64 {
    let shown = town.call("POST", &format!("{path}/publicity")).by(&town.later(worker)).send();
    let until: DateTime<Utc> = shown.is(201).body["publicised_until"].as_str().unwrap().parse().unwrap();
    (local_date(until) - day(town, 1)).num_days()
}

/// For how many days the next star of a place is.
#[track_caller]
fn publicised(town: &Town, place: &str) -> i64 {
    shown(town, &agreed(town, place))
}

#[test]
fn a_street_says_for_how_many_days_from_a_day_on_and_no_other_street_follows() {
    let town = Town::at(NOW);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let say = |more: Value| said(&town, &street, more);
    say(json!({ "effective_from": day(&town, 0) })).is_problem(422, "recognition-rule-day-past");
    say(json!({ "division": "310113003999" })).is_problem(422, "recognition-rule-division-unknown");
    say(json!({ "amount": 1001 })).is_problem(422, "field-invalid");
    say(json!({ "amount": 0 })).is_problem(422, "recognition-rule-amount-unfit");
    say(json!({ "rule": "passing_points", "amount": 0 })).is_problem(422, "recognition-rule-amount-unfit");
    say(json!({ "criterion": "brand" })).is_problem(422, "recognition-rule-criterion-unfit");
    say(json!({ "name": "楼组品牌" })).is_problem(422, "recognition-rule-criterion-unfit");
    say(json!({ "rule": "criterion", "criterion": "brand" }))
        .is_problem(422, "recognition-rule-criterion-unfit");
    say(json!({ "rule": "criterion", "criterion": "Brand", "name": "楼组品牌" }))
        .is_problem(422, "field-invalid");
    say(json!({ "division": ELSEWHERE })).is_problem(403, "forbidden");
    for role in [Role::CommitteeHead, Role::CommitteeWorker, Role::GroupLeader] {
        said(&town, &town.staff(role, OWN), json!({ "division": OWN })).is_problem(403, "forbidden");
    }
    assert_eq!((publicised(&town, OWN), publicised(&town, ELSEWHERE)), (5, 5));
    let rule = say(json!({})).is(201).body.clone();
    say(json!({ "amount": 1 })).is_problem(409, "recognition-rule-said");
    say(json!({ "amount": 3, "effective_from": day(&town, 2) })).is(201);
    assert_eq!(publicised(&town, OWN), 5);
    let nominated_before = agreed(&town, OWN);
    town.clock.advance(TimeDelta::days(1));
    assert_eq!((publicised(&town, OWN), publicised(&town, ELSEWHERE)), (9, 5));
    // What was nominated before is judged by what held then.
    assert_eq!(shown(&town, &nominated_before), 5);
    // Everybody may read what holds there: the street's, and the city's below it, but not tomorrow's.
    let list =
        format!("/v1/recognition-rules/entries?division={OWN}&kind=community_star&on={}", day(&town, 0));
    let list = town.get(&list).by(&town.resident()).send();
    let amounts: Vec<i64> = list.is(200).body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["amount"].as_i64().unwrap())
        .collect();
    assert_eq!(amounts, [5, 9]);
    assert_eq!(list.body["items"][1], rule);
    town.clock.advance(TimeDelta::days(1));
    assert_eq!((publicised(&town, OWN), publicised(&town, ELSEWHERE)), (3, 5));
}

/// The criteria by which building groups of a place are assessed today, or `on` a day, and how many points are enough.
#[track_caller]
fn criteria(town: &Town, place: &str) -> (Vec<(String, i64)>, i64) {
    let path = format!("/v1/recognition-rules?kind=vital_group&division={place}");
    let found = town.get(&path).by(&town.resident()).send();
    let criterion =
        |one: &Value| (one["criterion"].as_str().unwrap().to_owned(), one["most"].as_i64().unwrap());
    let all = found.is(200).body["criteria"].as_array().unwrap().iter().map(criterion).collect();
    (all, found.body["passing_points"].as_i64().unwrap())
}

#[test]
fn a_closer_place_goes_before_a_wider_one_with_all_its_criteria() {
    let town = Town::at(NOW);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let district = town.staff(Role::DistrictOfficer, "310113000000");
    let criterion = |by: &Person, division: &str, code: &str, most: i32, ahead: i64| {
        let more = json!({
            "division": division, "kind": "vital_group", "rule": "criterion", "criterion": code, "name": "评分项", "amount": most,
            "effective_from": day(&town, ahead)
        });
        said(&town, by, more).is(201);
    };
    let named = |all: &[(&str, i64)]| -> Vec<(String, i64)> {
        all.iter().map(|(code, most)| ((*code).to_owned(), *most)).collect()
    };
    let city = criteria(&town, ELSEWHERE);
    assert_eq!((city.0.len(), city.1, &criteria(&town, OWN)), (5, 60, &city));
    criterion(&street, PARENT, "mutual_help", 60, 1);
    criterion(&street, PARENT, "brand", 40, 1);
    criterion(&street, PARENT, "care", 10, 2);
    // Nothing of the district's or the city's is added to them; how many points are enough, the street did not say.
    criterion(&district, "310113000000", "brand", 99, 1);
    criterion(&district, "310113000000", "environment", 50, 1);
    assert_eq!(criteria(&town, OWN), city);
    town.clock.advance(TimeDelta::days(1));
    assert_eq!(criteria(&town, OWN), (named(&[("brand", 40), ("mutual_help", 60)]), 60));
    assert_eq!(criteria(&town, ELSEWHERE), city);
    assert_eq!(criteria(&town, &format!("{OWN}&on={}", day(&town, -1))), city);
    town.clock.advance(TimeDelta::days(1));
    let three = named(&[("brand", 40), ("care", 10), ("mutual_help", 60)]);
    assert_eq!(criteria(&town, OWN), (three, 60));
    let enough = json!({ "kind": "vital_group", "rule": "passing_points", "amount": 80 });
    said(&town, &street, enough).is(201);
    town.clock.advance(TimeDelta::days(1));
    assert_eq!((criteria(&town, OWN).1, criteria(&town, ELSEWHERE)), (80, city));
}

#[test]
fn a_criterion_that_no_longer_counts_makes_room_for_another() {
    let town = Town::at(NOW);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let say = |code: &str, most: i32, ahead: i64| {
        let more = json!({
            "kind": "vital_group", "rule": "criterion", "criterion": code, "name": "评分项", "amount": most, "effective_from": day(&town, ahead)
        });
        said(&town, &street, more)
    };
    for n in 0..30 {
        say(&format!("looked_{n}"), 10, 1).is(201);
    }
    for ahead in [1, 4] {
        say("one_more", 10, ahead).is_problem(409, "recognition-rule-criteria-full");
    }
    // Another form of what counts already takes no room, and one that ends gives its room away from that day on.
    say("looked_1", 20, 2).is(201);
    say("looked_0", 0, 3).is(201);
    say("one_more", 10, 2).is_problem(409, "recognition-rule-criteria-full");
    say("one_more", 10, 3).is(201);
    say("looked_0", 10, 4).is_problem(409, "recognition-rule-criteria-full");
    let counts = |ahead: i64, code: &str| {
        let all = criteria(&town, &format!("{OWN}&on={}", day(&town, ahead))).0;
        (all.len(), all.iter().any(|(one, _)| one == code))
    };
    assert_eq!((counts(2, "looked_0"), counts(2, "one_more")), ((30, true), (30, false)));
    assert_eq!((counts(3, "looked_0"), counts(3, "one_more")), ((30, false), (30, true)));
}
