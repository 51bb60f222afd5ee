//! Dwellings: their area is exact, their unit is one of the building's, and strangers do not see them.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::buildings::building;
use crate::estates::estate;
use crate::support::archive::with;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

/// A building of an estate of its own, with units.
#[track_caller]
fn house(town: &Town, by: &Person, division: &str, units: &[&str]) -> String {
    let estate = estate(town, by, division, "宝钢五村");
    building(town, by, &estate, "247号", units)
}

fn draft(building: &str, unit: &str, number: &str) -> Value {
    json!({ "building": building, "unit": unit, "number": number })
}

#[track_caller]
fn create(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/dwellings", draft).by(by).send()
}

/// The numbers of a page, in its order.
#[track_caller]
fn numbers(reply: &Reply) -> Vec<&str> {
    let items = reply.is(200).body["items"].as_array().expect("items");
    items.iter().map(|item| item["number"].as_str().expect("a number")).collect()
}

#[test]
fn an_area_is_kept_to_the_hundredth() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let estate = town
        .post("/v1/estates", json!({ "name": "宝钢五村", "kind": "public_housing", "division": OWN }))
        .by(&head)
        .send();
    let draft = json!({ "estate": estate.is(201).body["id"], "number": "247号" });
    let building = town.post("/v1/buildings", draft).by(&head).send().is(201).body["id"].clone();
    let areas = ["0.01", "0.10", "5.00", "89.50", "100.00", "9999.99", "10000.00", "123456.07", "999999.99"];
    for (number, area) in areas.into_iter().enumerate() {
        let draft = json!({ "building": building, "number": format!("{number}"), "exclusive_area": area });
        let made = town.post("/v1/dwellings", draft).by(&head).send();
        assert_eq!(made.is(201).body["exclusive_area"], area);
        let kept = town.text(&format!("SELECT exclusive_area FROM dwellings WHERE number = '{number}'"));
        assert_eq!(kept, area, "as PostgreSQL prints it");
        let path = format!("/v1/dwellings/{}", made.body["id"].as_str().unwrap());
        assert_eq!(town.get(&path).by(&head).send().is(200).body["exclusive_area"], area);
    }
    // Digits that PostgreSQL does not send, since they are nothing, are not missed.
    town.execute("UPDATE dwellings SET exclusive_area = 120000 WHERE number = '0'");
    let list = town.get("/v1/dwellings").by(&head).send();
    let found = list.is(200).body["items"].as_array().unwrap().iter().find(|item| item["number"] == "0");
    assert_eq!(found.unwrap()["exclusive_area"], "120000.00");
}

#[test]
fn an_area_and_a_floor_that_no_home_has_are_refused() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let house = house(&town, &worker, OWN, &[]);
    let made = create(&town, &worker, draft(&house, "", "502"));
    let at = made.is(201).header("location");
    for (field, value) in [
        ("exclusive_area", json!("0.00")),
        ("exclusive_area", json!("89.505")),
        ("exclusive_area", json!("1000000")),
        ("exclusive_area", json!("-1")),
        ("exclusive_area", json!(89.5)),
        ("floor", json!(201)),
        ("floor", json!(-11)),
        ("number", json!(" ")),
    ] {
        let (more, pointer) = (json!({ field: value }), format!("/{field}"));
        let refused = create(&town, &worker, with(draft(&house, "", "503"), more.clone()));
        refused.is_problem_at(422, "field-invalid", &pointer);
        let refused = town.patch(at, "*", more).by(&worker).send();
        refused.is_problem_at(422, "field-invalid", &pointer);
    }
    assert_eq!(town.count("SELECT sum(version) FROM dwellings"), 1);
}

#[test]
fn a_dwelling_is_in_a_unit_that_its_building_has() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let estate = estate(&town, &worker, OWN, "宝钢五村");
    let plain = building(&town, &worker, &estate, "1号", &[]);
    let parted = building(&town, &worker, &estate, "2号", &["1", "2"]);
    let enter = |building: &str, unit: &str| create(&town, &worker, draft(building, unit, "502"));
    for (building, unit) in [(&plain, "1"), (&parted, "3"), (&parted, "")] {
        enter(building, unit).is_problem_at(422, "dwelling-unit-unknown", "/unit");
    }
    let absent = lilong::kit::id::next().to_string();
    enter(&absent, "").is_problem_at(422, "dwelling-building-unknown", "/building");
    enter(&plain, "").is(201);
    let made = enter(&parted, "1");
    assert_eq!((made.is(201).header("etag"), &made.body["division"]), ("\"v1\"", &json!(OWN)));
    let at = made.header("location");
    let patch = |change: Value| town.patch(at, "*", change).by(&worker).send();
    for unit in ["3", ""] {
        patch(json!({ "unit": unit })).is_problem_at(422, "dwelling-unit-unknown", "/unit");
    }
    assert_eq!(patch(json!({ "unit": "2" })).is(200).body["unit"], "2");
    // Its building stays.
    patch(json!({ "building": plain })).is_problem_at(422, "field-invalid", "/building");
}

