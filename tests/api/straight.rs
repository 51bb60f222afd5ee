//! Lists that are written as their rows come say to the letter what each thing says when it is found by itself.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::buildings::building;
use crate::estates::estate;
use crate::support::archive::{draft, enter, with, with_card};
use crate::support::{OWN, Person, Town};

/// The things at these addresses, each as it is found.
fn found(town: &Town, by: &Person, address: &str, ids: &[Value]) -> Vec<String> {
    let path = |id: &Value| format!("{address}/{}", id.as_str().unwrap());
    ids.iter().map(|id| town.get(&path(id)).by(by).send().is(200).text.clone()).collect()
}

fn page_of(items: &[String]) -> String {
    format!(r#"{{"items":[{}],"next_cursor":null,"has_more":false}}"#, items.join(","))
}

fn ids(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
}

#[test]
fn dwellings_are_listed_as_they_are_found() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let building = building(&town, &head, &estate(&town, &head, OWN, "宝钢五村"), "247号", &["1", r#"东"\"#]);
    let empty = town.get("/v1/dwellings").by(&head).send();
    assert_eq!(empty.is(200).text, page_of(&[]));
    for (unit, number, floor, area) in [
        ("1", "502", Some(5), Some("89.50")),
        (r#"东"\"#, r#""5\2"<𠮷>"#, None, None),
        ("1", "地下/3", Some(-10), Some("0.01")),
    ] {
        let draft = json!({
            "building": building, "unit": unit, "number": number, "floor": floor, "exclusive_area": area
        });
        town.post("/v1/dwellings", draft).by(&head).send().is(201);
    }
    town.execute(r#"UPDATE dwellings SET unit = E'\x01\t\x7f\u2028"\\' WHERE number LIKE '地下%'"#);
    town.execute("UPDATE dwellings SET created_at = '1999-12-31T23:59:59Z' WHERE number = '502'");
    let list = town.get("/v1/dwellings").by(&head).send();
    assert_eq!(list.is(200).text, page_of(&found(&town, &head, "/v1/dwellings", &ids(&list.body))));
    assert_eq!(list.body["items"].as_array().unwrap().len(), 3);
}

#[test]
fn a_page_ends_where_the_next_begins() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let building = building(&town, &head, &estate(&town, &head, OWN, "宝钢五村"), "247号", &[]);
    for number in ["101", "102", "103", "104"] {
        town.post("/v1/dwellings", json!({ "building": building, "number": number }))
            .by(&head)
            .send()
            .is(201);
    }
    let all = ids(&town.get("/v1/dwellings").by(&head).send().is(200).body);
    let first = town.get("/v1/dwellings?limit=3").by(&head).send();
    let cursor = first.is(200).body["next_cursor"].as_str().unwrap();
    assert!(first.header("link").contains(cursor), "{}", first.header("link"));
    let second = town.get(&format!("/v1/dwellings?limit=3&cursor={cursor}")).by(&head).send();
    assert_eq!([ids(&first.body), ids(&second.is(200).body)].concat(), all);
    assert_eq!(second.body["has_more"], false);
    // Exactly full: there is no next page.
    assert_eq!(town.get("/v1/dwellings?limit=4").by(&head).send().is(200).body["has_more"], false);
}

#[test]
fn residents_are_listed_as_their_records_begin() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    enter(&town, &worker, with_card("陈桂芳"));
    enter(&town, &worker, draft("𠮷田·阿依古丽"));
    enter(&town, &worker, with(draft("O'Brien"), json!({ "sex": "male", "born_on": "1800-01-01" })));
    let list = town.get("/v1/residents").by(&worker).send();
    let records = found(&town, &worker, "/v1/residents", &ids(&list.is(200).body));
    // What lists leave away comes behind.
    let begun = records.iter().map(|record| record.split_once(r#","document":"#).unwrap().0.to_owned() + "}");
    assert_eq!(list.text, page_of(&begun.collect::<Vec<_>>()));
    assert_eq!(records.len(), 3);
    let hidden = town.get("/v1/residents?status=restricted").by(&worker).send();
    assert_eq!(hidden.is(200).text, page_of(&[]));
}
