//! A list lies sealed in the store from the moment it is sent: whoever reads the disk, the bucket or a backup learns nothing of it.

use std::fmt::Write as _;

use lilong::access::role::Role;
use lilong::app::sealed::COLUMNS;
use lilong::kit::crypto::KeyringFile;
use lilong::kit::sealed;
use lilong::kit::sheets::{Form, Writer};
use serde_json::{Value, json};

use crate::lists::{counts, over, send};
use crate::support::archive::{CARD, enter, with_card};
use crate::support::{OWN, Person, Town};

const PHONE: &str = "13877001122";

/// Jobs that are asked for from now on wait.
fn hold_jobs(town: &Town) {
    town.execute(
        "CREATE FUNCTION hold_jobs() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN NEW.run_at := NEW.run_at + interval '1 day'; RETURN NEW; END $$;
         CREATE TRIGGER hold_jobs BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION hold_jobs()",
    );
}

fn release_jobs(town: &Town) {
    town.execute("UPDATE jobs SET run_at = created_at");
}

/// Asks for an import that waits; answers its address.
#[track_caller]
fn ask(town: &Town, by: &Person, file: &str) -> String {
    let body = json!({ "file": file, "division": OWN, "mode": "each" });
    town.post("/v1/imports", body).by(by).send().is(202).header("location").to_owned()
}

fn list() -> String {
    format!("姓名,证件号码,电话,备注\n陈桂芳,{CARD},{PHONE},x\n")
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Neither number stands in the objects' folder, nor in any column.
#[track_caller]
fn is_nowhere_in_the_clear(town: &Town) {
    for path in town.kept() {
        let bytes = std::fs::read(&path).unwrap();
        // What is packed could not be searched, so nothing is a workbook.
        assert!(!bytes.starts_with(b"PK"), "{}", path.display());
        for secret in [CARD, PHONE, "陈桂芳"] {
            let is_there = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!is_there, "{} holds {secret}", path.display());
        }
    }
    let tables = town.text(
        "SELECT string_agg(table_name, ' ') FROM information_schema.tables
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
    );
    for table in tables.split(' ') {
        for secret in [CARD, PHONE].into_iter().flat_map(|text| [text.to_owned(), hex(text)]) {
            let found = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%'");
            assert_eq!(town.count(&found), 0, "{table} holds {secret}");
        }
    }
}

#[test]
fn a_list_that_waits_is_nowhere_in_the_clear_and_goes_in_as_ever() {
    let town = Town::new();
    hold_jobs(&town);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let mut book = Writer::new(Form::Xlsx).unwrap();
    for row in list().lines() {
        book.row(&row.split(',').collect::<Vec<_>>()).unwrap();
    }
    let sent = town.upload("list.xlsx", &book.finish().unwrap()).by(&worker).send();
    let files = [
        send(&town, &worker, &list()),
        send(&town, &worker, &list()),
        sent.is(201).body["id"].as_str().unwrap().to_owned(),
    ];
    // Sent, and belonging to nothing yet; then waiting.
    is_nowhere_in_the_clear(&town);
    let asked = files.map(|file| ask(&town, &worker, &file));
    is_nowhere_in_the_clear(&town);
    // One list is one list, and each time it was sent it lies there otherwise.
    assert_eq!(town.count("SELECT count(DISTINCT sha256) FROM files WHERE kind = 'csv'"), 1);
    assert_eq!(town.count("SELECT count(DISTINCT key_sealed) FROM files"), 3);
    let mut kept: Vec<Vec<u8>> = town.kept().iter().map(|path| std::fs::read(path).unwrap()).collect();
    kept.sort();
    kept.dedup();
    assert_eq!(kept.len(), 3);
    release_jobs(&town);
    let done = asked.map(|path| counts(&over(&town, &worker, &path)));
    assert_eq!(done.map(|[_, changed, _, refused]| [changed, refused]), [[0, 0]; 3], "{done:?}");
    assert_eq!(done.map(|[entered, ..]| entered).iter().sum::<i64>(), 1, "{done:?}");
    assert_eq!(done.map(|[_, _, unchanged, _]| unchanged).iter().sum::<i64>(), 2, "{done:?}");
    assert_eq!(town.count("SELECT count(*) FROM residents"), 1);
    is_nowhere_in_the_clear(&town);
}