#[test]
fn the_number_of_a_dwelling_is_taken_once_in_a_unit() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let house = house(&town, &worker, OWN, &["1", "2"]);
    let enter = |unit: &str, number: &str| create(&town, &worker, draft(&house, unit, number));
    enter("1", "502").is(201);
    enter("1", "502").is_problem(409, "dwelling-number-taken");
    let beside = enter("2", "502");
    let below = enter("1", "402");
    let patch = |made: &Reply, change: Value| {
        town.patch(made.is(201).header("location"), "*", change).by(&worker).send()
    };
    patch(&beside, json!({ "unit": "1" })).is_problem(409, "dwelling-number-taken");
    patch(&below, json!({ "number": "502" })).is_problem(409, "dwelling-number-taken");
    patch(&below, json!({ "number": "402" })).is(200);
    patch(&below, json!({ "unit": "2" })).is(200);
    assert_eq!(town.count("SELECT count(*) FROM dwellings"), 3);
}

#[test]
fn a_dwelling_is_hidden_from_other_committees_and_changed_by_its_own() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let house = house(&town, &worker, OWN, &[]);
    let made = create(&town, &worker, draft(&house, "", "502"));
    let at = made.is(201).header("location");
    let patch = |by: &Person| town.patch(at, "*", json!({ "floor": 5 })).by(by).send();
    let enter = |by: &Person| create(&town, by, draft(&house, "", "503"));
    for (role, place) in [(Role::CommitteeWorker, SIBLING), (Role::StreetOfficer, ELSEWHERE)] {
        let outsider = town.staff(role, place);
        town.get(at).by(&outsider).send().is_problem(404, "not-found");
        patch(&outsider).is_problem(404, "not-found");
        // The building is known to them, and not theirs.
        enter(&outsider).is_problem(403, "forbidden");
    }
    for role in [Role::PoliceOfficer, Role::PropertyStaff, Role::Dispatcher] {
        let onlooker = town.staff(role, OWN);
        town.get(at).by(&onlooker).send().is(200);
        patch(&onlooker).is_problem(403, "forbidden");
        enter(&onlooker).is_problem(403, "forbidden");
    }
    for other in [town.resident(), town.staff(Role::GroupLeader, OWN)] {
        for path in [at, "/v1/dwellings"] {
            town.get(path).by(&other).send().is_problem(403, "forbidden");
        }
        patch(&other).is_problem(403, "forbidden");
    }
    town.get(at).send().is_problem(401, "unauthenticated");
    patch(&town.staff(Role::StreetOfficer, PARENT)).is(200);
    assert_eq!(town.count("SELECT max(version) FROM dwellings WHERE floor = 5"), 2);
}

#[test]
fn the_second_writer_of_a_dwelling_is_told() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let house = house(&town, &worker, OWN, &[]);
    let made = create(&town, &worker, draft(&house, "", "502"));
    let at = made.is(201).header("location");
    let patch = |seen: &str, floor: Value| town.patch(at, seen, json!({ "floor": floor })).by(&worker).send();
    assert_eq!(patch("\"v1\"", json!(5)).is(200).header("etag"), "\"v2\"");
    patch("\"v1\"", json!(6)).is_problem(412, "version-stale");
    let unseen = town.call("PATCH", at).json(&json!({ "floor": 6 })).by(&worker).send();
    unseen.is_problem(428, "if-match-missing");
    assert_eq!(town.get(at).by(&worker).send().is(200).body["floor"], 5);
    assert!(patch("\"v2\"", Value::Null).is(200).body["floor"].is_null());
}

#[test]
fn a_list_of_dwellings_stays_in_its_range() {
    let town = Town::new();
    let [worker, neighbour] = [OWN, SIBLING].map(|place| town.staff(Role::CommitteeWorker, place));
    let street = town.staff(Role::StreetOfficer, PARENT);
    let own = house(&town, &worker, OWN, &[]);
    let beside = house(&town, &neighbour, SIBLING, &[]);
    for (house, number) in [(&own, "501"), (&own, "502"), (&beside, "601")] {
        create(&town, &street, draft(house, "", number)).is(201);
    }
    let list = |by: &Person, query: &str| town.get(&format!("/v1/dwellings?{query}")).by(by).send();
    for all in ["limit=9", "division=310113003000", "division=310000000000", &format!("building={own}")] {
        assert_eq!(numbers(&list(&worker, all)), ["501", "502"], "{all}");
    }
    for theirs in [format!("division={SIBLING}"), format!("building={beside}")] {
        assert!(numbers(&list(&worker, &theirs)).is_empty(), "{theirs}");
        assert_eq!(numbers(&list(&neighbour, &theirs)), ["601"]);
        assert_eq!(numbers(&list(&street, &theirs)), ["601"]);
    }
    assert_eq!(numbers(&list(&street, "limit=9")), ["501", "502", "601"]);
    assert!(numbers(&list(&town.staff(Role::CommitteeHead, ELSEWHERE), "limit=9")).is_empty());
    // The next page of somebody else is nobody's way out of the range.
    assert_eq!(numbers(&town.follow_link("/v1/dwellings?limit=2", &street)), ["601"]);
    let first = list(&street, "limit=2");
    let cursor = first.is(200).body["next_cursor"].as_str().expect("a cursor");
    list(&worker, &format!("limit=2&cursor={cursor}")).is_problem(400, "cursor-invalid");
    list(&worker, "building=x").is_problem(400, "query-invalid");
}
