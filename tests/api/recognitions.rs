//! Community stars and vital building groups: nobody is shown before they agreed, nobody confirms whom they nominated, and what is
//! shown is what was agreed to.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::with;
use crate::support::petitions::{neighbour, officer, organisation};
use crate::support::volunteering::{born, organiser, record};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

const BY_SKILL: &str = "/v1/recognitions?skill=%E4%BF%AE%E8%87%AA%E8%A1%8C%E8%BD%A6";

fn star(resident: Option<&str>, more: Value) -> Value {
    let draft = json!({
        "kind": "community_star", "resident": resident, "title": "社区达人", "story": "二十年来为邻居免费修自行车。", "skills": ["修自行车"]
    });
    with(draft, more)
}

fn nominate(town: &Town, by: &Person, draft: Value) -> Reply {
    town.post("/v1/recognitions", draft).by(&town.later(by)).send()
}

fn id(reply: &Reply) -> String {
    reply.is(201).body["id"].as_str().expect("an id").to_owned()
}

fn step(town: &Town, by: &Person, id: &str, part: &str, body: Option<Value>) -> Reply {
    let call = town.call("POST", &format!("/v1/recognitions/{id}/{part}"));
    match body {
        Some(body) => call.json(&body).by(&town.later(by)).send(),
        None => call.by(&town.later(by)).send(),
    }
}

fn agree(town: &Town, by: &Person, id: &str, body: Value) -> Reply {
    town.put(&format!("/v1/recognitions/{id}/agreement"), "*", body).by(&town.later(by)).send()
}

fn see(town: &Town, by: &Person, id: &str) -> Reply {
    town.get(&format!("/v1/recognitions/{id}")).by(&town.later(by)).send()
}

fn count(town: &Town, by: &Person, path: &str) -> usize {
    let page = town.get(path).by(&town.later(by)).send();
    page.is(200).body["items"].as_array().expect("items").len()
}

/// Lets the days of publicity pass.
fn wait(town: &Town) {
    town.clock.advance(TimeDelta::days(6));
}

struct Office {
    organisation: Uuid,
    worker: Person,
    head: Person,
    street: Uuid,
}

fn office(town: &Town) -> Office {
    let us = organiser(town);
    let head = officer(town, Role::CommitteeHead, OWN, us.organisation);
    let street = organisation(town, "友谊路街道办事处", "street_office", PARENT);
    Office { organisation: us.organisation, worker: us.worker, head, street }
}

