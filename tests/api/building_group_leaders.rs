//! Leading a building group and the post of a group leader: neither is there without the other, and nobody gives it to themselves.

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::kit::clock::local_date;
use serde_json::{Value, json};

use crate::building_groups::{estate_in, group, held, lead, member};
use crate::support::petitions::organisation;
use crate::support::{OWN, Person, Reply, SIBLING, Town};

/// The first living post of a group leader that somebody holds in a division.
#[track_caller]
fn post_of(town: &Town, whom: &Person, division: &str) -> String {
    town.text(&format!(
        "SELECT id FROM posts WHERE account_id = '{}' AND role = 'group_leader' AND division = {division}
             AND ended_at IS NULL ORDER BY id LIMIT 1",
        whom.account
    ))
}

#[track_caller]
fn end(town: &Town, by: &Person, whom: &Person, division: &str) -> Reply {
    let post = post_of(town, whom, division);
    town.call("DELETE", &format!("/v1/posts/{post}")).by(by).send()
}

/// The leader and the deputy.
#[track_caller]
fn led_by(town: &Town, by: &Person, group: &str) -> [Value; 2] {
    let seen = town.get(group).by(by).send();
    seen.is(200);
    ["leader", "deputy"].map(|part| seen.body[part]["id"].clone())
}

fn ids(people: [Option<&Person>; 2]) -> [Value; 2] {
    people.map(|person| person.map_or(Value::Null, |person| json!(person.account)))
}

#[test]
fn whose_post_is_ended_leads_no_group_there_any_more() {
    let town = Town::new();
    let (here, beside) = (estate_in(&town, OWN), estate_in(&town, SIBLING));
    let first = group(&town, &here, "246号楼组", member(&here.plain, ""));
    let second = group(&town, &here, "247号楼组", member(&here.halves, ""));
    let third = group(&town, &beside, "246号楼组", member(&beside.plain, ""));
    let [person, other] = [(); 2].map(|()| town.resident());
    lead(&town, &here.worker, &first, [Some(&person), Some(&other)]).is(200);
    lead(&town, &here.worker, &second, [Some(&other), Some(&person)]).is(200);
    lead(&town, &beside.worker, &third, [Some(&person), None]).is(200);
    let head = town.staff(Role::CommitteeHead, OWN);
    let shown = |group: &str| led_by(&town, &head, group);
    end(&town, &head, &person, OWN).is(204);
    assert_eq!(shown(&first), ids([None, Some(&other)]));
    assert_eq!(shown(&second), ids([Some(&other), None]));
    assert_eq!(shown(&third), ids([Some(&person), None]), "another committee's");
    assert_eq!(held(&town, &person), [SIBLING]);
    // It is told of each group as if somebody had said so, and seen by its version.
    let audited = "SELECT count(*) FROM audit_events WHERE action = 'update_building_group_leader'";
    let announced = "SELECT count(*) FROM outbox WHERE topic = 'building_group.leader_changed'";
    assert_eq!((town.count(audited), town.count(announced)), (5, 5));
    assert_eq!(town.get(&first).by(&head).send().header("etag"), "\"v3\"");
    // Who resigns does the same; another post of theirs changes nothing.
    end(&town, &other, &other, OWN).is(204);
    assert_eq!([shown(&first), shown(&second)], [ids([None; 2]), ids([None; 2])]);
    let worker = json!({ "phone": person.phone, "role": "committee_worker", "division": OWN });
    let made = town.post("/v1/posts", worker).by(&head).send();
    let post = made.is(201).body["id"].as_str().expect("an id");
    town.call("DELETE", &format!("/v1/posts/{post}")).by(&head).send().is(204);
    assert_eq!(shown(&third), ids([Some(&person), None]));
}

#[test]
fn who_holds_another_post_of_the_kind_there_leads_on() {
    let town = Town::new();
    let (estate, person) = (estate_in(&town, OWN), town.resident());
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    lead(&town, &estate.worker, &group, [Some(&person), None]).is(200);
    let (head, committee) = (
        town.staff(Role::CommitteeHead, OWN),
        organisation(&town, "宝钢五村居委会", "residents_committee", OWN),
    );
    let second = json!({
        "phone": person.phone, "role": "group_leader", "division": OWN, "organisation": committee
    });
    town.post("/v1/posts", second).by(&head).send().is(201);
    end(&town, &head, &person, OWN).is(204);
    assert_eq!(led_by(&town, &head, &group), ids([Some(&person), None]));
    end(&town, &head, &person, OWN).is(204);
    assert_eq!(led_by(&town, &head, &group), ids([None; 2]));
}

