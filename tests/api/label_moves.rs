//! Labels and health of those who leave, come back, move, or turn out to be one person with another record: nothing is lost,
//! nothing is left behind, and the counts stay exact.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::RunQueryDsl;
use lilong::access::act::Act;
use lilong::access::caller::{Origin, Ticket};
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::answer::Nothing;
use lilong::kit::problem::Result;
use lilong::people::disclosures::ResidentId;
use lilong::people::{health, resident_labels, residents};
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, with};
use crate::support::tags::{codes, counted, define, define_in_city, label, put_health, set, unset};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

/// What another feature does in an act of somebody's.
fn act(town: &Town, by: &Person, work: impl FnOnce(&mut Act<'_>) -> Result<()> + Send + 'static) {
    let origin = Origin { request_id: "test".into(), address: [127, 0, 0, 1].into(), believed: None };
    let ticket = Ticket { signed_in: Some((by.account, by.session)), origin, key: None };
    let write = town.gate.write(ticket, move |act| work(act).map(|()| Nothing {}));
    actix_web::rt::System::new().block_on(write).map(drop).expect("the act");
}

fn id(row: &Value) -> ResidentId {
    ResidentId(row["id"].as_str().unwrap().parse().unwrap())
}

fn on(town: &Town, by: &Person, resident: &Value) -> Vec<String> {
    codes(&town.get(&format!("/v1/residents/{}/labels", resident["id"].as_str().unwrap())).by(by).send())
}

/// Brings a record to another committee, as a move does.
fn bring(act: &mut Act<'_>, resident: ResidentId, division: &str) -> Result<()> {
    residents::store::lock(act, resident)?;
    let place = format!("UPDATE residents SET division = {division} WHERE id = '{resident}'");
    diesel::sql_query(place).execute(act.conn)?;
    resident_labels::move_all(act, resident, resident)?;
    health::move_to(act, resident, resident)
}

#[test]
fn who_leaves_takes_no_label_along_and_who_is_merged_keeps_each_once() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    town.appoint(&worker, Role::CommitteeWorker, ELSEWHERE);
    let [here, both] = ["needs_lift", "lives_alone"].map(|code| define(&town, label(code)));
    let city = define_in_city(&town, "veteran", json!({}));
    let [chen, again, wang] = ["陈桂芳", "陈桂芬", "王小明"].map(|name| enter(&town, &worker, draft(name)));
    for (who, label) in [(&chen, &here), (&chen, &both), (&again, &both), (&again, &city), (&wang, &both)] {
        set(&town, &worker, who, label).is(201);
    }
    let (from, into, gone) = (id(&again), id(&chen), id(&wang));
    act(&town, &worker, move |act| resident_labels::remove_all(act, gone));
    act(&town, &worker, move |act| resident_labels::move_all(act, from, into));
    let count = |division: &str, label: &str| counted(&town, &worker, division, label).unwrap();
    assert_eq!([&here, &both, &city].map(|label| count(OWN, label)), [json!(1), json!(1), json!(1)]);
    assert_eq!(on(&town, &worker, &chen), ["needs_lift", "lives_alone", "veteran"]);
    assert_eq!(on(&town, &worker, &again), Vec::<String>::new());
    // A move to another street: what belongs to the street stays behind, what belongs to the city goes along.
    act(&town, &worker, move |act| bring(act, into, ELSEWHERE));
    assert_eq!(on(&town, &worker, &chen), ["veteran"]);
    for _ in 0..2 {
        assert_eq!(
            (count(OWN, &city), count(ELSEWHERE, &city), count(OWN, &here)),
            (json!(0), json!(1), json!(0))
        );
        while worker::count_labels(&town.gate).expect("the worker's work") > 0 {}
    }
}

