//! Labels: each level defines its own, a lower one adds and never redefines, and who sees a definition is said by it.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::tags::{codes, define, define_in_city, id, label};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, Town};

const DISTRICT: &str = "310113000000";
const OTHER_STREET: &str = "310101002000";

fn create(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/labels", draft).by(by).send()
}

fn at(division: &str, code: &str) -> Value {
    with(label(code), json!({ "division": division, "name": format!("{division} {code}") }))
}

#[test]
fn a_lower_level_adds_and_never_redefines() {
    let town = Town::new();
    let city = town.staff(Role::CityOfficer, CITY);
    let district = town.staff(Role::DistrictOfficer, DISTRICT);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let other = town.staff(Role::StreetOfficer, OTHER_STREET);
    create(&town, &city, at(CITY, "lives_alone")).is(201);
    create(&town, &street, at(PARENT, "lives_alone")).is_problem(409, "label-code-taken");
    create(&town, &district, with(at(DISTRICT, "alone"), json!({ "name": format!("{CITY} lives_alone") })))
        .is_problem(409, "label-name-taken");
    // What one street has, another may have, and neither the district above one nor the city may redefine.
    create(&town, &street, at(PARENT, "needs_lift")).is(201);
    create(&town, &other, at(OTHER_STREET, "needs_lift")).is(201);
    create(&town, &district, at(DISTRICT, "needs_lift")).is_problem(409, "label-code-taken");
    create(&town, &city, at(CITY, "needs_lift")).is_problem(409, "label-code-taken");
    assert_eq!(create(&town, &district, at(DISTRICT, "pilot")).is(201).body["level"], "district");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'create_label'"), 4);
}

#[test]
fn each_officer_defines_for_exactly_their_own_division() {
    let town = Town::new();
    let city = town.staff(Role::CityOfficer, CITY);
    let street = town.staff(Role::StreetOfficer, PARENT);
    create(&town, &city, at(PARENT, "x1")).is_problem(409, "label-not-own-level");
    create(&town, &city, at(DISTRICT, "x1")).is_problem(409, "label-not-own-level");
    create(&town, &street, at(OWN, "x1")).is_problem(422, "label-division-unfit");
    create(&town, &street, at("310113003999", "x1")).is_problem(422, "label-division-unfit");
    create(&town, &street, at(OTHER_STREET, "x1")).is_problem(403, "forbidden");
    create(&town, &street, at(CITY, "x1")).is_problem(403, "forbidden");
    // The range does not make the level: a street officer's post for a whole district defines no labels of the district.
    create(&town, &town.staff(Role::StreetOfficer, DISTRICT), at(DISTRICT, "x1"))
        .is_problem(409, "label-not-own-level");
    create(&town, &town.staff(Role::CommitteeHead, OWN), at(OWN, "x1")).is_problem(403, "forbidden");
    assert_eq!(town.count("SELECT count(*) FROM labels"), 0);
}

#[test]
fn two_levels_at_once_do_not_both_get_a_code() {
    let town = Town::with(|settings| settings.seats = 4);
    let officers = [
        (town.staff(Role::CityOfficer, CITY), CITY),
        (town.staff(Role::DistrictOfficer, DISTRICT), DISTRICT),
        (town.staff(Role::StreetOfficer, PARENT), PARENT),
    ];
    for round in 0..5 {
        let by_code = |division: &str| at(division, &format!("code_{round}"));
        let by_name = |division: &str| {
            with(at(division, &format!("n{round}_{division}")), json!({ "name": format!("名{round}") }))
        };
        for (is_name, code) in [(false, "label-code-taken"), (true, "label-name-taken")] {
            let replies: Vec<Reply> = std::thread::scope(|scope| {
                let tries = officers.iter().enumerate().map(|(n, (officer, division))| {
                    let draft = if is_name {
                        with(by_name(division), json!({ "code": format!("n{round}_{n}") }))
                    } else {
                        by_code(division)
                    };
                    let town = &town;
                    scope.spawn(move || create(town, officer, draft))
                });
                let tries: Vec<_> = tries.collect();
                tries.into_iter().map(|one| one.join().unwrap()).collect()
            });
            let won = replies.iter().filter(|reply| reply.status == 201).count();
            let lost = replies.iter().filter(|reply| reply.code() == code).count();
            assert_eq!((won, lost), (1, 2), "{replies:?}");
        }
    }
}

