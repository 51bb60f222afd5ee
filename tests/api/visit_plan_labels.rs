//! Visit plans that go by a label: about those who carry it at the moment of asking, and told to those alone who see it.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::with;
use crate::support::tags::{define, define_in_city, label, set, unset};
use crate::support::visits::{counted, coverage, home, ids, make, neighbour, plan, to, write};
use crate::support::{ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

/// A label that the head of a committee alone sees and sets.
fn heads_alone(code: &str) -> Value {
    let roles = json!(["committee_head"]);
    with(label(code), json!({ "is_sensitive": true, "see_roles": roles, "set_roles": roles }))
}

fn change(town: &Town, by: &Person, path: &str, body: Value) -> Reply {
    town.patch(path, "*", body).by(by).send()
}

#[test]
fn a_plan_by_a_label_is_about_those_who_carry_it_at_that_moment() {
    let town = Town::new();
    let [worker, sibling] = [OWN, SIBLING].map(|range| town.staff(Role::CommitteeWorker, range));
    let lonely = define(&town, label("lives_alone"));
    let [chen, _, li] = ["陈桂芳", "王小明", "李强"].map(|name| neighbour(&town, &worker, name, OWN, None));
    let elsewhere = neighbour(&town, &sibling, "别处人", SIBLING, None);
    let other = define(&town, label("needs_lift"));
    let path = make(&town, &worker, json!({ "label": lonely, "starts_on": "2020-01-01" }));
    assert_eq!(town.get(&path).by(&worker).send().is(200).body["label"], json!(lonely));
    let count = || counted(&coverage(&town, &worker, &path));
    assert_eq!(count(), ([0, 0, 0], vec![]));
    for (by, who, label) in [
        (&worker, &chen, &lonely),
        (&worker, &li, &lonely),
        (&worker, &li, &other),
        (&sibling, &elsewhere, &lonely),
    ] {
        set(&town, by, who, label).is(201);
    }
    // The plan is years old; they wait since they were given the label.
    assert_eq!(count().0, [2, 0, 0]);
    write(&town, &worker, to(&chen)).is(201);
    assert_eq!(count(), ([2, 1, 0], vec!["李强".into(), "陈桂芳".into()]));
    unset(&town, &worker, &li, &lonely).is(204);
    assert_eq!(count(), ([1, 1, 0], vec!["陈桂芳".into()]));
    town.clock.advance(TimeDelta::days(8));
    assert_eq!(count(), ([1, 0, 1], vec!["陈桂芳".into()]));
    set(&town, &town.later(&worker), &li, &lonely).is(201);
    assert_eq!(count(), ([2, 0, 1], vec!["陈桂芳".into(), "李强".into()]));
    // Who is gone is not to be visited, whatever is left of the label.
    town.execute("UPDATE residents SET status = 'departed' WHERE name = '陈桂芳'");
    assert_eq!(count(), ([1, 0, 0], vec!["李强".into()]));
}

#[test]
fn label_and_target_must_both_fit() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let lonely = define(&town, label("lives_alone"));
    let [full, single, third] = [0; 3].map(|_| home(&town, OWN));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, Some(full));
    let wang = neighbour(&town, &worker, "王小明", OWN, Some(full));
    let li = neighbour(&town, &worker, "李强", OWN, Some(single));
    neighbour(&town, &worker, "孙二", OWN, Some(third));
    let zhao = neighbour(&town, &worker, "赵一", OWN, None);
    for who in [&chen, &li, &zhao] {
        set(&town, &worker, who, &lonely).is(201);
    }
    town.execute(
        "UPDATE residents SET born_on = '1940-01-01' WHERE name IN ('陈桂芳', '王小明');
         UPDATE residents SET born_on = '1990-01-01' WHERE name = '李强';
         UPDATE residents SET residence = 'registered_only' WHERE name = '赵一'",
    );
    let count = |n: u8, more: Value| {
        let named = json!({ "name": format!("计划{n}"), "label": lonely });
        let path = make(&town, &worker, with(named, more));
        counted(&coverage(&town, &worker, &path))
    };
    let old = json!({ "kind": "age_from", "age": 80 });
    assert_eq!(count(1, json!({ "target": old })), ([1, 0, 0], vec!["陈桂芳".into()]));
    assert_eq!(count(2, json!({})).0, [2, 0, 0]);
    let away = json!({ "kind": "residence", "residence": "registered_only" });
    assert_eq!(count(3, json!({ "target": away })), ([1, 0, 0], vec!["赵一".into()]));
    // A home is meant where somebody who lives there carries it, and visited with whoever lives there.
    write(&town, &worker, to(&wang)).is(201);
    assert_eq!(count(4, json!({ "unit": "home" })).0, [2, 1, 0]);
    assert_eq!(count(5, json!({ "unit": "home", "target": old })).0, [1, 1, 0]);
    assert_eq!(count(6, json!({ "unit": "home", "label": null })).0, [3, 1, 0]);
}

