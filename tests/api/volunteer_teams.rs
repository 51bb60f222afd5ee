//! Teams of volunteers: who founds and joins them, who sees who is in them, and how an emergency order calls them up.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::with;
use crate::support::petitions::neighbour;
use crate::support::volunteering::{Organiser, born, organiser, written};
use crate::support::{OWN, PARENT, Person, Reply, SIBLING, Town};

fn draft(us: &Organiser, more: Value) -> Value {
    let draft = json!({
        "division": OWN, "organiser": { "organisation": us.organisation }, "name": "防汛突击队", "kind": "first_response", "skills": ["急救", "急救", "水泵"]
    });
    with(draft, more)
}

#[track_caller]
fn found(town: &Town, us: &Organiser, more: Value) -> String {
    let reply = town.post("/v1/volunteer-teams", draft(us, more)).by(&us.worker).send();
    reply.is(201).body["id"].as_str().expect("an id").to_owned()
}

fn join(town: &Town, by: &Person, team: &str, skills: &[&str]) -> Reply {
    town.post(&format!("/v1/volunteer-teams/{team}/members"), json!({ "skills": skills })).by(by).send()
}

fn roster(town: &Town, by: &Person, team: &str, query: &str) -> Reply {
    town.get(&format!("/v1/volunteer-teams/{team}/members{query}")).by(by).send()
}

fn act(town: &Town, by: &Person, team: &str, part: &str, body: Option<Value>) -> Reply {
    let call = town.call("POST", &format!("/v1/volunteer-teams/{team}/{part}"));
    match body {
        Some(body) => call.json(&body).by(by).send(),
        None => call.by(by).send(),
    }
}

#[track_caller]
fn goes_and_comes_back(town: &Town, team: &str, second: &Value, [one, two]: [&Person; 2]) {
    // Nobody takes out somebody else, but who organises it; the one gone leads no more, and may come back.
    let out = |by: &Person, member: &Value| {
        let path = format!("/v1/volunteer-teams/{team}/members/{}", member.as_str().unwrap());
        town.call("DELETE", &path).by(by).send()
    };
    out(one, second).is_problem(403, "forbidden");
    out(two, second).is(204);
    out(two, second).is_problem(404, "not-found");
    roster(town, two, team, "").is_problem(403, "forbidden");
    join(town, two, team, &[]).is(201);
    let own = town.get("/v1/me/volunteer-teams").by(two).send();
    assert_eq!(
        (own.is(200).body["items"].as_array().unwrap().len(), &own.body["items"][0]["is_leader"]),
        (1, &json!(false))
    );
}