#[test]
fn a_star_is_shown_as_far_as_they_agreed_and_confirmed_by_somebody_else() {
    let town = Town::new();
    let us = office(&town);
    let (chen, near, far) = (neighbour(&town, OWN), neighbour(&town, OWN), neighbour(&town, SIBLING));
    let resident = record(&town, &chen);
    // Who reaches nobody there nominates nobody there.
    let elsewhere = town.staff(Role::CommitteeWorker, SIBLING);
    for by in [&elsewhere, &far, &near] {
        nominate(&town, by, star(Some(&resident), json!({}))).is_problem(403, "forbidden");
    }
    nominate(&town, &us.worker, star(Some(&resident), json!({ "kind": "vital_group" })))
        .is_problem(422, "recognition-nominee-unfit");
    // Twice at once is once.
    let tries: Vec<Reply> = std::thread::scope(|scope| {
        let go = || nominate(&town, &us.head, star(Some(&resident), json!({})));
        [scope.spawn(go), scope.spawn(go)].into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let made: Vec<&Reply> = tries.iter().filter(|reply| reply.status == 201).collect();
    assert_eq!(made.len(), 1);
    let id = id(made[0]);
    nominate(&town, &us.worker, star(Some(&resident), json!({}))).is_problem(409, "recognition-held");
    // Nobody is shown before they agreed, and nobody agrees for them.
    step(&town, &us.worker, &id, "publicity", None).is_problem(409, "recognition-state-unfit");
    see(&town, &near, &id).is_problem(404, "not-found");
    agree(&town, &near, &id, json!({ "agrees": true })).is_problem(404, "not-found");
    agree(&town, &us.worker, &id, json!({ "agrees": true })).is_problem(403, "forbidden");
    let agreed = agree(&town, &chen, &id, json!({ "agrees": true, "shows": ["story", "story"] }));
    assert_eq!(agreed.is(200).body["state"], "agreed");
    assert_eq!(agreed.body["agreement"]["shows"], json!(["story"]));
    step(&town, &chen, &id, "publicity", None).is_problem(403, "forbidden");
    step(&town, &us.head, &id, "publicity", None).is(201);
    let shown = see(&town, &far, &id);
    let told = &shown.is(200).body;
    assert_eq!((&told["name"], &told["resident"], &told["skills"]), (&json!(null), &json!(null), &json!([])));
    assert_eq!((&told["story"], &told["agreement"]), (&json!("二十年来为邻居免费修自行车。"), &json!(null)));
    assert_eq!(see(&town, &us.worker, &id).body["name"], "陈桂芳");
    confirmed(&town, &us, &id);
    found_as_agreed(&town, &us, &id, [&chen, &near, &far, &elsewhere]);
}

fn found_as_agreed(town: &Town, us: &Office, id: &str, [chen, near, far, elsewhere]: [&Person; 4]) {
    // Found by skill is who let it be known: by staff, and by neighbours only where the skills are shown.
    let counts = || [&us.worker, near].map(|by| count(town, by, BY_SKILL));
    assert_eq!(counts(), [0, 0]);
    agree(town, chen, id, json!({ "agrees": true, "shows": ["name"], "is_findable": true })).is(200);
    assert_eq!(counts(), [1, 0]);
    agree(town, chen, id, json!({ "agrees": true, "shows": ["name", "skills"] })).is(200);
    assert_eq!(counts(), [1, 1]);
    assert_eq!(count(town, elsewhere, BY_SKILL), 1);
    let told = see(town, far, id).body.clone();
    assert_eq!((&told["name"], &told["story"]), (&json!("陈桂芳"), &json!(null)));
    // The holder gives it back, and nobody else finds it any more.
    assert_eq!(agree(town, chen, id, json!({ "agrees": false })).is(200).body["state"], "withdrawn");
    see(town, far, id).is_problem(404, "not-found");
    assert_eq!(counts(), [0, 0]);
    assert_eq!(count(town, chen, "/v1/recognitions"), 1);
    agree(town, chen, id, json!({ "agrees": true })).is_problem(409, "recognition-state-unfit");
}

/// The publicity runs its days, and somebody else than who nominated grants the title.
fn confirmed(town: &Town, us: &Office, id: &str) {
    let granted = json!({ "granted_by": us.organisation });
    let street = town.staff(Role::StreetOfficer, PARENT);
    step(town, &street, id, "confirmation", Some(granted.clone()))
        .is_problem(409, "recognition-publicity-running");
    wait(town);
    step(town, &us.worker, id, "confirmation", Some(granted.clone())).is_problem(403, "forbidden");
    step(town, &us.head, id, "confirmation", Some(granted.clone())).is_problem(409, "recognition-own");
    let sibling = organisation(town, "宝林居委会", "residents_committee", SIBLING);
    step(town, &street, id, "confirmation", Some(json!({ "granted_by": sibling })))
        .is_problem(422, "recognition-granter-unfit");
    step(town, &street, id, "confirmation", Some(granted.clone())).is(201);
    step(town, &street, id, "confirmation", Some(granted)).is_problem(409, "recognition-state-unfit");
}

#[test]
fn objections_are_heard_answered_and_hold() {
    let town = Town::new();
    let us = office(&town);
    let (chen, near, far) = (neighbour(&town, OWN), neighbour(&town, OWN), neighbour(&town, SIBLING));
    // Oneself, by one's own account.
    let id = id(&nominate(&town, &chen, star(None, json!({}))));
    nominate(&town, &town.resident(), star(None, json!({}))).is_problem(422, "recognition-nominee-unfit");
    agree(&town, &chen, &id, json!({ "agrees": true, "shows": ["name", "story"] })).is(200);
    let said = Some(json!({ "text": "事迹与事实不符。" }));
    let object = |by: &Person| step(&town, by, &id, "objections", said.clone());
    object(&near).is_problem(404, "not-found");
    step(&town, &us.worker, &id, "publicity", None).is(201);
    object(&far).is_problem(403, "forbidden");
    object(&chen).is_problem(409, "recognition-own");
    let objection = object(&near).is(201).body.clone();
    object(&near).is_problem(409, "recognition-objection-made");
    // Who objected is told to nobody, and what was said to staff alone.
    for by in [&near, &chen, &far] {
        step_list(&town, by, &id).is_problem(403, "forbidden");
    }
    let listed = step_list(&town, &us.worker, &id);
    assert_eq!(listed.is(200).body["items"][0]["text"], "事迹与事实不符。");
    assert!(!listed.text.contains(&near.account.to_string()));
    object(&neighbour(&town, OWN)).is(201);
    town.follow_link(&format!("/v1/recognitions/{id}/objections?limit=1"), &town.later(&us.worker));
    wait(&town);
    object(&neighbour(&town, OWN)).is_problem(409, "recognition-objection-closed");
    let granted = json!({ "granted_by": us.street });
    let confirm = || step(&town, &us.head, &id, "confirmation", Some(granted.clone()));
    confirm().is_problem(409, "recognition-objected");
    let part = format!("objections/{}/answer", objection["id"].as_str().unwrap());
    let answer = |by: &Person, outcome: &str| {
        step(&town, by, &id, &part, Some(json!({ "outcome": outcome, "answer": "经走访核实。" })))
    };
    answer(&near, "dismissed").is_problem(403, "forbidden");
    assert_eq!(answer(&us.worker, "upheld").is(201).body["outcome"], "upheld");
    answer(&us.worker, "dismissed").is_problem(409, "recognition-objection-answered");
    confirm().is_problem(409, "recognition-objected");
    step(&town, &us.head, &id, "refusal", Some(json!({ "reason": "异议成立" }))).is(201);
    let told = see(&town, &chen, &id).body.clone();
    assert_eq!((&told["state"], &told["reason"]), (&json!("refused"), &json!("异议成立")));
    see(&town, &near, &id).is_problem(404, "not-found");
    // Refused is no title: it may be asked again.
    nominate(&town, &us.worker, star(Some(&record(&town, &chen)), json!({}))).is(201);
}

fn step_list(town: &Town, by: &Person, id: &str) -> Reply {
    town.get(&format!("/v1/recognitions/{id}/objections")).by(&town.later(by)).send()
}

#[test]
fn a_childs_guardian_decides_what_is_shown() {
    let town = Town::new();
    let us = office(&town);
    let (child, mother) = (neighbour(&town, OWN), neighbour(&town, OWN));
    born(&town, &child, "2015-01-01");
    let (ward, guardian) = (record(&town, &child), record(&town, &mother));
    let id = id(&nominate(&town, &us.worker, star(Some(&ward), json!({ "title": "小小志愿者" }))));
    agree(&town, &child, &id, json!({ "agrees": true })).is_problem(409, "recognition-guardian-missing");
    agree(&town, &mother, &id, json!({ "agrees": true })).is_problem(404, "not-found");
    town.execute(&format!(
        "INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
             VALUES ('{}', '{ward}', '{guardian}', {OWN}, 'parent', '户口簿', '{}', now())",
        lilong::kit::id::next(),
        us.worker.account
    ));
    assert_eq!(agree(&town, &mother, &id, json!({ "agrees": false })).is(200).body["state"], "declined");
    // Declined is no title: it may be asked again.
    nominate(&town, &us.worker, star(Some(&ward), json!({ "title": "小小志愿者" }))).is(201);
}

#[test]
fn a_group_applies_is_assessed_by_the_rows_of_its_place_and_has_the_title_until_it_is_withdrawn() {
    let town = Town::new();
    let us = office(&town);
    let (leader, other) = (town.staff(Role::GroupLeader, OWN), town.staff(Role::GroupLeader, OWN));
    let (estate, group) = (lilong::kit::id::next(), lilong::kit::id::next());
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, leader_id, created_at, updated_at)
             VALUES ('{group}', '{estate}', {OWN}, '247号楼', '{}', now(), now())",
        leader.account
    ));
    let draft = json!({
        "kind": "vital_group", "building_group": group, "title": "活力楼组", "story": "“梯”升男友力：小伙子轮流帮邻居搬东西上楼。"
    });
    for by in [&other, &us.worker, &us.head] {
        nominate(&town, by, draft.clone()).is_problem(403, "forbidden");
    }
    let id = id(&nominate(&town, &leader, draft.clone()));
    assessed(&town, &us, &leader, &id);
    step(&town, &us.worker, &id, "publicity", None).is(201);
    let late = json!({ "points": [{ "criterion": "brand", "points": 1 }] });
    step(&town, &us.worker, &id, "assessment", Some(late)).is_problem(409, "recognition-state-unfit");
    wait(&town);
    // In the street's name the street grants it, and not the committee.
    let granted = json!({ "granted_by": us.street });
    step(&town, &us.head, &id, "confirmation", Some(granted.clone()))
        .is_problem(422, "recognition-granter-unfit");
    let street = town.staff(Role::StreetOfficer, PARENT);
    step(&town, &street, &id, "confirmation", Some(granted)).is(201);
    let titles = || {
        let path = format!("/v1/building-groups/{group}");
        town.get(&path).by(&town.later(&us.worker)).send().is(200).body["titles"].clone()
    };
    assert_eq!(titles()[0]["title"], "活力楼组");
    let why = || Some(json!({ "reason": "私搭乱建，被责令整改" }));
    step(&town, &us.worker, &id, "withdrawal", why()).is_problem(403, "forbidden");
    step(&town, &us.head, &id, "withdrawal", why()).is(201);
    assert_eq!(titles(), json!([]));
    step(&town, &us.head, &id, "withdrawal", why()).is_problem(409, "recognition-state-unfit");
    nominate(&town, &leader, draft).is(201);
}

