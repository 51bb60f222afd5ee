//! Buildings: each of an estate, numbered once there, with units that stay while something is in them.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::estates::estate;
use crate::support::petitions::id;
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

#[track_caller]
fn create(town: &Town, by: &Person, estate: &str, number: &str, units: &[&str]) -> Reply {
    let draft = json!({ "estate": estate, "number": number, "units": units });
    town.post("/v1/buildings", draft).by(by).send()
}

/// Enters a building, and answers its id.
#[track_caller]
pub fn building(town: &Town, by: &Person, estate: &str, number: &str, units: &[&str]) -> String {
    id(&create(town, by, estate, number, units).is(201).body)
}

#[track_caller]
fn change(town: &Town, by: &Person, building: &str, patch: Value) -> Reply {
    town.patch(&format!("/v1/buildings/{building}"), "*", patch).by(by).send()
}

/// Enters dwelling 502 of a unit.
#[track_caller]
fn move_into(town: &Town, by: &Person, building: &str, unit: &str) -> Reply {
    let draft = json!({ "building": building, "unit": unit, "number": "502" });
    town.post("/v1/dwellings", draft).by(by).send()
}

/// A committee's worker and an estate there.
#[track_caller]
fn scene(town: &Town) -> (Person, String) {
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let estate = estate(town, &worker, OWN, "宝钢五村");
    (worker, estate)
}

#[test]
fn a_building_lies_in_the_committee_of_its_estate() {
    let town = Town::new();
    let (worker, own) = scene(&town);
    let made = create(&town, &worker, &own, "247号", &["1", "2"]);
    assert_eq!((made.is(201).header("etag"), &made.body["division"]), ("\"v1\"", &json!(OWN)));
    assert_eq!(made.body["units"], json!(["1", "2"]));
    let at = made.header("location");
    assert_eq!(town.get(at).by(&town.resident()).send().is(200).body, made.body);
    let absent = lilong::kit::id::next().to_string();
    create(&town, &worker, &absent, "1号", &[]).is_problem_at(422, "building-estate-unknown", "/estate");
    // That of the neighbours is seen, and theirs.
    let theirs = estate(&town, &town.staff(Role::CommitteeWorker, SIBLING), SIBLING, "宝钢六村");
    create(&town, &worker, &theirs, "1号", &[]).is_problem(403, "forbidden");
    let moved = town.patch(at, "*", json!({ "estate": theirs })).by(&worker).send();
    moved.is_problem_at(422, "field-invalid", "/estate");
    assert_eq!(town.count("SELECT count(*) FROM buildings"), 1);
}

#[test]
fn the_number_of_a_building_is_taken_once_in_an_estate() {
    let town = Town::new();
    let (worker, first) = scene(&town);
    let second = estate(&town, &worker, OWN, "宝钢新村");
    building(&town, &worker, &first, "247号", &[]);
    let taken = create(&town, &worker, &first, "247号", &["1"]);
    taken.is_problem_at(409, "building-number-taken", "/number");
    building(&town, &worker, &second, "247号", &[]);
    let other = building(&town, &worker, &first, "248号", &[]);
    let renumbered = change(&town, &worker, &other, json!({ "number": "247号" }));
    renumbered.is_problem_at(409, "building-number-taken", "/number");
    assert_eq!(change(&town, &worker, &other, json!({ "number": "249号" })).is(200).body["number"], "249号");
}

#[test]
fn a_building_has_no_unit_twice() {
    let town = Town::new();
    let (worker, estate) = scene(&town);
    let twice = create(&town, &worker, &estate, "247号", &["1", "2", "1"]);
    twice.is_problem_at(422, "building-unit-repeated", "/units/2");
    // White space around it makes no other unit.
    let spaced = create(&town, &worker, &estate, "247号", &["1", " 1 "]);
    spaced.is_problem_at(422, "building-unit-repeated", "/units/1");
    let id = building(&town, &worker, &estate, "247号", &["1"]);
    let changed = change(&town, &worker, &id, json!({ "units": ["2", "2"] }));
    changed.is_problem_at(422, "building-unit-repeated", "/units/1");
    let nameless = change(&town, &worker, &id, json!({ "units": ["1", ""] }));
    nameless.is_problem_at(422, "field-invalid", "/units/1");
    let many: Vec<String> = (1..=21).map(|n| n.to_string()).collect();
    let crowded = change(&town, &worker, &id, json!({ "units": many }));
    crowded.is_problem_at(422, "field-invalid", "/units");
    assert_eq!(town.text("SELECT units FROM buildings"), "{1}");
}

#[test]
fn a_unit_stays_while_a_dwelling_or_a_group_is_in_it() {
    let town = Town::new();
    let (worker, estate) = scene(&town);
    let parted = building(&town, &worker, &estate, "247号", &["1", "2", "3"]);
    let dwelling = id(&move_into(&town, &worker, &parted, "1").is(201).body);
    let members = json!([{ "building": parted, "unit": "2" }]);
    let group = json!({ "estate": estate, "name": "247号楼组", "members": members });
    town.post("/v1/building-groups", group).by(&worker).send().is(201);
    let units = |building: &str, units: &[&str]| change(&town, &worker, building, json!({ "units": units }));
    for rest in [&["2", "3"][..], &["1", "3"], &["3"], &[]] {
        units(&parted, rest).is_problem_at(409, "building-unit-in-use", "/units");
    }
    // The third, where nobody is, may go, and others come.
    assert_eq!(units(&parted, &["4", "2", "1"]).is(200).body["units"], json!(["4", "2", "1"]));
    let moves = town.patch(&format!("/v1/dwellings/{dwelling}"), "*", json!({ "unit": "4" }));
    moves.by(&worker).send().is(200);
    units(&parted, &["2", "4"]).is(200);
    // Without units, its dwellings are in none.
    let whole = building(&town, &worker, &estate, "248号", &[]);
    move_into(&town, &worker, &whole, "").is(201);
    units(&whole, &["1"]).is_problem_at(409, "building-unit-in-use", "/units");
    change(&town, &worker, &whole, json!({ "floors": 6 })).is(200);
}

