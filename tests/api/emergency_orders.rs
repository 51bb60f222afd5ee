//! Emergency orders: made in range, seen where they hold, in force for their time, called off once.

use chrono::TimeDelta;
use lilong::access::division::Division;
use lilong::access::role::Role;
use lilong::matters::emergency_orders;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const DISTRICT: &str = "310113000000";

fn create(town: &Town, by: &Person, division: &str, more: Value) -> Reply {
    let draft = json!({
        "division": division, "title": "防御台风", "legal_basis": "防汛指挥部Ⅱ级响应令",
        "ends_at": town.now() + TimeDelta::days(3)
    });
    town.post("/v1/emergency-orders", with(draft, more)).by(by).send()
}

fn id(made: &Reply) -> String {
    made.is(201).body["id"].as_str().unwrap().to_owned()
}

fn end(town: &Town, by: &Person, id: &str) -> Reply {
    town.call("POST", &format!("/v1/emergency-orders/{id}/end")).by(by).send()
}

/// Which order is in force there, now.
fn in_force(town: &Town, division: &str) -> Option<String> {
    let division = Division::parse(division).unwrap();
    let order = emergency_orders::in_force(&mut town.owner(), division, town.now()).unwrap();
    order.map(|order| order.id.to_string())
}

fn listed(town: &Town, by: &Person, query: &str) -> Vec<Value> {
    let reply = town.get(&format!("/v1/emergency-orders{query}")).by(by).send();
    reply.is(200).body["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
}

#[test]
fn an_order_is_seen_where_it_holds_and_by_those_above() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let district = town.staff(Role::DistrictOfficer, DISTRICT);
    create(&town, &street, DISTRICT, json!({})).is_problem(403, "forbidden");
    create(&town, &street, ELSEWHERE, json!({})).is_problem(403, "forbidden");
    create(&town, &town.staff(Role::CommitteeHead, OWN), OWN, json!({})).is_problem(403, "forbidden");
    let of_district = id(&create(&town, &district, DISTRICT, json!({})));
    let of_committee = id(&create(&town, &street, OWN, json!({})));
    let elsewhere = id(&create(&town, &town.staff(Role::DistrictOfficer, ELSEWHERE), ELSEWHERE, json!({})));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let neighbour = town.staff(Role::CommitteeWorker, SIBLING);
    let city = town.staff(Role::CityOfficer, CITY);
    assert_eq!(listed(&town, &worker, ""), [json!(of_district), json!(of_committee)]);
    assert_eq!(listed(&town, &neighbour, ""), [json!(of_district)]);
    assert_eq!(listed(&town, &neighbour, &format!("?division={OWN}")).len(), 0);
    assert_eq!(listed(&town, &district, ""), [json!(of_district), json!(of_committee)]);
    assert_eq!(listed(&town, &city, ""), [json!(elsewhere), json!(of_district), json!(of_committee)]);
    assert_eq!(listed(&town, &city, &format!("?division={SIBLING}")), [json!(of_district)]);
    let find = |by: &Person, id: &str| town.get(&format!("/v1/emergency-orders/{id}")).by(by).send();
    assert_eq!(find(&worker, &of_district).is(200).body["division"], DISTRICT);
    find(&neighbour, &of_committee).is_problem(404, "not-found");
    find(&worker, &elsewhere).is_problem(404, "not-found");
    // It is seen from below, and not ended from there.
    end(&town, &street, &of_district).is_problem(403, "forbidden");
    end(&town, &street, &elsewhere).is_problem(404, "not-found");
    town.get("/v1/emergency-orders").by(&town.resident()).send().is_problem(403, "forbidden");
}

#[test]
fn the_order_of_the_smallest_place_and_of_its_orders_the_latest_is_in_force() {
    let town = Town::new();
    let city = town.staff(Role::CityOfficer, CITY);
    assert_eq!(in_force(&town, OWN), None);
    let of_city = id(&create(&town, &city, CITY, json!({})));
    let first = id(&create(&town, &city, PARENT, json!({})));
    assert_eq!(in_force(&town, OWN), Some(first.clone()));
    assert_eq!(in_force(&town, ELSEWHERE), Some(of_city.clone()));
    town.clock.advance(TimeDelta::minutes(1));
    let second = id(&create(&town, &city, PARENT, json!({})));
    assert_eq!(in_force(&town, OWN), Some(second.clone()));
    end(&town, &city, &second).is(201);
    assert_eq!(in_force(&town, OWN), Some(first));
    // One that begins tomorrow is not in force before that, and none is after its end.
    let tomorrow = town.now() + TimeDelta::days(1);
    let ahead = id(&create(&town, &city, OWN, json!({ "starts_at": tomorrow })));
    assert_eq!(listed(&town, &city, "?is_in_force=false"), [json!(second), json!(ahead)]);
    assert_eq!(listed(&town, &city, "?is_in_force=true").len(), 2);
    assert_ne!(in_force(&town, OWN), Some(ahead.clone()));
    town.clock.advance(TimeDelta::days(1));
    assert_eq!(in_force(&town, OWN), Some(ahead));
    town.clock.advance(TimeDelta::days(3));
    assert_eq!(in_force(&town, OWN), None);
    end(&town, &town.staff(Role::CityOfficer, CITY), &of_city).is_problem(409, "emergency-order-ended");
}

#[test]
fn an_order_is_not_dated_back_and_does_not_last_for_ever() {
    let town = Town::new();
    let city = town.staff(Role::CityOfficer, CITY);
    let in_days = |days: i64| json!(town.now() + TimeDelta::days(days));
    for more in [
        json!({ "starts_at": in_days(-1) }),
        json!({ "ends_at": in_days(-1) }),
        json!({ "starts_at": in_days(5), "ends_at": in_days(4) }),
        json!({ "ends_at": in_days(400) }),
        json!({ "starts_at": in_days(400), "ends_at": in_days(401) }),
        json!({ "starts_at": "+200000-01-01T00:00:00Z", "ends_at": "+200000-01-02T00:00:00Z" }),
    ] {
        let reply = create(&town, &city, OWN, more.clone());
        assert!(["emergency-order-term-unfit", "field-invalid"].contains(&reply.is(422).code()), "{more}");
    }
    let unknown = create(&town, &city, "310199999000", json!({}));
    unknown.is_problem(422, "emergency-order-division-unknown");
    create(&town, &city, OWN, json!({ "title": "" })).is_problem(422, "field-invalid");
    assert_eq!(town.count("SELECT count(*) FROM emergency_orders"), 0);
}

#[test]
fn an_order_is_called_off_once() {
    let town = Town::with(|settings| settings.seats = 4);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let order = id(&create(&town, &street, PARENT, json!({})));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4).map(|_| scope.spawn(|| end(&town, &street, &order).status)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
    let found = town.get(&format!("/v1/emergency-orders/{order}")).by(&street).send();
    assert_eq!((found.is(200).header("etag"), &found.body["version"]), ("\"v2\"", &json!(2)));
    assert!(found.body["ended_at"].is_string());
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'emergency-orders'"), 2);
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic LIKE 'emergency_order.%'"), 2);
}
