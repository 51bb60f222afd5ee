//! Volunteers who move away: what they did stays theirs.

use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::volunteer_day::{Day, signed};
use crate::support::volunteering::{record, second_record};
use crate::support::{OWN, Person, Reply, SIBLING};

fn ask(day: &Day, by: &Person, query: &str) -> Reply {
    let body = json!({ "organisation": day.us.organisation });
    day.town.post(&format!("/v1/me/certificates{query}"), body).by(&day.town.later(by)).send()
}

fn certificates(day: &Day, by: &Person) -> usize {
    let page = day.town.get("/v1/me/certificates").by(&day.town.later(by)).send();
    page.is(200).body["items"].as_array().unwrap().len()
}

fn hours_of(day: &Day, by: &Person, record: &str) -> Reply {
    day.town.get(&format!("/v1/me/volunteer-hours?for={record}")).by(&day.town.later(by)).send()
}

fn told(day: &Day, number: &Value) -> (Value, Value) {
    let path = format!("/v1/certificate-verifications/{}", number.as_str().unwrap());
    let body = day.town.get(&path).send().is(200).body.clone();
    (body["status"].clone(), body["current_minutes"].clone())
}

#[test]
fn hours_certificates_and_disputes_go_with_who_moves_away() {
    let day = Day::new();
    let (one, other) = (neighbour(&day.town, OWN), neighbour(&day.town, OWN));
    let first = record(&day.town, &one);
    let shift = day.shift("02T13:00", "02T15:00");
    let signup = signed(&day.town, &one, &shift);
    day.until("02T15:30");
    let stay = day.stay(&shift, &signup, "02T13:00", "02T15:00");
    assert_eq!(ask(&day, &one, "").is(201).body["minutes"], 120);
    let left = json!({ "kind": "moved_out", "on": "2026-03-02" });
    let path = format!("/v1/residents/{first}/departure");
    day.town.post(&path, left).by(&day.town.later(&day.us.worker)).send().is(201);
    // A resident nowhere, and what they did is theirs.
    assert_eq!((day.total(&one), certificates(&day, &one)), (120, 1));
    let alone = ask(&day, &one, "").is(201).body["number"].clone();
    day.town.execute(&format!("UPDATE shift_signups SET account_id = '{}'", other.account));
    let dispute = |by: &Person| {
        let path = format!("/v1/shift-signups/{}/disputes", signup.as_str().unwrap());
        day.town.post(&path, json!({ "reason": "当天服务到五点" })).by(&day.town.later(by)).send()
    };
    dispute(&neighbour(&day.town, OWN)).is_problem(404, "not-found");
    dispute(&one).is(201);
    // A resident elsewhere, they go on, and it is added up.
    let second = second_record(&day.town, &one, SIBLING);
    let next = day.shift("03T13:00", "03T14:00");
    let again = signed(&day.town, &one, &next);
    day.until("03T14:30");
    day.stay(&next, &again, "03T13:00", "03T14:00");
    assert_eq!(day.total(&one), 180);
    let both = ask(&day, &one, "").is(201).body.clone();
    assert_eq!((&both["minutes"], &both["resident"]), (&json!(180), &json!(second)));
    assert_eq!(both["served_from"], "2026-03-02");
    assert_eq!(certificates(&day, &one), 3);
    assert_eq!(told(&day, &both["number"]), (json!("valid"), json!(180)));
    assert_eq!(told(&day, &alone), (json!("valid"), json!(120)));
    for (whose, minutes) in [(&first, 120), (&second, 60)] {
        assert_eq!(hours_of(&day, &one, whose).is(200).body["total_minutes"], minutes);
    }
    assert_eq!(ask(&day, &one, &format!("?for={first}")).is(201).body["minutes"], 120);
    // What is put right of the old record tells in the certificate of both.
    day.correct(&day.us.worker, &stay, "02T13:00", "02T14:30").is(201);
    assert_eq!(told(&day, &both["number"]), (json!("corrected"), json!(150)));
    // Nobody else has any of it.
    assert_eq!((day.total(&other), certificates(&day, &other)), (0, 0));
    ask(&day, &other, "").is_problem(409, "certificate-nothing-recorded");
    ask(&day, &other, &format!("?for={first}")).is_problem(404, "not-found");
    hours_of(&day, &other, &first).is_problem(404, "not-found");
}