#[test]
fn a_departure_by_mistake_gives_back_what_it_took() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let [kept, removed, retired, anew] = ["a1", "a2", "a3", "a4"].map(|code| define(&town, label(code)));
    let brief = define(&town, with(label("a5"), json!({ "lasts_days": 1 })));
    let chen = enter(&town, &worker, draft("陈桂芳"));
    for label in [&kept, &removed, &retired, &anew, &brief] {
        set(&town, &worker, &chen, label).is(201);
    }
    unset(&town, &worker, &chen, &removed).is(204);
    let who = id(&chen);
    act(&town, &worker, move |act| resident_labels::remove_all(act, who));
    let left = [&kept, &anew].map(|label| counted(&town, &worker, OWN, label).unwrap());
    assert_eq!(left, [json!(0), json!(0)]);
    town.patch(&format!("/v1/labels/{retired}"), "*", json!({ "is_retired": true }))
        .by(&street)
        .send()
        .is(200);
    set(&town, &worker, &chen, &anew).is(201);
    town.clock.advance(TimeDelta::days(1) + TimeDelta::seconds(1));
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let at: DateTime<Utc> = town
        .text("SELECT to_char(removed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM resident_labels WHERE removal = 'gone' LIMIT 1")
        .parse()
        .unwrap();
    for _ in 0..2 {
        act(&town, &worker, move |act| resident_labels::restore_all(act, who, at));
        let mut codes = on(&town, &worker, &chen);
        codes.sort();
        assert_eq!(codes, ["a1", "a4"]);
        let counts =
            [&kept, &removed, &retired, &anew, &brief].map(|label| counted(&town, &worker, OWN, label));
        assert_eq!(counts, [1, 0, 0, 1, 0].map(|n| Some(json!(n))));
    }
}

#[test]
fn of_two_records_of_health_the_newer_stays_and_goes_where_the_person_goes() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    town.appoint(&worker, Role::CommitteeWorker, ELSEWHERE);
    let [chen, again] = ["陈桂芳", "陈桂芬"].map(|name| enter(&town, &worker, draft(name)));
    put_health(&town, &worker, &chen, json!({ "care_level": "level_1" })).is(200);
    town.clock.advance(TimeDelta::minutes(1));
    put_health(&town, &worker, &again, json!({})).is(200);
    let (from, into) = (id(&again), id(&chen));
    act(&town, &worker, move |act| health::move_to(act, from, into));
    act(&town, &worker, move |act| bring(act, into, ELSEWHERE));
    let seen = format!("/v1/residents/{}/health?purpose=service", into.0);
    assert_eq!(town.get(&seen).by(&worker).send().is(200).body["care_level"], "level_2");
    assert_eq!(
        town.text("SELECT string_agg(resident_id::text || ' ' || division, ',') FROM resident_health"),
        format!("{} {ELSEWHERE}", into.0)
    );
    // Somebody of whom nothing is kept.
    act(&town, &worker, move |act| health::move_to(act, from, from));
    act(&town, &worker, move |act| health::forget(act, into).map(drop));
    assert_eq!(town.count("SELECT count(*) FROM resident_health"), 0);
}

/// Sets a label and takes it off again and again; some of it for a day only.
fn set_and_unset(town: &Town, by: &Person, who: &Value, label: &str) {
    let path = format!("/v1/residents/{}/labels", who["id"].as_str().unwrap());
    let soon = town.now() + TimeDelta::days(1);
    for round in 0..15 {
        let until = (round % 3 > 0).then_some(soon);
        let body = json!({ "label": label, "source": "visit", "until": until });
        let status = town.post(&path, body).by(by).send().status;
        assert!(matches!(status, 201 | 409), "{status}");
        if round % 5 == 4 {
            let status = unset(town, by, who, label).status;
            assert!(matches!(status, 204 | 404), "{status}");
        }
    }
}

/// Moves somebody to and fro, and lets them leave now and then.
fn move_and_leave(town: &Town, by: &Person, who: ResidentId) {
    for round in 0..10 {
        let place = if round % 2 == 0 { SIBLING } else { ELSEWHERE };
        act(town, by, move |act| bring(act, who, place));
        if round % 4 == 3 {
            act(town, by, move |act| {
                residents::store::lock(act, who)?;
                resident_labels::remove_all(act, who)
            });
        }
    }
}

