//! Labels and health of those who leave, come back, or turn out to be one person with another record: nothing is lost, nothing
//! is left behind, and the counts stay exact.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use lilong::people::resident_labels;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with};
use crate::support::tags::{codes, counted, define, define_in_city, label, put_health, set, unset};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

fn at(resident: &Value, part: &str) -> String {
    format!("/v1/residents/{}{part}", resident["id"].as_str().unwrap())
}

fn on(town: &Town, by: &Person, resident: &Value) -> Vec<String> {
    codes(&town.get(&at(resident, "/labels")).by(by).send())
}

fn depart(town: &Town, by: &Person, resident: &Value) -> Reply {
    let body = json!({ "kind": "moved_out", "on": "2026-01-05" });
    town.post(&at(resident, "/departure"), body).by(by).send()
}

fn back(town: &Town, by: &Person, resident: &Value, restore: bool) -> Reply {
    town.call("DELETE", &at(resident, &format!("/departure?restore={restore}"))).by(by).send()
}

fn merge(town: &Town, by: &Person, from: &Value, into: &Value) -> Reply {
    let body = json!({ "from": from["id"], "into": into["id"], "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(by).send()
}

fn health_of(town: &Town, by: &Person, resident: &Value) -> Reply {
    town.get(&at(resident, "/health?purpose=service")).by(by).send()
}

fn fold_all(town: &Town) {
    while town.count("SELECT count(*) FROM label_count_deltas") > 0 {
        worker::count_labels(&town.gate).expect("the worker's work");
    }
}

#[test]
fn who_is_merged_keeps_each_label_once_and_only_where_it_applies() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    town.appoint(&worker, Role::CommitteeWorker, ELSEWHERE);
    let [here, both] = ["needs_lift", "lives_alone"].map(|code| define(&town, label(code)));
    let city = define_in_city(&town, "veteran", json!({}));
    let hidden = json!({ "see_roles": ["police_officer"], "set_roles": ["police_officer"] });
    let hidden = define_in_city(&town, "under_watch", hidden);
    let police = town.staff(Role::PoliceOfficer, CITY);
    let [chen, again] = ["陈桂芳", "陈桂芬"].map(|name| enter(&town, &worker, draft(name)));
    for (who, label) in [(&chen, &both), (&again, &here), (&again, &both), (&again, &city)] {
        set(&town, &worker, who, label).is(201);
    }
    set(&town, &police, &again, &hidden).is(201);
    merge(&town, &worker, &again, &chen).is(201);
    let counts = |division: &str| {
        [(&here, &worker), (&both, &worker), (&city, &worker), (&hidden, &police)]
            .map(|(label, by)| counted(&town, by, division, label).unwrap_or_default())
    };
    assert_eq!(on(&town, &worker, &chen), ["lives_alone", "needs_lift", "veteran"]);
    // What the worker who merged does not see went along, too.
    assert_eq!(on(&town, &police, &chen), ["under_watch"]);
    assert_eq!(counts(OWN), [1, 1, 1, 1].map(|n| json!(n)));
    // Into a record of another street: what belongs to the street ends, what belongs to the city goes along.
    let there = enter(&town, &worker, with(draft("陈桂芳"), json!({ "division": ELSEWHERE })));
    merge(&town, &worker, &chen, &there).is(201);
    assert_eq!(on(&town, &worker, &there), ["veteran"]);
    // What ended is the person's history, and goes along, too.
    let of_there = format!(
        "SELECT count(*) FROM resident_labels WHERE resident_id = '{}'",
        there["id"].as_str().unwrap()
    );
    assert_eq!(town.count(&of_there), town.count("SELECT count(*) FROM resident_labels"));
    for _ in 0..2 {
        assert_eq!(counts(OWN), [0, 0, 0, 0].map(|n| json!(n)));
        assert_eq!(counts(ELSEWHERE), [Value::Null, Value::Null, json!(1), json!(1)]);
        fold_all(&town);
    }
}

#[test]
fn who_leaves_takes_no_label_along_and_a_mistake_gives_back_what_it_took() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let [kept, removed, retired] = ["a1", "a2", "a3"].map(|code| define(&town, label(code)));
    let brief = define(&town, with(label("a4"), json!({ "lasts_days": 1 })));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    for label in [&kept, &removed, &retired, &brief] {
        set(&town, &worker, &chen, label).is(201);
    }
    unset(&town, &worker, &chen, &removed).is(204);
    depart(&town, &worker, &chen).is(201);
    let counts = |by: &Person| {
        [&kept, &removed, &retired, &brief].map(|label| counted(&town, by, OWN, label).unwrap())
    };
    assert_eq!(counts(&worker), [0, 0, 0, 0].map(|n| json!(n)));
    assert_eq!(on(&town, &worker, &chen), Vec::<String>::new());
    town.patch(&format!("/v1/labels/{retired}"), "*", json!({ "is_retired": true }))
        .by(&street)
        .send()
        .is(200);
    town.clock.advance(TimeDelta::days(1) + TimeDelta::seconds(1));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    back(&town, &worker, &chen, true).is(204);
    for _ in 0..2 {
        assert_eq!(
            (on(&town, &worker, &chen), counts(&worker)),
            (vec!["a1".into()], [1, 0, 0, 0].map(|n| json!(n)))
        );
        fold_all(&town);
    }
    // Whoever comes back after a while begins anew.
    depart(&town, &worker, &chen).is(201);
    back(&town, &worker, &chen, false).is(204);
    assert_eq!((on(&town, &worker, &chen), counts(&worker)), (vec![], [0, 0, 0, 0].map(|n| json!(n))));
}