#[test]
fn a_group_of_the_whole_building_is_in_none_of_its_units() {
    let town = Town::new();
    let (worker, estate) = scene(&town);
    let parted = building(&town, &worker, &estate, "247号", &["1", "2"]);
    let group = json!({ "estate": estate, "name": "247号楼组", "members": [{ "building": parted }] });
    town.post("/v1/building-groups", group).by(&worker).send().is(201);
    for units in [json!(["2"]), json!([]), json!(["3"])] {
        assert_eq!(change(&town, &worker, &parted, json!({ "units": units })).is(200).body["units"], units);
    }
}

#[test]
fn a_unit_does_not_go_while_a_dwelling_comes_into_it() {
    let town = Town::new();
    let (worker, estate) = scene(&town);
    for n in 0..6 {
        let parted = building(&town, &worker, &estate, &format!("{n}号"), &["1", "2"]);
        let (comes, goes) = std::thread::scope(|scope| {
            let comes = scope.spawn(|| move_into(&town, &worker, &parted, "1"));
            let goes = scope.spawn(|| change(&town, &worker, &parted, json!({ "units": ["2"] })));
            (comes.join().expect("an answer"), goes.join().expect("an answer"))
        });
        match comes.status {
            201 => goes.is_problem(409, "building-unit-in-use"),
            _ => comes.is_problem(422, "dwelling-unit-unknown"),
        };
        assert_eq!(goes.status == 200, comes.status == 422, "{} {}", comes.text, goes.text);
    }
    let lost =
        "SELECT count(*) FROM dwellings d JOIN buildings b ON b.id = building_id WHERE unit <> ALL (units)";
    assert_eq!(town.count(lost), 0);
}

#[test]
fn a_building_is_known_to_all_and_changed_by_its_committee_and_the_street() {
    let town = Town::new();
    let (worker, estate) = scene(&town);
    let id = building(&town, &worker, &estate, "247号", &[]);
    let at = format!("/v1/buildings/{id}");
    for (role, place) in [
        (Role::CommitteeWorker, SIBLING),
        (Role::StreetOfficer, ELSEWHERE),
        (Role::PropertyStaff, OWN),
        (Role::GroupLeader, OWN),
    ] {
        let outsider = town.staff(role, place);
        town.get(&at).by(&outsider).send().is(200);
        change(&town, &outsider, &id, json!({ "floors": 6 })).is_problem(403, "forbidden");
        create(&town, &outsider, &estate, "248号", &[]).is_problem(403, "forbidden");
    }
    town.get(&at).send().is_problem(401, "unauthenticated");
    let absent = lilong::kit::id::next().to_string();
    change(&town, &worker, &absent, json!({})).is_problem(404, "not-found");
    town.get(&format!("/v1/buildings/{absent}")).by(&worker).send().is_problem(404, "not-found");
    change(&town, &town.staff(Role::StreetOfficer, PARENT), &id, json!({ "floors": 6 })).is(200);
    // The second writer is told.
    let patch = |seen: &str| town.patch(&at, seen, json!({ "has_lift": true })).by(&worker).send();
    patch("\"v1\"").is_problem(412, "version-stale");
    assert_eq!(patch("\"v2\"").is(200).header("etag"), "\"v3\"");
    let unseen = town.call("PATCH", &at).json(&json!({ "floors": 7 })).by(&worker).send();
    unseen.is_problem(428, "if-match-missing");
    change(&town, &worker, &id, json!({ "floors": 201 })).is_problem_at(422, "field-invalid", "/floors");
    assert_eq!(town.get(&at).by(&worker).send().is(200).body["floors"], 6);
}

#[test]
fn a_list_of_buildings_is_narrowed_to_a_division_or_an_estate() {
    let town = Town::new();
    let (street, neighbour) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let [first, second, beside] = [(OWN, "宝钢五村"), (OWN, "宝钢新村"), (SIBLING, "宝钢六村")]
        .map(|(division, name)| estate(&town, &street, division, name));
    for (estate, number) in [(&first, "1号"), (&second, "2号"), (&beside, "3号")] {
        building(&town, &street, estate, number, &[]);
    }
    let get = |query: &str| town.get(&format!("/v1/buildings?{query}")).by(&neighbour).send();
    let numbers = |reply: &Reply| -> Vec<String> {
        let items = reply.is(200).body["items"].as_array().expect("items");
        items.iter().map(|item| item["number"].as_str().expect("a number").to_owned()).collect()
    };
    let list = |query: &str| numbers(&get(query));
    assert_eq!(list("limit=9"), ["1号", "2号", "3号"]);
    assert_eq!(list(&format!("division={OWN}")), ["1号", "2号"]);
    assert_eq!(list(&format!("estate={second}")), ["2号"]);
    assert!(list(&format!("estate={second}&division={SIBLING}")).is_empty());
    assert!(list("division=310113003007").is_empty());
    get("estate=x").is_problem(400, "query-invalid");
    let rest = town.follow_link(&format!("/v1/buildings?division={OWN}&limit=1"), &neighbour);
    assert_eq!(numbers(&rest), ["2号"]);
}
