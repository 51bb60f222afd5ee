//! Visits and receptions: written down once, seen in range, mended for a week, followed up, and read by the visited person.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::with;
use crate::support::visits::{home, ids, neighbour, to, write};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

const DISTRICT: &str = "310113000000";

#[test]
fn a_visit_is_written_down_once_with_all_that_belongs_to_it() {
    let town = Town::new();
    let (worker, colleague) =
        (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::StreetOfficer, PARENT));
    let lives_in = home(&town, OWN);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, Some(lives_in));
    let draft = with(
        to(&chen),
        json!({
            "topic": "高龄探望", "companions": [colleague.account], "staff_note": "注意家属情绪",
            "findings": [{ "category": "safety_hazard", "text": "软管老化" }, { "category": "hardship", "text": "就餐不便" }]
        }),
    );
    town.post("/v1/visits", draft.clone()).by(&worker).send().is_problem(400, "idempotency-key-missing");
    let send = || town.post("/v1/visits", draft.clone()).header("Idempotency-Key", "v1").by(&worker).send();
    let (first, again) = (send(), send());
    assert_eq!(
        (first.is(201).text.as_str(), again.is(201).header("idempotency-replayed")),
        (again.text.as_str(), "true")
    );
    assert_eq!(town.count("SELECT count(*) FROM visits"), 1);
    let visit = &first.body;
    assert_eq!((&visit["resident"]["name"], &visit["home"]["id"]), (&json!("陈桂芳"), &json!(lives_in)));
    assert_eq!(
        (&visit["home"]["building_number"], &visit["home"]["number"]),
        (&json!("247号"), &json!("502"))
    );
    assert_eq!(
        (&visit["author"]["id"], &visit["companions"][0]["id"]),
        (&json!(worker.account), &json!(colleague.account))
    );
    assert_eq!(
        (&visit["findings"][1]["text"], &visit["findings"][1]["state"]),
        (&json!("就餐不便"), &json!("open"))
    );
    let found = town.get(first.header("location")).by(&worker).send();
    assert_eq!((&found.is(200).body, found.header("etag")), (visit, "\"v1\""));
    let told = town.text("SELECT concat((SELECT string_agg(detail::text, '') FROM audit_events), (SELECT string_agg(o::text, '') FROM outbox o))");
    for personal in ["陈桂芳", "软管", "身体", "情绪", "探望", "hardship"] {
        assert!(!told.contains(personal), "{told}");
    }
}

#[test]
fn what_a_visit_cannot_be_is_refused_at_its_field() {
    let town = Town::new();
    let (worker, sibling) =
        (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeWorker, SIBLING));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let theirs = neighbour(&town, &sibling, "王小明", SIBLING, None);
    let (now, nobody) = (town.now(), town.resident());
    let refused = |by: &Person, more: Value, code: &str, pointer: &str| {
        let reply = write(&town, by, with(to(&chen), more));
        reply.is_problem(422, code);
        assert_eq!(reply.body["errors"][0]["pointer"], pointer, "{}", reply.text);
    };
    for (more, code, pointer) in [
        (json!({ "resident": theirs["id"] }), "visit-resident-unknown", "/resident"),
        (json!({ "resident": Uuid::nil() }), "visit-resident-unknown", "/resident"),
        (json!({ "home": home(&town, SIBLING) }), "visit-home-unknown", "/home"),
        (json!({ "resident": null, "topic": "电梯" }), "visit-subject-missing", "/resident"),
        (json!({ "resident": null, "kind": "reception" }), "visit-subject-missing", "/resident"),
        (json!({ "visited_at": now + TimeDelta::minutes(1) }), "visit-moment-invalid", "/visited_at"),
        (json!({ "visited_at": now - TimeDelta::days(367) }), "visit-moment-invalid", "/visited_at"),
        (json!({ "follow_up_on": "2020-01-01" }), "visit-follow-up-early", "/follow_up_on"),
        (json!({ "follows": Uuid::nil() }), "visit-follows-unknown", "/follows"),
        (json!({ "companions": [sibling.account] }), "visit-companion-unknown", "/companions/0"),
        (json!({ "companions": [nobody.account] }), "visit-companion-unknown", "/companions/0"),
        (json!({ "companions": [worker.account] }), "visit-companion-unknown", "/companions/0"),
        (
            json!({ "findings": [{ "category": "gossip", "text": "x" }] }),
            "field-invalid",
            "/findings/0/category",
        ),
        (json!({ "findings": [{ "category": "other", "text": " " }] }), "field-invalid", "/findings/0/text"),
    ] {
        refused(&worker, more, code, pointer);
    }
    let head_of_two = town.staff(Role::CommitteeHead, OWN);
    town.appoint(&head_of_two, Role::CommitteeHead, SIBLING);
    // Also for who sees both: a visit is of one committee.
    refused(&head_of_two, json!({ "resident": theirs["id"] }), "visit-resident-unknown", "/resident");
    let above = town.staff(Role::CommitteeHead, PARENT);
    refused(&above, json!({ "division": PARENT }), "visit-division-not-committee", "/division");
    assert_eq!(town.count("SELECT count(*) FROM visits"), 0);
}

