//! One person's homes: what they are and were where, within the range of whoever asks; and the household they are in.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{homes, move_in, person};
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

fn listed(town: &Town, by: &Person, resident: &str) -> Vec<Value> {
    let reply = town.get(&format!("/v1/residents/{resident}/homes")).by(by).send();
    assert_eq!(reply.is(200).header("cache-control"), "no-store");
    reply.body["items"].as_array().unwrap().clone()
}

fn numbers(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["number"].as_str().unwrap()).collect()
}

#[test]
fn a_person_s_homes_are_told_by_name_the_last_entered_first() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let dwellings: [String; 3] = homes(&town, OWN);
    let (chen, wang) = (person(&town, &worker, "陈桂芳"), person(&town, &worker, "王小明"));
    assert!(listed(&town, &worker, &chen).is_empty());
    for dwelling in &dwellings[..2] {
        move_in(&town, &worker, dwelling, json!({ "resident": chen, "relation": "occupant" }));
    }
    let half = json!({ "numerator": 1, "denominator": 2 });
    let owners =
        json!({ "owners": [{ "resident": chen, "share": half }, { "resident": wang, "share": half }] });
    town.put(&format!("/v1/dwellings/{}/owners", dwellings[2]), "*", owners).by(&worker).send().is(200);
    let items = listed(&town, &worker, &chen);
    assert_eq!(numbers(&items), ["2", "1", "0"]);
    assert_eq!(
        (&items[0]["relation"], &items[0]["share"], &items[0]["source"], &items[0]["building_number"]),
        (&json!("owner"), &half, &json!("property_register"), &json!("247号"))
    );
    assert_eq!((&items[1]["is_living"], &items[1]["ends_on"]), (&json!(true), &Value::Null));
    assert!(items[2]["ends_on"].is_string() && items[2]["dwelling"] == json!(dwellings[0]));
    let path = format!("/v1/residents/{chen}/homes?limit=2");
    let page = town.get(&path).by(&worker).send();
    assert_eq!(numbers(page.is(200).body["items"].as_array().unwrap()), ["2", "1"]);
    let cursor = page.body["next_cursor"].as_str().unwrap();
    let rest = town.get(&format!("{path}&cursor={cursor}")).by(&worker).send();
    assert_eq!(numbers(rest.is(200).body["items"].as_array().unwrap()), ["0"]);
    town.get(&format!("/v1/residents/{wang}/homes?limit=2&cursor={cursor}"))
        .by(&worker)
        .send()
        .is_problem(400, "cursor-invalid");
}

#[test]
fn homes_outside_of_the_range_are_not_told() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let ([here], [there]) = (homes(&town, OWN), homes(&town, SIBLING));
    let chen = person(&town, &worker, "陈桂芳");
    move_in(&town, &worker, &here, json!({ "resident": chen, "relation": "occupant" }));
    town.execute(&format!(
        "INSERT INTO dwelling_residents (id, dwelling_id, division, resident_id, relation, is_living, starts_on, ends_on, source, created_at, updated_at)
             VALUES (gen_random_uuid(), '{there}', {SIBLING}, '{chen}', 'occupant', true, '2010-01-01', '2015-01-01', 'worker', now(), now())"
    ));
    let told = |by: &Person| -> Vec<String> {
        let items = listed(&town, by, &chen);
        items.iter().map(|item| item["dwelling"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(told(&worker), [here.as_str()]);
    let both = told(&street);
    assert!(both.len() == 2 && both.contains(&here) && both.contains(&there), "{both:?}");
    let path = format!("/v1/residents/{chen}/homes");
    town.get(&path).by(&sibling).send().is_problem(404, "not-found");
    town.get(&path).by(&town.staff(Role::Dispatcher, PARENT)).send().is_problem(403, "forbidden");
    town.execute(&format!("UPDATE residents SET status = 'restricted' WHERE id = '{chen}'"));
    town.get(&path).by(&worker).send().is_problem(404, "not-found");
}

#[test]
fn a_merged_record_answers_with_the_homes_of_the_one_that_stays() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let (old, new) = (person(&town, &worker, "陈桂芳"), person(&town, &worker, "陈桂芳"));
    move_in(&town, &worker, &dwelling, json!({ "resident": old, "relation": "occupant" }));
    let body = json!({ "from": old, "into": new, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&worker).send().is(201);
    for record in [&old, &new] {
        assert_eq!(numbers(&listed(&town, &worker, record)), ["0"]);
    }
}

#[test]
fn a_household_is_found_by_whoever_is_in_it() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let [chen, wang, li] = ["陈桂芳", "王小明", "李秀英"].map(|name| person(&town, &worker, name));
    let member = |resident: &str, relation: &str| json!({ "resident": resident, "relation": relation });
    let create = |members: Value| {
        let body = json!({ "division": OWN, "members": members });
        let reply = town.post("/v1/households", body).by(&worker).send();
        reply.is(201).body["id"].as_str().unwrap().to_owned()
    };
    let first = create(json!([member(&chen, "head"), member(&wang, "spouse")]));
    let second = create(json!([member(&li, "head")]));
    let found = |by: &Person, resident: &str| -> Vec<String> {
        let reply = town.get(&format!("/v1/households?resident={resident}")).by(by).send();
        let items = reply.is(200).body["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((found(&worker, &wang), found(&worker, &li)), (vec![first.clone()], vec![second]));
    assert!(found(&sibling, &wang).is_empty());
    // Who has left is in it no more.
    let fewer = json!({ "members": [member(&chen, "head")] });
    town.patch(&format!("/v1/households/{first}"), "*", fewer).by(&worker).send().is(200);
    assert!(found(&worker, &wang).is_empty());
    town.execute(&format!("UPDATE residents SET status = 'restricted' WHERE id = '{chen}'"));
    assert!(found(&worker, &chen).is_empty());
}
