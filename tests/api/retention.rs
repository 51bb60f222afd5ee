//! How long everything is kept, with a moved clock.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use chrono::TimeDelta;
use lilong::app::retention::PERIODS;
use lilong::app::worker;
use lilong::kit::retention::{BATCH, Fate};
use lilong::kit::stop::Stop;
use serde_json::json;

use crate::sign_in::{PASSWORD, code_of, sign_in};
use crate::support::Town;

fn sweep(town: &Town) -> usize {
    worker::sweep(&town.gate, &Stop::default()).expect("the sweep")
}

#[test]
fn every_table_has_its_line_and_every_line_its_index() {
    let town = Town::new();
    let tables = town.text(
        "SELECT string_agg(tablename, ' ') FROM pg_tables
         WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_%'",
    );
    let tables: BTreeSet<&str> = tables.split(' ').collect();
    let lines: BTreeSet<&str> = PERIODS.iter().map(|period| period.table).collect();
    assert_eq!(tables, lines, "src/app/retention.rs says of each table how long it is kept");
    for period in PERIODS {
        let (since, place) = match period.fate {
            Fate::Kept => continue,
            Fate::Deleted { since, .. } | Fate::Emptied { since, .. } => (since, "i.indkey[0]"),
            // Which of the rows it is comes first there.
            Fate::Erased { since, .. } => (since, "ANY (i.indkey)"),
        };
        let found = town.count(&format!(
            "SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = {place}
             WHERE i.indrelid = '{}'::regclass AND a.attname = '{since}'
             AND coalesce(pg_get_expr(i.indpred, i.indrelid), '({since} IS NOT NULL)') = '({since} IS NOT NULL)'",
            period.table
        ));
        assert!(found > 0, "{} has no index on {since}", period.table);
    }
}

#[test]
fn the_audit_trail_is_kept() {
    for period in PERIODS.iter().filter(|period| period.table.starts_with("audit_")) {
        assert!(matches!(period.fate, Fate::Kept), "{}", period.table);
    }
}

/// One row at least in each table that is not kept for good.
fn live(town: &Town) {
    let person = town.with_password();
    let key = |path: &str, body| town.post(path, body).header("Idempotency-Key", "once").send();
    key("/v1/auth/otps", json!({ "phone": person.phone })).is(202);
    let session = sign_in(town, &person, PASSWORD);
    let refresh = json!({ "refresh_token": session.is(201).body["refresh_token"] });
    town.post("/v1/auth/tokens", refresh).send().is(201);
    sign_in(town, &person, "wrong-wrong-wrong").is(401);
    let account = person.account;
    town.execute(&format!(
        "UPDATE sessions SET device = '阿姨的手机';
         INSERT INTO outbox (id, topic, payload, created_at) VALUES (gen_random_uuid(), 'x', '{{}}', now());
         UPDATE signing_keys SET retired_at = now();
         INSERT INTO signing_keys SELECT 'next', public_key, private_sealed, now(), now() FROM signing_keys;
         INSERT INTO jobs (id, kind, account_id, is_second_factor, payload, state, run_at, created_at, finished_at)
         VALUES (gen_random_uuid(), 'x', '{account}', true, '{{}}', 'done', now(), now(), now()),
                (gen_random_uuid(), 'x', '{account}', true, '{{}}', 'queued', now(), now(), NULL)"
    ));
}