#[test]
fn people_join_by_themselves_and_only_the_organiser_and_the_leader_see_who() {
    let town = Town::new();
    let us = organiser(&town);
    let team = found(&town, &us, json!({}));
    let seen = town.get(&format!("/v1/volunteer-teams/{team}")).by(&us.worker).send();
    assert_eq!(seen.is(200).body["skills"], json!(["急救", "水泵"]));
    town.post("/v1/volunteer-teams", draft(&us, json!({})))
        .by(&us.worker)
        .send()
        .is_problem(409, "volunteer-team-name-taken");
    let (one, two, far) = (neighbour(&town, OWN), neighbour(&town, OWN), neighbour(&town, SIBLING));
    join(&town, &far, &team, &[]).is_problem(409, "volunteer-team-outside");
    join(&town, &town.resident(), &team, &[]).is_problem(409, "volunteer-team-outside");
    born(&town, &two, "2015-01-01");
    join(&town, &two, &team, &[]).is_problem(409, "volunteer-team-age-unfit");
    born(&town, &two, "1980-01-01");
    // Whose day of birth is not known is not called up.
    join(&town, &one, &team, &[]).is_problem(409, "volunteer-team-age-unfit");
    born(&town, &one, "1990-01-01");
    // Twice at once is once.
    let codes: Vec<u16> = std::thread::scope(|scope| {
        let go = || join(&town, &one, &team, &["急救"]).status;
        [scope.spawn(go), scope.spawn(go)].into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(codes.contains(&201) && codes.contains(&409), "{codes:?}");
    join(&town, &one, &team, &[]).is_problem(409, "volunteer-team-joined");
    let second = join(&town, &two, &team, &[]).is(201).body["id"].clone();
    // Who is in it is told to few.
    for by in [&one, &two, &far] {
        roster(&town, by, &team, "").is_problem(403, "forbidden");
    }
    roster(&town, &town.staff(Role::CommitteeWorker, SIBLING), &team, "").is_problem(403, "forbidden");
    let all = roster(&town, &us.worker, &team, "").is(200).body["items"].clone();
    assert_eq!(all.as_array().unwrap().len(), 2);
    town.follow_link(&format!("/v1/volunteer-teams/{team}/members?limit=1"), &us.worker);
    let aid = roster(&town, &us.worker, &team, "?skill=%E6%80%A5%E6%95%91").is(200).body["items"].clone();
    assert_eq!((aid.as_array().unwrap().len(), &aid[0]["skills"]), (1, &json!(["急救"])));
    let path = format!("/v1/volunteer-teams/{team}/leader");
    town.put(&path, "*", json!({ "member": second })).by(&one).send().is_problem(403, "forbidden");
    let nobody = json!({ "member": lilong::kit::id::next() });
    town.put(&path, "*", nobody).by(&us.worker).send().is_problem(422, "volunteer-team-leader-unfit");
    town.put(&path, "\"v1\"", json!({ "member": second })).by(&us.worker).send().is(200);
    town.put(&path, "\"v1\"", json!({ "member": second }))
        .by(&us.worker)
        .send()
        .is_problem(412, "version-stale");
    roster(&town, &two, &team, "").is(200);
    goes_and_comes_back(&town, &team, &second, [&one, &two]);
}

#[test]
fn the_tag_of_a_team_tells_who_joined_and_what_changes_it_asks_for_its_version() {
    let town = Town::new();
    let us = organiser(&town);
    let path = format!("/v1/volunteer-teams/{}", found(&town, &us, json!({})));
    let see = |tag: &str| town.get(&path).header("If-None-Match", tag).by(&us.worker).send();
    let first = see("\"v1\"");
    see(first.is(200).header("etag")).is(304);
    let one = neighbour(&town, OWN);
    born(&town, &one, "1990-01-01");
    town.post(&format!("{path}/members"), json!({})).by(&one).send().is(201);
    let joined = see(first.header("etag"));
    assert_eq!(joined.is(200).body["members"], json!(1));
    // Somebody who joined meanwhile is no reason to refuse a name.
    let name = |tag: &str, name: &str| town.patch(&path, tag, json!({ "name": name })).by(&us.worker).send();
    let named = name(first.header("etag"), "防汛突击二队");
    assert_eq!((named.is(200).header("etag"), &named.body["version"]), (see("").header("etag"), &json!(2)));
    name(joined.header("etag"), "防汛突击三队").is_problem(412, "version-stale");
}

#[test]
fn an_order_in_force_calls_a_response_team_up_until_it_ends() {
    let town = Town::new();
    let us = organiser(&town);
    let team = found(&town, &us, json!({}));
    let standing = found(&town, &us, json!({ "name": "爱心理发队", "kind": "standing" }));
    let (head, officer) = (town.staff(Role::CommitteeHead, OWN), town.staff(Role::StreetOfficer, PARENT));
    let order = |division: &str| {
        let ends_at = written(town.now() + TimeDelta::hours(6));
        let body = json!({ "division": division, "title": "防汛IV级响应", "legal_basis": "上海市防汛条例", "ends_at": ends_at });
        town.post("/v1/emergency-orders", body).by(&officer).send().is(201).body["id"].clone()
    };
    let (here, beside) = (order(PARENT), order(SIBLING));
    let call = |by: &Person, team: &str, order: &Value| {
        act(&town, by, team, "activation", Some(json!({ "emergency_order": order })))
    };
    call(&us.worker, &team, &here).is_problem(403, "forbidden");
    call(&town.staff(Role::CommitteeHead, SIBLING), &team, &here).is_problem(403, "forbidden");
    call(&head, &standing, &here).is_problem(409, "volunteer-team-kind-unfit");
    call(&officer, &team, &beside).is_problem(422, "volunteer-team-order-unfit");
    call(&head, &team, &json!(lilong::kit::id::next())).is_problem(422, "volunteer-team-order-unfit");
    act(&town, &head, &team, "stand-down", None).is_problem(409, "volunteer-team-not-activated");
    assert_eq!(call(&head, &team, &here).is(201).body["activation"]["emergency_order"], here);
    call(&officer, &team, &here).is_problem(409, "volunteer-team-activated");
    let called = |by: &Person| {
        let page = town.get("/v1/volunteer-teams?is_activated=true&kind=first_response").by(by).send();
        page.is(200).body["items"].as_array().unwrap().len()
    };
    assert_eq!(called(&head), 1);
    assert!(act(&town, &head, &team, "stand-down", None).is(201).body["activation"].is_null());
    assert_eq!(called(&head), 0);
    call(&head, &team, &here).is(201);
    assert_eq!(called(&head), 1);
    // With the order the team stands down by itself.
    let end = format!("/v1/emergency-orders/{}/end", here.as_str().unwrap());
    town.call("POST", &end).by(&officer).send().is(201);
    assert_eq!(called(&head), 0);
    call(&head, &team, &here).is_problem(422, "volunteer-team-order-unfit");
}
