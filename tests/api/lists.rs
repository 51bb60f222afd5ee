//! Lists through the API: imports and exports as jobs.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::stop::Stop;
use serde_json::{Value, json};

use crate::support::archive::{CARD, draft, enter, with, with_card};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, SIBLING, Town};

/// Sends a list; answers the file's id.
#[track_caller]
pub fn send(town: &Town, by: &Person, text: &str) -> String {
    let reply = town.upload("list.csv", text.as_bytes()).by(by).send();
    reply.is(201).body["id"].as_str().unwrap().to_owned()
}

/// The job's thing once it is over.
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
#[track_caller]
pub fn over(town: &Town, by: &Person, path: &str) -> Value {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let seen = town.get(path).by(by).send().is(200).body.clone();
        if matches!(seen["state"].as_str(), Some("done" | "failed")) {
            return seen;
        }
        assert!(Instant::now() < until, "it takes too long: {seen}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[track_caller]
pub fn import(town: &Town, by: &Person, body: Value) -> Value {
    let asked = town.post("/v1/imports", body).by(by).send();
    over(town, by, asked.is(202).header("location"))
}

pub fn counts(import: &Value) -> [i64; 4] {
    ["entered", "changed", "unchanged", "refused"].map(|name| import[name].as_i64().unwrap())
}

/// Imports rows below a heading into the committee; answers what became of them.
#[track_caller]
pub fn load_below(heading: &str, town: &Town, by: &Person, rows: &str, more: Value) -> [i64; 4] {
    let file = send(town, by, &format!("{heading}\n{rows}\n"));
    let body = with(json!({ "file": file, "division": OWN, "mode": "each" }), more);
    counts(&import(town, by, body))
}

/// Line, column and code of what was wrong with the last list.
pub fn faults(town: &Town) -> String {
    town.text(
        "SELECT coalesce(string_agg(line || ' ' || field || ' ' || code, ', ' ORDER BY line, field), '')
         FROM import_faults WHERE import_id = (SELECT max(id::text)::uuid FROM imports)",
    )
}

#[test]
fn a_list_that_was_sent_is_imported_and_reported_and_then_it_is_gone() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = send(&town, &worker, &format!("姓名,证件号码\n陈桂芳,{CARD}\n王小明,1\n"));
    let body = json!({ "file": file, "division": OWN, "mode": "each" });
    let done = import(&town, &worker, body.clone());
    assert_eq!(
        (counts(&done), &done["done"], &done["total"]),
        ([1, 0, 0, 1], &json!(2), &json!(2)),
        "{done}"
    );
    assert!(done["report_url"].is_string());
    // The list, which has whole numbers in it, is nobody's any more, and then it is gone.
    town.get(&format!("/v1/files/{file}")).by(&worker).send().is_problem(404, "not-found");
    town.post("/v1/imports", body).by(&worker).send().is_problem(422, "file-unknown");
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(*) FROM files"), 0);
}

#[test]
fn a_list_that_cannot_be_read_is_gone_like_any_other() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = send(&town, &worker, &format!("居民名单,\n姓名,证件号码\n陈桂芳,{CARD}\n"));
    let failed = import(&town, &worker, json!({ "file": file, "division": OWN, "mode": "each" }));
    assert_eq!(
        (&failed["state"], &failed["problem"], failed["finished_at"].is_string()),
        (&json!("failed"), &json!("import-heading-unknown"), true),
        "{failed}"
    );
    town.get(&format!("/v1/files/{file}")).by(&worker).send().is_problem(404, "not-found");
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(*) FROM files"), 0);
    // It says so as long as it is there, and that is not for ever.
    let path = format!("/v1/imports/{}", failed["id"].as_str().unwrap());
    assert_eq!(town.get(&path).by(&worker).send().is(200).body["state"], "failed");
    town.clock.advance(TimeDelta::days(91));
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(*) FROM imports"), 0);
}