#[test]
fn a_reception_may_be_about_a_topic_alone_and_a_visit_goes_where_somebody_lives_unless_told() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let (lives_in, other) = (home(&town, OWN), home(&town, OWN));
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, Some(lives_in));
    let topic = json!({ "division": OWN, "kind": "reception", "topic": "咨询加装电梯", "summary": "" });
    let written = write(&town, &worker, topic);
    assert_eq!((&written.is(201).body["resident"], &written.body["home"]), (&Value::Null, &Value::Null));
    let home_of =
        |more: Value| write(&town, &worker, with(to(&chen), more)).is(201).body["home"]["id"].clone();
    assert_eq!(home_of(json!({})), json!(lives_in));
    assert_eq!(home_of(json!({ "home": null })), Value::Null);
    assert_eq!(home_of(json!({ "home": other })), json!(other));
    assert_eq!(home_of(json!({ "kind": "reception" })), Value::Null);
    let only_home = json!({ "division": OWN, "kind": "visit", "home": other, "summary": "无人在家" });
    write(&town, &worker, only_home).is(201);
}

#[test]
fn a_follow_up_that_is_due_is_listed_until_it_is_made_and_made_once() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let wang = neighbour(&town, &worker, "王小明", OWN, None);
    let today = lilong::kit::clock::local_date(town.now());
    let earlier = town.now() - TimeDelta::hours(1);
    let first =
        write(&town, &worker, with(to(&chen), json!({ "follow_up_on": today, "visited_at": earlier })));
    let (id, path) = (first.is(201).body["id"].clone(), first.header("location").to_owned());
    let due = |day: String| ids(&town.get(&format!("/v1/visits?follow_up_before={day}")).by(&worker).send());
    let tomorrow = today.succ_opt().unwrap().to_string();
    assert_eq!(
        (due(today.to_string()), due(tomorrow.clone())),
        (vec![], vec![id.as_str().unwrap().to_owned()])
    );
    let follow =
        |whom: &Value, at| write(&town, &worker, with(to(whom), json!({ "follows": id, "visited_at": at })));
    follow(&wang, town.now()).is_problem(422, "visit-follows-other");
    follow(&chen, earlier).is_problem(422, "visit-follows-other");
    let (statuses, now) = (std::sync::Mutex::new(Vec::new()), town.now());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| statuses.lock().unwrap().push(follow(&chen, now).status));
        }
    });
    let mut statuses = statuses.into_inner().unwrap();
    statuses.sort_unstable();
    assert_eq!((statuses, due(tomorrow)), (vec![201, 409, 409, 409], vec![]));
    // What is answered of the first has changed, and so has its version.
    let found = town.get(&path).header("If-None-Match", first.header("etag")).by(&worker).send();
    assert!(found.is(200).body["followed_up_by"].is_string(), "{}", found.text);
    let change = |body: Value| town.patch(&path, "*", body).by(&worker).send();
    change(json!({ "resident": wang["id"] })).is_problem(409, "visit-followed-up-already");
    change(json!({ "visited_at": town.now() })).is_problem(409, "visit-followed-up-already");
    change(json!({ "summary": "补充" })).is(200);
}