#[track_caller]
fn are_exact(town: &Town, by: &Person, label: &str) {
    for (division, range) in [(OWN, OWN), (SIBLING, SIBLING), (ELSEWHERE, ELSEWHERE), (CITY, "l.division")] {
        let carried = format!(
            "SELECT count(*) FROM resident_labels l JOIN residents r ON r.id = l.resident_id AND r.division = l.division
             WHERE removed_at IS NULL AND l.division = {range}"
        );
        assert_eq!(counted(town, by, division, label), Some(json!(town.count(&carried))), "{division}");
    }
}

/// Some set and take off, some move people to and fro or let them leave, while labels expire and counts are added up.
#[test]
fn moving_leaving_and_expiring_at_once_keep_the_counts_exact() {
    let town = Town::with(|settings| settings.seats = 6);
    let by = town.staff(Role::CommitteeWorker, CITY);
    let label = define_in_city(&town, "lives_alone", json!({}));
    let people: Vec<Value> = (0..4).map(|_| enter(&town, &by, draft("陈桂芳"))).collect();
    let later = town.now() + TimeDelta::days(2);
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (town, by, label, is_done) = (&town, &by, &label, &is_done);
        let mut writers = Vec::new();
        for who in &people {
            writers.push(scope.spawn(move || set_and_unset(town, by, who, label)));
            writers.push(scope.spawn(move || move_and_leave(town, by, id(who))));
        }
        scope.spawn(move || {
            let mut conn = town.owner();
            while !is_done.load(Ordering::Relaxed) {
                resident_labels::expire_next(&mut conn, later).expect("expiring");
            }
        });
        let ends: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        is_done.store(true, Ordering::Relaxed);
        ends.into_iter().for_each(std::result::Result::unwrap);
    });
    assert!(town.count("SELECT count(*) FROM resident_labels WHERE removal = 'expired'") > 0, "some expired");
    are_exact(&town, &by, &label);
    while town.count("SELECT count(*) FROM label_count_deltas") > 0 {
        worker::count_labels(&town.gate).expect("the worker's work");
    }
    are_exact(&town, &by, &label);
    let strays = "SELECT count(*) FROM resident_labels l JOIN residents r ON r.id = l.resident_id
                  WHERE l.removed_at IS NULL AND l.division <> r.division";
    assert_eq!(town.count(strays), 0);
}

#[test]
fn who_leaves_loses_labels_and_who_returns_by_mistake_or_is_merged_keeps_them() {
    let town = Town::new();
    let by = town.staff(Role::CommitteeWorker, OWN);
    let head = town.staff(Role::CommitteeHead, OWN);
    let label = define_in_city(&town, "lives_alone", json!({}));
    let [chen, again] = ["陈桂芳", "陈桂芬"].map(|name| enter(&town, &by, draft(name)));
    set(&town, &by, &chen, &label).is(201);
    put_health(&town, &by, &chen, json!({})).is(200);
    let at = format!("/v1/residents/{}", chen["id"].as_str().unwrap());
    let carried = || codes(&town.get(&format!("{at}/labels")).by(&by).send());
    let gone = json!({ "kind": "moved_out", "on": "2026-01-01" });
    town.post(&format!("{at}/departure"), gone).by(&by).send().is(201);
    assert_eq!(counted(&town, &by, OWN, &label), Some(json!(0)));
    assert_eq!(town.count("SELECT count(*) FROM resident_health"), 0);
    town.call("DELETE", &format!("{at}/departure?restore=true")).by(&head).send().is(204);
    assert_eq!((carried(), counted(&town, &by, OWN, &label)), (vec!["lives_alone".into()], Some(json!(1))));
    let merge = json!({ "from": chen["id"], "into": again["id"], "reason": "同一人" });
    town.post("/v1/resident-merges", merge).by(&by).send().is(201);
    // The old id answers with the record that stays, which has the label now.
    assert_eq!((carried(), counted(&town, &by, OWN, &label)), (vec!["lives_alone".into()], Some(json!(1))));
}