#[test]
fn who_sent_a_list_fetches_it_as_it_was_and_nobody_else_does() {
    let town = Town::new();
    hold_jobs(&town);
    let (worker, head) = (town.staff(Role::CommitteeWorker, OWN), town.staff(Role::CommitteeHead, OWN));
    // Long enough to lie in several pieces.
    let mut text = list();
    for n in 0..300 {
        writeln!(text, "王小明,,139{n:08},{}", "x".repeat(1_000)).unwrap();
    }
    let file = send(&town, &worker, &text);
    let url = format!("/v1/files/{file}/content");
    let fetched = |by: &Person| {
        let reply = town.get(&url).by(by).send();
        assert!(reply.is(200).bytes == text.as_bytes(), "{} bytes", reply.bytes.len());
        let seen = town.get(&format!("/v1/files/{file}")).by(by).send().is(200).body.clone();
        assert_eq!(seen["size"], json!(text.len()));
        assert_eq!(reply.header("etag"), format!("\"{}\"", seen["sha256"].as_str().unwrap()));
    };
    fetched(&worker);
    let path = ask(&town, &worker, &file);
    fetched(&worker);
    town.get(&url).by(&head).send().is_problem(404, "not-found");
    town.get(&format!("/v1/files/{file}/thumbnail")).by(&worker).send().is_problem(404, "not-found");
    release_jobs(&town);
    let done = over(&town, &worker, &path);
    assert_eq!((&done["state"], &done["done"]), (&json!("done"), &json!(301)), "{done}");
    town.get(&url).by(&worker).send().is_problem(404, "not-found");
}

#[test]
fn a_waiting_list_goes_in_after_a_rotation_and_without_the_old_key() {
    let town = Town::new();
    hold_jobs(&town);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let path = ask(&town, &worker, &send(&town, &worker, &list()));
    let kept = std::fs::read(&town.kept()[0]).unwrap();
    let now = town.now();
    let (held, ..) = KeyringFile::parse(&town.keyring).unwrap().step(now).unwrap();
    let (fresh, key, _) = held.step(now).unwrap();
    let ring = town.gate.ring();
    assert_eq!(ring.adopt(&fresh, now).unwrap(), Some(key));
    let column = COLUMNS.iter().find(|column| column.table == "files").unwrap();
    let mut conn = town.owner();
    // As `lilong keys retire-seal` asks before it takes a key out: the list has to be reckoned with.
    assert_eq!(sealed::count_by_key(&mut conn, column).unwrap(), [(1, 1)]);
    for column in COLUMNS {
        sealed::reseal_next(&mut conn, ring, column, None).unwrap();
    }
    assert_eq!(sealed::count_by_key(&mut conn, column).unwrap(), [(key, 1)]);
    ring.adopt(&fresh.without(1, now).unwrap(), now).unwrap();
    assert!(std::fs::read(&town.kept()[0]).unwrap() == kept, "what lies there need not change");
    release_jobs(&town);
    let done = over(&town, &worker, &path);
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [1, 0, 0, 0]), "{done}");
}

#[test]
fn a_list_from_before_is_read_as_it_lies() {
    let town = Town::new();
    hold_jobs(&town);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let file = send(&town, &worker, &list());
    std::fs::write(&town.kept()[0], list()).unwrap();
    town.execute("UPDATE files SET key_sealed = NULL");
    let path = ask(&town, &worker, &file);
    let back = town.get(&format!("/v1/files/{file}/content")).by(&worker).send();
    assert!(back.is(200).bytes == list().as_bytes());
    release_jobs(&town);
    let done = over(&town, &worker, &path);
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [1, 0, 0, 0]), "{done}");
}

#[test]
fn an_export_lies_sealed_as_well() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    enter(&town, &head, with_card("陈桂芳"));
    let body: Value = json!({ "division": OWN, "form": "csv", "purpose": "service" });
    let asked = town.post("/v1/exports", body).by(&head).send();
    let done = over(&town, &head, asked.is(202).header("location"));
    assert_eq!(town.kept().len(), 1);
    is_nowhere_in_the_clear(&town);
    let list = town.get(done["content_url"].as_str().unwrap()).by(&head).send().is(200).bytes.clone();
    assert!(String::from_utf8(list).unwrap().contains("陈桂芳"));
}