#[test]
fn a_visit_is_mended_by_its_author_or_the_head_for_a_week() {
    let town = Town::new();
    let author = town.staff(Role::CommitteeWorker, OWN);
    let head = town.staff(Role::CommitteeHead, OWN);
    let chen = neighbour(&town, &author, "陈桂芳", OWN, None);
    let wang = neighbour(&town, &author, "王小明", OWN, Some(home(&town, OWN)));
    let written = write(&town, &author, with(to(&chen), json!({ "topic": "探望" })));
    let (path, version) = (written.is(201).header("location").to_owned(), written.header("etag").to_owned());
    let change = |by: &Person, version: &str, body: Value| town.patch(&path, version, body).by(by).send();
    let whom = change(
        &author,
        &version,
        json!({ "resident": wang["id"], "topic": null, "companions": [head.account] }),
    );
    assert_eq!(
        (&whom.is(200).body["resident"]["name"], &whom.body["topic"]),
        (&json!("王小明"), &Value::Null)
    );
    assert_eq!(whom.body["companions"][0]["id"], json!(head.account));
    change(&head, &version, json!({ "summary": "x" })).is_problem(412, "version-stale");
    change(&head, whom.header("etag"), json!({ "summary": "x", "companions": [] })).is(200);
    town.call("PATCH", &path).json(&json!({})).by(&author).send().is_problem(428, "if-match-missing");
    change(&author, "*", json!({ "resident": null })).is_problem(422, "visit-subject-missing");
    change(&author, "*", json!({ "visited_at": town.now() + TimeDelta::hours(1) }))
        .is_problem(422, "visit-moment-invalid");
    change(&author, "*", json!({ "division": SIBLING })).is_problem(422, "field-invalid");
    for (role, place, status, code) in [
        (Role::CommitteeWorker, OWN, 403, "forbidden"),
        (Role::StreetOfficer, PARENT, 403, "forbidden"),
        (Role::DistrictOfficer, DISTRICT, 403, "forbidden"),
        (Role::CommitteeHead, SIBLING, 404, "not-found"),
        (Role::CityOfficer, CITY, 403, "forbidden"),
        (Role::Resident, OWN, 403, "forbidden"),
    ] {
        let person = if role == Role::Resident { town.resident() } else { town.staff(role, place) };
        change(&person, "*", json!({ "summary": "y" })).is_problem(status, code);
    }
    town.clock.advance(TimeDelta::days(7) + TimeDelta::minutes(1));
    change(&town.later(&author), "*", json!({ "summary": "z" })).is_problem(409, "visit-change-late");
    let found = town.get(&path).by(&town.later(&head)).send();
    assert_eq!(found.is(200).body["summary"], "x");
}