#[test]
fn each_table_keeps_its_rows_as_long_as_it_says_and_no_longer() {
    let town = Town::new();
    live(&town);
    assert_eq!(sweep(&town), 0, "everything is young");
    let audited = town.count("SELECT count(*) FROM audit_events");
    let left = || {
        let count = |what: &str| town.count(&format!("SELECT count(*) FROM {what}"));
        let all = [
            "idempotency_keys",
            "otps",
            "sign_in_failures",
            "outbox",
            "refresh_tokens WHERE used_at IS NOT NULL",
            "signing_keys",
            "sessions WHERE device <> ''",
            "jobs",
            "sessions",
        ];
        all.map(count)
    };
    // Sessions: the one of the town's own making, and the one signed in to. Failures: of the number, of the address.
    assert_eq!(left(), [1, 1, 2, 1, 1, 2, 2, 2, 2]);
    let mut day = 0.0;
    for (next, expected) in [
        (0.9, [1, 1, 2, 1, 1, 2, 2, 2, 2]),
        (1.1, [0, 0, 0, 1, 1, 2, 2, 2, 2]),
        (6.9, [0, 0, 0, 1, 1, 2, 2, 2, 2]),
        (7.1, [0, 0, 0, 0, 1, 2, 2, 2, 2]),
        (29.9, [0, 0, 0, 0, 1, 2, 2, 2, 2]),
        (30.1, [0, 0, 0, 0, 0, 1, 2, 2, 2]),
        // Sessions last 30 days by themselves.
        (59.9, [0, 0, 0, 0, 0, 1, 2, 2, 2]),
        (60.1, [0, 0, 0, 0, 0, 1, 0, 2, 2]),
        (90.1, [0, 0, 0, 0, 0, 1, 0, 1, 2]),
        (119.9, [0, 0, 0, 0, 0, 1, 0, 1, 2]),
        (120.1, [0, 0, 0, 0, 0, 1, 0, 1, 0]),
        (4_000.0, [0, 0, 0, 0, 0, 1, 0, 1, 0]),
    ] {
        town.clock.advance(TimeDelta::minutes(((next - day) * 1_440.0) as i64));
        day = next;
        sweep(&town);
        assert_eq!(left(), expected, "on day {next}");
        assert_eq!(sweep(&town), 0, "twice on day {next}");
    }
    assert_eq!(town.count("SELECT count(*) FROM refresh_tokens"), 0, "they go with their session");
    assert!(audited > 0);
    assert_eq!(town.count("SELECT count(*) FROM audit_events"), audited);
    assert_eq!(town.count("SELECT count(*) FROM accounts"), 1);
}

fn fill_outbox(town: &Town, rows: usize) {
    town.execute(&format!(
        "INSERT INTO outbox (id, topic, payload, created_at)
         SELECT gen_random_uuid(), 'old', '{{}}', now() - interval '8 days' FROM generate_series(1, {rows});
         INSERT INTO outbox (id, topic, payload, created_at)
         SELECT gen_random_uuid(), 'young', '{{}}', now() FROM generate_series(1, 100)"
    ));
}

fn outbox(town: &Town) -> i64 {
    town.count("SELECT count(*) FROM outbox")
}

#[test]
fn more_than_a_batch_goes_batch_by_batch_and_what_somebody_holds_goes_next_time() {
    use diesel::connection::SimpleConnection;
    let town = Town::new();
    fill_outbox(&town, 2 * BATCH + 7);
    let mut other = town.owner();
    other
        .batch_execute("BEGIN; SELECT FROM outbox WHERE topic = 'old' LIMIT 3 FOR UPDATE")
        .expect("three rows are held");
    assert_eq!(sweep(&town), 2 * BATCH + 4);
    other.batch_execute("COMMIT").expect("they are let go");
    assert_eq!((sweep(&town), outbox(&town)), (3, 100));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn the_worker_killed_in_the_middle_leaves_the_rest_to_the_next() {
    let town = Town::new();
    fill_outbox(&town, 300_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_lilong"))
        .args(["worker", "--once"])
        .env("DATABASE_URL", &town.api_url)
        .env("LILONG_KEYRING", &town.keyring)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    while outbox(&town) == 300_100 && child.try_wait().is_ok_and(|ended| ended.is_none()) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it is dead");
    let left = outbox(&town);
    assert!(left > 100 && left < 300_100, "not killed in the middle: {left}");
    let output = town.lilong(&["worker", "--once"], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(outbox(&town), 100);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn a_worker_beside_the_server_stops_when_told() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::io::{BufRead, BufReader};
    let town = Town::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_lilong"))
        .arg("worker")
        .env("DATABASE_URL", &town.api_url)
        .env("LILONG_KEYRING", &town.keyring)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    assert_eq!(line.trim(), "lilong works");
    std::thread::sleep(std::time::Duration::from_millis(300));
    kill_process(Pid::from_child(&child), Signal::TERM).expect("it is told");
    assert!(child.wait().expect("it ends").success());
    // Codes of a person come as ever: the server is another process.
    let person = town.with_password();
    town.post("/v1/auth/otps", json!({ "phone": person.phone })).send().is(202);
    assert_eq!(code_of(&town, &person.phone).len(), 6);
}
