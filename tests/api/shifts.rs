//! Signing up for shifts: places and the line behind them, who may come, when it is too late, and who learns of it.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::petitions::{key, neighbour};
use crate::support::volunteering::{
    Organiser, add_shift, ahead, born, decide, organiser, own_signups, record, replay, sign_up, sign_up_with,
    withdraw,
};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn change(town: &Town, us: &Organiser, shift: &str, more: Value) -> Reply {
    town.patch(&format!("/v1/shifts/{shift}"), "*", more).by(&town.later(&us.worker)).send()
}

fn state(town: &Town, by: &Person) -> Value {
    own_signups(town, by)[0]["state"].clone()
}

#[test]
fn places_are_limited_and_who_waits_moves_up_in_order() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "withdraw_until": ahead(&town, 1000) }));
    let all: Vec<Person> = (0..5).map(|_| neighbour(&town, OWN)).collect();
    let first = sign_up(&town, &all[0], &shift);
    assert_eq!((&first.is(201).body["state"], &first.body["position"]), (&json!("held"), &Value::Null));
    assert_eq!(
        (&first.body["resident"], first.header("cache-control")),
        (&json!(record(&town, &all[0])), "no-store")
    );
    sign_up(&town, &all[1], &shift).is(201);
    for (n, one) in all[2..].iter().enumerate() {
        let waits = sign_up(&town, one, &shift);
        assert_eq!(
            (&waits.is(201).body["state"], &waits.body["position"]),
            (&json!("waiting"), &json!(n + 1))
        );
    }
    sign_up(&town, &all[2], &shift).is_problem(409, "shift-signed-up-already");
    assert_eq!(replay(&town, &shift), (2, 3));
    town.follow_link(&format!("/v1/shifts/{shift}/signups?limit=4"), &us.worker);
    // One of the line leaves it, one of the two gives a place back.
    withdraw(&town, &all[2], &shift).is(204);
    withdraw(&town, &all[2], &shift).is_problem(409, "shift-not-signed-up");
    assert_eq!(own_signups(&town, &all[4])[0]["position"], 2);
    withdraw(&town, &all[0], &shift).is(204);
    assert_eq!((state(&town, &all[3]), state(&town, &all[4])), (json!("held"), json!("waiting")));
    assert!(own_signups(&town, &all[3])[0]["moved_up_at"].is_string());
    assert_eq!(town.count("SELECT count(*) FROM outbox WHERE topic = 'shift_signup.moved_up'"), 1);
    // Whoever comes again stands at the end.
    sign_up(&town, &all[0], &shift).is(201);
    assert_eq!(replay(&town, &shift), (2, 2));
    // More places, and fewer.
    change(&town, &us, &shift, json!({ "capacity": 3 })).is(200);
    assert_eq!((state(&town, &all[4]), replay(&town, &shift)), (json!("held"), (3, 1)));
    change(&town, &us, &shift, json!({ "capacity": 2 })).is_problem(409, "shift-capacity-taken");
    change(&town, &us, &shift, json!({ "ends_at": ahead(&town, 1600) })).is_problem(409, "shift-signed-up");
}

#[test]
fn a_shift_is_read_by_itself_and_its_tag_moves_with_its_places() {
    let town = Town::new();
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    let call = us.published(&town, json!({ "visibility": "community" }));
    let made = add_shift(&town, &us.worker, &call, json!({}));
    let path = made.is(201).header("location").to_owned();
    let find = |by: &Person| town.get(&path).by(by).send();
    let seen = find(&one);
    assert_eq!((seen.is(200).body["taken"].clone(), &seen.body["id"]), (json!(0), &made.body["id"]));
    // Whoever sees the call, and nobody else.
    find(&town.resident()).is_problem(404, "not-found");
    let tag = seen.header("etag").to_owned();
    let again = |tag: &str| town.get(&path).header("If-None-Match", tag).by(&one).send().status;
    assert_eq!(again(&tag), 304);
    sign_up(&town, &one, made.body["id"].as_str().unwrap()).is(201);
    // One more place is taken: the tag is another, and the version that changes are held against is the same.
    assert_eq!((again(&tag), &find(&one).body["version"]), (200, &seen.body["version"]));
    let change =
        |tag: &str| town.patch(&path, tag, json!({ "place": "二楼" })).by(&town.later(&us.worker)).send();
    change("\"v1\"").is(200);
    change(&tag).is_problem(412, "version-stale");
    let now = find(&one).header("etag").to_owned();
    change(&now).is(200);
    // A shift that its call closes is not the same to read, either.
    let open = find(&one).header("etag").to_owned();
    us.step(&town, &call, "closure").is(201);
    assert_eq!((again(&open), &find(&one).body["is_open"]), (200, &json!(false)));
}