fn assessed(town: &Town, us: &Office, leader: &Person, id: &str) {
    let rules = town.get(&format!("/v1/recognition-rules?division={OWN}&kind=vital_group")).by(leader).send();
    assert_eq!(rules.is(200).body["criteria"].as_array().unwrap().len(), 5);
    // A street's own criteria take the place of the city's.
    town.execute(&format!(
        "INSERT INTO recognition_rules (id, division, kind, rule, criterion, name, amount, effective_from, legal_basis, created_at) VALUES
             ('{}', {PARENT}, 'vital_group', 'criterion', 'mutual_help', '邻里互助', 60, '2022-01-01', '友谊路街道活力楼组评选办法', now()),
             ('{}', {PARENT}, 'vital_group', 'criterion', 'brand', '楼组品牌', 40, '2022-01-01', '友谊路街道活力楼组评选办法', now())",
        lilong::kit::id::next(),
        lilong::kit::id::next()
    ));
    let assess = |by: &Person, points: &[(&str, i32)]| {
        let points: Vec<Value> =
            points.iter().map(|(code, points)| json!({ "criterion": code, "points": points })).collect();
        step(town, by, id, "assessment", Some(json!({ "points": points })))
    };
    assess(leader, &[("mutual_help", 50), ("brand", 40)]).is_problem(403, "forbidden");
    for unfit in [
        &[("mutual_help", 61), ("brand", 1)][..],
        &[("brand", 1), ("brand", 1)],
        &[("brand", 1)],
        &[("care", 1), ("brand", 1)],
    ] {
        assess(&us.worker, unfit).is_problem(422, "recognition-criteria-unfit");
    }
    let publicise = || step(town, &us.worker, id, "publicity", None);
    publicise().is_problem(409, "recognition-points-short");
    assert_eq!(assess(&us.worker, &[("mutual_help", 30), ("brand", 29)]).is(201).body["points"], 59);
    publicise().is_problem(409, "recognition-points-short");
    assess(&us.worker, &[("mutual_help", 30), ("brand", 30)]).is(201);
}
