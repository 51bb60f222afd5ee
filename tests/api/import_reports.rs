//! What was bad of a list comes back as a list: mended, it is sent again.

use std::io::Cursor;

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::worker;
use lilong::kit::sheets::{Form, Writer, each_row};
use lilong::kit::stop::Stop;
use lilong::people::imports::RULES;
use serde_json::{Value, json};

use crate::lists::{counts, import, over, send};
use crate::support::archive::CARD;
use crate::support::{OWN, PARENT, Person, SIBLING, Town};

/// The rows of the report of an import, and the file itself.
#[track_caller]
fn report(town: &Town, by: &Person, import: &Value) -> (Vec<Vec<String>>, Vec<u8>) {
    let reply = town.get(import["report_url"].as_str().unwrap()).by(by).send();
    assert_eq!(reply.is(200).header("cache-control"), "no-store");
    let mut rows = Vec::new();
    each_row(Form::Xlsx, Cursor::new(reply.bytes.as_slice()), RULES[0], |_, row| {
        rows.push(row);
        Ok(true)
    })
    .unwrap();
    (rows, reply.bytes.clone())
}

fn body(file: &str) -> Value {
    json!({ "file": file, "division": OWN, "mode": "each" })
}

/// Sends a workbook of these rows; answers the file's id.
#[track_caller]
fn send_book(town: &Town, by: &Person, rows: &[Vec<String>]) -> String {
    let mut book = Writer::new(Form::Xlsx).unwrap();
    for row in rows {
        book.row(row).unwrap();
    }
    let reply = town.upload("report.xlsx", &book.finish().unwrap()).by(by).send();
    reply.is(201).body["id"].as_str().unwrap().to_owned()
}

#[test]
fn bad_rows_come_back_whole_and_go_in_once_they_are_mended() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let text = format!(
        "备注,姓名,外部编号,证件号码,无证件原因,出生日期\nx,陈桂芳,A1,{CARD},,\n\
         =1+1,王小明,A2,,未提供,2023-02-29\n,,A3,,未提供,昨天\n,李秀英,A4,,未提供,\n"
    );
    let book: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    // A text and a workbook alike.
    for (file, rest) in
        [(send(&town, &worker, &text), [2, 0, 0, 2]), (send_book(&town, &worker, &book), [0, 0, 2, 2])]
    {
        let done = import(&town, &worker, body(&file));
        assert_eq!((counts(&done), &done["left_out"]), (rest, &json!(0)), "{done}");
        let (rows, bytes) = report(&town, &worker, &done);
        assert_eq!(rows[0], ["备注", "姓名", "外部编号", "证件号码", "无证件原因", "出生日期", "错误原因"]);
        assert_eq!(rows[1][..6], ["=1+1", "王小明", "A2", "", "未提供", "2023-02-29"]);
        assert_eq!(rows[2][..6], ["", "", "A3", "", "未提供", "昨天"]);
        assert!(rows[1][6].starts_with("第3行 出生日期："), "{rows:?}");
        assert!(rows[2][6].contains("出生日期：") && rows[2][6].contains("姓名：缺少姓名"), "{rows:?}");
        assert_eq!(rows.len(), 3);
        // Sent again as it is, it is as bad as it was, and its own column does not come twice.
        let again = town.upload("report.xlsx", &bytes).by(&worker).send();
        let again = import(&town, &worker, body(again.is(201).body["id"].as_str().unwrap()));
        assert_eq!(counts(&again), [0, 0, 0, 2], "{again}");
        assert_eq!(report(&town, &worker, &again).0[0], rows[0]);
    }
    let last = town.text("SELECT id FROM imports ORDER BY id DESC LIMIT 1");
    let last = town.get(&format!("/v1/imports/{last}")).by(&worker).send().is(200).body.clone();
    let (mut rows, _) = report(&town, &worker, &last);
    rows[1][5] = "2023-02-28".into();
    (rows[2][1], rows[2][5]) = ("赵铁柱".into(), String::new());
    let mended = import(&town, &worker, body(&send_book(&town, &worker, &rows)));
    assert_eq!((counts(&mended), &mended["report_url"]), ([2, 0, 0, 0], &json!(null)), "{mended}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 4);
}

