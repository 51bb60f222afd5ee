//! Visit plans: who is to be visited how often, and how far that has come as days go by.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::with;
use crate::support::visits::{counted, coverage, home, ids, make, neighbour, plan, to, write};
use crate::support::{ELSEWHERE, OWN, PARENT, Reply, SIBLING, Town};

#[test]
fn a_plan_is_made_found_and_changed_by_who_saw_it() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let by_person = json!({ "responsible": { "kind": "account", "account": worker.account } });
    let path = make(&town, &head, by_person);
    let found = town.get(&path).by(&worker).send();
    assert_eq!(found.is(200).body["responsible"]["account"]["id"], json!(worker.account));
    let change = |version: &str, body: Value| town.patch(&path, version, body).by(&head).send();
    let changed = change(
        found.header("etag"),
        json!({ "target": { "kind": "age_from", "age": 80 }, "responsible": { "kind": "role", "role": "group_leader" } }),
    );
    assert_eq!(changed.is(200).body["target"], json!({ "kind": "age_from", "age": 80 }));
    assert_eq!(changed.body["responsible"], json!({ "kind": "role", "role": "group_leader" }));
    change(found.header("etag"), json!({ "every_days": 14 })).is_problem(412, "version-stale");
    change("*", json!({ "ends_on": "2020-01-01" })).is_problem(422, "visit-plan-term-invalid");
    let (list, today) = (
        |query: &str| ids(&town.get(&format!("/v1/visit-plans?{query}")).by(&head).send()),
        found.body["starts_on"].clone(),
    );
    assert_eq!((list("running=true").len(), list("running=false").len()), (1, 0));
    change("*", json!({ "starts_on": "2020-01-01", "ends_on": "2020-02-01" })).is(200);
    assert_eq!((list("running=true").len(), list("running=false").len()), (0, 1));
    change("*", json!({ "starts_on": today, "ends_on": null })).is(200);
    assert_eq!(list("running=true").len(), 1);
}

#[test]
fn what_a_plan_cannot_be_is_refused_at_its_field() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let stranger = town.staff(Role::CommitteeWorker, SIBLING);
    make(&town, &worker, json!({}));
    town.post("/v1/visit-plans", plan()).by(&worker).send().is_problem(409, "visit-plan-name-taken");
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{0}', '六村', {SIBLING}, 'public_housing', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
             VALUES ('{0}', '{0}', {SIBLING}, '1号楼组', now(), now())",
        Uuid::from_u128(7)
    ));
    for (more, code, pointer) in [
        (json!({ "ends_on": "2020-01-01" }), "visit-plan-term-invalid", "/ends_on"),
        (
            json!({ "responsible": { "kind": "account", "account": stranger.account } }),
            "visit-plan-responsible-unknown",
            "/responsible/account",
        ),
        (
            json!({ "target": { "kind": "building_group", "building_group": Uuid::from_u128(7) } }),
            "visit-plan-group-unknown",
            "/target/building_group",
        ),
        (json!({ "target": { "kind": "age_from" } }), "field-invalid", "/target"),
        (json!({ "target": { "kind": "all_residents", "age": 80 } }), "field-invalid", "/target"),
        (json!({ "every_days": 0 }), "field-invalid", "/every_days"),
        (json!({ "every_days": 731 }), "field-invalid", "/every_days"),
    ] {
        let reply = town
            .post("/v1/visit-plans", with(plan(), with(json!({ "name": "另一" }), more)))
            .by(&worker)
            .send();
        reply.is_problem(422, code);
        assert_eq!(reply.body["errors"][0]["pointer"], pointer, "{}", reply.text);
    }
    let above = town.staff(Role::CommitteeHead, PARENT);
    let of_street =
        town.post("/v1/visit-plans", with(plan(), json!({ "division": PARENT }))).by(&above).send();
    of_street.is_problem(422, "visit-plan-division-not-committee");
}