#[test]
fn a_definition_is_listed_where_it_applies_to_the_roles_that_see_it() {
    let town = Town::new();
    define_in_city(
        &town,
        "for_police",
        json!({ "see_roles": ["police_officer"], "set_roles": ["police_officer"] }),
    );
    define_in_city(&town, "for_all", json!({}));
    define(&town, with(label("of_street"), json!({ "see_roles": ["committee_worker", "dispatcher"] })));
    let other = town.staff(Role::StreetOfficer, OTHER_STREET);
    create(&town, &other, at(OTHER_STREET, "of_other")).is(201);
    let list = |by: &Person, query: &str| codes(&town.get(&format!("/v1/labels{query}")).by(by).send());
    let worker = town.staff(Role::CommitteeWorker, OWN);
    assert_eq!(list(&worker, ""), ["for_all", "of_street"]);
    assert_eq!(list(&worker, "?level=city"), ["for_all"]);
    assert_eq!(list(&worker, &format!("?division={OTHER_STREET}")), ["for_all"]);
    assert_eq!(list(&town.staff(Role::PoliceOfficer, OWN), ""), ["for_police"]);
    assert_eq!(list(&town.staff(Role::Dispatcher, PARENT), ""), ["of_street"]);
    // Who defines it sees it, whoever else does; who stands above sees what their role may see below.
    assert_eq!(list(&town.staff(Role::StreetOfficer, PARENT), ""), ["for_all", "of_street"]);
    assert_eq!(list(&town.staff(Role::CityOfficer, CITY), ""), ["for_police", "for_all"]);
    assert_eq!(list(&other, ""), ["for_all", "of_other"]);
    // Posts do not add up: a worker elsewhere who is a police officer here sees here what the police sees.
    let both = town.staff(Role::CommitteeWorker, ELSEWHERE);
    town.appoint(&both, Role::PoliceOfficer, OWN);
    assert_eq!(list(&both, ""), ["for_police", "for_all", "of_other"]);
    town.get("/v1/labels").by(&town.staff(Role::PropertyStaff, OWN)).send().is_problem(403, "forbidden");
    let page = town.get("/v1/labels?limit=1").by(&worker).send();
    let next = format!("/v1/labels?limit=1&cursor={}", page.is(200).body["next_cursor"].as_str().unwrap());
    assert_eq!(codes(&town.get(&next).by(&worker).send()), ["of_street"]);
}

#[test]
fn a_label_is_changed_by_who_defines_it_and_keeps_code_and_level() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let made = create(&town, &street, label("lives_alone"));
    let (path, version) = (format!("/v1/labels/{}", id(&made)), made.header("etag"));
    create(&town, &street, with(label("other"), json!({ "name": "另一个" }))).is(201);
    let change = |by: &Person, version: &str, body: Value| town.patch(&path, version, body).by(by).send();
    let renamed =
        change(&street, version, json!({ "name": "独居", "see_roles": ["committee_worker", "dispatcher"] }));
    assert_eq!(renamed.is(200).body["see_roles"], json!(["committee_worker", "dispatcher"]));
    change(&street, version, json!({ "name": "独居老人" })).is_problem(412, "version-stale");
    change(&street, "*", json!({ "name": "另一个" })).is_problem(409, "label-name-taken");
    change(&street, "*", json!({ "name": "独居" })).is(200);
    change(&street, "*", json!({ "code": "x2" })).is_problem(422, "field-invalid");
    change(&street, "*", json!({ "see_roles": ["dispatcher"] })).is_problem(422, "label-roles-unfit");
    change(&street, "*", json!({ "set_roles": ["dispatcher"] })).is_problem(422, "label-roles-unfit");
    change(&street, "*", json!({ "see_roles": ["lawyer"] })).is_problem(422, "label-roles-unfit");
    let retired = change(&street, "*", json!({ "is_retired": true }));
    assert!(retired.is(200).body["retired_on"].is_string());
    assert!(change(&street, "*", json!({ "is_retired": false })).is(200).body["retired_on"].is_null());
    change(&town.staff(Role::CommitteeWorker, OWN), "*", json!({})).is_problem(403, "forbidden");
    change(&town.staff(Role::CityOfficer, CITY), "*", json!({})).is_problem(404, "not-found");
    change(&town.staff(Role::StreetOfficer, OTHER_STREET), "*", json!({})).is_problem(404, "not-found");
    create(&town, &street, with(label("Bad-Code"), json!({}))).is_problem(422, "field-invalid");
}