#[test]
fn a_label_whose_time_is_over_stops_counting_at_once() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let brief = define(&town, with(label("after_surgery"), json!({ "lasts_days": 10 })));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    set(&town, &worker, &chen, &brief).is(201);
    let path = make(&town, &worker, json!({ "label": brief }));
    let count = || counted(&coverage(&town, &worker, &path));
    assert_eq!(count(), ([1, 0, 0], vec!["陈桂芳".into()]));
    town.clock.advance(TimeDelta::days(8));
    assert_eq!(count(), ([1, 0, 1], vec!["陈桂芳".into()]));
    town.clock.advance(TimeDelta::days(2) + TimeDelta::seconds(1));
    assert_eq!(count(), ([0, 0, 0], vec![]));
    // Given it anew, one waits anew.
    set(&town, &town.later(&worker), &chen, &brief).is(201);
    assert_eq!(count(), ([1, 0, 0], vec!["陈桂芳".into()]));
    // A plan that is over tells nobody either who carried it once.
    let today = lilong::kit::clock::local_date(town.now());
    change(&town, &town.later(&worker), &path, json!({ "ends_on": today })).is(200);
    unset(&town, &town.later(&worker), &chen, &brief).is(204);
    town.clock.advance(TimeDelta::days(2));
    assert_eq!(count(), ([0, 0, 0], vec![]));
}

#[test]
fn whoever_does_not_see_a_label_is_shown_nothing_of_a_plan_that_goes_by_it() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    // Somebody who sees it elsewhere, and plans here: the posts do not add up.
    let both = town.staff(Role::CommitteeWorker, OWN);
    town.appoint(&both, Role::CommitteeHead, SIBLING);
    let hidden = define(&town, heads_alone("in_debt"));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    set(&town, &head, &chen, &hidden).is(201);
    let path = make(&town, &head, json!({ "label": hidden, "name": "有难处的" }));
    let open = make(&town, &worker, json!({}));
    let list = |by: &Person, query: &str| ids(&town.get(&format!("/v1/visit-plans?{query}")).by(by).send());
    let by_label = format!("label={hidden}");
    for by in [&worker, &street, &both, &town.staff(Role::DistrictOfficer, "310113000000")] {
        town.get(&path).by(by).send().is_problem(404, "not-found");
        coverage(&town, by, &path).is_problem(404, "not-found");
        assert_eq!((list(by, "").len(), list(by, &by_label).len()), (1, 0));
    }
    for by in [&worker, &both] {
        for body in [json!({ "every_days": 1 }), json!({ "label": null })] {
            change(&town, by, &path, body).is_problem(404, "not-found");
        }
        // It can't be planned by, any more than one that does not exist.
        for unseen in [hidden.clone(), Uuid::nil().to_string()] {
            let body = with(plan(), json!({ "name": "另一", "label": unseen }));
            let planned = town.post("/v1/visit-plans", body).by(by).send();
            let changed = change(&town, by, &open, json!({ "label": unseen }));
            for reply in [planned, changed] {
                reply.is_problem(422, "label-unknown");
                assert_eq!(reply.body["errors"][0]["pointer"], "/label", "{}", reply.text);
            }
        }
    }
    assert_eq!((list(&head, "").len(), list(&head, &by_label).len()), (2, 1));
    assert_eq!(counted(&coverage(&town, &head, &path)), ([1, 0, 0], vec!["陈桂芳".into()]));
    // The label's own officer, who does not see it on people, says who does; what they say holds at once.
    for (roles, status) in
        [(["committee_head", "committee_worker"], 200), (["committee_head", "police_officer"], 404)]
    {
        change(&town, &street, &format!("/v1/labels/{hidden}"), json!({ "see_roles": roles })).is(200);
        town.get(&path).by(&worker).send().is(status);
        coverage(&town, &worker, &path).is(status);
        coverage(&town, &street, &path).is_problem(404, "not-found");
    }
}

