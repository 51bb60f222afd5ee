//! Records of those who left: kept for three years and no longer, unless something stands on them. With a moved clock.

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use serde_json::{Value, json};

use crate::support::archive::{draft, enter, homes, with, with_card};
use crate::support::petitions::{filed, neighbour};
use crate::support::rights::bind;
use crate::support::tags::{define, label, put_health, set};
use crate::support::{OWN, Person, Town};

/// How long the record of somebody who left is kept.
const KEPT: TimeDelta = TimeDelta::days(3 * 365);

fn sweep(town: &Town) {
    worker::sweep(&town.gate, &Stop::default()).expect("a sweep");
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

fn depart(town: &Town, by: &Person, resident: &Value, more: Value) {
    let body = with(json!({ "kind": "moved_out", "on": "2026-01-05" }), more);
    town.post(&format!("/v1/residents/{}/departure", id(resident)), body).by(by).send().is(201);
}

fn status(town: &Town, resident: &Value) -> String {
    town.text(&format!("SELECT status FROM residents WHERE id = '{}'", id(resident)))
}

/// A column of bytes, as a row says it.
fn hex(town: &Town, resident: &Value, column: &str) -> String {
    town.text(&format!("SELECT encode({column}, 'hex') FROM residents WHERE id = '{}'", id(resident)))
}

/// The tables that hold one of these texts.
fn found(town: &Town, texts: &[String]) -> Vec<String> {
    let tables = town.text(
        "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables
         WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_%'",
    );
    let like = texts.iter().map(|text| format!("'%{text}%'")).collect::<Vec<_>>().join(", ");
    let holds = |table: &&str| {
        town.count(&format!("SELECT count(*) FROM {table} t WHERE t::text LIKE ANY (ARRAY[{like}])")) > 0
    };
    tables.split(' ').filter(holds).map(ToOwned::to_owned).collect()
}

#[test]
fn who_moved_away_is_kept_for_three_years_and_not_a_day_longer() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let more =
        json!({ "phone": "13800001234", "registered_place": "湖北省罗田县", "external_id": "SQY-7788" });
    let gone = enter(&town, &worker, with(with_card("瞿离川"), more));
    let here = enter(&town, &worker, draft("瞿留春"));
    let lonely = define(&town, label("lives_alone"));
    set(&town, &worker, &gone, &lonely).is(201);
    put_health(&town, &worker, &gone, json!({})).is(200);
    let mut texts = ["document_sealed", "document_hash", "phone_sealed", "phone_hash"]
        .map(|column| hex(&town, &gone, column))
        .to_vec();
    texts.extend(["瞿离川", "湖北省罗田县", "SQY-7788", "江苏省昆山市"].map(ToOwned::to_owned));
    depart(&town, &worker, &gone, json!({ "destination": "江苏省昆山市" }));
    // What is sensitive goes within a month.
    let sensitive = "SELECT (SELECT count(*) FROM resident_labels) + (SELECT count(*) FROM resident_health)";
    town.clock.advance(TimeDelta::days(29));
    sweep(&town);
    assert_eq!(town.count(sensitive), 2);
    town.clock.advance(TimeDelta::days(2));
    sweep(&town);
    assert_eq!(town.count(sensitive), 0);
    town.clock.advance(KEPT - TimeDelta::days(32));
    sweep(&town);
    assert_eq!(status(&town, &gone), "departed");
    assert_eq!(found(&town, &texts), ["resident_departures", "residents"]);
    town.clock.advance(TimeDelta::days(2));
    sweep(&town);
    assert_eq!(status(&town, &gone), "erased");
    assert_eq!(found(&town, &texts), Vec::<String>::new());
    assert_eq!(status(&town, &here), "present");
    assert_eq!(found(&town, &["瞿留春".to_owned()]), ["residents"]);
    // The traces are those of an erasure that nobody asked for, and are left once.
    sweep(&town);
    let traces = [
        "erasures WHERE account_id IS NULL AND status = 'erased' AND decided_at IS NOT NULL",
        "audit_events WHERE action = 'create_erasure_decision' AND request_id = 'deadline' AND account_id IS NULL",
        "outbox WHERE topic = 'erasure.decided'",
    ];
    assert_eq!(traces.map(|trace| town.count(&format!("SELECT count(*) FROM {trace}"))), [1, 1, 1]);
    let head = town.staff(Role::CommitteeHead, OWN);
    let listed = town.get("/v1/erasures?status=erased").by(&head).send();
    assert_eq!(listed.is(200).body["items"][0]["resident"], gone["id"]);
    assert_eq!(listed.body["items"][0]["answer"], "保存期限届满，依法删除");
    town.get(&format!("/v1/residents/{}", id(&gone))).by(&head).send().is_problem(404, "not-found");
}

