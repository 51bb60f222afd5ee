//! Mediation rooms: where they are, who serves in them, and which are short of mediators, by rules that places set.

use chrono::{Days, NaiveDate, TimeDelta};
use lilong::access::role::Role;
use lilong::kit::clock::{local_date, start_of};
use serde_json::{Value, json};

use crate::support::mediation::{Desk, desk};
use crate::support::power::organisation;
use crate::support::tags::id;
use crate::support::visits::ids;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

const BASE: &str = "/v1/mediation-rooms";
const DISTRICT: &str = "310113000000";

fn day(town: &Town, ahead: u64) -> NaiveDate {
    local_date(town.now()) + Days::new(ahead)
}

#[test]
fn a_room_is_entered_and_read_by_all() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let place = json!({ "longitude": 121.4893, "latitude": 31.4050, "coord_system": "gcj02" });
    let hours =
        json!({ "weekly": [{ "days": [1, 3], "opens": "09:00", "closes": "17:00" }], "exceptions": [] });
    let made = desk.room(json!({ "address": "友谊路1号", "location": place, "opening_hours": hours }));
    let (room, shown) = (id(&made), &made.is(201).body);
    assert_eq!((&shown["organisation"]["name"], &shown["is_active"]), (&json!("友谊路派出所"), &json!(true)));
    assert_eq!((&shown["location"]["coord_system"], &shown["opening_hours"]), (&json!("wgs84"), &hours));
    let path = format!("{BASE}/{room}");
    let resident = town.resident();
    let back = town.get(&format!("{path}?coord_system=gcj02")).by(&resident).send();
    let east = back.is(200).body["location"]["longitude"].as_f64().unwrap();
    assert!((east - 121.4893).abs() < 1e-6, "{east}");
    town.get(BASE).send().is_problem(401, "unauthenticated");
    assert_eq!(
        ids(&town.get(&format!("{BASE}?division={PARENT}&kind=room")).by(&resident).send()),
        std::slice::from_ref(&room)
    );
    for none in
        ["kind=point".to_owned(), format!("division={ELSEWHERE}"), format!("organisation={}", desk.committee)]
    {
        assert!(ids(&town.get(&format!("{BASE}?{none}")).by(&resident).send()).is_empty(), "{none}");
    }
}

#[test]
fn a_room_that_can_not_be_is_refused_at_its_field() {
    let desk = desk(Town::new());
    let town = &desk.town;
    desk.room(json!({})).is(201);
    desk.room(json!({})).is_problem(409, "mediation-room-name-taken");
    let refused =
        |more: Value, code: &str| desk.room(more).is_problem(422, code).body["errors"][0]["pointer"].clone();
    let far = organisation(town, "police_station", "外滩派出所", "310101002000");
    let closed = organisation(town, "justice_office", "已撤销司法所", PARENT);
    town.execute(&format!("UPDATE organisations SET closed_on = '2020-01-01' WHERE id = '{closed}'"));
    for unfit in [json!(far), json!(closed), json!(lilong::kit::id::next())] {
        assert_eq!(
            refused(json!({ "organisation": unfit }), "mediation-room-organisation-unfit"),
            "/organisation"
        );
    }
    let backwards =
        json!({ "weekly": [{ "days": [1], "opens": "17:00", "closes": "09:00" }], "exceptions": [] });
    assert_eq!(refused(json!({ "opening_hours": backwards }), "opening-hours-invalid"), "/opening_hours");
    refused(json!({ "capacity": 0 }), "field-invalid");
    desk.room(json!({ "division": "310101002000" })).is_problem(403, "forbidden");
}