#[test]
fn a_plan_takes_a_label_and_lets_go_of_it() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [lonely, lift] = ["lives_alone", "needs_lift"].map(|code| define(&town, label(code)));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    neighbour(&town, &worker, "王小明", OWN, None);
    set(&town, &worker, &chen, &lonely).is(201);
    let path = make(&town, &worker, json!({}));
    let due = || counted(&coverage(&town, &worker, &path)).0[0];
    let listed =
        |label: &str| ids(&town.get(&format!("/v1/visit-plans?label={label}")).by(&worker).send()).len();
    assert_eq!((town.get(&path).by(&worker).send().body["label"].clone(), due()), (Value::Null, 2));
    for (label, people) in [(json!(lonely), 1), (json!(lift), 0), (Value::Null, 2), (json!(lonely), 1)] {
        let changed = change(&town, &worker, &path, json!({ "label": label }));
        assert_eq!((&changed.is(200).body["label"], due()), (&label, people));
    }
    // What is not said stays.
    let changed = change(&town, &worker, &path, json!({ "every_days": 14 }));
    assert_eq!((&changed.is(200).body["label"], due()), (&json!(lonely), 1));
    assert_eq!((listed(&lonely), listed(&lift)), (1, 0));
}

#[test]
fn a_label_of_elsewhere_or_a_retired_one_is_planned_by_no_more() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let lonely = define(&town, label("lives_alone"));
    let city = define_in_city(&town, "veteran", json!({}));
    let there = town.staff(Role::CommitteeWorker, ELSEWHERE);
    // The street's label does not apply in another street; the city's does.
    let at = |label: &str| with(plan(), json!({ "division": ELSEWHERE, "label": label }));
    town.post("/v1/visit-plans", at(&lonely)).by(&there).send().is_problem(422, "label-unknown");
    town.post("/v1/visit-plans", at(&city)).by(&there).send().is(201);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    set(&town, &worker, &chen, &lonely).is(201);
    let path = make(&town, &worker, json!({ "label": lonely }));
    let other = make(&town, &worker, json!({ "name": "另一" }));
    change(&town, &street, &format!("/v1/labels/{lonely}"), json!({ "is_retired": true })).is(200);
    let again = with(plan(), json!({ "name": "又一", "label": lonely }));
    town.post("/v1/visit-plans", again).by(&worker).send().is_problem(409, "label-retired");
    change(&town, &worker, &other, json!({ "label": lonely })).is_problem(409, "label-retired");
    // Whoever has it keeps it, and so does the plan.
    assert_eq!(counted(&coverage(&town, &worker, &path)), ([1, 0, 0], vec!["陈桂芳".into()]));
    change(&town, &worker, &path, json!({ "label": lonely, "every_days": 14 })).is(200);
}

#[test]
fn two_records_of_one_person_count_once_after_they_are_merged() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let lonely = define(&town, label("lives_alone"));
    let [chen, again] = ["陈桂芳", "陈桂芬"].map(|name| neighbour(&town, &worker, name, OWN, None));
    set(&town, &worker, &again, &lonely).is(201);
    write(&town, &worker, to(&again)).is(201);
    let path = make(&town, &worker, json!({ "label": lonely }));
    assert_eq!(counted(&coverage(&town, &worker, &path)), ([1, 1, 0], vec!["陈桂芬".into()]));
    let body = json!({ "from": again["id"], "into": chen["id"], "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&worker).send().is(201);
    assert_eq!(counted(&coverage(&town, &worker, &path)), ([1, 1, 0], vec!["陈桂芳".into()]));
}