#[test]
fn health_is_shown_no_more_of_who_has_left_and_goes_within_a_month() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, draft("陈桂芳"));
    put_health(&town, &worker, &chen, json!({})).is(200);
    let people = |by: &Person| {
        let summary = town.get(&format!("/v1/health-summary?division={OWN}")).by(by).send();
        summary.is(200).body["people"].clone()
    };
    assert_eq!(people(&worker), json!(1));
    depart(&town, &worker, &chen).is(201);
    health_of(&town, &worker, &chen).is_problem(404, "not-found");
    assert_eq!(people(&worker), json!(0));
    back(&town, &worker, &chen, true).is(204);
    assert_eq!((health_of(&town, &worker, &chen).is(200).status, people(&worker)), (200, json!(1)));
    depart(&town, &worker, &chen).is(201);
    back(&town, &worker, &chen, false).is(204);
    health_of(&town, &worker, &chen).is_problem(404, "not-found");
    // That somebody left again by mistake gives nothing back that was gone before.
    depart(&town, &worker, &chen).is(201);
    back(&town, &worker, &chen, true).is(204);
    health_of(&town, &worker, &chen).is_problem(404, "not-found");
    // Written down anew, with a consent of its own.
    let anew = json!({ "consent": null });
    put_health(&town, &worker, &chen, anew).is_problem(409, "health-consent-missing");
    put_health(&town, &worker, &chen, json!({})).is(200);
    depart(&town, &worker, &chen).is(201);
    let kept = || {
        worker::sweep(&town.gate, &Stop::default()).expect("the worker's work");
        town.count("SELECT count(*) FROM resident_health")
    };
    town.clock.advance(TimeDelta::days(29));
    assert_eq!(kept(), 1);
    town.clock.advance(TimeDelta::days(2));
    assert_eq!(kept(), 0);
}