#[test]
fn what_stands_on_a_record_keeps_it_until_it_ends() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let people = ["瞿一", "瞿二", "瞿三", "瞿四"].map(|name| enter(&town, &worker, draft(name)));
    let [owner, holder, guardian, dead] = &people;
    let child = enter(&town, &worker, draft("瞿小"));
    let [dwelling] = homes(&town, OWN);
    let share = json!({ "numerator": 1, "denominator": 1 });
    let owners =
        json!({ "owners": [{ "resident": owner["id"], "share": share }], "starts_on": "2009-01-01" });
    town.put(&format!("/v1/dwellings/{dwelling}/owners"), "*", owners).by(&worker).send().is(200);
    for record in [holder, dead] {
        bind(&town, &town.resident(), record);
    }
    town.execute(&format!(
        "UPDATE residents SET born_on = '2026-01-01' WHERE id = '{ward}';
         INSERT INTO guardians (id, ward_id, guardian_id, division, relation, evidence, recorded_by, created_at)
             VALUES (gen_random_uuid(), '{ward}', '{}', {OWN}, 'parent', '出生医学证明', '{}', now())",
        id(guardian),
        worker.account,
        ward = id(&child),
    ));
    for record in [owner, holder, guardian] {
        depart(&town, &worker, record, json!({}));
    }
    depart(&town, &worker, dead, json!({ "kind": "deceased" }));
    // Whose petition is open.
    let asker = neighbour(&town, OWN);
    filed(&town, &asker);
    town.execute(&format!(
        "UPDATE residents SET status = 'departed', account_id = NULL, ended_at = '{}' WHERE account_id = '{}'",
        town.now(),
        asker.account
    ));
    let statuses = || people.each_ref().map(|record| status(&town, record));
    let asking =
        || town.count("SELECT count(*) FROM residents WHERE name = '陈桂芳' AND status = 'departed'");
    town.clock.advance(KEPT + TimeDelta::days(1));
    sweep(&town);
    // An account holds up the record of who moved away, and not that of the dead.
    assert_eq!((statuses(), asking()), (["departed", "departed", "departed", "erased"].map(String::from), 1));
    town.execute(
        "UPDATE dwelling_residents SET ends_on = '2026-06-01';
         UPDATE residents SET account_id = NULL;
         UPDATE guardians SET ended_at = now()",
    );
    sweep(&town);
    assert_eq!((statuses(), asking()), (["erased"; 4].map(String::from), 1));
    assert_eq!(status(&town, &child), "present");
}

#[test]
fn whoever_came_back_is_kept_as_if_they_had_never_left() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, with_card("瞿归"));
    depart(&town, &worker, &chen, json!({}));
    town.call("DELETE", &format!("/v1/residents/{}/departure", id(&chen))).by(&worker).send().is(204);
    town.clock.advance(KEPT + TimeDelta::days(1));
    sweep(&town);
    assert_eq!(status(&town, &chen), "present");
    assert_eq!(town.count("SELECT count(*) FROM erasures"), 0);
}

#[test]
fn a_merged_record_is_emptied_of_its_numbers_within_a_month() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let from = enter(&town, &worker, with(with_card("瞿离川"), json!({ "phone": "13800001234" })));
    let into = enter(&town, &worker, draft("瞿离传"));
    let body = json!({ "from": from["id"], "into": into["id"], "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&worker).send().is(201);
    let numbers = |record: &Value| {
        town.count(&format!(
            "SELECT num_nonnulls(document_sealed, document_hash, phone_sealed, phone_hash, born_on)::bigint
             FROM residents WHERE id = '{}'",
            id(record)
        ))
    };
    town.clock.advance(TimeDelta::days(29));
    sweep(&town);
    assert_eq!((numbers(&from), numbers(&into)), (5, 5));
    town.clock.advance(TimeDelta::days(2));
    sweep(&town);
    assert_eq!((numbers(&from), numbers(&into)), (0, 5));
    // The old id leads to the record that stays, as before.
    assert_eq!(status(&town, &from), "merged");
    let again = town.staff(Role::CommitteeWorker, OWN);
    let answered = town.get(&format!("/v1/residents/{}", id(&from))).by(&again).send();
    assert_eq!(answered.is(200).body["id"], into["id"]);
}

#[test]
fn who_left_by_two_records_is_kept_from_the_later_day_on() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [first, second] = ["瞿先走", "瞿后走"].map(|name| enter(&town, &worker, draft(name)));
    depart(&town, &worker, &first, json!({}));
    town.clock.advance(KEPT - TimeDelta::days(10));
    let again = town.staff(Role::CommitteeWorker, OWN);
    depart(&town, &again, &second, json!({}));
    let body = json!({ "from": second["id"], "into": first["id"], "reason": "本人到场核对" });
    town.post("/v1/resident-merges", body).by(&again).send().is(201);
    town.clock.advance(KEPT - TimeDelta::days(1));
    sweep(&town);
    assert_eq!(status(&town, &first), "departed");
    town.clock.advance(TimeDelta::days(2));
    sweep(&town);
    assert_eq!([&first, &second].map(|record| status(&town, record)), ["erased"; 2].map(String::from));
}
