//! What a petition leads to: a call that names it, which who asked reads of, and nobody who does not see the petition.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::files::png;
use crate::support::petitions::{category, draft, events, file, filed, id, neighbour, organisation, step};
use crate::support::volunteering::{Organiser, organiser};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

const BASE: &str = "/v1/volunteer-calls";

fn named(town: &Town, by: &Person, call: &str) -> Value {
    town.get(&format!("{BASE}/{call}")).by(by).send().is(200).body["petition"].clone()
}

fn answering(town: &Town, by: &Person, petition: &str) -> usize {
    let page = town.get(&format!("{BASE}?petition={petition}")).by(by).send();
    page.is(200).body["items"].as_array().unwrap().len()
}

/// How often the course of a petition tells of a call.
fn told(town: &Town, by: &Person, petition: &str) -> usize {
    events(town, by, petition).iter().filter(|event| *event == "volunteer_call_published").count()
}

#[test]
fn a_call_that_came_of_a_petition_is_told_to_who_sees_both() {
    let town = Town::new();
    let (us, asker, other) = (organiser(&town), neighbour(&town, OWN), neighbour(&town, OWN));
    let petition = filed(&town, &asker);
    let call = us.call(&town, json!({ "petition": petition, "title": "帮邻居搬旧家具" }));
    us.published(&town, json!({}));
    assert_eq!(named(&town, &us.worker, &call), petition.as_str());
    // A draft is nobody's yet.
    assert_eq!((told(&town, &asker, &petition), answering(&town, &asker, &petition)), (0, 0));
    us.step(&town, &call, "publication").is(201);
    assert_eq!((told(&town, &asker, &petition), answering(&town, &asker, &petition)), (1, 1));
    let course = town.get(&format!("/v1/petitions/{petition}/events?limit=100")).by(&asker).send().body;
    let entry = course["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&entry["note"], &entry["audience"]), (&json!("帮邻居搬旧家具"), &json!("citizen")));
    assert_eq!(entry["organisation"]["id"], us.organisation.to_string());
    // The call is for all, the petition is not.
    assert_eq!(named(&town, &asker, &call), petition.as_str());
    for by in [&other, &town.resident()] {
        assert_eq!((named(&town, by, &call), answering(&town, by, &petition)), (Value::Null, 0));
    }
    assert_eq!(answering(&town, &us.worker, &petition), 1);
    // It stays what the call answers, and is not told again.
    let second = filed(&town, &asker);
    for other in [json!(second), Value::Null] {
        patch(&town, &us, &call, &other).is_problem(409, "volunteer-call-petition-told");
    }
    assert_eq!(patch(&town, &us, &call, &json!(petition)).is(200).body["petition"], petition.as_str());
    assert_eq!((told(&town, &asker, &petition), told(&town, &asker, &second)), (1, 0));
}

fn patch(town: &Town, us: &Organiser, call: &str, petition: &Value) -> Reply {
    let body = json!({ "petition": petition });
    town.patch(&format!("{BASE}/{call}"), "*", body).by(&town.later(&us.worker)).send()
}

#[test]
fn a_draft_answers_another_petition_or_none_before_anybody_is_told() {
    let town = Town::new();
    let (us, asker) = (organiser(&town), neighbour(&town, OWN));
    let [first, second] = [(); 2].map(|()| filed(&town, &asker));
    let call = us.call(&town, json!({ "petition": first }));
    assert_eq!(patch(&town, &us, &call, &Value::Null).is(200).body["petition"], Value::Null);
    assert_eq!(patch(&town, &us, &call, &json!(second)).is(200).body["petition"], second.as_str());
    us.step(&town, &call, "publication").is(201);
    assert_eq!((told(&town, &asker, &first), told(&town, &asker, &second)), (0, 1));
    assert_eq!((answering(&town, &asker, &first), answering(&town, &asker, &second)), (0, 1));
}

#[test]
fn who_sees_a_petition_as_a_neighbour_writes_nothing_into_its_course() {
    let town = Town::new();
    let (us, asker) = (organiser(&town), neighbour(&town, OWN));
    let leader = town.staff(Role::GroupLeader, OWN);
    let [estate, group] = [0x31, 0x32].map(uuid::Uuid::from_u128);
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, leader_id, created_at, updated_at)
             VALUES ('{group}', '{estate}', {OWN}, '247号楼组', '{}', now(), now())",
        leader.account
    ));
    let petition = id(&file(&town, &asker, draft(&town, json!({ "visibility": "public" }))).is(201).body);
    step(&town, &us.worker, &petition, "acceptance", json!({})).is(200);
    town.get(&format!("/v1/petitions/{petition}")).by(&leader).send().is(200);
    let body = |petition: Option<&str>| {
        us.draft(json!({
            "organiser": { "building_group": group }, "visibility": "building_group", "petition": petition
        }))
    };
    let refused = town.post(BASE, body(Some(&petition))).by(&leader).send();
    refused.is_problem(422, "volunteer-call-petition-unfit");
    town.post(BASE, body(None)).by(&leader).send().is(201);
}

#[test]
fn a_call_answers_what_its_author_sees_where_it_is_for_and_no_report() {
    let town = Town::new();
    let (us, street) = (organiser(&town), town.staff(Role::StreetOfficer, PARENT));
    let post = |by: &Person, petition: &str| {
        town.post(BASE, us.draft(json!({ "petition": petition }))).by(by).send()
    };
    let unfit = |reply: Reply| {
        let problem = reply.is_problem(422, "volunteer-call-petition-unfit");
        assert_eq!(problem.body["errors"][0]["pointer"], "/petition");
    };
    // Of the committee beside: the worker does not see it; the street does, and the call is for another place.
    let beside = filed(&town, &neighbour(&town, SIBLING));
    unfit(post(&us.worker, &beside));
    unfit(post(&street, &beside));
    unfit(post(&us.worker, &uuid::Uuid::nil().to_string()));
    let office = organisation(&town, "友谊路街道办事处", "street_office", PARENT);
    let whistle = neighbour(&town, OWN);
    let photo = town.upload("x.png", &png(3, 2)).by(&whistle).send().is(201).body["id"].clone();
    let report = json!({
        "kind": "report", "category": category(&town, "other"), "facts": {}, "accused": office, "title": "街道办收礼",
        "text": "逢年过节收受礼品。", "place": "办公楼二楼", "files": [photo]
    });
    let report = id(&file(&town, &whistle, draft(&town, report)).is(201).body);
    town.get(&format!("/v1/petitions/{report}")).by(&street).send().is(200);
    unfit(post(&street, &report));
    let call = us.call(&town, json!({}));
    let patch = json!({ "petition": beside });
    unfit(town.patch(&format!("{BASE}/{call}"), "*", patch).by(&us.worker).send());
    assert_eq!(town.count("SELECT count(*) FROM volunteer_calls WHERE petition_id IS NOT NULL"), 0);
    post(&street, &filed(&town, &whistle)).is(201);
}

#[test]
fn who_sees_no_petition_is_not_told_that_a_call_is_as_it_was_for_who_does() {
    let town = Town::new();
    let (us, asker, other) = (organiser(&town), neighbour(&town, OWN), neighbour(&town, OWN));
    let petition = filed(&town, &asker);
    let call = us.published(&town, json!({ "petition": petition }));
    let path = format!("{BASE}/{call}");
    let see = |by: &Person, tag: &str| town.get(&path).header("If-None-Match", tag).by(by).send();
    let seen = see(&asker, "\"v0\"");
    see(&asker, seen.is(200).header("etag")).is(304);
    assert_eq!(see(&other, seen.header("etag")).is(200).body["petition"], Value::Null);
}
