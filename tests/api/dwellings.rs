//! Dwellings: their area is exact.

use lilong::access::role::Role;
use serde_json::json;

use crate::support::{OWN, Town};

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