#[test]
fn as_days_go_by_who_was_not_visited_becomes_overdue() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sibling = town.staff(Role::CommitteeWorker, SIBLING);
    let [chen, wang, li] =
        ["陈桂芳", "王小明", "李强"].map(|name| neighbour(&town, &worker, name, OWN, None));
    neighbour(&town, &sibling, "别处人", SIBLING, None);
    let path = make(&town, &worker, json!({}));
    let count = || counted(&coverage(&town, &worker, &path));
    assert_eq!(count().0, [3, 0, 0]);
    write(&town, &worker, to(&chen)).is(201);
    // A reception is no visit.
    write(&town, &worker, with(to(&li), json!({ "kind": "reception" }))).is(201);
    assert_eq!(count(), ([3, 1, 0], vec!["王小明".into(), "李强".into(), "陈桂芳".into()]));
    town.clock.advance(TimeDelta::days(5));
    write(&town, &town.later(&worker), to(&wang)).is(201);
    assert_eq!(count().0, [3, 2, 0]);
    // On the seventh day it is due, on the eighth it is overdue.
    town.clock.advance(TimeDelta::days(2));
    assert_eq!(count().0, [3, 1, 0]);
    town.clock.advance(TimeDelta::days(1));
    let reply = coverage(&town, &worker, &path);
    assert_eq!(counted(&reply), ([3, 1, 2], vec!["李强".into(), "陈桂芳".into(), "王小明".into()]));
    let overdue: Vec<_> =
        reply.body["items"].as_array().unwrap().iter().map(|item| item["is_overdue"].clone()).collect();
    assert_eq!(overdue, [true, true, false]);
    write(&town, &town.later(&worker), to(&li)).is(201);
    assert_eq!(count().0, [3, 2, 1]);
    // Who leaves is not to be visited; a plan that is over stays as it was.
    town.execute("UPDATE residents SET status = 'departed' WHERE name = '陈桂芳'");
    let today = lilong::kit::clock::local_date(town.now());
    town.patch(&path, "*", json!({ "ends_on": today })).by(&town.later(&worker)).send().is(200);
    town.clock.advance(TimeDelta::days(9));
    assert_eq!(count(), ([2, 2, 0], vec!["王小明".into(), "李强".into()]));
}

#[test]
fn a_plan_of_homes_counts_each_home_once_whoever_was_visited() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [full, single, empty] = [0; 3].map(|_| home(&town, OWN));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, Some(full));
    neighbour(&town, &worker, "王小明", OWN, Some(full));
    neighbour(&town, &worker, "李强", OWN, Some(single));
    neighbour(&town, &worker, "无房人", OWN, None);
    let path = make(&town, &worker, json!({ "unit": "home" }));
    let count = || coverage(&town, &worker, &path);
    let homes = |reply: &Reply| -> Vec<Value> {
        reply.body["items"].as_array().unwrap().iter().map(|item| item["home"]["id"].clone()).collect()
    };
    assert_eq!(counted(&count()).0, [2, 0, 0]);
    write(&town, &worker, to(&chen)).is(201);
    assert_eq!((counted(&count()).0, homes(&count())), ([2, 1, 0], vec![json!(single), json!(full)]));
    let at = |home| json!({ "division": OWN, "kind": "visit", "home": home, "summary": "" });
    write(&town, &worker, at(single)).is(201);
    write(&town, &worker, at(empty)).is(201);
    assert_eq!(counted(&count()).0, [2, 2, 0]);
    // A visit to the home alone is none to the person.
    let of_people = make(&town, &worker, json!({ "name": "到人" }));
    assert_eq!(counted(&coverage(&town, &worker, &of_people)).0, [4, 1, 0]);
}

