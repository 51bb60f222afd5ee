//! What becomes of a sign-up, as whoever signed up reads it in the list of their own: what, when and why.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::petitions::neighbour;
use crate::support::volunteering::{ahead, decide, organiser, own_signups, sign_up, withdraw};
use crate::support::{OWN, Person, Town};

/// The newest of one's own sign-ups.
fn newest(town: &Town, by: &Person) -> Value {
    own_signups(town, by)[0].clone()
}

#[test]
fn who_moves_up_or_is_refused_reads_when_and_why() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let [first, second, third] = [(); 3].map(|()| neighbour(&town, OWN));
    let shift = us.shift(&town, &call, json!({ "capacity": 1 }));
    for one in [&first, &second] {
        sign_up(&town, one, &shift).is(201);
    }
    assert_eq!(newest(&town, &second)["state"], "waiting");
    town.clock.advance(TimeDelta::minutes(5));
    withdraw(&town, &first, &shift).is(204);
    let moved = newest(&town, &second);
    assert_eq!((&moved["state"], &moved["moved_up_at"]), (&json!("held"), &moved["updated_at"]));
    assert_ne!(moved["updated_at"], moved["created_at"]);
    let gone = newest(&town, &first);
    assert_eq!((&gone["state"], &gone["updated_at"]), (&json!("withdrawn"), &moved["updated_at"]));
    let asked =
        json!({ "needs_approval": true, "starts_at": ahead(&town, 3000), "ends_at": ahead(&town, 3060) });
    let asked = us.shift(&town, &call, asked);
    let signup = sign_up(&town, &third, &asked).is(201).body.clone();
    assert_eq!(newest(&town, &third)["updated_at"], newest(&town, &third)["created_at"]);
    town.clock.advance(TimeDelta::minutes(5));
    let no = json!({ "decision": "refused", "reason": "名额已满" });
    decide(&town, &town.later(&us.worker), &signup, no).is(201);
    let refused = newest(&town, &third);
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("名额已满")));
    assert_eq!(refused["cancelled_because"], Value::Null);
    assert_ne!(refused["updated_at"], refused["created_at"]);
}

#[test]
fn why_a_shift_is_off_is_read_by_who_signed_up_whether_it_or_its_call_was_cancelled() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let [one, two] = [(); 2].map(|()| neighbour(&town, OWN));
    let lecture = us.shift(&town, &call, json!({}));
    let walk =
        us.shift(&town, &call, json!({ "starts_at": ahead(&town, 3000), "ends_at": ahead(&town, 3060) }));
    sign_up(&town, &one, &lecture).is(201);
    sign_up(&town, &two, &walk).is(201);
    let path = format!("/v1/shifts/{lecture}");
    let change = |more: Value| town.patch(&path, "*", more).by(&town.later(&us.worker)).send();
    for keeps in [json!({}), json!({ "is_cancelled": false })] {
        let body = crate::support::archive::with(json!({ "cancelled_because": "主讲人生病" }), keeps);
        change(body).is_problem(422, "shift-reason-unfit");
    }
    let off = change(json!({ "is_cancelled": true, "cancelled_because": "主讲人生病" }));
    assert_eq!(off.is(200).body["cancelled_because"], "主讲人生病");
    let told = |by: &Person| {
        let own = newest(&town, by);
        (own["state"].clone(), own["cancelled_because"].clone())
    };
    assert_eq!(told(&one), (json!("cancelled"), json!("主讲人生病")));
    assert_eq!(told(&two), (json!("held"), Value::Null));
    us.step(&town, &call, "cancellation").is(201);
    assert_eq!(told(&two), (json!("cancelled"), json!("当日有暴雨预警")));
    // What was off before is off for its own reason.
    assert_eq!(told(&one), (json!("cancelled"), json!("主讲人生病")));
}
