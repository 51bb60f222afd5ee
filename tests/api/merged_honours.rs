//! Two records of one person, both nominated for the same title: merged, one nomination goes on.

use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with_card};
use crate::support::{OWN, Town};

#[test]
fn of_two_nominations_of_one_person_one_goes_on() {
    let town = Town::new();
    let (worker, head) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    let record = |body: Value| enter(&town, &worker, body)["id"].as_str().unwrap().to_owned();
    let (from, into) = (record(with_card("陈桂芳")), record(draft("陈桂芬")));
    let nominate = |resident: &str, title: &str| {
        let body = json!({ "kind": "community_star", "resident": resident, "title": title, "story": "二十年来为邻居免费修自行车。" });
        let made = town.post("/v1/recognitions", body).by(&worker).send();
        made.is(201).body["id"].as_str().unwrap().to_owned()
    };
    let (old, other) = (nominate(&from, "社区达人"), nominate(&from, "最美邻居"));
    let kept = nominate(&into, "社区达人");
    town.execute(&format!(
        "INSERT INTO pledges (id, division, resident_id, kind, offer, starts_on, state, reason, pledged_by, created_at, updated_at)
             VALUES ('{}', {OWN}, '{from}', 'skills', '理发', '2026-01-01', 'offered', '', '{}', now(), now())",
        lilong::kit::id::next(),
        worker.account
    ));
    let merge = json!({ "from": from, "into": into, "reason": "本人到场核对" });
    town.post("/v1/resident-merges", merge).by(&worker).send().is(201);
    let seen = |id: &str| {
        let reply = town.get(&format!("/v1/recognitions/{id}")).by(&head).send();
        let body = &reply.is(200).body;
        (body["resident"].clone(), body["state"].clone())
    };
    assert_eq!(seen(&old), (json!(into), json!("withdrawn")));
    assert_eq!(seen(&other), (json!(into), json!("nominated")));
    assert_eq!(seen(&kept), (json!(into), json!("nominated")));
    assert_eq!(town.count(&format!("SELECT count(*) FROM pledges WHERE resident_id = '{into}'")), 1);
}
