//! By what rules hours count: a street says them from a day on, what is counted next follows them, and nobody else's change.

use chrono::{NaiveDate, TimeDelta};
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::volunteer_day::{Day, line, signed};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply};

fn ahead(day: &Day, days: i64) -> NaiveDate {
    local_date(day.town.now()) + TimeDelta::days(days)
}

fn said(day: &Day, by: &Person, more: Value) -> Reply {
    let draft = json!({
        "division": PARENT, "rule": "star", "stars": 1, "minutes": 1800, "effective_from": ahead(day, 1), "legal_basis": "友谊路街道星级认定办法"
    });
    day.town.post("/v1/volunteer-rules", with(draft, more)).by(&day.town.later(by)).send()
}

/// From how many minutes on somebody has which star next.
#[track_caller]
fn next_star(day: &Day, whose: &Person) -> (i64, i64) {
    let next = day.hours(whose)["next_star"].clone();
    (next["stars"].as_i64().unwrap(), next["minutes"].as_i64().unwrap())
}

#[test]
fn a_street_says_when_one_has_a_star_and_no_other_street_follows() {
    let day = Day::new();
    let street = day.town.staff(Role::StreetOfficer, PARENT);
    let (one, far) = (neighbour(&day.town, OWN), neighbour(&day.town, ELSEWHERE));
    let say = |more: Value| said(&day, &street, more);
    say(json!({ "effective_from": ahead(&day, 0) })).is_problem(422, "volunteer-rule-day-past");
    say(json!({ "division": "310113003999" })).is_problem(422, "volunteer-rule-division-unknown");
    say(json!({ "minutes": 0 })).is_problem(422, "field-invalid");
    say(json!({ "stars": 6 })).is_problem(422, "field-invalid");
    say(json!({ "stars": null })).is_problem(422, "volunteer-rule-stars-unfit");
    say(json!({ "rule": "daily_cap" })).is_problem(422, "volunteer-rule-stars-unfit");
    say(json!({ "rule": "daily_cap", "stars": null, "minutes": 1441 }))
        .is_problem(422, "volunteer-rule-minutes-unfit");
    say(json!({ "division": ELSEWHERE })).is_problem(403, "forbidden");
    for role in [Role::CommitteeHead, Role::CommitteeWorker, Role::GroupLeader] {
        said(&day, &day.town.staff(role, OWN), json!({ "division": OWN })).is_problem(403, "forbidden");
    }
    assert_eq!((next_star(&day, &one), next_star(&day, &far)), ((1, 6000), (1, 6000)));
    let rule = say(json!({})).is(201).body.clone();
    say(json!({ "minutes": 1 })).is_problem(409, "volunteer-rule-said");
    say(json!({ "minutes": 2400, "effective_from": ahead(&day, 2) })).is(201);
    assert_eq!(next_star(&day, &one), (1, 6000));
    day.until("03T10:00");
    assert_eq!((next_star(&day, &one), next_star(&day, &far)), ((1, 1800), (1, 6000)));
    // Everybody may read what holds there: the street's, and the city's below it, but not tomorrow's.
    let list = format!("/v1/volunteer-rules?division={OWN}&rule=star&on={}", ahead(&day, 0));
    let list = day.town.get(&list).by(&day.town.resident()).send();
    let minutes: Vec<i64> = list.is(200).body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["minutes"].as_i64().unwrap())
        .collect();
    assert_eq!(minutes, [6000, 18_000, 36_000, 60_000, 90_000, 1800]);
    assert_eq!(list.body["items"][5], rule);
    day.until("04T10:00");
    assert_eq!((next_star(&day, &one), next_star(&day, &far)), ((1, 2400), (1, 6000)));
}

#[test]
fn a_cap_of_the_day_holds_from_its_day_on_and_never_of_days_before() {
    let day = Day::new();
    let (street, one) = (day.town.staff(Role::StreetOfficer, PARENT), neighbour(&day.town, OWN));
    let (monday, tuesday) = (day.shift("02T13:00", "02T17:00"), day.shift("03T13:00", "03T17:00"));
    let (first, second) = (signed(&day.town, &one, &monday), signed(&day.town, &one, &tuesday));
    day.until("02T18:00");
    day.stay(&monday, &first, "02T13:00", "02T17:00");
    let cap = json!({ "rule": "daily_cap", "stars": null, "minutes": 90, "effective_from": ahead(&day, 1) });
    said(&day, &street, cap.clone()).is(201);
    said(&day, &street, with(cap, json!({ "minutes": 91 }))).is_problem(409, "volunteer-rule-said");
    day.until("03T18:00");
    day.stay(&tuesday, &second, "03T13:00", "03T17:00");
    assert_eq!(day.lines(&one), [line("02", 240), line("03", 90)]);
}
