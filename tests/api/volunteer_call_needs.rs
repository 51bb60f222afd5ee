//! Who is wanted for a call, and how many of them there are.

use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::volunteering::{ahead, organiser, sign_up, withdraw};
use crate::support::{OWN, Town};

#[test]
fn each_need_tells_how_many_people_have_places_of_its_role() {
    let town = Town::new();
    let us = organiser(&town);
    let needs = json!([{ "role": "搬运", "quantity": 3 }, { "role": "记录", "quantity": 1 }]);
    let call = us.published(&town, json!({ "needs": needs }));
    let at = |role: &str, from: i64| {
        let times = json!({ "starts_at": ahead(&town, from), "ends_at": ahead(&town, from + 60) });
        us.shift(&town, &call, crate::support::archive::with(json!({ "role": role, "capacity": 2 }), times))
    };
    let [first, next, notes, tea] =
        [("搬运", 1440), ("搬运", 2880), ("记录", 1440), ("茶水", 4320)].map(|(role, from)| at(role, from));
    let all = [(); 4].map(|()| neighbour(&town, OWN));
    // One comes twice as the same, one waits, and tea is nobody's need.
    for (one, shift) in [(0, &first), (0, &next), (1, &first), (2, &first), (3, &notes), (3, &tea)] {
        sign_up(&town, &all[one], shift).is(201);
    }
    let told = || -> Vec<Value> {
        let path = format!("/v1/volunteer-calls/{call}");
        let found = town.get(&path).by(&all[0]).send();
        found.is(200).body["needs"].as_array().unwrap().iter().map(|need| need["filled"].clone()).collect()
    };
    assert_eq!(told(), [2, 1]);
    withdraw(&town, &all[3], &notes).is(204);
    assert_eq!(told(), [2, 0]);
    // Who waited moves up in the place of one who comes to the other shift still.
    withdraw(&town, &all[0], &first).is(204);
    assert_eq!(told(), [3, 0]);
}

#[test]
fn one_role_is_one_need() {
    let town = Town::new();
    let us = organiser(&town);
    let twice = json!([{ "role": "搬运", "quantity": 3 }, { "role": " 搬运 ", "quantity": 1 }]);
    let made = town.post("/v1/volunteer-calls", us.draft(json!({ "needs": twice }))).by(&us.worker).send();
    let refused = made.is_problem(422, "volunteer-call-need-doubled");
    assert_eq!(refused.body["errors"][0]["pointer"], "/needs/1/role");
    let path = format!("/v1/volunteer-calls/{}", us.call(&town, json!({})));
    let changed = town.patch(&path, "*", json!({ "needs": twice })).by(&us.worker).send();
    changed.is_problem(422, "volunteer-call-need-doubled");
}
