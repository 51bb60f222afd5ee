//! Labels on people: set where they apply by who may, seen by who may, gone when their time is over.

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, names, with};
use crate::support::tags::{codes, counted, define, define_in_city, label, set, unset};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, SIBLING, Town};

fn path(resident: &Value) -> String {
    format!("/v1/residents/{}/labels", resident["id"].as_str().unwrap())
}

#[test]
fn a_label_is_set_told_filtered_by_and_taken_off() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let label = define(&town, label("lives_alone"));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    enter(&town, &worker, draft("王小明"));
    let made = set(&town, &worker, &chen, &label);
    assert_eq!((&made.is(201).body["code"], &made.body["source"]), (&json!("lives_alone"), &json!("visit")));
    set(&town, &worker, &chen, &label).is_problem(409, "resident-label-set");
    let told = town.get(&path(&chen)).by(&worker).send();
    assert_eq!(
        (&told.is(200).body["items"], told.header("cache-control")),
        (&json!([made.body]), "no-store")
    );
    let list =
        |query: &str| names(&town.get(&format!("/v1/residents?label={label}{query}")).by(&worker).send());
    assert_eq!(list(""), ["陈桂芳"]);
    assert_eq!((list("&name=chen"), list("&name=wang")), (vec!["陈桂芳".to_owned()], vec![]));
    assert!(list("&residence=from_abroad").is_empty());
    assert!(list(&format!("&division={SIBLING}")).is_empty());
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
    unset(&town, &worker, &chen, &label).is(204);
    unset(&town, &worker, &chen, &label).is_problem(404, "not-found");
    assert!(list("").is_empty());
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(0)));
    // That it was there stays on record, and the reason is in no trail.
    assert_eq!(
        town.count(
            "SELECT count(*) FROM resident_labels WHERE removal = 'removed' AND removed_by IS NOT NULL"
        ),
        1
    );
    let trail = town
        .text("SELECT string_agg(detail::text, ' ') FROM audit_events WHERE resource = 'resident-labels'");
    assert!(trail.contains(&label) && !trail.contains("走访"), "{trail}");
    // For three years.
    let left = || {
        worker::sweep(&town.gate, &Stop::default()).expect("the worker's work");
        town.count("SELECT count(*) FROM resident_labels")
    };
    town.clock.advance(TimeDelta::days(1094));
    assert_eq!(left(), 1);
    town.clock.advance(TimeDelta::days(2));
    assert_eq!(left(), 0);
}

#[test]
fn what_is_sensitive_is_not_set_without_a_reason() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let sensitive = define(&town, with(label("in_debt"), json!({ "is_sensitive": true })));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    for reason in ["", "  "] {
        let body = json!({ "label": sensitive, "source": "visit", "reason": reason });
        town.post(&path(&chen), body).by(&worker).send().is_problem(422, "resident-label-reason-missing");
    }
    assert!(set(&town, &worker, &chen, &sensitive).is(201).body["is_sensitive"].as_bool().unwrap());
    assert_eq!(counted(&town, &worker, OWN, &sensitive), Some(json!(1)));
}

#[test]
fn a_hidden_label_is_as_absent_as_an_unknown_one() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let police = town.staff(Role::PoliceOfficer, PARENT);
    let for_police = json!({
        "see_roles": ["police_officer"], "set_roles": ["police_officer"], "is_sensitive": true
    });
    let hidden = define_in_city(&town, "under_watch", for_police);
    let chen = enter(&town, &worker, draft("陈桂芳"));
    set(&town, &police, &chen, &hidden).is(201);
    let unknown = uuid::Uuid::nil().to_string();
    let told =
        |reply: &crate::support::Reply| (reply.status, reply.code().to_owned(), reply.body["errors"].clone());
    for by in [&worker, &town.staff(Role::CommitteeHead, OWN), &town.staff(Role::CityOfficer, CITY)] {
        let list = |label: &str| town.get(&format!("/v1/residents?label={label}")).by(by).send();
        list(&hidden).is_problem(422, "label-unknown");
        assert_eq!(told(&list(&hidden)), told(&list(&unknown)));
        let put = |label: &str| told(&set(&town, by, &chen, label));
        assert_eq!(put(&hidden), put(&unknown));
        assert_eq!(put(&hidden).1, "label-unknown");
        let take = |label: &str| told(&unset(&town, by, &chen, label));
        assert_eq!(take(&hidden), take(&unknown));
        assert_eq!(take(&hidden).1, "not-found");
        assert_eq!(town.get(&path(&chen)).by(by).send().is(200).body["items"], json!([]));
        assert_eq!(counted(&town, by, OWN, &hidden), None);
        assert!(
            !town
                .get(&format!("/v1/residents/{}", chen["id"].as_str().unwrap()))
                .by(by)
                .send()
                .text
                .contains("watch")
        );
    }
    assert_eq!(codes(&town.get(&path(&chen)).by(&police).send()), ["under_watch"]);
    // It is still there, though everybody tried.
    assert_eq!(counted(&town, &police, PARENT, &hidden), Some(json!(1)));
}