#[test]
fn a_room_is_changed_by_its_street_and_its_justice_office_and_nobody_beside_below_or_above() {
    let desk = desk(Town::new());
    let (town, resident) = (&desk.town, desk.town.resident());
    let place = json!({ "longitude": 121.4893, "latitude": 31.4050, "coord_system": "wgs84" });
    let room = id(&desk.room(json!({ "location": place })));
    let path = format!("{BASE}/{room}");
    let justice = town.staff(Role::JusticeOfficer, PARENT);
    let change = |by: &Person, version: &str, body: Value| town.patch(&path, version, body).by(by).send();
    assert_eq!(
        change(&justice, "\"v1\"", json!({ "capacity": 12, "location": null })).is(200).body["location"],
        Value::Null
    );
    change(&desk.officer, "\"v1\"", json!({ "capacity": 4 })).is_problem(412, "version-stale");
    town.call("PATCH", &path)
        .json(&json!({ "capacity": 4 }))
        .by(&justice)
        .send()
        .is_problem(428, "if-match-missing");
    for (role, place) in [
        (Role::StreetOfficer, "310101002000"),
        (Role::CommitteeHead, OWN),
        (Role::DistrictOfficer, DISTRICT),
        (Role::PoliceOfficer, PARENT),
    ] {
        change(&town.staff(role, place), "*", json!({ "capacity": 4 })).is_problem(403, "forbidden");
    }
    // Out of use, it is there for staff of the range alone.
    change(&justice, "\"v2\"", json!({ "is_active": false })).is(200);
    let sees = |by: &Person| town.get(&path).by(by).send().status;
    assert_eq!((sees(&resident), sees(&town.staff(Role::StreetOfficer, "310101002000"))), (404, 404));
    assert_eq!((sees(&justice), sees(&town.staff(Role::CityOfficer, CITY))), (200, 200));
    assert!(ids(&town.get(BASE).by(&resident).send()).is_empty());
    assert_eq!(ids(&town.get(&format!("{BASE}?is_active=false")).by(&desk.officer).send()), [room]);
}

#[test]
fn a_room_is_short_until_enough_mediators_are_there_and_again_when_they_are_not() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    let room = id(&desk.room(json!({})));
    assert_eq!(desk.lack(), Some((0, 2)));
    let basis = desk.short(&desk.officer, "")[0]["legal_basis"].as_str().unwrap().to_owned();
    assert!(basis.contains("一个调解室两名调解员"), "{basis}");
    let (xu, first) = desk.mediator(json!({ "name": "徐志明" }));
    let (_, second) = desk.mediator(json!({ "name": "顾阿姨", "is_part_time": true }));
    id(&desk.attach(&room, &first, json!({})));
    assert_eq!(desk.lack(), Some((1, 2)));
    // Sixteen hours a week are not enough to count, and twenty are.
    let few = id(&desk.attach(&room, &second, json!({ "is_part_time": true, "weekly_hours": 16 })));
    assert_eq!(desk.lack(), Some((1, 2)));
    let there = desk.short(&desk.officer, "")[0]["serving"].clone();
    let told =
        |one: &Value| json!([one["name"], one["is_part_time"], one["weekly_hours"], one["is_counted"]]);
    let told: Vec<Value> = there.as_array().unwrap().iter().map(told).collect();
    assert_eq!(json!(told), json!([["徐志明", false, 40, true], ["顾阿姨", true, 16, false]]));
    desk.end(&room, &few, Value::Null).is(201);
    let enough = id(&desk.attach(&room, &second, json!({ "is_part_time": true, "weekly_hours": 20 })));
    assert_eq!(desk.lack(), None);
    // Ended at once, they count no more at once.
    desk.end(&room, &enough, Value::Null).is(201);
    assert_eq!(desk.lack(), Some((1, 2)));
    // Neither lawyers nor liaisons make up for it, nor one person in two rosters.
    let lawyer = town.staff(Role::Lawyer, PARENT);
    let counsel = id(&desk.enter(desk.entry(&lawyer, json!({ "kind": "lawyer" }))));
    desk.attach(&room, &counsel, json!({ "role": "lawyer" })).is(201);
    let police = town.staff(Role::PoliceOfficer, PARENT);
    desk.attach(&room, &first, json!({ "role": "liaison", "mediator": null, "account": police.account }))
        .is(201);
    let again = desk.enter(desk.entry(&xu, json!({ "organisation": desk.station })));
    desk.attach(&room, &id(&again), json!({ "is_part_time": true })).is(201);
    assert_eq!(desk.lack(), Some((1, 2)));
}

