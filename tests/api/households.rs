//! Households: one head, one household a person, members set as a whole.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, person, with};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

fn member(resident: &str, relation: &str) -> Value {
    json!({ "resident": resident, "relation": relation, "joined_on": "2015-05-05" })
}

fn create(town: &Town, by: &Person, body: Value) -> Reply {
    town.post("/v1/households", with(json!({ "division": OWN }), body)).by(by).send()
}

fn relations(reply: &Reply) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let members = reply.body["members"].as_array().unwrap().iter();
    members.map(|member| (text(&member["name"]), text(&member["relation"]))).collect()
}

#[test]
fn three_generations_keep_house_and_the_head_is_handed_over_as_a_whole() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let [old, son, wife, child] =
        ["陈国强", "陈建华", "李芳", "陈小宝"].map(|name| person(&town, &worker, name));
    let family = json!([
        member(&old, "head"),
        member(&son, "child"),
        member(&wife, "child_in_law"),
        member(&child, "grandchild")
    ]);
    let body = json!({ "dwelling": dwelling, "number": "310113-0001", "members": family });
    let entered = create(&town, &worker, body);
    let path = entered.is(201).header("location").to_owned();
    assert_eq!(town.get(&path).by(&worker).send().is(200).body, entered.body);
    assert_eq!(entered.body["members"][3]["joined_on"], "2015-05-05");
    // The son heads it now; each relation is to him.
    let next = json!([
        member(&son, "head"),
        member(&old, "parent"),
        member(&wife, "spouse"),
        member(&child, "child")
    ]);
    let patch = |version: &str, body: Value| town.patch(&path, version, body).by(&worker).send();
    let handed = patch(entered.header("etag"), json!({ "members": next }));
    handed.is(200);
    assert_eq!(relations(&handed)[0], ("陈建华".to_owned(), "head".to_owned()));
    patch(entered.header("etag"), json!({ "number": null })).is_problem(412, "version-stale");
    // Who stays as they were is not touched, and what was is kept.
    let fewer = json!([member(&son, "head"), member(&wife, "spouse")]);
    let left = patch("*", json!({ "members": fewer, "number": null, "dwelling": null }));
    assert_eq!(relations(left.is(200)).len(), 2);
    assert_eq!((&left.body["number"], &left.body["dwelling"]), (&Value::Null, &Value::Null));
    assert_eq!(town.count("SELECT count(*) FROM household_members"), 8);
    assert_eq!(town.count("SELECT count(*) FROM household_members WHERE left_on IS NULL"), 2);
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'household.changed'"), 3);
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'households'"), 3);
    let list = |query: &str| {
        let reply = town.get(&format!("/v1/households?{query}")).by(&worker).send();
        reply.is(200).body["items"].as_array().unwrap().len()
    };
    assert_eq!(
        (list(""), list(&format!("dwelling={dwelling}")), list(&format!("division={SIBLING}"))),
        (1, 0, 0)
    );
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    town.get(&path).by(&sibling).send().is_problem(404, "not-found");
}

#[track_caller]
fn is_refused(reply: &Reply, code: &str, pointer: &str) {
    assert_eq!(reply.is_problem(422, code).body["errors"][0]["pointer"], pointer, "{}", reply.text);
}

#[test]
fn what_is_no_household_is_refused_at_its_field() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [chen, wang] = ["陈桂芳", "王小明"].map(|name| person(&town, &worker, name));
    let ahead = with(member(&chen, "head"), json!({ "joined_on": "2999-01-01" }));
    for (members, code, pointer) in [
        (json!([member(&chen, "child")]), "household-one-head", "/members"),
        (json!([member(&chen, "head"), member(&wang, "head")]), "household-one-head", "/members"),
        (json!([member(&chen, "head"), member(&chen, "spouse")]), "household-member-repeated", "/members/1"),
        (json!([ahead]), "dwelling-resident-day-ahead", "/members/0/joined_on"),
        (json!([]), "field-invalid", "/members"),
    ] {
        is_refused(&create(&town, &worker, json!({ "members": members })), code, pointer);
    }
    assert_eq!(town.count("SELECT count(*) FROM households"), 0);
}

#[test]
fn a_household_is_of_one_committee_and_tells_nothing_of_another() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let [away] = homes(&town, SIBLING);
    let chen = person(&town, &worker, "陈桂芳");
    let there = enter(&town, &sibling, with(draft("李爷叔"), json!({ "division": SIBLING })));
    let both = json!([member(&chen, "head"), member(there["id"].as_str().unwrap(), "child")]);
    // Who sees both committees is told no more.
    for by in [&worker, &street] {
        let reply = create(&town, by, json!({ "members": both }));
        is_refused(&reply, "household-member-unknown", "/members/1/resident");
    }
    let head = json!([member(&chen, "head")]);
    let reply = create(&town, &street, json!({ "members": head, "dwelling": away }));
    is_refused(&reply, "household-dwelling-unknown", "/dwelling");
    let reply = create(&town, &street, json!({ "members": head, "division": PARENT }));
    is_refused(&reply, "household-division-not-committee", "/division");
    create(&town, &sibling, json!({ "members": head })).is_problem(403, "forbidden");
    assert_eq!(town.count("SELECT count(*) FROM households"), 0);
}

#[test]
fn a_household_takes_nobody_from_another_and_nobody_who_has_gone() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [chen, wang] = ["陈桂芳", "王小明"].map(|name| person(&town, &worker, name));
    let head = json!([member(&chen, "head")]);
    let number = json!({ "members": head, "number": "1" });
    let path = create(&town, &worker, number).is(201).header("location").to_owned();
    let taken = create(&town, &worker, json!({ "members": head }));
    assert_eq!(taken.is_problem(409, "household-member-taken").body["errors"][0]["pointer"], "/members/0");
    create(&town, &worker, json!({ "members": [member(&wang, "head")], "number": "1" }))
        .is_problem(409, "household-number-taken");
    town.patch(&path, "*", json!({ "members": [member(&chen, "spouse")] }))
        .by(&worker)
        .send()
        .is_problem(422, "household-one-head");
    let gone = json!({ "kind": "moved_out", "on": "2026-01-01" });
    town.post(&format!("/v1/residents/{wang}/departure"), gone).by(&worker).send().is(201);
    town.patch(&path, "*", json!({ "members": [member(&chen, "head"), member(&wang, "spouse")] }))
        .by(&worker)
        .send()
        .is_problem(409, "resident-closed");
}

#[test]
fn of_several_households_that_take_one_person_at_once_one_gets_them() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = person(&town, &worker, "陈桂芳");
    let body = json!({ "members": [member(&chen, "head")] });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> =
            (0..4).map(|_| scope.spawn(|| create(&town, &worker, body.clone()).status)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
    assert_eq!(town.count("SELECT count(*) FROM households"), 1);
}