#[test]
fn a_list_stays_in_its_range_is_narrowed_and_paged_the_newest_first() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let neighbours = town.staff(Role::CommitteeWorker, SIBLING);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let there = neighbour(&town, &neighbours, "王小明", SIBLING, None);
    let at = |hours| json!({ "visited_at": town.now() - TimeDelta::hours(hours) });
    let id = |reply: crate::support::Reply| reply.is(201).body["id"].as_str().unwrap().to_owned();
    let old = id(write(&town, &worker, with(to(&chen), at(72))));
    let new = id(write(&town, &worker, with(to(&chen), at(1))));
    let middle = id(write(&town, &worker, with(to(&chen), with(at(30), json!({ "kind": "reception" })))));
    let theirs = id(write(&town, &neighbours, with(to(&there), json!({ "division": SIBLING }))));
    let list = |by: &Person, query: &str| ids(&town.get(&format!("/v1/visits?{query}")).by(by).send());
    assert_eq!(list(&worker, ""), [&*new, &middle, &old]);
    assert_eq!(list(&worker, "kind=reception"), [&*middle]);
    let day = lilong::kit::clock::local_date(town.now() - TimeDelta::hours(30));
    assert_eq!(list(&worker, &format!("from={day}&until={day}")), [&*middle]);
    assert_eq!(list(&worker, &format!("resident={}", there["id"].as_str().unwrap())), [""; 0]);
    assert_eq!(list(&worker, "by=me").len(), 3);
    let head = town.staff(Role::CommitteeHead, OWN);
    assert_eq!(list(&head, "by=me"), [""; 0]);
    let all = [&*theirs, &new, &middle, &old];
    for (role, place, seen) in [
        (Role::StreetOfficer, PARENT, &all[..]),
        (Role::DistrictOfficer, DISTRICT, &all),
        (Role::CommitteeHead, SIBLING, &all[..1]),
        (Role::CommitteeHead, ELSEWHERE, &[]),
    ] {
        let person = town.staff(role, place);
        assert_eq!(list(&person, ""), seen, "{place}");
        let (mut paged, mut path) = (Vec::new(), "/v1/visits?limit=1".to_owned());
        loop {
            let page = town.get(&path).by(&person).send();
            paged.extend(ids(&page));
            let Some(cursor) = page.body["next_cursor"].as_str() else { break };
            path = format!("/v1/visits?limit=1&cursor={cursor}");
        }
        assert_eq!(paged, seen);
        let status = if seen.contains(&&*old) { 200 } else { 404 };
        town.get(&format!("/v1/visits/{old}")).by(&person).send().is(status);
    }
    for person in
        [town.staff(Role::CityOfficer, CITY), town.staff(Role::PoliceOfficer, PARENT), town.resident()]
    {
        town.get("/v1/visits").by(&person).send().is_problem(403, "forbidden");
    }
}

#[test]
fn the_visited_person_reads_their_visits_without_what_may_speak_of_others() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = neighbour(&town, &worker, "陈桂芳", OWN, None);
    let wang = neighbour(&town, &worker, "王小明", OWN, None);
    let owner = town.resident();
    let bound = format!(
        "UPDATE residents SET account_id = '{}' WHERE id = '{}'",
        owner.account,
        chen["id"].as_str().unwrap()
    );
    town.execute(&bound);
    let finding = json!([{ "category": "dispute", "text": "与楼上王家漏水" }]);
    let earlier = town.now() - TimeDelta::hours(2);
    write(&town, &worker, with(to(&chen), json!({ "summary": "先来过", "visited_at": earlier }))).is(201);
    write(&town, &worker, with(to(&chen), json!({ "staff_note": "疑似虚报", "findings": finding }))).is(201);
    write(&town, &worker, to(&wang)).is(201);
    let list = |by: &Person| town.get("/v1/me/visits?limit=1").by(by).send();
    let page = list(&owner);
    let items = page.is(200).body["items"].as_array().unwrap();
    assert_eq!(
        (items.len(), &items[0]["summary"], &items[0]["by"]),
        (1, &json!("身体尚好"), &json!("陈阿姨"))
    );
    assert_eq!(items[0]["findings"], json!([{ "category": "dispute", "state": "open" }]));
    assert!(!page.text.contains("虚报") && !page.text.contains("漏水"), "{}", page.text);
    let next = format!("/v1/me/visits?limit=1&cursor={}", page.body["next_cursor"].as_str().unwrap());
    let second = town.get(&next).by(&owner).send();
    assert_eq!(
        (&second.is(200).body["items"][0]["summary"], &second.body["has_more"]),
        (&json!("先来过"), &json!(false))
    );
    assert_eq!(list(&worker).is(200).body["items"], json!([]));
    let id = items[0]["id"].as_str().unwrap();
    town.get(&format!("/v1/visits/{id}")).by(&owner).send().is_problem(403, "forbidden");
}