fn change(desk: &Desk, entry: &str, body: Value) {
    desk.town.patch(&format!("/v1/mediators/{entry}"), "*", body).by(&desk.officer()).send().is(200);
}

#[test]
fn nobody_counts_after_the_last_day_or_once_they_are_gone() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    let room = id(&desk.room(json!({})));
    let ((xu, first), (_, second)) = (desk.mediator(json!({})), desk.mediator(json!({})));
    let again = id(&desk.enter(desk.entry(&xu, json!({ "organisation": desk.station }))));
    desk.attach(&room, &first, json!({})).is(201);
    desk.attach(&room, &again, json!({ "is_part_time": true })).is(201);
    // The last day is one of them, to its last second in Shanghai.
    let last = day(town, 3);
    id(&desk.attach(&room, &second, json!({ "ends_on": last })));
    assert_eq!(desk.lack(), None);
    town.clock.advance(start_of(last + Days::new(1)) - town.now() - TimeDelta::seconds(2));
    assert_eq!(desk.lack(), None);
    town.clock.advance(TimeDelta::seconds(3));
    assert_eq!(desk.lack(), Some((1, 2)));
    // So it is with the term in the roster.
    let last = day(town, 1);
    change(&desk, &second, json!({ "ends_on": last }));
    desk.attach(&room, &second, json!({})).is(201);
    assert_eq!(desk.lack(), None);
    town.clock.advance(TimeDelta::days(2));
    assert_eq!(desk.lack(), Some((1, 2)));
    // Who is suspended in one roster serves by the other.
    change(&desk, &first, json!({ "status": "suspended" }));
    assert_eq!(desk.lack(), Some((1, 2)));
    change(&desk, &again, json!({ "status": "removed" }));
    assert_eq!(desk.lack(), Some((0, 2)));
    // Nobody is there whose account is closed, and no room is short that is not used.
    change(&desk, &first, json!({ "status": "active" }));
    assert_eq!(desk.lack(), Some((1, 2)));
    town.execute(&format!(
        "UPDATE accounts SET closed_at = now(), phone_hash = NULL, phone_sealed = '' WHERE id = '{}'",
        xu.account
    ));
    assert_eq!(desk.lack(), Some((0, 2)));
    town.get(&format!("/v1/mediators/{first}")).by(&town.resident()).send().is_problem(404, "not-found");
    town.patch(&format!("{BASE}/{room}"), "*", json!({ "is_active": false }))
        .by(&desk.officer())
        .send()
        .is(200);
    assert_eq!(desk.lack(), None);
}

#[test]
fn shortfalls_are_told_to_staff_of_the_range_page_by_page() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let five = ["一", "二", "三", "四", "五"];
    let rooms: Vec<String> = five
        .iter()
        .map(|name| id(&desk.room(json!({ "name": name, "division": OWN, "kind": "point" }))))
        .collect();
    let committee = town.staff(Role::CommitteeWorker, OWN);
    assert_eq!(desk.short(&committee, "").len(), 5);
    assert_eq!(
        desk.short(&town.staff(Role::DistrictOfficer, DISTRICT), &format!("?division={OWN}")).len(),
        5
    );
    for (role, place) in [(Role::CommitteeHead, SIBLING), (Role::StreetOfficer, "310101002000")] {
        assert!(desk.short(&town.staff(role, place), "").is_empty());
    }
    for nobody in [town.resident(), town.staff(Role::Mediator, PARENT), town.staff(Role::Auditor, CITY)] {
        town.get("/v1/mediation-room-shortfalls").by(&nobody).send().is_problem(403, "forbidden");
    }
    let (mut cursor, mut met) = (String::new(), Vec::new());
    loop {
        let page = town.get(&format!("/v1/mediation-room-shortfalls?limit=2{cursor}")).by(&committee).send();
        let items = page.is(200).body["items"].as_array().unwrap().clone();
        met.extend(items.iter().map(|one| one["room"].as_str().unwrap().to_owned()));
        let Some(next) = page.body["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(met, rooms);
}
