//! Building groups: founded on real buildings, led by people whose post comes and goes with that, branded by their own.

use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

const BASE: &str = "/v1/building-groups";

/// An estate with 246号, and 247号 of two units, and who looks after it.
pub struct Estate {
    pub id: Value,
    pub plain: Value,
    pub halves: Value,
    pub worker: Person,
}

#[track_caller]
pub fn estate_in(town: &Town, division: &str) -> Estate {
    let worker = town.staff(Role::CommitteeWorker, division);
    let made = |path: &str, draft: Value| {
        let reply = town.post(path, draft).by(&worker).send();
        reply.is(201).body["id"].clone()
    };
    let draft = json!({ "name": "宝钢五村", "division": division, "kind": "public_housing" });
    let id = made("/v1/estates", draft);
    let plain = made("/v1/buildings", json!({ "estate": id, "number": "246号" }));
    let halves = made("/v1/buildings", json!({ "estate": id, "number": "247号", "units": ["1", "2"] }));
    Estate { id, plain, halves, worker }
}

pub fn member(building: &Value, unit: &str) -> Value {
    json!({ "building": building, "unit": unit })
}

#[track_caller]
fn found(town: &Town, by: &Person, estate: &Value, (name, members): (&str, Value)) -> Reply {
    let draft = json!({ "estate": estate, "name": name, "members": members });
    town.post(BASE, draft).by(by).send()
}

/// A group of that one building or unit, founded by its committee; answers its address.
#[track_caller]
pub fn group(town: &Town, estate: &Estate, name: &str, one: Value) -> String {
    let made = found(town, &estate.worker, &estate.id, (name, json!([one])));
    made.is(201).header("location").to_owned()
}

#[track_caller]
fn change(town: &Town, by: &Person, group: &str, change: Value) -> Reply {
    town.patch(group, "*", change).by(by).send()
}

/// Says who leads it: the leader, the deputy.
#[track_caller]
pub fn lead(town: &Town, by: &Person, group: &str, people: [Option<&Person>; 2]) -> Reply {
    let [leader, deputy] = people.map(|person| person.map(|person| person.phone.as_str()));
    let body = json!({ "leader_phone": leader, "deputy_phone": deputy });
    town.put(&format!("{group}/leader"), "*", body).by(by).send()
}

#[track_caller]
fn brand(town: &Town, by: &Person, group: &str) -> Reply {
    let body = json!({ "name": "“梯”升男友力", "story": "加装电梯期间，年轻住户轮流帮老人提菜上楼。" });
    town.put(&format!("{group}/brand"), "*", body).by(by).send()
}

