//! Owners: a whole list with shares that are exactly 1, one version for all of them.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, person, with};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

fn owner(resident: &str, numerator: i32, denominator: i32) -> Value {
    json!({ "resident": resident, "share": { "numerator": numerator, "denominator": denominator } })
}

fn put(town: &Town, by: &Person, dwelling: &str, version: &str, body: Value) -> Reply {
    town.put(&format!("/v1/dwellings/{dwelling}/owners"), version, body).by(by).send()
}

fn find(town: &Town, by: &Person, dwelling: &str) -> Reply {
    town.get(&format!("/v1/dwellings/{dwelling}/owners")).by(by).send()
}

#[test]
fn a_home_is_owned_by_several_and_several_homes_by_one() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling, second] = homes(&town, OWN);
    let [chen, wang, li] = ["陈桂芳", "王小明", "李爷叔"].map(|name| person(&town, &worker, name));
    let none = find(&town, &worker, &dwelling);
    assert_eq!((none.is(200).header("etag"), &none.body["owners"]), ("\"v1\"", &json!([])));
    let thirds = [owner(&chen, 1, 3), owner(&wang, 2, 6), owner(&li, 1, 3)];
    let set =
        put(&town, &worker, &dwelling, "\"v1\"", json!({ "owners": thirds, "starts_on": "2015-05-05" }));
    assert_eq!(set.is(200).body["owners"].as_array().unwrap().len(), 3);
    assert_eq!(set.body["owners"][1]["share"], json!({ "numerator": 1, "denominator": 3 }));
    assert_eq!(set.body["owners"][1]["source"], "property_register");
    put(&town, &worker, &second, "*", json!({ "owners": [owner(&chen, 1, 1)] })).is(200);
    // 王小明 sells his third to 陈桂芳: he goes, her share changes, 李爷叔 is not touched.
    let found = find(&town, &worker, &dwelling);
    assert_eq!((found.is(200).header("etag"), &found.body), (set.header("etag"), &set.body));
    let sale = json!({ "owners": [owner(&chen, 2, 3), owner(&li, 1, 3)], "starts_on": "2026-03-01" });
    let sold = put(&town, &worker, &dwelling, found.header("etag"), sale);
    let of_li = |body: &Value| {
        let owners = body["owners"].as_array().unwrap();
        owners.iter().find(|owner| owner["name"] == "李爷叔").unwrap().clone()
    };
    assert_eq!(of_li(&sold.is(200).body), of_li(&set.body));
    assert_ne!(sold.header("etag"), set.header("etag"));
    let history = town.get(&format!("/v1/dwellings/{dwelling}/residents?history=true")).by(&worker).send();
    let items = history.is(200).body["items"].as_array().unwrap();
    assert_eq!(items.iter().filter(|item| item["ends_on"] == "2026-03-01").count(), 2);
    assert_eq!(items.len(), 4);
    let current = town.get(&format!("/v1/dwellings/{dwelling}/residents")).by(&worker).send();
    assert_eq!(current.is(200).body["items"].as_array().unwrap().len(), 2);
    let messages = "SELECT count(*) FROM outbox WHERE topic = 'dwelling.owners_changed'";
    assert_eq!(town.count(messages), 3);
}

#[test]
fn owners_are_refused_where_they_are_wrong_and_nothing_is_written() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let [dwelling] = homes(&town, OWN);
    let [chen, wang] = ["陈桂芳", "王小明"].map(|name| person(&town, &worker, name));
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let there = enter(&town, &sibling, with(draft("李爷叔"), json!({ "division": SIBLING })));
    let there = there["id"].as_str().unwrap();
    let nobody = uuid::Uuid::nil().to_string();
    let both = with(owner(&chen, 1, 1), json!({ "organisation": nobody }));
    let body = json!({ "organisation": nobody, "share": { "numerator": 1, "denominator": 1 } });
    for (by, owners, code, pointer) in [
        (
            &worker,
            json!([owner(&chen, 1, 2), owner(&wang, 1, 3)]),
            "dwelling-owner-shares-not-whole",
            "/owners",
        ),
        (
            &worker,
            json!([owner(&chen, 1, 2), owner(&wang, 2, 3)]),
            "dwelling-owner-shares-not-whole",
            "/owners",
        ),
        (&worker, json!([owner(&chen, 1, 2), owner(&chen, 1, 2)]), "dwelling-owner-repeated", "/owners/1"),
        (&worker, json!([both]), "dwelling-owner-one-holder", "/owners/0"),
        (&worker, json!([body]), "dwelling-owner-organisation-unknown", "/owners/0/organisation"),
        (
            &worker,
            json!([owner(&chen, 1, 2), owner(there, 1, 2)]),
            "dwelling-resident-unknown",
            "/owners/1/resident",
        ),
        (&street, json!([owner(there, 1, 1)]), "dwelling-resident-other-committee", "/owners/0/resident"),
        (&worker, json!([owner(&chen, 0, 1)]), "field-invalid", "/owners/0/share"),
        (&worker, json!([owner(&chen, 3, 2)]), "field-invalid", "/owners/0/share"),
        (&worker, json!([]), "field-invalid", "/owners"),
    ] {
        let reply = put(&town, by, &dwelling, "*", json!({ "owners": owners }));
        assert_eq!(reply.is_problem(422, code).body["errors"][0]["pointer"], pointer, "{}", reply.text);
    }
    let ahead = json!({ "owners": [owner(&chen, 1, 1)], "starts_on": "2999-01-01" });
    put(&town, &worker, &dwelling, "*", ahead).is_problem(422, "dwelling-resident-day-ahead");
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents"), 0);
    put(&town, &sibling, &dwelling, "*", json!({ "owners": [owner(there, 1, 1)] }))
        .is_problem(404, "not-found");
    find(&town, &sibling, &dwelling).is_problem(404, "not-found");
}

