//! Who serves in a mediation room, and by which rules that is enough.

use chrono::{Days, NaiveDate, TimeDelta};
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::mediation::{Desk, desk};
use crate::support::tags::id;
use crate::support::visits::ids;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, Town};

const BASE: &str = "/v1/mediation-rooms";
const RULES: &str = "/v1/mediation-staffing-rules";
const DISTRICT: &str = "310113000000";

fn day(town: &Town, ahead: u64) -> NaiveDate {
    local_date(town.now()) + Days::new(ahead)
}

fn rule(desk: &Desk, by: &Person, division: &str, more: Value) -> Reply {
    let draft = json!({
        "division": division, "measure": "room_mediators", "amount": 3, "effective_from": day(&desk.town, 0),
        "legal_basis": "友谊路街道调解室建设标准"
    });
    let draft = with(draft, more);
    desk.town.post(RULES, draft).by(&desk.town.later(by)).send()
}

#[test]
fn the_closest_rule_says_how_many_are_needed_and_from_when_on() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    desk.room(json!({})).is(201);
    let (city, district) = (town.staff(Role::CityOfficer, CITY), town.staff(Role::DistrictOfficer, DISTRICT));
    let known = town.get(&format!("{RULES}?division={OWN}")).by(&town.resident()).send();
    let known = known.is(200).body["items"].as_array().unwrap().clone();
    assert_eq!(known.len(), 3);
    let three_years = known.iter().find(|one| one["measure"] == "mediator_term_months").unwrap();
    assert!(three_years["amount"] == 36 && three_years["legal_basis"].as_str().unwrap().contains("第九条"));
    town.get(RULES).send().is_problem(401, "unauthenticated");
    // The district before the city, the street before the district, and one for the kind before all.
    rule(&desk, &district, DISTRICT, json!({ "amount": 4 })).is(201);
    assert_eq!(desk.lack(), Some((0, 4)));
    rule(&desk, &desk.officer, PARENT, json!({ "amount": 3 })).is(201);
    assert_eq!(desk.lack(), Some((0, 3)));
    rule(&desk, &city, CITY, json!({ "amount": 5, "room_kind": "room" })).is(201);
    rule(&desk, &city, CITY, json!({ "amount": 9, "room_kind": "point" })).is(201);
    assert_eq!(desk.lack(), Some((0, 5)));
    rule(
        &desk,
        &desk.officer,
        PARENT,
        json!({ "amount": 0, "room_kind": "room", "effective_from": day(town, 1) }),
    )
    .is(201);
    assert_eq!(desk.lack(), Some((0, 5)));
    town.clock.advance(TimeDelta::days(1));
    assert_eq!(desk.lack(), None, "a street that asks for none has enough");
}

#[test]
fn a_rule_is_made_in_range_and_ended_once() {
    let desk = desk(Town::at("2026-03-02T02:00:00Z"));
    let town = &desk.town;
    let district = town.staff(Role::DistrictOfficer, DISTRICT);
    let street = rule(&desk, &desk.officer, PARENT, json!({}));
    town.clock.advance(TimeDelta::days(1));
    let end = |by: &Person, on: NaiveDate| {
        let path = format!("{RULES}/{}/end", id(&street));
        town.post(&path, json!({ "on": on })).by(&town.later(by)).send()
    };
    end(&desk.officer, day(town, 0) - Days::new(1)).is_problem(422, "mediation-staffing-rule-day-past");
    end(&town.staff(Role::StreetOfficer, "310101002000"), day(town, 0)).is_problem(403, "forbidden");
    assert_eq!(end(&district, day(town, 0)).is(201).body["effective_until"], json!(day(town, 0)));
    end(&desk.officer, day(town, 4)).is_problem(409, "mediation-staffing-rule-ended");
    let refused = |more: Value, code: &str| {
        rule(&desk, &desk.officer, PARENT, more).is_problem(422, code);
    };
    refused(json!({ "amount": 51 }), "mediation-staffing-rule-amount-unfit");
    refused(json!({ "measure": "part_time_hours", "amount": 0 }), "mediation-staffing-rule-amount-unfit");
    refused(
        json!({ "measure": "mediator_term_months", "room_kind": "room" }),
        "mediation-staffing-rule-room-kind-unfit",
    );
    refused(json!({ "effective_from": "2026-03-01" }), "mediation-staffing-rule-day-past");
    refused(json!({ "effective_until": "2026-03-01" }), "mediation-staffing-rule-term-reversed");
    refused(json!({ "legal_basis": " " }), "field-invalid");
    refused(json!({ "division": "310113003999" }), "mediation-staffing-rule-division-unknown");
    rule(&desk, &desk.officer, DISTRICT, json!({})).is_problem(403, "forbidden");
    rule(&desk, &town.staff(Role::JusticeOfficer, PARENT), PARENT, json!({})).is_problem(403, "forbidden");
}

