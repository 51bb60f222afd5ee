//! Periods that begin with what people do: each row is there until just before its time is over, and gone just after.

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use serde_json::json;

use crate::lists::{import, send};
use crate::support::archive::{CARD, draft, enter};
use crate::support::rights::{claim, home, say};
use crate::support::tags::{define, label, set, unset};
use crate::support::{CITY, OWN, Town};

fn sweep(town: &Town) -> usize {
    worker::sweep(&town.gate, &Stop::default()).expect("the sweep")
}

/// A secret of an application and a key of codes retire; each has a successor.
fn retire(town: &Town) {
    let gate = town.application(OWN, &["venues.read"]);
    let secrets = format!("/v1/applications/{}/secrets", gate.id);
    let admin = town.staff(Role::SystemAdmin, CITY);
    town.call("POST", &secrets).by(&admin).send().is(201);
    town.call("DELETE", &format!("{secrets}/{}", gate.secret_id)).by(&admin).send().is(204);
    let rotated = town.lilong(&["keys", "rotate", "--codes", "--now"], "");
    assert!(rotated.status.success(), "{rotated:?}");
}

/// Of two people who carry a label one loses it; somebody tries to be found in the archive; a list has a bad row, and a copy is asked for.
fn live(town: &Town) {
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let label = define(town, label("lives_alone"));
    let [stays, loses] = ["陈桂芳", "王小明"].map(|name| enter(town, &worker, draft(name)));
    for resident in [&stays, &loses] {
        set(town, &worker, resident, &label).is(201);
    }
    unset(town, &worker, &loses, &label).is(204);
    say(town, &town.resident(), claim("李秀英", &home(town))).is(201);
    let file = send(town, &worker, &format!("姓名,证件号码\n王😀,{CARD}\n"));
    let done = import(town, &worker, json!({ "file": file, "division": OWN, "mode": "each" }));
    assert!(done["report_url"].is_string(), "{done}");
    town.execute(&format!(
        "INSERT INTO data_exports (id, account_id, created_at) VALUES (gen_random_uuid(), '{}', '{}')",
        worker.account,
        town.now()
    ));
}

#[test]
fn what_people_leave_is_kept_to_the_end_of_its_period_and_no_longer() {
    let town = Town::new();
    retire(&town);
    live(&town);
    sweep(&town);
    let left = || {
        let count = |what: &str| town.count(&format!("SELECT count(*) FROM {what}"));
        let all = [
            "residency_attempts",
            "imports WHERE report_sealed IS NOT NULL",
            "data_exports",
            "code_keys",
            "application_secrets",
            "imports",
            "resident_labels",
        ];
        all.map(count)
    };
    // An attempt counts for who tries and for whose document it is.
    assert_eq!(left(), [2, 1, 1, 2, 2, 1, 2]);
    let mut day = 0.0;
    for (next, expected) in [
        (0.9, [2, 1, 1, 2, 2, 1, 2]),
        (1.1, [0, 1, 1, 2, 2, 1, 2]),
        (6.9, [0, 1, 1, 2, 2, 1, 2]),
        (7.1, [0, 0, 0, 2, 2, 1, 2]),
        (29.9, [0, 0, 0, 2, 2, 1, 2]),
        (30.1, [0, 0, 0, 1, 2, 1, 2]),
        (89.9, [0, 0, 0, 1, 2, 1, 2]),
        (90.1, [0, 0, 0, 1, 1, 0, 2]),
        (1_094.9, [0, 0, 0, 1, 1, 0, 2]),
        (1_095.1, [0, 0, 0, 1, 1, 0, 1]),
        (4_000.0, [0, 0, 0, 1, 1, 0, 1]),
    ] {
        town.clock.advance(TimeDelta::minutes(((next - day) * 1_440.0) as i64));
        day = next;
        sweep(&town);
        assert_eq!(left(), expected, "on day {next}");
        assert_eq!(sweep(&town), 0, "twice on day {next}");
    }
    // What is left is what still counts.
    let counts = |what: &str| town.count(&format!("SELECT count(*) FROM {what} IS NULL"));
    let living = ["code_keys WHERE retired_at", "application_secrets WHERE retired_at"];
    assert_eq!(living.map(counts), [1, 1]);
    assert_eq!(counts("resident_labels WHERE removed_at"), 1);
}