/// The divisions in which somebody holds the post of a group leader.
#[track_caller]
pub fn held(town: &Town, by: &Person) -> Vec<String> {
    let me = town.get("/v1/me").by(by).send();
    let posts = me.is(200).body["posts"].as_array().expect("posts");
    let of_leaders = posts.iter().filter(|post| post["role"] == "group_leader");
    of_leaders.map(|post| post["division"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn a_group_is_founded_on_buildings_and_units_of_an_estate_and_seen_by_all() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let members = json!([member(&estate.halves, "1"), { "building": estate.plain }]);
    let made = found(&town, &estate.worker, &estate.id, ("邻里楼组", members));
    assert_eq!((made.is(201).header("etag"), &made.body["division"]), ("\"v1\"", &json!(OWN)));
    let kept = json!([
        { "building": estate.plain, "building_number": "246号", "unit": "" },
        { "building": estate.halves, "building_number": "247号", "unit": "1" }
    ]);
    assert_eq!((&made.body["members"], &made.body["titles"]), (&kept, &json!([])));
    assert!(["leader", "deputy", "brand"].iter().all(|part| made.body[*part].is_null()), "{}", made.text);
    let neighbour = town.resident();
    let seen = town.get(made.header("location")).by(&neighbour).send();
    assert_eq!((seen.is(200).header("etag"), &seen.body), ("\"v1\"", &made.body));
    town.get(made.header("location")).send().is_problem(401, "unauthenticated");
    for (building, many) in [(&estate.halves, 1), (&estate.id, 0)] {
        let path = format!("{BASE}?building={}", building.as_str().expect("an id"));
        let page = town.get(&path).by(&neighbour).send();
        assert_eq!(page.is(200).body["items"].as_array().map(Vec::len), Some(many), "{path}");
    }
}

#[test]
fn members_are_told_once_and_are_of_the_estate() {
    let town = Town::new();
    let (estate, foreign) = (estate_in(&town, OWN), estate_in(&town, SIBLING));
    let (plain, halves) = (&estate.plain, &estate.halves);
    let (overlap, unit) = ("building-group-members-overlap", "building-group-unit-unknown");
    let building = "building-group-building-unknown";
    for (members, code, pointer) in [
        (json!([]), "field-invalid", "/members"),
        (json!([member(plain, ""), member(plain, "")]), overlap, "/members/1"),
        (json!([member(halves, "1"), member(plain, ""), member(halves, "")]), overlap, "/members/2"),
        (json!([member(halves, "2"), member(halves, "3")]), unit, "/members/1/unit"),
        (json!([member(plain, "1")]), unit, "/members/0/unit"),
        (json!([member(&foreign.plain, "")]), building, "/members/0/building"),
        (json!([member(&json!(Uuid::nil()), "")]), building, "/members/0/building"),
    ] {
        let refused = found(&town, &estate.worker, &estate.id, ("楼组", members));
        refused.is_problem_at(422, code, pointer);
    }
    let nowhere = found(&town, &estate.worker, &json!(Uuid::nil()), ("楼组", json!([member(plain, "")])));
    nowhere.is_problem_at(422, "building-group-estate-unknown", "/estate");
    assert_eq!(town.count("SELECT count(*) FROM building_groups"), 0);
    let group = group(&town, &estate, "楼组", member(plain, ""));
    change(&town, &estate.worker, &group, json!({ "members": [member(halves, "3")] })).is_problem(422, unit);
}

#[test]
fn a_building_or_unit_is_in_one_group_and_a_name_is_there_once_in_an_estate() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let (plain, halves) = (&estate.plain, &estate.halves);
    let first = group(&town, &estate, "一单元楼组", member(halves, "1"));
    let found = |name: &str, members: Value| found(&town, &estate.worker, &estate.id, (name, members));
    for taken in [member(halves, "1"), member(halves, "")] {
        let members = json!([member(plain, ""), taken]);
        found("楼组", members).is_problem_at(409, "building-group-member-taken", "/members/1");
    }
    let namesake = found("一单元楼组", json!([member(plain, "")]));
    namesake.is_problem_at(409, "building-group-name-taken", "/name");
    let second = group(&town, &estate, "二单元楼组", member(halves, "2"));
    let change = |group: &str, draft: Value| change(&town, &estate.worker, group, draft);
    change(&second, json!({ "name": "一单元楼组" })).is_problem(409, "building-group-name-taken");
    let whole = json!({ "members": [member(halves, "")] });
    change(&first, whole.clone()).is_problem(409, "building-group-member-taken");
    // What it has is no other's, and what it gives up is free.
    change(&second, json!({ "members": [member(halves, "2"), member(plain, "")] })).is(200);
    change(&first, json!({ "members": [member(plain, "")] })).is_problem(409, "building-group-member-taken");
    change(&second, json!({ "members": [member(plain, "")] })).is(200);
    let kept = json!([{ "building": halves, "building_number": "247号", "unit": "" }]);
    assert_eq!(change(&first, whole).is(200).body["members"], kept);
    let beside = estate_in(&town, SIBLING);
    group(&town, &beside, "一单元楼组", member(&beside.plain, ""));
}

#[test]
fn the_post_of_a_leader_comes_and_goes_with_the_leader() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let [first, second, third] = [(); 3].map(|()| town.resident());
    let lead = |people: [Option<&Person>; 2]| lead(&town, &estate.worker, &group, people);
    let one = lead([Some(&first), None]);
    let leader = json!({ "id": first.account, "display_name": "陈阿姨" });
    assert_eq!((&one.is(200).body["leader"], &one.body["deputy"]), (&leader, &Value::Null));
    assert_eq!(held(&town, &first), [OWN]);
    // Replaced, by two; then they change places, and nobody's post does.
    lead([Some(&second), Some(&third)]).is(200);
    assert!(held(&town, &first).is_empty());
    let changed = lead([Some(&third), Some(&second)]);
    assert_eq!(changed.is(200).body["deputy"]["id"], json!(second.account));
    assert_eq!([held(&town, &second), held(&town, &third)], [[OWN], [OWN]]);
    let none = lead([None, None]);
    assert_eq!((&none.is(200).body["leader"], &none.body["deputy"]), (&Value::Null, &Value::Null));
    assert!([&first, &second, &third].iter().all(|person| held(&town, person).is_empty()));
    // Each post that came and went is told of as any other.
    for (action, topic) in [("create_post", "post.granted"), ("delete_post", "post.ended")] {
        let audited = format!("SELECT count(*) FROM audit_events WHERE action = '{action}'");
        let announced = format!("SELECT count(*) FROM outbox WHERE topic = '{topic}'");
        assert_eq!((town.count(&audited), town.count(&announced)), (3, 3), "{action}");
    }
}