#[test]
fn who_sees_a_label_sets_it_only_where_it_says_so() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let label = define(&town, label("lives_alone"));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let officer = town.staff(Role::StreetOfficer, PARENT);
    set(&town, &officer, &chen, &label).is_problem(403, "forbidden");
    set(&town, &worker, &chen, &label).is(201);
    unset(&town, &officer, &chen, &label).is_problem(403, "forbidden");
    for stranger in [town.staff(Role::CommitteeWorker, SIBLING), town.staff(Role::CommitteeWorker, ELSEWHERE)]
    {
        set(&town, &stranger, &chen, &label).is_problem(404, "not-found");
        unset(&town, &stranger, &chen, &label).is_problem(404, "not-found");
        town.get(&path(&chen)).by(&stranger).send().is_problem(404, "not-found");
        town.get(&format!("/v1/label-counts?division={OWN}"))
            .by(&stranger)
            .send()
            .is_problem(403, "forbidden");
    }
    // A worker elsewhere who has another post here: the posts do not add up.
    let both = town.staff(Role::CommitteeWorker, ELSEWHERE);
    town.appoint(&both, Role::PoliceOfficer, OWN);
    set(&town, &both, &chen, &label).is_problem(422, "label-unknown");
    assert_eq!(town.get(&path(&chen)).by(&both).send().is(200).body["items"], json!([]));
    town.get(&format!("/v1/residents?label={label}")).by(&both).send().is_problem(422, "label-unknown");
    assert_eq!(counted(&town, &both, OWN, &label), None);
}

#[test]
fn a_label_is_set_only_where_its_division_covers_the_person() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, ELSEWHERE);
    town.appoint(&worker, Role::CommitteeWorker, OWN);
    let label = define(&town, label("lives_alone"));
    let there = enter(&town, &worker, with(draft("王小明"), json!({ "division": ELSEWHERE })));
    set(&town, &worker, &there, &label).is_problem(422, "label-unknown");
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let street = town.staff(Role::StreetOfficer, PARENT);
    town.patch(&format!("/v1/labels/{label}"), "*", json!({ "is_retired": true })).by(&street).send().is(200);
    set(&town, &worker, &chen, &label).is_problem(409, "label-retired");
    town.patch(&format!("/v1/labels/{label}"), "*", json!({ "is_retired": false }))
        .by(&street)
        .send()
        .is(200);
    town.execute("UPDATE residents SET status = 'departed'");
    set(&town, &worker, &chen, &label).is_problem(409, "resident-closed");
}

#[test]
fn a_label_whose_time_is_over_neither_shows_nor_counts() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let label = define(&town, with(label("after_surgery"), json!({ "lasts_days": 30 })));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    let late = json!({ "label": label, "source": "visit", "until": town.now() + TimeDelta::days(31) });
    town.post(&path(&chen), late).by(&worker).send().is_problem(422, "resident-label-until-unfit");
    assert!(set(&town, &worker, &chen, &label).is(201).body["until"].is_string());
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
    town.clock.advance(TimeDelta::days(30) + TimeDelta::seconds(1));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street_now = town.staff(Role::StreetOfficer, PARENT);
    let is_gone = || {
        assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(0)));
        assert_eq!(counted(&town, &street_now, PARENT, &label), Some(json!(0)));
        assert_eq!(town.get(&path(&chen)).by(&worker).send().is(200).body["items"], json!([]));
        assert!(names(&town.get(&format!("/v1/residents?label={label}")).by(&worker).send()).is_empty());
    };
    // Whether the worker has been there or not.
    is_gone();
    worker::count_labels(&town.gate).expect("the worker's work");
    is_gone();
    assert_eq!(town.count("SELECT count(*) FROM resident_labels WHERE removal = 'expired'"), 1);
    // It can be set anew, also before the worker comes.
    set(&town, &worker, &chen, &label).is(201);
    town.execute(
        "UPDATE resident_labels SET set_at = set_at - interval '90 days', until = until - interval '60 days'",
    );
    unset(&town, &worker, &chen, &label).is_problem(404, "not-found");
    set(&town, &worker, &chen, &label).is(201);
    assert_eq!(counted(&town, &worker, OWN, &label), Some(json!(1)));
    drop(street);
}