#[test]
fn of_two_records_of_health_the_newer_stays_with_the_person() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    town.appoint(&worker, Role::CommitteeWorker, ELSEWHERE);
    let [chen, again] = ["陈桂芳", "陈桂芬"].map(|name| enter(&town, &worker, draft(name)));
    put_health(&town, &worker, &chen, json!({ "care_level": "level_1" })).is(200);
    town.clock.advance(TimeDelta::minutes(1));
    put_health(&town, &worker, &again, json!({ "care_level": "level_2" })).is(200);
    merge(&town, &worker, &again, &chen).is(201);
    let there = enter(&town, &worker, with(draft("陈桂芳"), json!({ "division": ELSEWHERE })));
    merge(&town, &worker, &chen, &there).is(201);
    assert_eq!(health_of(&town, &worker, &there).is(200).body["care_level"], "level_2");
    let stranger = town.staff(Role::CommitteeWorker, OWN);
    health_of(&town, &stranger, &there).is_problem(404, "not-found");
    assert_eq!(
        town.text("SELECT string_agg(division::text, ' ') FROM resident_health WHERE left_at IS NULL"),
        ELSEWHERE
    );
}

/// Sets the label for a day or for good and takes it off, whatever becomes of the person meanwhile.
fn write(town: &Town, by: &Person, who: &Value, label: &str) {
    for round in 0..15 {
        let until = (round % 3 > 0).then(|| town.now() + TimeDelta::days(1));
        let body = json!({ "label": label, "source": "visit", "until": until });
        let status = town.post(&at(who, "/labels"), body).by(by).send().status;
        assert!(matches!(status, 201 | 409), "{status}");
        if round % 5 == 4 {
            let status = unset(town, by, who, label).status;
            assert!(matches!(status, 204 | 404), "{status}");
        }
    }
}

/// Lets somebody leave and come back, and in the end merges them into somebody elsewhere.
fn move_about(town: &Town, by: &Person, who: &Value, into: &Value) {
    for round in 0..6 {
        depart(town, by, who).is(201);
        back(town, by, who, round % 2 == 0).is(204);
    }
    merge(town, by, who, into).is(201);
}

#[test]
fn leaving_merging_and_expiring_at_once_keep_the_counts_exact() {
    let town = Town::with(|settings| settings.seats = 6);
    let by = town.staff(Role::CommitteeWorker, CITY);
    let label = define_in_city(&town, "lives_alone", json!({}));
    let there = |n: usize| json!({ "division": if n.is_multiple_of(2) { SIBLING } else { ELSEWHERE } });
    let pairs: Vec<(Value, Value)> = (0..4)
        .map(|n| (enter(&town, &by, draft("陈桂芳")), enter(&town, &by, with(draft("陈桂芳"), there(n)))))
        .collect();
    let (soon, is_done) = (town.now() + TimeDelta::days(2), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (town, by, label, is_done) = (&town, &by, &label, &is_done);
        let mut writers = Vec::new();
        for (who, into) in &pairs {
            writers.push(scope.spawn(move || write(town, by, who, label)));
            writers.push(scope.spawn(move || write(town, by, into, label)));
            writers.push(scope.spawn(move || move_about(town, by, who, into)));
        }
        scope.spawn(move || {
            let mut conn = town.owner();
            while !is_done.load(Ordering::Relaxed) {
                resident_labels::expire_next(&mut conn, soon).expect("expiring");
            }
        });
        let ends: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        is_done.store(true, Ordering::Relaxed);
        ends.into_iter().for_each(Result::unwrap);
    });
    let strays = "SELECT count(*) FROM resident_labels l JOIN residents r ON r.id = l.resident_id
                  WHERE l.removed_at IS NULL AND (l.division <> r.division OR r.status <> 'present')";
    assert_eq!(town.count(strays), 0);
    for _ in 0..2 {
        for (division, is_in) in [
            (OWN, format!("division = {OWN}")),
            (SIBLING, format!("division = {SIBLING}")),
            (ELSEWHERE, format!("division = {ELSEWHERE}")),
            (CITY, "true".to_owned()),
        ] {
            let carried =
                format!("SELECT count(*) FROM resident_labels WHERE removed_at IS NULL AND {is_in}");
            assert_eq!(
                counted(&town, &by, division, &label),
                Some(json!(town.count(&carried))),
                "{division}"
            );
        }
        fold_all(&town);
    }
}
