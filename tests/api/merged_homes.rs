//! Merges of people who have homes: nothing of the past is lost, nothing is doubled, whatever happens at once.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Integer;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{homes, move_in, person};
use crate::support::{OWN, Person, Reply, Town};

fn merge(town: &Town, by: &Person, from: &str, into: &str) -> Reply {
    town.post("/v1/resident-merges", json!({ "from": from, "into": into, "reason": "同一人" })).by(by).send()
}

fn lives(town: &Town, by: &Person, dwelling: &str, resident: &str, since: &str) -> String {
    let draft = json!({ "resident": resident, "relation": "occupant", "starts_on": since });
    move_in(town, by, dwelling, draft)["id"].as_str().unwrap().to_owned()
}

fn own(town: &Town, by: &Person, dwelling: &str, owners: &[(&str, i32)]) -> Reply {
    let whole: i32 = owners.iter().map(|(_, parts)| parts).sum();
    let share = |parts: &i32| json!({ "numerator": parts, "denominator": whole });
    let owners: Vec<Value> =
        owners.iter().map(|(who, parts)| json!({ "resident": who, "share": share(parts) })).collect();
    let body = json!({ "owners": owners });
    town.put(&format!("/v1/dwellings/{dwelling}/owners"), "*", body).by(by).send()
}

/// Whose record says what of a home, since when, until when.
fn told(town: &Town, dwelling: &str) -> String {
    town.text(&format!(
        "SELECT coalesce(string_agg(concat_ws(' ', r.name, d.starts_on, coalesce(d.ends_on::text, '-')), ', '
                         ORDER BY d.starts_on, r.name), '')
         FROM dwelling_residents d JOIN residents r ON r.id = d.resident_id WHERE d.dwelling_id = '{dwelling}'"
    ))
}

#[test]
fn what_both_records_said_of_one_home_is_told_once_and_none_of_it_is_lost() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [first, second] = homes(&town, OWN);
    let [from, into] = ["陈桂芳", "陈桂芬"].map(|name| person(&town, &worker, name));
    lives(&town, &worker, &first, &from, "2010-01-01");
    let was = lives(&town, &worker, &first, &into, "2015-01-01");
    let path = format!("/v1/dwellings/{first}/residents/{was}");
    town.patch(&path, "*", json!({ "ends_on": "2018-01-01" })).by(&worker).send().is(200);
    lives(&town, &worker, &second, &into, "2020-01-01");
    let rows = town.get(&format!("/v1/dwellings/{second}/residents")).by(&worker).send();
    let id = rows.is(200).body["items"][0]["id"].as_str().unwrap().to_owned();
    let out = town.call("DELETE", &format!("/v1/dwellings/{second}/residents/{id}")).by(&worker).send();
    out.is(204);
    merge(&town, &worker, &from, &into).is(201);
    assert_eq!(
        told(&town, &first),
        "陈桂芳 2010-01-01 2018-01-01, 陈桂芬 2015-01-01 2018-01-01, 陈桂芬 2018-01-01 -"
    );
    let kept = town.get(&format!("/v1/residents/{from}")).by(&worker).send();
    assert_eq!((&kept.is(200).body["id"], &kept.body["home"]), (&json!(into), &json!(first)));
}

#[test]
fn who_lives_in_two_homes_by_two_records_lives_in_that_of_the_record_that_stays() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [first, second] = homes(&town, OWN);
    let [from, into] = ["陈桂芳", "陈桂芬"].map(|name| person(&town, &worker, name));
    lives(&town, &worker, &first, &from, "2010-01-01");
    let was = lives(&town, &worker, &first, &into, "2015-01-01");
    let path = format!("/v1/dwellings/{first}/residents/{was}");
    town.patch(&path, "*", json!({ "ends_on": "2018-01-01" })).by(&worker).send().is(200);
    lives(&town, &worker, &second, &into, "2020-01-01");
    merge(&town, &worker, &from, &into).is(201);
    let today = lilong::kit::clock::local_date(town.now());
    assert_eq!(told(&town, &first), format!("陈桂芳 2010-01-01 {today}, 陈桂芬 2015-01-01 2018-01-01"));
    assert_eq!(told(&town, &second), "陈桂芬 2020-01-01 -");
    let kept = town.get(&format!("/v1/residents/{into}")).by(&worker).send();
    assert_eq!(kept.is(200).body["home"], json!(second));
}