#[test]
fn a_place_is_given_back_in_time_and_one_request_is_one_place() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "withdraw_until": ahead(&town, 1000) }));
    let all: Vec<Person> = (0..2).map(|_| neighbour(&town, OWN)).collect();
    for one in &all {
        sign_up(&town, one, &shift).is(201);
    }
    // The same request again is the same place.
    let late = neighbour(&town, OWN);
    let send = |key: &str| {
        let call =
            town.post(&format!("/v1/shifts/{shift}/signups"), json!({})).header("Idempotency-Key", key);
        call.by(&late).send()
    };
    let once = key();
    let (one, two) = (send(&once), send(&once));
    assert_eq!((one.is(201).text.clone(), two.header("idempotency-replayed")), (two.text.clone(), "true"));
    // After the deadline a place is kept, and a place in the line is not.
    town.clock.advance(TimeDelta::minutes(1001));
    withdraw(&town, &all[1], &shift).is_problem(409, "shift-withdrawal-late");
    withdraw(&town, &late, &shift).is(204);
    town.clock.advance(TimeDelta::minutes(440));
    withdraw(&town, &all[0], &shift).is_problem(409, "shift-withdrawal-late");
    sign_up(&town, &late, &shift).is_problem(409, "shift-begun");
    change(&town, &us, &shift, json!({ "capacity": 9 })).is_problem(409, "shift-begun");
    assert_eq!(replay(&town, &shift), (2, 0));
}

#[test]
fn nobody_is_in_two_places_at_a_time_and_tight_ones_are_told() {
    let town = Town::new();
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    let (first, second) = (us.published(&town, json!({})), us.published(&town, json!({})));
    let at = |call: &str, from: i64, until: i64| {
        us.shift(&town, call, json!({ "starts_at": ahead(&town, from), "ends_at": ahead(&town, until) }))
    };
    let noon = at(&first, 1440, 1560);
    assert_eq!(sign_up(&town, &one, &noon).is(201).body["is_tight"], false);
    let meets = at(&second, 1500, 1600);
    sign_up(&town, &one, &meets).is_problem(409, "shift-clash");
    // One that begins when the other ends is possible, and tight.
    let next = at(&second, 1560, 1620);
    assert_eq!(sign_up(&town, &one, &next).is(201).body["is_tight"], true);
    // Hours of one's own choice are in nobody's way.
    let week = us.shift(&town, &second, json!({ "kind": "flexible", "ends_at": ahead(&town, 9000) }));
    assert_eq!(sign_up(&town, &one, &week).is(201).body["is_tight"], false);
    // Waiting counts as being there: one can't move up into two places.
    let full = at(&first, 4000, 4060);
    for _ in 0..2 {
        sign_up(&town, &neighbour(&town, OWN), &full).is(201);
    }
    assert_eq!(sign_up(&town, &one, &full).is(201).body["state"], "waiting");
    let beside = at(&second, 4030, 4100);
    sign_up(&town, &one, &beside).is_problem(409, "shift-clash");
    withdraw(&town, &one, &full).is(204);
    sign_up(&town, &one, &beside).is(201);
    // A place at the same time elsewhere is refused at once for one of two that come together.
    let two = neighbour(&town, OWN);
    let (left, right) = (at(&first, 6000, 6060), at(&second, 6000, 6060));
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let (town, two) = (&town, &two);
        let both = [&left, &right].map(|shift| scope.spawn(move || sign_up(town, two, shift).status));
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 201).count(), 1, "{codes:?}");
    for shift in [&noon, &next, &week, &full, &beside, &left, &right] {
        replay(&town, shift);
    }
}