#[test]
fn who_leads_another_group_there_keeps_the_post() {
    let town = Town::new();
    let (here, beside) = (estate_in(&town, OWN), estate_in(&town, SIBLING));
    let first = group(&town, &here, "246号楼组", member(&here.plain, ""));
    let second = group(&town, &here, "247号楼组", member(&here.halves, ""));
    let third = group(&town, &beside, "246号楼组", member(&beside.plain, ""));
    let person = town.resident();
    lead(&town, &here.worker, &first, [Some(&person), None]).is(200);
    lead(&town, &here.worker, &second, [None, Some(&person)]).is(200);
    lead(&town, &beside.worker, &third, [Some(&person), None]).is(200);
    assert_eq!(held(&town, &person), [OWN, SIBLING]);
    lead(&town, &here.worker, &first, [None, None]).is(200);
    assert_eq!(held(&town, &person), [OWN, SIBLING]);
    lead(&town, &here.worker, &second, [None, None]).is(200);
    assert_eq!(held(&town, &person), [SIBLING]);
}

#[test]
fn a_leader_has_an_account_and_a_deputy_and_nobody_appoints_themselves() {
    let town = Town::new();
    let (estate, person) = (estate_in(&town, OWN), town.resident());
    let (worker, head) = (&estate.worker, town.staff(Role::CommitteeHead, OWN));
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let twice = lead(&town, worker, &group, [Some(&person), Some(&person)]);
    twice.is_problem_at(422, "building-group-deputy-is-leader", "/deputy_phone");
    let stranger = Person { phone: "+8613512345678".to_owned(), ..person.clone() };
    for (people, pointer) in
        [([Some(&stranger), None], "/leader_phone"), ([Some(&person), Some(&stranger)], "/deputy_phone")]
    {
        let refused = lead(&town, worker, &group, people);
        refused.is_problem_at(422, "building-group-leader-unknown", pointer);
    }
    // Both are always said.
    let half = town.put(&format!("{group}/leader"), "*", json!({ "leader_phone": null }));
    half.by(worker).send().is_problem(422, "field-invalid");
    for people in [[Some(worker), None], [Some(&person), Some(worker)]] {
        lead(&town, worker, &group, people).is_problem(409, "post-self-granted");
    }
    assert!([&person, worker].iter().all(|person| held(&town, person).is_empty()));
    // Whom another appointed may name the deputy and stays.
    lead(&town, &head, &group, [Some(worker), None]).is(200);
    lead(&town, worker, &group, [Some(worker), Some(&person)]).is(200);
    assert_eq!([held(&town, worker), held(&town, &person)], [[OWN], [OWN]]);
}

