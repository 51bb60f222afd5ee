//! The four rates of petitions.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::{dispatched, filed, neighbour, step, tend};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

fn counted(town: &Town, by: &Person, division: &str) -> crate::support::Reply {
    let day = lilong::kit::clock::local_date(town.now());
    let from = day - TimeDelta::days(30);
    town.get(&format!("/v1/petition-statistics?division={division}&from={from}&until={day}")).by(by).send()
}

fn rate(view: &Value, name: &str) -> (i64, i64, Option<f64>) {
    let rate = &view["rates"][name];
    (rate["count"].as_i64().unwrap(), rate["of"].as_i64().unwrap(), rate["percent"].as_f64())
}

#[test]
fn the_rates_of_a_range_and_of_each_organisation_are_counted() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (worker, street) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::StreetOfficer, PARENT));
    assert_eq!(rate(&counted(&town, &street, PARENT).is(200).body, "satisfied"), (0, 0, None));
    // One by a company, in time and liked; one by the committee itself, late and not.
    let one = dispatched(&town);
    one.take(&town);
    step(&town, &one.officer, &one.petition, "first-contact", json!({ "note": "x" })).is(200);
    let answer = json!({ "outcome": "supported", "text": "x" });
    step(&town, &one.officer, &one.petition, "answer", answer.clone()).is(200);
    let rating = json!({ "satisfaction": "mostly_satisfied", "is_on_time": true, "is_solved": true });
    step(&town, &one.petitioner, &one.petition, "rating", rating).is(200);
    let wang = neighbour(&town, OWN);
    let other = filed(&town, &wang);
    step(&town, &worker, &other, "acceptance", json!({})).is(200);
    town.clock.advance(TimeDelta::days(10));
    let (worker, wang, street) = (town.later(&worker), town.later(&wang), town.later(&street));
    step(&town, &worker, &other, "answer", answer).is(200);
    let rating = json!({ "satisfaction": "dissatisfied", "is_on_time": false, "is_solved": false });
    step(&town, &wang, &other, "rating", rating).is(200);
    // Ten days after it was liked the first one is closed.
    tend(&town);
    let all = counted(&town, &street, PARENT).is(200).body.clone();
    assert_eq!((&all["received"], &all["open"], &all["overdue"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!(rate(&all, "contacted_in_time"), (1, 2, Some(50.0)));
    assert_eq!(rate(&all, "resolved_in_time"), (1, 2, Some(50.0)));
    assert_eq!((rate(&all, "solved"), rate(&all, "satisfied")), ((1, 2, Some(50.0)), (1, 2, Some(50.0))));
    let company =
        all["organisations"].as_array().unwrap().iter().find(|one| !one["organisation"].is_null()).unwrap();
    assert_eq!(company["organisation"]["id"], json!(one.organisation));
    assert_eq!(rate(company, "resolved_in_time"), (1, 1, Some(100.0)));
    assert_eq!(rate(&counted(&town, &worker, OWN).is(200).body, "solved"), (1, 2, Some(50.0)));
}

#[test]
fn nobody_counts_beyond_their_range_or_without_end() {
    let town = Town::new();
    let (worker, chen) = (town.staff(Role::CommitteeWorker, OWN), neighbour(&town, OWN));
    for division in [SIBLING, PARENT, ELSEWHERE] {
        counted(&town, &worker, division).is_problem(404, "not-found");
    }
    counted(&town, &chen, OWN).is_problem(403, "forbidden");
    for (from, until) in [("2026-02-01", "2026-01-01"), ("2024-01-01", "2026-01-01")] {
        let path = format!("/v1/petition-statistics?division={OWN}&from={from}&until={until}");
        town.get(&path).by(&worker).send().is_problem(422, "petition-statistics-span-invalid");
    }
}