#[test]
fn a_report_is_sealed_read_on_record_and_gone_after_a_week() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = send(&town, &worker, &format!("姓名,证件号码\n王😀,{CARD}\n"));
    let done = import(&town, &worker, body(&file));
    let url = done["report_url"].as_str().unwrap();
    // Who sent the list may read it; a colleague, the street and others may not, and who sees the import is not told where it is.
    let (rows, bytes) = report(&town, &worker, &done);
    assert_eq!(rows[1][..2], ["王😀", CARD]);
    for (role, place) in [(Role::CommitteeHead, OWN), (Role::StreetOfficer, PARENT)] {
        let other = town.staff(role, place);
        let seen = town.get(url.trim_end_matches("/report")).by(&other).send().is(200).body.clone();
        assert_eq!((&seen["refused"], &seen["report_url"]), (&json!(1), &json!(null)), "{seen}");
        let listed = town.get("/v1/imports").by(&other).send().is(200).body.clone();
        assert_eq!(listed["items"], json!([seen]));
        town.get(url).by(&other).send().is_problem(404, "not-found");
    }
    let stranger = town.staff(Role::CommitteeHead, SIBLING);
    town.get(url).by(&stranger).send().is_problem(404, "not-found");
    let events = format!(
        "SELECT count(*) FROM audit_events WHERE action = 'find_import_report' AND account_id = '{}'",
        worker.account
    );
    assert_eq!(town.count(&events), 1);
    // It is no file, and what the database has of it is no workbook.
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(*) FROM files"), 0);
    let book: String = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let kept = town.text("SELECT report_sealed FROM imports");
    assert!(kept.len() > bytes.len() && !kept.contains(&book), "{kept}");
    assert_eq!(town.count("SELECT extract(day FROM report_until - finished_at)::bigint FROM imports"), 7);
    town.clock.advance(TimeDelta::days(7) - TimeDelta::hours(1));
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.get(url).by(&town.later(&worker)).send().is(200).bytes, bytes);
    town.clock.advance(TimeDelta::hours(2));
    let worker = town.later(&worker);
    town.get(url).by(&worker).send().is_problem(409, "import-without-report");
    let seen = town.get(url.trim_end_matches("/report")).by(&worker).send();
    assert_eq!(seen.is(200).body["report_url"], json!(null));
    worker::sweep(&town.gate, &Stop::default()).unwrap();
    assert_eq!(town.count("SELECT count(*) FROM imports WHERE report_sealed IS NOT NULL"), 0);
    assert_eq!(town.count("SELECT count(*) FROM imports"), 1);
}

#[test]
fn a_report_of_too_many_rows_says_how_many_it_leaves_out() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = send(&town, &worker, &format!("姓名,备注\n{}", "x,\n".repeat(10_003)));
    // As after the last batch: every row was bad, some in two columns.
    town.execute(&format!(
        "INSERT INTO file_links (file_id, resource, resource_id, division, created_at)
             VALUES ('{file}', 'imports', '{file}', {OWN}, now());
         UPDATE files SET expires_at = NULL;
         INSERT INTO imports (id, account_id, division, form, sha256, source_id, mode, is_dry_run, done, refused, created_at)
             VALUES ('{file}', '{account}', {OWN}, 'csv', '', '{file}', 'each', false, 10003, 10003, now());
         INSERT INTO import_faults (import_id, line, field, code, explanation)
             SELECT '{file}', line, field, 'field-invalid', 'x' FROM generate_series(2, 10004) line,
                 unnest(ARRAY['name', 'phone']) field WHERE field = 'name' OR line < 10;
         INSERT INTO jobs (id, kind, account_id, is_second_factor, division, payload, state, run_at, created_at)
             VALUES ('{file}', 'imports', '{account}', true, {OWN}, '{{}}', 'queued', now(), now())",
        account = worker.account
    ));
    let done = over(&town, &worker, &format!("/v1/imports/{file}"));
    assert_eq!((&done["state"], &done["left_out"]), (&json!("done"), &json!(3)), "{done}");
    let (rows, _) = report(&town, &worker, &done);
    assert_eq!((rows.len(), rows[1][0].as_str()), (10_002, "x"));
    assert!(rows[10_000][2].starts_with("第10001行 "), "{:?}", rows[10_000]);
    let [name, note, told] = rows[10_001].as_slice() else { panic!("{:?}", rows[10_001]) };
    assert!(name.is_empty() && note.is_empty() && told.contains("另有3行"), "{told}");
    // Below the rows it says something, and is none.
    let short = [rows[0].clone(), vec!["陈桂芳".into(), String::new()], rows[10_001].clone()];
    let again = import(&town, &worker, body(&send_book(&town, &worker, &short)));
    assert_eq!((counts(&again), &again["total"]), ([0, 0, 0, 1], &json!(1)), "{again}");
}
