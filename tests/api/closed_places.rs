//! What is closed takes nothing new: committees that were abolished, organisations that have closed. Both are read as before.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::buildings::building;
use crate::estates::estate;
use crate::support::archive::with;
use crate::support::petitions::{id, organisation};
use crate::support::{OWN, PARENT, Reply, SIBLING, Town};

const CLOSED: &str = "organisation-closed";

fn company(name: &str, division: &str) -> Value {
    json!({ "name": name, "kind": "property_company", "division": division })
}

fn hall() -> Value {
    json!({ "name": "议事厅", "kind": "meeting_hall", "code_grade": "static", "division": OWN })
}

#[test]
fn nothing_is_added_to_a_committee_that_was_abolished() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let create = |path: &str, draft: Value| town.post(path, draft).by(&street).send();
    let change = |path: &str, patch: Value| town.patch(path, "*", patch).by(&street).send();
    let estate = estate(&town, &street, OWN, "宝钢五村");
    let building = building(&town, &street, &estate, "247号", &[]);
    let serving = create("/v1/organisations", company("宝钢物业", OWN));
    let beside = create("/v1/organisations", company("宝林物业", SIBLING));
    change(&format!("/v1/divisions/{OWN}"), json!({ "status": "abolished" })).is(200);
    let count = "SELECT (SELECT count(*) FROM buildings) + (SELECT count(*) FROM organisations)";
    assert_eq!(town.count(count), 3);
    let members = json!([{ "building": building }]);
    for (path, draft, pointer) in [
        ("/v1/buildings", json!({ "estate": estate, "number": "248号" }), "/estate"),
        ("/v1/dwellings", json!({ "building": building, "number": "502" }), "/building"),
        (
            "/v1/building-groups",
            json!({ "estate": estate, "name": "247号楼组", "members": members }),
            "/estate",
        ),
        ("/v1/organisations", company("宝新物业", OWN), "/division"),
        ("/v1/venues", hall(), "/division"),
    ] {
        create(path, draft).is_problem_at(409, "division-abolished", pointer);
    }
    let other = json!({ "name": "宝钢六村", "kind": "public_housing", "division": OWN });
    create("/v1/estates", other).is_problem_at(422, "estate-division-not-committee", "/division");
    let moved = change(beside.is(201).header("location"), json!({ "division": OWN }));
    moved.is_problem_at(409, "division-abolished", "/division");
    assert_eq!(town.count(count), 3);
    // What is there is read, put right and moved away.
    let path = format!("/v1/buildings/{building}");
    assert_eq!(change(&path, json!({ "floors": 6 })).is(200).body["floors"], 6);
    let at = serving.is(201).header("location");
    change(at, json!({ "division": OWN, "address": "友谊路1588弄" })).is(200);
    assert_eq!(change(at, json!({ "division": SIBLING })).is(200).body["division"], SIBLING);
    town.get(&format!("/v1/estates/{estate}")).by(&town.resident()).send().is(200);
    create("/v1/organisations", company("宝新物业", SIBLING)).is(201);
}

#[test]
fn an_organisation_that_has_closed_is_named_by_nothing_new() {
    let town = Town::new();
    let street = town.staff(Role::StreetOfficer, PARENT);
    let create = |path: &str, draft: Value| town.post(path, draft).by(&street).send();
    let change = |path: &str, patch: Value| town.patch(path, "*", patch).by(&street).send();
    let [closed, open] =
        ["宝钢物业", "宝林物业"].map(|name| organisation(&town, name, "property_company", OWN));
    let other = estate(&town, &street, OWN, "宝钢六村");
    let served = |name: &str| {
        let draft = json!({ "name": name, "kind": "public_housing", "division": OWN });
        create("/v1/estates", with(draft, json!({ "property_company": closed })))
    };
    let kept = served("宝钢五村");
    let close = |day: &str| change(&format!("/v1/organisations/{closed}"), json!({ "closed_on": day }));
    close("2020-01-01").is(200);
    served("宝钢七村").is_problem_at(409, CLOSED, "/property_company");
    let changed = change(&format!("/v1/estates/{other}"), json!({ "property_company": closed }));
    changed.is_problem_at(409, CLOSED, "/property_company");
    let below = with(company("项目部", OWN), json!({ "superior": closed }));
    create("/v1/organisations", below).is_problem_at(409, CLOSED, "/superior");
    let moved = change(&format!("/v1/organisations/{open}"), json!({ "superior": closed }));
    moved.is_problem_at(409, CLOSED, "/superior");
    let of_closed = with(hall(), json!({ "organisation": closed }));
    create("/v1/venues", of_closed).is_problem_at(409, CLOSED, "/organisation");
    let venue = create("/v1/venues", hall());
    let given = change(venue.is(201).header("location"), json!({ "organisation": closed }));
    given.is_problem_at(409, CLOSED, "/organisation");
    let post = json!({
        "phone": town.resident().phone, "role": "property_staff", "division": OWN, "organisation": closed
    });
    create("/v1/posts", post).is_problem_at(422, "post-place-unknown", "/organisation");
    // What names it already does, and is read.
    let at = kept.is(201).header("location");
    let same = change(at, json!({ "property_company": closed, "is_old": true }));
    assert_eq!(same.is(200).body["property_company"], json!(closed));
    // One that will close is open until then.
    close("2999-01-01").is(200);
    served("宝钢七村").is(201);
}

#[test]
fn a_title_was_granted_before_the_granter_closed() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let committee = organisation(&town, "宝钢五村居委会", "residents_committee", OWN);
    let estate = estate(&town, &head, OWN, "宝钢五村");
    let building = building(&town, &head, &estate, "247号", &[]);
    let draft = json!({ "estate": estate, "name": "247号楼组", "members": [{ "building": building }] });
    let group = id(&town.post("/v1/building-groups", draft).by(&head).send().is(201).body);
    town.execute(&format!("UPDATE organisations SET closed_on = '2025-06-01' WHERE id = '{committee}'"));
    let grant = |granted_by: Uuid, granted_on: &str| -> Reply {
        let draft = json!({ "title": "活力楼组", "granted_by": granted_by, "granted_on": granted_on });
        town.post(&format!("/v1/building-groups/{group}/titles"), draft).by(&head).send()
    };
    for day in ["2025-06-01", "2026-01-05"] {
        grant(committee, day).is_problem_at(409, CLOSED, "/granted_by");
    }
    grant(committee, "2025-05-31").is(201);
}