#[test]
fn who_comes_is_of_the_range_verified_and_of_the_age_that_is_asked() {
    let town = Town::new();
    let us = organiser(&town);
    let asked = json!({ "minimum_age": 18, "maximum_age": 65, "skill": "会操作叉车", "training": "急救" });
    let call = us.published(
        &town,
        json!({ "visibility": "community", "requirements": asked, "risks": "搬运时可能扭伤" }),
    );
    let shift = us.shift(&town, &call, json!({}));
    let (one, sibling) = (neighbour(&town, OWN), neighbour(&town, SIBLING));
    for stranger in [&sibling, &town.resident(), &neighbour(&town, ELSEWHERE)] {
        sign_up(&town, stranger, &shift).is_problem(404, "not-found");
    }
    // Staff see it, and are no residents of it.
    sign_up(&town, &us.worker, &shift).is_problem(409, "shift-outside");
    // Nobody knows how old they are.
    sign_up(&town, &one, &shift).is_problem(409, "shift-age-unfit");
    let day = |years: i32, days: i64| {
        let then = lilong::kit::clock::local_date(town.now() + TimeDelta::days(days));
        then.checked_sub_months(chrono::Months::new(years as u32 * 12)).unwrap().to_string()
    };
    for (birth, fits) in [(day(18, 2), false), (day(18, 1), true), (day(66, 1), false), (day(66, 2), true)] {
        born(&town, &one, &birth);
        let reply = sign_up(&town, &one, &shift);
        match fits {
            true => drop((reply.is(201), withdraw(&town, &one, &shift).is(204).status)),
            false => drop(reply.is_problem(409, "shift-age-unfit").status),
        }
    }
    for confirms in [json!([]), json!(["risks", "skill"]), json!(["skill", "training"])] {
        let reply = sign_up_with(&town, &one, &shift, "", json!({ "confirms": confirms }));
        assert_eq!(reply.is_problem(422, "shift-unconfirmed").body["errors"][0]["pointer"], "/confirms");
    }
    // Own people first, then everybody.
    let open = us.published(&town, json!({}));
    let later = us.shift(&town, &open, json!({ "own_first_until": ahead(&town, 60), "starts_at": ahead(&town, 5000), "ends_at": ahead(&town, 5060) }));
    sign_up(&town, &sibling, &later).is_problem(409, "shift-own-first");
    sign_up(&town, &one, &later).is(201);
    town.clock.advance(TimeDelta::minutes(61));
    sign_up(&town, &sibling, &later).is(201);
    // A record that left is nobody's any more.
    town.execute(&format!(
        "UPDATE residents SET status = 'departed' WHERE id = '{}'",
        record(&town, &sibling)
    ));
    let more =
        us.shift(&town, &open, json!({ "starts_at": ahead(&town, 7000), "ends_at": ahead(&town, 7060) }));
    sign_up(&town, &sibling, &more).is_problem(409, "shift-outside");
    withdraw(&town, &sibling, &later).is_problem(409, "shift-not-signed-up");
}

#[test]
fn who_organises_decides_and_nobody_else_learns_who_comes() {
    let town = Town::new();
    let us = organiser(&town);
    let call = us.published(&town, json!({}));
    let shift = us.shift(&town, &call, json!({ "needs_approval": true, "capacity": 1 }));
    let all: Vec<Person> = (0..3).map(|_| neighbour(&town, OWN)).collect();
    let asked: Vec<Value> = all.iter().map(|one| sign_up(&town, one, &shift).is(201).body.clone()).collect();
    assert_eq!(replay(&town, &shift), (0, 0));
    let (approve, refuse) =
        (json!({ "decision": "approved" }), json!({ "decision": "refused", "reason": "名额已满" }));
    for by in [
        &all[1],
        &town.resident(),
        &town.staff(Role::CommitteeHead, SIBLING),
        &town.staff(Role::GroupLeader, OWN),
    ] {
        decide(&town, by, &asked[0], approve.clone()).is_problem(403, "forbidden");
        town.get(&format!("/v1/shifts/{shift}/signups")).by(by).send().is_problem(403, "forbidden");
    }
    decide(&town, &us.worker, &asked[0], json!({ "decision": "refused" }))
        .is_problem(422, "shift-signup-reason-missing");
    assert_eq!(decide(&town, &us.worker, &asked[2], approve.clone()).is(201).body["state"], "held");
    // The next that is approved waits behind; who is refused after all makes room.
    assert_eq!(decide(&town, &us.worker, &asked[1], approve.clone()).is(201).body["state"], "waiting");
    decide(&town, &us.worker, &asked[1], approve.clone()).is_problem(409, "shift-signup-state-unfit");
    assert_eq!(decide(&town, &us.worker, &asked[2], refuse.clone()).is(201).body["state"], "refused");
    assert_eq!((state(&town, &all[1]), replay(&town, &shift)), (json!("held"), (1, 0)));
    decide(&town, &us.worker, &asked[2], refuse).is_problem(409, "shift-signup-state-unfit");
    assert_eq!(own_signups(&town, &all[2])[0]["reason"], "名额已满");
    let seen = us.signups(&town, &shift);
    let told: Vec<_> =
        seen.iter().map(|one| (one["name"].as_str().unwrap(), one["state"].as_str().unwrap())).collect();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|(name, _)| *name == "陈桂芳"));
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'list_shift_signups'"), 1);
    town.get(&format!("/v1/shifts/{shift}/signups"))
        .by(&town.staff(Role::StreetOfficer, PARENT))
        .send()
        .is(200);
    // A worker who lives there does not decide about themselves.
    let worker = neighbour(&town, OWN);
    town.appoint(&worker, Role::CommitteeWorker, OWN);
    let own = sign_up(&town, &worker, &shift).is(201).body.clone();
    decide(&town, &worker, &own, approve).is_problem(409, "shift-signup-own");
    // Of a sealed record nobody is told the name.
    town.execute(&format!("UPDATE residents SET status = 'erased' WHERE id = '{}'", record(&town, &all[1])));
    assert!(us.signups(&town, &shift).iter().any(|one| one["name"].is_null()));
}