#[test]
fn who_serves_in_a_room_is_fit_for_it() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let room = id(&desk.room(json!({})));
    let (xu, entry) = desk.mediator(json!({}));
    let unfit = |more: Value, pointer: &str| {
        let reply = desk.attach(&room, &entry, more);
        let problem = reply.is_problem(422, "mediation-room-staff-person-unfit");
        assert_eq!(problem.body["errors"][0]["pointer"], pointer);
    };
    unfit(json!({ "role": "lawyer" }), "/mediator");
    unfit(json!({ "mediator": null }), "/mediator");
    unfit(json!({ "account": xu.account }), "/mediator");
    unfit(json!({ "mediator": lilong::kit::id::next() }), "/mediator");
    unfit(json!({ "mediator": null, "account": town.staff(Role::Mediator, PARENT).account }), "/account");
    unfit(json!({ "role": "liaison" }), "/account");
    unfit(json!({ "role": "liaison", "mediator": null, "account": town.resident().account }), "/account");
    let far = town.staff(Role::PoliceOfficer, ELSEWHERE).account;
    unfit(json!({ "role": "liaison", "mediator": null, "account": far }), "/account");
    let yesterday = local_date(town.now()) - Days::new(1);
    desk.attach(&room, &entry, json!({ "starts_on": yesterday, "ends_on": yesterday }))
        .is_problem(422, "mediation-room-staff-term-reversed");
}

#[test]
fn somebody_is_in_a_room_once_full_time_in_no_other_and_until_it_is_ended() {
    let desk = desk(Town::new());
    let town = &desk.town;
    let room = id(&desk.room(json!({})));
    let other = id(&desk.room(json!({ "name": "第二调解室", "division": OWN })));
    let ((xu, entry), yesterday) = (desk.mediator(json!({})), local_date(town.now()) - Days::new(1));
    // By account as well as by entry; and then no second time.
    let by_account = json!({ "mediator": null, "account": xu.account, "ends_on": day(town, 9) });
    let made = desk.attach(&room, &entry, by_account);
    assert_eq!((&made.is(201).body["mediator"], &made.body["is_serving"]), (&json!(entry), &json!(true)));
    desk.attach(&room, &entry, json!({ "is_part_time": true })).is_problem(409, "mediation-room-staff-taken");
    desk.attach(&other, &entry, json!({})).is_problem(409, "mediation-room-staff-full-time-elsewhere");
    desk.attach(&other, &entry, json!({ "is_part_time": true })).is(201);
    desk.attach(&room, &entry, json!({ "starts_on": day(town, 10) })).is(201);
    // It is ended by who is in range, earlier than it would be, and once.
    let staff = id(&made);
    desk.end(&other, &staff, Value::Null).is_problem(404, "not-found");
    desk.end(&room, &staff, json!(yesterday)).is_problem(422, "mediation-room-staff-term-reversed");
    desk.end(&room, &staff, json!(day(town, 12))).is_problem(409, "mediation-room-staff-ended");
    assert_eq!(desk.end(&room, &staff, json!(day(town, 5))).is(201).body["ends_on"], json!(day(town, 5)));
    assert_eq!(desk.end(&room, &staff, Value::Null).is(201).body["is_serving"], false);
    desk.end(&room, &staff, Value::Null).is_problem(409, "mediation-room-staff-ended");
    let path = format!("{BASE}/{room}/staff");
    let list = |by: &Person, query: &str| town.get(&format!("{path}{query}")).by(by).send();
    assert_eq!(ids(&list(&town.staff(Role::CityOfficer, CITY), "")).len(), 2);
    assert!(ids(&list(&desk.officer, &format!("?on={}", day(town, 0)))).is_empty());
    assert_eq!(ids(&list(&desk.officer, &format!("?on={}&role=mediator", day(town, 10)))).len(), 1);
    for nobody in [town.resident(), xu, town.staff(Role::StreetOfficer, "310101002000")] {
        list(&nobody, "").is_problem(403, "forbidden");
        town.post(&format!("{path}/{staff}/end"), json!({})).by(&nobody).send().is_problem(403, "forbidden");
    }
    town.patch(&format!("{BASE}/{room}"), "*", json!({ "is_active": false }))
        .by(&desk.officer)
        .send()
        .is(200);
    desk.attach(&room, &entry, json!({ "is_part_time": true })).is_problem(409, "mediation-room-inactive");
}

#[test]
fn put_full_time_into_two_rooms_at_once_somebody_is_in_one() {
    let desk = desk(Town::new());
    let other = id(&desk.room(json!({})));
    for _ in 0..4 {
        let (_, entry) = desk.mediator(json!({}));
        let third = id(&desk.room(json!({ "name": entry })));
        let statuses = std::thread::scope(|scope| {
            let tries =
                [&third, &other].map(|room| scope.spawn(|| desk.attach(room, &entry, json!({})).status));
            tries.map(|one| one.join().unwrap())
        });
        assert!(statuses == [201, 409] || statuses == [409, 201], "{statuses:?}");
    }
}