#[test]
fn owners_do_not_change_before_they_last_did() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let [chen, wang] = ["陈桂芳", "王小明"].map(|name| person(&town, &worker, name));
    let since = json!({ "owners": [owner(&chen, 1, 1)], "starts_on": "2020-01-01" });
    put(&town, &worker, &dwelling, "*", since).is(200);
    let before = json!({ "owners": [owner(&wang, 1, 1)], "starts_on": "2019-01-01" });
    put(&town, &worker, &dwelling, "*", before).is_problem(422, "dwelling-owner-changes-before");
}

#[test]
fn a_body_owns_and_an_owner_is_changed_only_as_part_of_the_whole() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let company = lilong::kit::id::next();
    town.execute(&format!(
        "INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
             VALUES ('{company}', '五村物业公司', 'property_company', {OWN}, now(), now())"
    ));
    // Somebody who lives elsewhere and only owns has a record here as well.
    let absent = with(draft("沈业主"), json!({ "residence": "owner_only" }));
    let absent = enter(&town, &worker, absent)["id"].as_str().unwrap().to_owned();
    let body = json!({ "organisation": company, "share": { "numerator": 99, "denominator": 100 } });
    let set = put(&town, &worker, &dwelling, "*", json!({ "owners": [body, owner(&absent, 1, 100)] }));
    let row = &set.is(200).body["owners"][0];
    assert_eq!(
        (&row["organisation"], &row["name"], &row["resident"]),
        (&json!(company), &json!("五村物业公司"), &Value::Null)
    );
    for at in 0..2 {
        let id = set.body["owners"][at]["id"].as_str().unwrap();
        let path = format!("/v1/dwellings/{dwelling}/residents/{id}");
        town.call("DELETE", &path).by(&worker).send().is_problem(422, "dwelling-resident-owner");
        for change in [
            json!({ "is_living": true }),
            json!({ "ends_on": "2026-01-01" }),
            json!({ "relation": "tenant" }),
        ] {
            town.patch(&path, "*", change).by(&worker).send().is_problem(422, "dwelling-resident-owner");
        }
        town.patch(&path, "*", json!({ "starts_on": "2001-01-01" })).by(&worker).send().is(200);
    }
    // The owners' version moved with it.
    put(&town, &worker, &dwelling, set.header("etag"), json!({ "owners": [owner(&absent, 1, 1)] }))
        .is_problem(412, "version-stale");
}

#[test]
fn of_two_who_set_owners_at_once_the_second_is_told() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let people: [String; 4] = std::array::from_fn(|_| person(&town, &worker, "陈桂芳"));
    let seen = find(&town, &worker, &dwelling).header("etag").to_owned();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all = people.each_ref().map(|resident| {
            let (town, worker, dwelling, seen) = (&town, &worker, &dwelling, &seen);
            let body = json!({ "owners": [owner(resident, 1, 1)] });
            scope.spawn(move || put(town, worker, dwelling, seen, body).status)
        });
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 3, "{statuses:?}");
    assert_eq!(town.count("SELECT count(*) FROM dwelling_residents"), 1);
}

#[test]
fn who_died_keeps_what_they_owned_and_gets_no_more() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling, other] = homes(&town, OWN);
    let [chen, wang] = ["陈桂芳", "王小明"].map(|name| person(&town, &worker, name));
    let halves = json!({ "owners": [owner(&chen, 1, 2), owner(&wang, 1, 2)], "starts_on": "2001-01-01" });
    put(&town, &worker, &dwelling, "*", halves).is(200);
    let died = json!({ "kind": "deceased", "on": "2026-11-01" });
    town.post(&format!("/v1/residents/{chen}/departure"), died).by(&worker).send().is(201);
    assert_eq!(find(&town, &worker, &dwelling).body["owners"].as_array().unwrap().len(), 2);
    let reply = put(&town, &worker, &other, "*", json!({ "owners": [owner(&chen, 1, 1)] }));
    assert_eq!(
        reply.is_problem(409, "dwelling-owner-deceased").body["errors"][0]["pointer"],
        "/owners/0/resident"
    );
    // Succession: the heir owns all of it.
    put(&town, &worker, &dwelling, "*", json!({ "owners": [owner(&wang, 1, 1)] })).is(200);
}
