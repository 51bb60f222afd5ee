//! Estates: each in one living committee, which has no other of that name.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::{names, with};
use crate::support::petitions::{id, organisation};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn draft(name: &str) -> Value {
    json!({ "name": name, "kind": "public_housing", "division": OWN })
}

#[track_caller]
fn create(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/estates", draft).by(by).send()
}

/// Enters an estate, and answers its id.
#[track_caller]
pub fn estate(town: &Town, by: &Person, division: &str, name: &str) -> String {
    id(&create(town, by, with(draft(name), json!({ "division": division }))).is(201).body)
}

#[test]
fn an_estate_lies_in_one_living_committee() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    town.execute(&format!("UPDATE divisions SET status = 'abolished' WHERE code = {SIBLING}"));
    let enter =
        |division: &str| create(&town, &street, with(draft("宝钢五村"), json!({ "division": division })));
    // A street, nothing on the map, a committee that is no more.
    for unfit in [PARENT, "310113003999", SIBLING] {
        enter(unfit).is_problem_at(422, "estate-division-not-committee", "/division");
    }
    enter(ELSEWHERE).is_problem(403, "forbidden");
    assert_eq!(town.count("SELECT count(*) FROM estates"), 0);
    let made = enter(OWN);
    assert_eq!((made.is(201).header("etag"), &made.body["division"]), ("\"v1\"", &json!(OWN)));
    // Where it lies stays.
    let moved = town.patch(made.header("location"), "*", json!({ "division": "310113003007" }));
    moved.by(&street).send().is_problem_at(422, "field-invalid", "/division");
}

#[test]
fn the_name_of_an_estate_is_taken_once_in_a_committee() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let first = estate(&town, &worker, OWN, "宝钢五村");
    create(&town, &worker, draft("宝钢五村")).is_problem_at(409, "estate-name-taken", "/name");
    create(&town, &worker, draft(" 宝钢五村 ")).is_problem_at(409, "estate-name-taken", "/name");
    estate(&town, &street, SIBLING, "宝钢五村");
    let second = estate(&town, &worker, OWN, "宝钢新村");
    let rename = |id: &str, name: &str| {
        town.patch(&format!("/v1/estates/{id}"), "*", json!({ "name": name })).by(&worker).send()
    };
    rename(&second, "宝钢五村").is_problem_at(409, "estate-name-taken", "/name");
    // Its own name again is no other's.
    rename(&first, "宝钢五村").is(200);
    rename(&first, "宝钢老村").is(200);
    assert_eq!(rename(&second, "宝钢五村").is(200).body["name"], "宝钢五村");
}

#[test]
fn only_a_property_company_serves_an_estate() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let company = organisation(&town, "宝钢物业", "property_company", ELSEWHERE);
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let unfit = [committee, lilong::kit::id::next()];
    let (unknown, pointer) = ("estate-property-company-unknown", "/property_company");
    let served_by = |company: Uuid| {
        create(&town, &worker, with(draft("宝钢五村"), json!({ "property_company": company })))
    };
    for other in unfit {
        served_by(other).is_problem_at(422, unknown, pointer);
    }
    let made = served_by(company);
    assert_eq!(made.is(201).body["property_company"], json!(company));
    let at = made.header("location");
    let patch =
        |company: Value| town.patch(at, "*", json!({ "property_company": company })).by(&worker).send();
    for other in unfit {
        patch(json!(other)).is_problem_at(422, unknown, pointer);
    }
    assert_eq!(town.get(at).by(&worker).send().is(200).body, made.body, "a refusal changes nothing");
    assert!(patch(Value::Null).is(200).body["property_company"].is_null());
    assert_eq!(patch(json!(company)).is(200).body["property_company"], json!(company));
}