#[test]
fn who_was_dismissed_does_not_appoint_themselves_again() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let (worker, head) = (&estate.worker, town.staff(Role::CommitteeHead, OWN));
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    lead(&town, &head, &group, [Some(worker), None]).is(200);
    end(&town, &head, worker, OWN).is(204);
    lead(&town, worker, &group, [Some(worker), None]).is_problem(409, "post-self-granted");
    // Nor where the group names them still, as one may that is older than this rule.
    town.execute(&format!("UPDATE building_groups SET leader_id = '{}'", worker.account));
    for people in [[Some(worker), None], [None, Some(worker)]] {
        lead(&town, worker, &group, people).is_problem(409, "post-self-granted");
    }
    assert!(held(&town, worker).is_empty());
    lead(&town, &head, &group, [Some(worker), None]).is(200);
    assert_eq!(held(&town, worker), [OWN]);
}

#[test]
fn who_comes_to_lead_holds_the_post_from_now_on_whatever_terms_there_were() {
    let town = Town::new();
    let estate = estate_in(&town, OWN);
    let (worker, head) = (&estate.worker, town.staff(Role::CommitteeHead, OWN));
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let day = |ahead: i64| local_date(town.now() + TimeDelta::days(ahead)).to_string();
    let [soon, later, over] = [(); 3].map(|()| town.resident());
    let grant = |whom: &Person, from: i64, until: Option<i64>| {
        let draft = json!({ "phone": whom.phone, "role": "group_leader", "division": OWN,
            "starts_on": day(from), "ends_on": until.map(day) });
        town.post("/v1/posts", draft).by(&head).send().is(201);
    };
    grant(&soon, 0, Some(2));
    grant(&later, 5, None);
    grant(&over, 0, Some(0));
    town.execute(&format!(
        "UPDATE posts SET starts_on = starts_on - 9, ends_on = ends_on - 5 WHERE account_id = '{}'",
        over.account
    ));
    let terms = |whom: &Person| {
        let list = town.get("/v1/posts?role=group_leader").by(&head).send();
        let items = list.is(200).body["items"].as_array().expect("items").clone();
        let theirs = items.into_iter().filter(|post| post["holder"]["id"] == json!(whom.account));
        theirs.map(|post| [post["starts_on"].clone(), post["ends_on"].clone()]).collect::<Vec<_>>()
    };
    let term = |from: i64, until: Option<i64>| [json!(day(from)), json!(until.map(day))];
    lead(&town, worker, &group, [Some(&soon), Some(&later)]).is(200);
    assert_eq!(terms(&soon), [term(0, Some(2)), term(3, None)]);
    assert_eq!(terms(&later), [term(5, None), term(0, Some(4))]);
    // With the leadership all of it ends, what is to come, too.
    lead(&town, worker, &group, [Some(&over), None]).is(200);
    assert!(terms(&soon).is_empty() && terms(&later).is_empty());
    assert_eq!(terms(&over), [term(0, None)]);
    // Nobody lengthens their own term; what they hold they keep.
    grant(worker, 0, Some(2));
    town.execute(&format!("UPDATE building_groups SET leader_id = '{}'", worker.account));
    lead(&town, worker, &group, [Some(worker), Some(&soon)]).is(200);
    assert_eq!(terms(worker), [term(0, Some(2))]);
}

#[test]
fn a_post_and_a_leadership_ended_at_once_do_not_wait_for_each_other() {
    let town = Town::with(|settings| settings.seats = 4);
    let (estate, head) = (estate_in(&town, OWN), town.staff(Role::CommitteeHead, OWN));
    let group = group(&town, &estate, "246号楼组", member(&estate.plain, ""));
    let [person, other] = [(); 2].map(|()| town.resident());
    for _ in 0..5 {
        lead(&town, &estate.worker, &group, [Some(&person), Some(&other)]).is(200);
        let path = format!("/v1/posts/{}", post_of(&town, &person, OWN));
        let (ended, said) = std::thread::scope(|scope| {
            let ending = scope.spawn(|| town.call("DELETE", &path).by(&head).send().status);
            let saying = scope.spawn(|| lead(&town, &estate.worker, &group, [None, Some(&other)]).status);
            (ending.join().expect("an answer"), saying.join().expect("an answer"))
        });
        assert!(matches!((ended, said), (204 | 404, 200)), "{ended}, {said}");
        assert_eq!(led_by(&town, &head, &group), ids([None, Some(&other)]));
        assert!(held(&town, &person).is_empty());
    }
}