#[test]
fn an_import_that_stops_in_the_middle_leaves_no_keys() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let head = town.staff(Role::CommitteeHead, OWN);
    let file = send(&town, &worker, &format!("姓名,证件号码\n陈桂芳,{CARD}\n"));
    // As after the first batch: it is in nobody's hands, and who asked for it has left the office.
    town.execute(&format!(
        "UPDATE posts SET ended_at = now() WHERE account_id = '{account}';
         INSERT INTO file_links (file_id, resource, resource_id, division, created_at)
             VALUES ('{file}', 'imports', '{file}', {OWN}, now());
         UPDATE files SET expires_at = NULL;
         INSERT INTO imports (id, account_id, division, form, sha256, source_id, mode, is_dry_run, created_at)
             VALUES ('{file}', '{account}', {OWN}, 'csv', '', '{file}', 'each', false, now());
         INSERT INTO import_keys (import_id, key, line) VALUES ('{file}', '\\x01', 2);
         INSERT INTO jobs (id, kind, account_id, is_second_factor, division, payload, state, run_at, created_at)
             VALUES ('{file}', 'imports', '{account}', true, {OWN}, '{{}}', 'queued', now(), now())",
        account = worker.account
    ));
    let failed = over(&town, &head, &format!("/v1/imports/{file}"));
    assert_eq!((&failed["state"], &failed["problem"]), (&json!("failed"), &json!("forbidden")), "{failed}");
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT (SELECT count(*) FROM files) + (SELECT count(*) FROM import_keys)"), 0);
}

#[test]
fn all_or_nothing_and_dry_runs_write_nothing() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let bad = format!("姓名,证件号码\n陈桂芳,{CARD}\n王小明,1\n");
    let ask = |text: &str, more: Value| {
        let body = json!({ "file": send(&town, &worker, text), "division": OWN, "mode": "all" });
        import(&town, &worker, with(body, more))
    };
    let failed = ask(&bad, json!({}));
    assert_eq!(
        (&failed["state"], &failed["problem"]),
        (&json!("failed"), &json!("import-rows-refused")),
        "{failed}"
    );
    assert!(failed["report_url"].is_string());
    let good = format!("姓名,证件号码\n陈桂芳,{CARD}\n");
    let dry = ask(&good, json!({ "is_dry_run": true }));
    assert_eq!((counts(&dry), &dry["state"]), ([1, 0, 0, 0], &json!("done")));
    assert_eq!(town.count("SELECT count(*) FROM residents"), 0);
    assert_eq!(counts(&ask(&good, json!({}))), [1, 0, 0, 0]);
    assert_eq!(counts(&ask(&good, json!({ "mode": "each" }))), [0, 0, 1, 0]);
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1);
}

#[test]
fn nobody_imports_outside_of_their_range() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = send(&town, &worker, &format!("姓名,证件号码,区划代码\n陈桂芳,{CARD},{SIBLING}\n"));
    for division in [SIBLING, ELSEWHERE] {
        let body = json!({ "file": file, "division": division, "mode": "each" });
        town.post("/v1/imports", body).by(&worker).send().is_problem(403, "forbidden");
    }
    let body = json!({ "file": file, "division": OWN, "mode": "each" });
    assert_eq!(counts(&import(&town, &worker, body)), [0, 0, 0, 1]);
    assert_eq!(town.count("SELECT count(*) FROM residents"), 0);
    // A street's list may go to any of its committees.
    let street = town.staff(Role::StreetOfficer, PARENT);
    let file = send(&town, &street, &format!("姓名,证件号码,区划代码\n陈桂芳,{CARD},{SIBLING}\n"));
    let body = json!({ "file": file, "division": PARENT, "mode": "each" });
    assert_eq!(counts(&import(&town, &street, body)), [1, 0, 0, 0]);
    let other = send(&town, &street, "姓名,备注\n");
    town.post("/v1/imports", json!({ "file": other, "division": OWN, "mode": "each" }))
        .by(&worker)
        .send()
        .is_problem(422, "file-unknown");
}

