//! What a district or the city calls for: by its own officers, for the whole of it, and nothing that is for those below.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::petitions::{neighbour, organisation};
use crate::support::volunteering::{add_shift, ahead, organiser, sign_up, step};
use crate::support::{CITY, OWN, PARENT, Person, Reply, Town};

const DISTRICT: &str = "310113000000";
const BASE: &str = "/v1/volunteer-calls";

fn call(town: &Town, by: &Person, division: &str, organisation: Uuid) -> Reply {
    let draft = json!({
        "division": division, "organiser": { "organisation": organisation }, "title": "进博会志愿服务", "visibility": "public"
    });
    town.post(BASE, draft).by(&town.later(by)).send()
}

fn found(town: &Town, by: &Person, division: &str, organisation: Uuid) -> Reply {
    let draft = json!({
        "division": division, "organiser": { "organisation": organisation }, "name": "先锋服务队", "kind": "standing"
    });
    town.post("/v1/volunteer-teams", draft).by(&town.later(by)).send()
}

fn signups(town: &Town, by: &Person, shift: &str) -> Reply {
    town.get(&format!("/v1/shifts/{shift}/signups")).by(&town.later(by)).send()
}

#[test]
fn a_district_calls_for_the_whole_of_it_and_is_told_who_comes() {
    let town = Town::new();
    let (us, officer) = (organiser(&town), town.staff(Role::DistrictOfficer, DISTRICT));
    let body = organisation(&town, "宝山区志愿者协会", "social_organisation", DISTRICT);
    let office = organisation(&town, "友谊路街道办", "street_office", PARENT);
    let street = town.staff(Role::StreetOfficer, PARENT);
    // In its own name and for itself alone; nobody below calls for it.
    call(&town, &officer, OWN, us.organisation).is_problem(403, "forbidden");
    call(&town, &officer, PARENT, office).is_problem(403, "forbidden");
    call(&town, &officer, DISTRICT, office).is_problem(422, "volunteer-call-organiser-unfit");
    call(&town, &street, DISTRICT, body).is_problem(403, "forbidden");
    let wide = call(&town, &officer, DISTRICT, body).is(201).body["id"].as_str().unwrap().to_owned();
    step(&town, &officer, &wide, "publication").is(201);
    let shift = add_shift(&town, &officer, &wide, json!({})).is(201).body["id"].as_str().unwrap().to_owned();
    let one = neighbour(&town, OWN);
    sign_up(&town, &one, &shift).is(201);
    assert_eq!(signups(&town, &officer, &shift).is(200).body["items"][0]["name"], "陈桂芳");
    let other = town.staff(Role::DistrictOfficer, "310101000000");
    for by in [&street, &us.worker, &town.staff(Role::CityOfficer, CITY), &other] {
        signups(&town, by, &shift).is_problem(403, "forbidden");
        step(&town, by, &wide, "closure").is_problem(403, "forbidden");
    }
    // Who comes to what a committee calls for is no business of the district.
    let near = us.published(&town, json!({}));
    let near =
        us.shift(&town, &near, json!({ "starts_at": ahead(&town, 3000), "ends_at": ahead(&town, 3060) }));
    sign_up(&town, &one, &near).is(201);
    signups(&town, &officer, &near).is_problem(403, "forbidden");
    step(&town, &officer, &wide, "cancellation").is(201);
}

#[test]
fn a_district_and_the_city_have_teams_of_their_own() {
    let town = Town::new();
    let (us, officer) = (organiser(&town), town.staff(Role::DistrictOfficer, DISTRICT));
    let city = town.staff(Role::CityOfficer, CITY);
    let body = organisation(&town, "宝山区志愿者协会", "social_organisation", DISTRICT);
    let wider = organisation(&town, "上海市志愿者协会", "social_organisation", CITY);
    found(&town, &officer, OWN, us.organisation).is_problem(403, "forbidden");
    found(&town, &city, DISTRICT, body).is_problem(403, "forbidden");
    found(&town, &officer, CITY, wider).is_problem(403, "forbidden");
    let team = found(&town, &officer, DISTRICT, body).is(201).body["id"].as_str().unwrap().to_owned();
    found(&town, &city, CITY, wider).is(201);
    // Whoever lives there joins; the roster is for the district.
    let one = neighbour(&town, OWN);
    let path = format!("/v1/volunteer-teams/{team}");
    town.post(&format!("{path}/members"), json!({ "skills": ["急救"] })).by(&one).send().is(201);
    let roster = |by: &Person| town.get(&format!("{path}/members")).by(by).send();
    assert_eq!(roster(&officer).is(200).body["items"].as_array().unwrap().len(), 1);
    for by in [&us.worker, &city] {
        roster(by).is_problem(403, "forbidden");
        town.patch(&path, "*", json!({ "name": "别的队" })).by(by).send().is_problem(403, "forbidden");
    }
}

#[test]
fn what_a_district_recorded_is_disputed_before_it_and_then_before_a_colleague() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let [officer, colleague] = [(); 2].map(|()| town.staff(Role::DistrictOfficer, DISTRICT));
    let body = organisation(&town, "宝山区志愿者协会", "social_organisation", DISTRICT);
    let wide = call(&town, &officer, DISTRICT, body).is(201).body["id"].as_str().unwrap().to_owned();
    step(&town, &officer, &wide, "publication").is(201);
    let times = json!({ "starts_at": ahead(&town, 10), "ends_at": ahead(&town, 70) });
    let shift = add_shift(&town, &officer, &wide, times).is(201).body["id"].as_str().unwrap().to_owned();
    let one = neighbour(&town, OWN);
    let signup = sign_up(&town, &one, &shift).is(201).body["id"].as_str().unwrap().to_owned();
    town.clock.advance(TimeDelta::minutes(80));
    let raise = || {
        let path = format!("/v1/shift-signups/{signup}/disputes");
        let raised = town.post(&path, json!({ "reason": "未登记到岗" })).by(&town.later(&one)).send();
        raised.is(201).body["id"].clone()
    };
    let answer = |by: &Person, dispute: &Value| {
        let path = format!("/v1/hour-disputes/{}/answer", dispute.as_str().unwrap());
        town.post(&path, json!({ "outcome": "upheld", "answer": "已核对" })).by(&town.later(by)).send()
    };
    let first = raise();
    let waits = town.get("/v1/hour-disputes?is_open=true").by(&town.later(&officer)).send();
    assert_eq!(waits.is(200).body["items"][0]["id"], first);
    let committee = town.staff(Role::CommitteeHead, OWN);
    answer(&committee, &first).is_problem(403, "forbidden");
    answer(&officer, &first).is(201);
    let second = raise();
    answer(&officer, &second).is_problem(409, "hour-dispute-another-needed");
    assert_eq!(answer(&colleague, &second).is(201).body["stage"], "committee");
    let others = town.get("/v1/hour-disputes").by(&town.later(&committee)).send();
    assert_eq!(others.is(200).body["items"], json!([]));
}