/// How many wait for a connection, or for somebody who does.
fn waiting(town: &Town, holder: i64) -> i64 {
    town.count(&format!(
        "WITH RECURSIVE line (pid) AS (
             SELECT {holder}::integer
             UNION SELECT a.pid FROM pg_stat_activity a JOIN line ON line.pid = ANY (pg_blocking_pids(a.pid)))
         SELECT count(*) - 1 FROM line"
    ))
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn a_merge_and_a_sale_at_once_wait_for_each_other_and_leave_one_whole_home() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let [from, into, son] = ["陈桂芳", "陈桂芬", "陈建华"].map(|name| person(&town, &worker, name));
    own(&town, &worker, &dwelling, &[(&from, 1), (&into, 1)]).is(200);
    // Somebody holds the first of the two shares until both are in line for it.
    let mut holder = town.owner();
    let hold = "BEGIN; SELECT FROM dwelling_residents WHERE resident_id";
    holder.batch_execute(&format!("{hold} = '{from}' FOR UPDATE")).unwrap();
    let pid: i32 =
        diesel::select(diesel::dsl::sql::<Integer>("pg_backend_pid()")).get_result(&mut holder).unwrap();
    let in_line = |expected: i64| {
        let is_so = (0..1_000).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(5));
            waiting(&town, pid.into()) == expected
        });
        assert!(is_so, "{expected} wait");
    };
    let (merged, sold) = std::thread::scope(|scope| {
        let sold = scope.spawn(|| own(&town, &worker, &dwelling, &[(&son, 1)]).status);
        in_line(1);
        let merged = scope.spawn(|| merge(&town, &worker, &from, &into).status);
        in_line(2);
        holder.batch_execute("COMMIT").unwrap();
        (merged.join().unwrap(), sold.join().unwrap())
    });
    assert_eq!((merged, sold), (201, 200));
    let owners = town.get(&format!("/v1/dwellings/{dwelling}/owners")).by(&worker).send();
    let owners = owners.is(200).body["owners"].as_array().unwrap().clone();
    assert_eq!((owners.len(), &owners[0]["resident"]), (1, &json!(son)));
    assert_eq!(owners[0]["share"], json!({ "numerator": 1, "denominator": 1 }));
}

#[test]
fn two_who_move_one_family_about_at_once_leave_one_head_and_nobody_twice() {
    let town = Town::with(|settings| settings.seats = 4);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [old, son, wife, double] =
        ["陈国强", "陈建华", "李芳", "李芬"].map(|name| person(&town, &worker, name));
    let member = |who: &str, relation: &str| json!({ "resident": who, "relation": relation });
    let family = json!({ "division": OWN, "members": [member(&old, "head"), member(&double, "other")] });
    let path = town.post("/v1/households", family).by(&worker).send().is(201).header("location").to_owned();
    let handed =
        json!({ "members": [member(&son, "head"), member(&old, "parent"), member(&wife, "spouse")] });
    let died = json!({ "kind": "deceased", "on": "2026-11-20" });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let (town, worker, path, handed, died) = (&town, &worker, &path, &handed, &died);
        let (old, wife, double) = (&old, &wife, &double);
        let all = [
            scope.spawn(move || town.patch(path, "*", handed.clone()).by(worker).send().status),
            scope.spawn(move || {
                let path = format!("/v1/residents/{old}/departure");
                town.post(&path, died.clone()).by(worker).send().status
            }),
            scope.spawn(move || merge(town, worker, double, wife).status),
        ];
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| matches!(status, 200 | 201 | 409 | 503)), "{statuses:?}");
    let current = "SELECT count(*) FROM household_members WHERE left_on IS NULL";
    assert_eq!(town.count(&format!("{current} AND relation = 'head'")), 1, "{statuses:?}");
    assert_eq!(
        town.count(current),
        town.count(&current.replace("count(*)", "count(DISTINCT resident_id)")),
        "{statuses:?}"
    );
    let gone = format!(
        "{current} AND resident_id IN (SELECT id FROM residents WHERE status IN ('departed', 'deceased', 'merged'))"
    );
    assert_eq!(town.count(&gone), 0, "{statuses:?}");
}