#[test]
fn a_leader_gives_the_own_group_its_brand_and_no_other() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let own = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let other = group(&town, &estate, "247号楼组", member(&estate.halves, ""));
    let (leader, deputy) = (town.resident(), town.resident());
    lead(&town, &estate.worker, &own, [Some(&leader), Some(&deputy)]).is(200);
    let shown = brand(&town, &leader, &own).is(200).body["brand"].clone();
    assert_eq!(shown["name"], "“梯”升男友力");
    brand(&town, &deputy, &own).is(200);
    // Neither another group, nor with the post alone, nor anything else of their own.
    brand(&town, &leader, &other).is_problem(403, "forbidden");
    brand(&town, &deputy, &other).is_problem(403, "forbidden");
    brand(&town, &town.staff(Role::GroupLeader, OWN), &own).is_problem(403, "forbidden");
    change(&town, &leader, &own, json!({ "slogan": "远亲不如近邻" })).is_problem(403, "forbidden");
    lead(&town, &leader, &own, [Some(&leader), None]).is_problem(403, "forbidden");
    let nameless = json!({ "name": " ", "story": "" });
    let refused = town.put(&format!("{own}/brand"), "*", nameless).by(&leader).send();
    refused.is_problem_at(422, "field-invalid", "/name");
    // The committee does as well; who leads it no more does not, and the brand stays.
    brand(&town, &estate.worker, &other).is(200);
    lead(&town, &estate.worker, &own, [None, Some(&deputy)]).is(200);
    brand(&town, &leader, &own).is_problem(403, "forbidden");
    assert_eq!(town.get(&own).by(&leader).send().is(200).body["brand"], shown);
}

#[test]
fn a_group_is_changed_by_its_committee_and_the_street_alone() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let [beside, far] = [SIBLING, ELSEWHERE].map(|division| town.staff(Role::CommitteeHead, division));
    for stranger in [&beside, &far, &town.resident()] {
        town.get(&group).by(stranger).send().is(200);
        change(&town, stranger, &group, json!({ "name": "x" })).is_problem(403, "forbidden");
        lead(&town, stranger, &group, [None, None]).is_problem(403, "forbidden");
        brand(&town, stranger, &group).is_problem(403, "forbidden");
        let members = json!([member(&estate.halves, "")]);
        found(&town, stranger, &estate.id, ("x", members)).is_problem(403, "forbidden");
    }
    assert_eq!(town.get(&group).by(&beside).send().header("etag"), "\"v1\"");
    let street = town.staff(Role::StreetOfficer, PARENT);
    assert_eq!(change(&town, &street, &group, json!({ "slogan": "远亲" })).is(200).body["slogan"], "远亲");
    let nowhere = format!("{BASE}/{}", Uuid::nil());
    change(&town, &street, &nowhere, json!({ "name": "x" })).is_problem(404, "not-found");
    lead(&town, &street, &nowhere, [None, None]).is_problem(404, "not-found");
}

#[test]
fn who_changes_a_group_says_which_version_they_saw() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let parts = [
        ("PATCH", "", json!({ "slogan": "远亲不如近邻" })),
        ("PUT", "/leader", json!({ "leader_phone": null, "deputy_phone": null })),
        ("PUT", "/brand", json!({ "name": "“梯”升男友力", "story": "" })),
    ];
    for (n, (method, part, body)) in parts.into_iter().enumerate() {
        let write = || town.call(method, &format!("{group}{part}")).json(&body).by(&estate.worker);
        write().send().is_problem(428, "if-match-missing");
        let [seen, next] = [n + 1, n + 2].map(|version| format!("\"v{version}\""));
        let written = write().header("If-Match", &seen).send();
        assert_eq!(written.is(200).header("etag"), next, "{method} {part}");
        write().header("If-Match", &seen).send().is_problem(412, "version-stale");
    }
}