#[test]
fn a_target_takes_in_whom_it_says() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let here = home(&town, OWN);
    let [_, wang, li, _] =
        ["陈桂芳", "王小明", "李强", "赵一"].map(|name| neighbour(&town, &worker, name, OWN, Some(here)));
    let set = |who: &Value, sql: &str| {
        town.execute(&format!("UPDATE residents SET {sql} WHERE id = '{}'", who["id"].as_str().unwrap()));
    };
    let today = lilong::kit::clock::local_date(town.now());
    let born = |days| today.checked_sub_months(chrono::Months::new(12 * 80)).unwrap() + TimeDelta::days(days);
    set(&wang, &format!("born_on = '{}', home_id = NULL", born(0)));
    set(&li, &format!("born_on = '{}', residence = 'registered_only'", born(-400)));
    town.execute(&format!(
        "UPDATE residents SET born_on = '{}', residence = 'from_abroad' WHERE name = '赵一'",
        born(1)
    ));
    let group = Uuid::from_u128(8);
    town.execute(&format!(
        "INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
             SELECT '{group}', id, {OWN}, '楼组', now(), now() FROM estates LIMIT 1;
         INSERT INTO building_group_members SELECT '{group}', id, '' FROM buildings LIMIT 1"
    ));
    let count = |n: u8, target: Value| {
        let path = make(&town, &worker, json!({ "name": format!("计划{n}"), "target": target }));
        let (counts, mut names) = counted(&coverage(&town, &worker, &path));
        names.sort_unstable();
        assert_eq!(counts[0] as usize, names.len());
        names
    };
    // Who only is registered here lives elsewhere.
    assert_eq!(count(1, json!({ "kind": "all_residents" })), ["王小明", "赵一", "陈桂芳"]);
    assert_eq!(count(2, json!({ "kind": "age_from", "age": 80 })), ["王小明"]);
    assert_eq!(count(3, json!({ "kind": "residence", "residence": "registered_only" })), ["李强"]);
    assert_eq!(count(4, json!({ "kind": "building_group", "building_group": group })), ["赵一", "陈桂芳"]);
    // Tomorrow one more is eighty, and waits from that day on.
    town.clock.advance(TimeDelta::days(1));
    let path = make(
        &town,
        &town.later(&worker),
        json!({ "name": "高龄", "target": { "kind": "age_from", "age": 80 }, "starts_on": "2020-01-01" }),
    );
    assert_eq!(counted(&coverage(&town, &worker, &path)).0, [2, 0, 0]);
}

#[test]
fn a_coverage_is_paged_without_gaps_and_stays_in_its_range() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    for n in 0..7 {
        let somebody = neighbour(
            &town,
            &worker,
            &format!("居民{}", ["甲", "乙", "丙", "丁", "戊", "己", "庚"][n]),
            OWN,
            None,
        );
        if n % 2 == 0 {
            let at = town.now() - TimeDelta::days(n as i64);
            write(&town, &worker, with(to(&somebody), json!({ "visited_at": at }))).is(201);
        }
    }
    let path = make(&town, &worker, json!({ "starts_on": "2020-01-01", "every_days": 30 }));
    let whole = counted(&coverage(&town, &worker, &path));
    let (mut paged, mut next) = (Vec::new(), format!("{path}/coverage?limit=2"));
    loop {
        let page = town.get(&next).by(&worker).send();
        let (counts, names) = counted(&page);
        assert_eq!(counts, whole.0);
        paged.extend(names);
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        assert!(page.header("link").contains(cursor));
        next = format!("{path}/coverage?limit=2&cursor={cursor}");
    }
    assert_eq!((paged.len(), paged), (7, whole.1));
    for (role, place, status) in [
        (Role::StreetOfficer, PARENT, 200),
        (Role::DistrictOfficer, "310113000000", 200),
        (Role::CommitteeHead, SIBLING, 404),
        (Role::StreetOfficer, "310101002000", 404),
        (Role::CommitteeWorker, ELSEWHERE, 404),
        (Role::CityOfficer, "310000000000", 403),
    ] {
        let person = town.staff(role, place);
        coverage(&town, &person, &path).is(status);
        town.get(&path).by(&person).send().is(status);
    }
}
