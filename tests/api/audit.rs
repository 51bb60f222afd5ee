//! The audit trail: complete, append-only, chained, read by its auditors only.

use lilong::access::audit::{self, Verdict};
use lilong::access::role::Role;
use lilong::app::start;
use serde_json::json;

use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Town};

fn verify(town: &Town) -> Verdict {
    audit::verify(&mut town.owner(), town.gate.ring(), |_| {}).expect("it can be checked")
}

fn change(town: &Town, times: usize) {
    let head = town.staff(Role::CommitteeHead, OWN);
    for n in 0..times {
        town.patch(&format!("/v1/divisions/{OWN}"), "*", json!({ "address": format!("{n}") }))
            .by(&head)
            .send()
            .is(200);
    }
}

#[test]
fn what_was_done_is_read_by_the_auditors_of_its_range() {
    let town = Town::new();
    change(&town, 3);
    let read =
        |role, place| town.get("/v1/audit-events?resource=divisions").by(&town.staff(role, place)).send();
    let events = read(Role::Auditor, PARENT);
    assert_eq!(events.is(200).body["items"].as_array().unwrap().len(), 3);
    assert_eq!(events.body["items"][0]["action"], "update_division");
    assert_eq!(read(Role::Auditor, ELSEWHERE).body["items"].as_array().unwrap().len(), 0);
    assert_eq!(read(Role::Auditor, CITY).body["items"].as_array().unwrap().len(), 3);
    for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::CityOfficer] {
        read(role, CITY).is_problem(403, "forbidden");
    }
}

#[test]
fn a_refused_act_leaves_no_trace() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    town.patch(&format!("/v1/divisions/{OWN}"), "\"v9\"", json!({ "address": "x" })).by(&head).send().is(412);
    assert_eq!(town.count("SELECT count(*) FROM audit_events"), 0);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the worker has its own beat")]
fn the_worker_seals_within_a_second() {
    let town = Town::new();
    change(&town, 2);
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE seal IS NULL"), 0);
    assert!(matches!(verify(&town), Verdict::Whole { events: 2, .. }));
}

#[test]
fn what_is_changed_removed_or_added_behind_the_back_is_found() {
    let town = Town::new();
    for _ in 0..3 {
        change(&town, 1);
        town.seal();
    }
    assert_eq!(verify(&town), Verdict::Whole { seals: 3, events: 3 });
    // Only who owns the schema can put the triggers aside.
    town.execute(
        "ALTER TABLE audit_events DISABLE TRIGGER ALL; ALTER TABLE audit_seals DISABLE TRIGGER ALL;
         CREATE TABLE kept_events AS TABLE audit_events; CREATE TABLE kept_seals AS TABLE audit_seals",
    );
    for sql in [
        "UPDATE audit_events SET action = 'nothing' WHERE seal = 2",
        "DELETE FROM audit_events WHERE seal = 2",
        "DELETE FROM audit_seals WHERE id = 2",
        "INSERT INTO audit_events SELECT gen_random_uuid(), at, account_id, action, resource, resource_id, division, request_id, detail, 2 FROM audit_events LIMIT 1",
    ] {
        town.execute(sql);
        assert_eq!(verify(&town), Verdict::Broken { seal: 2 }, "{sql}");
        town.execute(
            "DELETE FROM audit_events; INSERT INTO audit_events TABLE kept_events;
             DELETE FROM audit_seals; INSERT INTO audit_seals TABLE kept_seals",
        );
        assert_eq!(verify(&town), Verdict::Whole { seals: 3, events: 3 });
    }
}

#[test]
fn what_is_sealed_during_a_check_is_no_contradiction() {
    let town = Town::new();
    change(&town, 1);
    town.seal();
    let meanwhile = |_| {
        change(&town, 1);
        town.seal();
    };
    let verdict = audit::verify(&mut town.owner(), town.gate.ring(), meanwhile).expect("it can be checked");
    assert_eq!(verdict, Verdict::Whole { seals: 1, events: 1 });
    assert_eq!(verify(&town), Verdict::Whole { seals: 2, events: 2 });
}

#[test]
fn nobody_changes_the_trail() {
    let town = Town::new();
    change(&town, 1);
    town.seal();
    for sql in [
        "UPDATE audit_events SET action = 'x'",
        "UPDATE audit_events SET seal = 7",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "UPDATE audit_seals SET events = 9",
        "DELETE FROM audit_seals",
    ] {
        use diesel::connection::SimpleConnection;
        let refused = town.owner().batch_execute(sql).expect_err(sql).to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
}

#[test]
fn the_role_of_the_api_lacks_the_right_to_change_the_trail() {
    use diesel::connection::SimpleConnection;
    let town = Town::new();
    change(&town, 1);
    town.seal();
    for sql in [
        "UPDATE audit_events SET action = 'x'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "UPDATE audit_seals SET events = 9",
        "DELETE FROM audit_seals",
        "TRUNCATE audit_seals",
        "ALTER TABLE audit_events DISABLE TRIGGER ALL",
        "DROP TABLE audit_seals",
    ] {
        let mut conn = start::connect(&town.api_url).expect("the API connects");
        let refused = conn.batch_execute(sql).expect_err(sql).to_string();
        let is_right = refused.contains("permission denied") || refused.contains("must be owner");
        assert!(is_right, "{sql}: {refused}");
    }
}
