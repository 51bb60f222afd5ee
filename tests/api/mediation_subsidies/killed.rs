//! A process killed while it files a case, between the ledger and the closing and after both.

use diesel::connection::SimpleConnection;
use uuid::Uuid;

use super::{Table, table};
use crate::support::process::Process;
use crate::support::{Person, Town, wait_until};

/// A lock of nobody's, at which whoever files a case is held.
const HERE: i64 = 7_109_999;

/// Files a case at a process; none where nobody answers.
fn file(address: &str, by: &Person, case: Uuid) -> Option<u16> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let sent = ureq::Agent::new_with_config(config)
        .post(format!("{address}/v1/mediation-cases/{case}/closure"))
        .header("Authorization", format!("Bearer {}", by.token))
        .content_type("application/json")
        .send(r#"{ "note": "已归档" }"#);
    sent.ok().map(|answer| answer.status().as_u16())
}

/// How many hold the lock, or wait for it.
fn at_the_lock(town: &Town, which: &str) -> i64 {
    town.count(&format!(
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
         WHERE locktype = 'advisory' AND objid = {HERE} {which}"
    ))
}

/// Files a case at a process, which is killed once it has written to that table.
fn killed_at(town: &Town, (table, event): (&str, &str), by: &Person, case: Uuid) {
    town.execute(&format!(
        "CREATE FUNCTION hold_on() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN PERFORM pg_advisory_xact_lock({HERE}); RETURN NULL; END $$;
         CREATE TRIGGER hold_on AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION hold_on()"
    ));
    let mut holder = town.owner();
    holder.batch_execute(&format!("SELECT pg_advisory_lock({HERE})")).expect("the lock");
    let mut process = Process::start(town);
    let address = process.address.clone();
    std::thread::scope(|scope| {
        let asking = scope.spawn(move || file(&address, by, case));
        wait_until("it has written so far", || at_the_lock(town, "AND NOT granted") == 1);
        process.kill();
        assert_eq!(asking.join().expect("no answer"), None);
    });
    drop(holder);
    wait_until("the database has noticed", || at_the_lock(town, "") == 0);
    town.execute("DROP FUNCTION hold_on CASCADE");
}

#[test]
fn a_case_is_filed_and_paid_for_or_neither_whenever_the_process_is_killed() {
    let town = Town::new();
    let Table { case, mediators, .. } = table(&town);
    let state = || town.text(&format!("SELECT state FROM matters WHERE id = '{case}'"));
    let lines = || town.count("SELECT count(*) FROM mediation_subsidies");
    for place in [("mediation_subsidies", "INSERT"), ("matters", "UPDATE OF state")] {
        killed_at(&town, place, &mediators[0], case);
        assert_eq!((state().as_str(), lines()), ("failed", 0), "{place:?}");
        let told = "SELECT count(*) FROM audit_events WHERE action = 'create_mediation_case_closure'";
        assert_eq!(town.count(told), 0);
    }
    let heir = Process::start(&town);
    assert_eq!(file(&heir.address, &mediators[0], case), Some(200));
    assert_eq!(file(&heir.address, &mediators[1], case), Some(409));
    let seats = town.count("SELECT count(DISTINCT seat_id) FROM mediation_subsidies");
    assert_eq!((state().as_str(), lines(), seats), ("closed", 3, 3));
}