#[test]
fn an_estate_is_known_to_all_and_changed_by_its_committee_and_the_street() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let at = format!("/v1/estates/{}", estate(&town, &worker, OWN, "宝钢五村"));
    let patch = |by: &Person| town.patch(&at, "*", json!({ "is_old": true })).by(by).send();
    for (role, place) in [
        (Role::CommitteeWorker, SIBLING),
        (Role::CommitteeHead, ELSEWHERE),
        (Role::StreetOfficer, ELSEWHERE),
        (Role::PropertyStaff, OWN),
        (Role::GroupLeader, OWN),
        (Role::Dispatcher, PARENT),
    ] {
        let outsider = town.staff(role, place);
        town.get(&at).by(&outsider).send().is(200);
        patch(&outsider).is_problem(403, "forbidden");
        create(&town, &outsider, draft("宝钢新村")).is_problem(403, "forbidden");
    }
    let neighbour = town.resident();
    assert_eq!(town.get(&at).by(&neighbour).send().is(200).body["is_old"], false);
    patch(&neighbour).is_problem(403, "forbidden");
    town.get(&at).send().is_problem(401, "unauthenticated");
    patch(&town.staff(Role::StreetOfficer, PARENT)).is(200);
    assert_eq!(patch(&worker).is(200).header("etag"), "\"v3\"");
    let absent = format!("/v1/estates/{}", lilong::kit::id::next());
    town.get(&absent).by(&worker).send().is_problem(404, "not-found");
    town.patch(&absent, "*", json!({})).by(&worker).send().is_problem(404, "not-found");
}

#[test]
fn the_second_writer_of_an_estate_is_told() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let at = format!("/v1/estates/{}", estate(&town, &worker, OWN, "宝钢五村"));
    let patch =
        |seen: &str, year: i32| town.patch(&at, seen, json!({ "built_year": year })).by(&worker).send();
    assert_eq!(patch("\"v1\"", 1986).is(200).header("etag"), "\"v2\"");
    patch("\"v1\"", 1987).is_problem(412, "version-stale");
    let unseen = town.call("PATCH", &at).json(&json!({ "built_year": 1987 })).by(&worker).send();
    unseen.is_problem(428, "if-match-missing");
    patch("\"v2\"", 1839).is_problem_at(422, "field-invalid", "/built_year");
    assert_eq!(town.get(&at).by(&worker).send().is(200).body["built_year"], 1986);
}

#[test]
fn the_address_of_an_estate_is_kept_in_one_form() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let address = |written: &str| json!({ "address": written });
    let made = create(&town, &worker, with(draft("宝钢五村"), address("上海市宝山区友谊路１５８８弄")));
    assert_eq!(made.is(201).body["address"], "友谊路1588弄");
    let at = made.header("location");
    let changed = town.patch(at, "*", address("宝山区 友谊路 1589 弄")).by(&worker).send();
    assert_eq!(changed.is(200).body["address"], "友谊路1589弄");
}

#[test]
fn a_list_of_estates_is_narrowed_by_what_is_asked() {
    let town = Town::new();
    let (street, neighbour) = (town.staff(Role::StreetOfficer, PARENT), town.resident());
    let old = with(draft("宝钢五村"), json!({ "is_old": true }));
    create(&town, &street, old).is(201);
    estate(&town, &street, SIBLING, "宝钢六村");
    estate(&town, &town.staff(Role::CommitteeHead, ELSEWHERE), ELSEWHERE, "外滩花园");
    let get = |query: &str| town.get(&format!("/v1/estates?{query}")).by(&neighbour).send();
    let list = |query: &str| names(&get(query));
    assert_eq!(list("limit=9"), ["外滩花园", "宝钢五村", "宝钢六村"]);
    assert_eq!(list(&format!("division={PARENT}")), ["宝钢五村", "宝钢六村"]);
    assert_eq!(list(&format!("division={SIBLING}")), ["宝钢六村"]);
    assert!(list("division=310113003007").is_empty());
    assert_eq!(list("is_old=true"), ["宝钢五村"]);
    assert_eq!(list(&format!("is_old=false&division={PARENT}")), ["宝钢六村"]);
    // 宝钢, and then 五村, which no name begins with.
    assert_eq!(list("name=%E5%AE%9D%E9%92%A2"), ["宝钢五村", "宝钢六村"]);
    assert!(list("name=%E4%BA%94%E6%9D%91").is_empty());
    for bad in ["is_old=x", "division=1", "kind=lane"] {
        get(bad).is_problem(400, "query-invalid");
    }
    let second = town.follow_link(&format!("/v1/estates?division={PARENT}&limit=1"), &neighbour);
    assert_eq!(names(&second), ["宝钢六村"]);
}