#[test]
fn a_list_of_residents_goes_out_masked_and_to_who_asked_only() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let head = town.staff(Role::CommitteeHead, OWN);
    enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": "13800001234", "ethnicity": "01" })));
    enter(&town, &worker, with(draft("王小明"), json!({ "registered_place": "=1+1" })));
    enter(
        &town,
        &town.staff(Role::CommitteeWorker, SIBLING),
        with(draft("邻村人"), json!({ "division": SIBLING })),
    );
    let ask = |by: &Person, body: Value| town.post("/v1/exports", body).by(by).send();
    ask(&worker, json!({ "division": OWN, "form": "csv", "purpose": "service" }))
        .is_problem(403, "forbidden");
    ask(&head, json!({ "division": SIBLING, "form": "csv", "purpose": "service" }))
        .is_problem(403, "forbidden");
    let asked = ask(&head, json!({ "division": OWN, "form": "csv", "purpose": "service" }));
    let done = over(&town, &head, asked.is(202).header("location"));
    assert_eq!((&done["state"], &done["people"]), (&json!("done"), &json!(2)), "{done}");
    let url = done["content_url"].as_str().unwrap();
    let list = String::from_utf8(town.get(url).by(&head).send().is(200).bytes.clone()).unwrap();
    assert!(
        list.contains("陈桂芳,310113003005,身份证,110*************2X,'+86 138****1234,女,1949-12-31,CHN,汉"),
        "{list}"
    );
    assert!(list.contains("'=1+1") && !list.contains(CARD) && !list.contains("邻村人"), "{list}");
    let colleague = town.staff(Role::CommitteeHead, OWN);
    town.get(url).by(&colleague).send().is_problem(404, "not-found");
    town.get(asked.header("location")).by(&colleague).send().is_problem(404, "not-found");
    // Once the post has ended, so has the list.
    town.execute(&format!("UPDATE posts SET ended_at = now() WHERE account_id = '{}'", head.account));
    town.clock.advance(TimeDelta::seconds(6));
    town.get(url).by(&head).send().is_problem(404, "not-found");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE resource = 'exports'"), 2);
}

#[test]
fn a_list_is_not_fetched_from_another_office() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    enter(&town, &head, with_card("陈桂芳"));
    let body = json!({ "division": OWN, "form": "csv", "purpose": "service" });
    let asked = town.post("/v1/exports", body).by(&head).send();
    let path = asked.is(202).header("location");
    let done = over(&town, &head, path);
    let url = done["content_url"].as_str().unwrap();
    town.get(url).by(&head).send().is(200);
    // The head of one committee becomes that of another.
    town.execute(&format!("UPDATE posts SET ended_at = now() WHERE account_id = '{}'", head.account));
    town.appoint(&head, Role::CommitteeHead, SIBLING);
    town.clock.advance(TimeDelta::seconds(6));
    for path in [url, path] {
        town.get(path).by(&head).send().is_problem(404, "not-found");
    }
    assert_eq!(town.get("/v1/exports").by(&head).send().is(200).body["items"], json!([]));
}

#[test]
fn an_export_is_narrowed_by_age_and_residence() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let city = town.staff(Role::CityOfficer, CITY);
    enter(&town, &worker, with_card("陈桂芳"));
    enter(&town, &worker, with(draft("王小明"), json!({ "born_on": "2020-01-01" })));
    for (more, people) in [
        (json!({ "min_age": 60 }), 1),
        (json!({ "max_age": 18 }), 1),
        (json!({ "residence": "from_abroad" }), 0),
        (json!({}), 2),
    ] {
        let body = with(json!({ "division": PARENT, "form": "xlsx", "purpose": "public_health" }), more);
        let asked = town.post("/v1/exports", body).by(&city).send();
        let done = over(&town, &city, asked.is(202).header("location"));
        assert_eq!(done["people"], json!(people), "{done}");
    }
    assert_eq!(
        town.get("/v1/exports?limit=2").by(&city).send().is(200).body["items"].as_array().unwrap().len(),
        2
    );
}
