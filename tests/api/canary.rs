//! No ID number and no telephone number stands anywhere in the clear: canaries are planted wherever one is taken, every operation is
//! driven with some that can't be, and all that is kept, logged, measured and answered is searched.
//!
//! Free texts are out of this: what somebody writes into a title or a note is kept and answered as it was written, by design.

mod matters;
mod planting;
mod statements;
mod takers;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::sync::{Arc, LazyLock, Mutex};

use lilong::access::policy::Reach;
use lilong::access::role::Role;
use lilong::app::policy::{self, Row};
use lilong::app::worker;
use lilong::kit::sheets::{Form, each_row};
use lilong::kit::stop::Stop;
use lilong::people::imports::RULES;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::codes::city;
use crate::policy::attempts::Scene;
use crate::support::archive::with;
use crate::support::{CITY, Call, OWN, Person, Reply, Town, document, wait_until};

/// Invented, valid by their checksum, and nowhere else in the tests.
const CARD: &str = "310113198706117734";
const OTHER_CARD: &str = "310113195403024414";
const CITY_CARD: &str = "310113196205187751";
const PHONE: &str = "13877665544";
const OTHER_PHONE: &str = "13877665533";
const CITY_PHONE: &str = "13877665522";
const CANARIES: [&str; 6] = [CARD, OTHER_CARD, CITY_CARD, PHONE, OTHER_PHONE, CITY_PHONE];

/// Operations whose answer is whole numbers, to whom they were granted, and on record; one's own copy; one's own list with its faults.
const WHOLE: [&str; 5] = [
    "find_resident_identity",
    "create_petition_contact_disclosure",
    "list_data_grant_residents",
    "find_data_export_content",
    "find_import_report",
];

/// The log of this whole process, more talkative than any operator would have it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let filter = EnvFilter::new("debug,lilong=trace");
    let started = tracing_subscriber::fmt().with_env_filter(filter).with_writer(log.clone()).try_init();
    started.expect("no other test starts the log");
    log
});

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;
    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// As it is, in hexadecimal (as bytes are printed) and in base64.
fn spellings(canary: &str) -> Vec<String> {
    use base64::Engine as _;
    // What stands before it decides on the first characters.
    let in_base64 = ["", "?", "??"].map(|before| {
        let text = format!("{before}{canary}");
        let coded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(text);
        let sure = if before.is_empty() { 0 } else { 4 }..coded.len() - 2;
        coded.get(sure).expect("base64").to_owned()
    });
    std::iter::once(canary.to_owned()).chain([hex(canary)]).chain(in_base64).collect()
}

#[track_caller]
fn is_silent(what: &str, text: &str) {
    for canary in CANARIES {
        for spelling in spellings(canary) {
            if let Some((before, _)) = text.split_once(&spelling) {
                let start = before.char_indices().rev().nth(200).map_or(0, |(at, _)| at);
                panic!("{what} tells {canary} after: {}", before.get(start..).unwrap_or_default());
            }
        }
    }
}

/// What is written there; of a workbook its cells too, which are compressed.
fn text_of(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if bytes.starts_with(b"PK") {
        let _other_archives_have_no_cells = each_row(Form::Xlsx, Cursor::new(bytes), RULES[0], |_, row| {
            text.push_str(&row.join("\n"));
            text.push('\n');
            Ok(true)
        });
    }
    text
}

#[track_caller]
fn is_silent_reply(operation: &str, reply: &Reply) {
    if !(WHOLE.contains(&operation) && reply.status == 200) {
        is_silent(operation, &text_of(&reply.bytes));
    }
    is_silent(operation, &format!("{:?}", reply.headers));
}

/// Somebody who may do an operation to things in `OWN`.
fn who_may(town: &Town, row: &Row) -> Option<Person> {
    let may = |role: Role| row.reaches.iter().any(|(one, reach)| *one == role && *reach != Reach::Never);
    let staff =
        Role::ALL.iter().copied().find(|role| !matches!(role, Role::Visitor | Role::Resident) && may(*role));
    match staff {
        _ if may(Role::Visitor) => None,
        Some(role) => Some(town.staff(role, if may(Role::CommitteeHead) { OWN } else { CITY })),
        None => Some(town.resident()),
    }
}

/// Every text and number of a body becomes a canary that can't be taken, one at a time; and one more field is sent.
fn spoilt(body: &Value) -> Vec<Value> {
    let text = |canary: &str| Value::from(format!("{canary}\0"));
    let number = |canary: &str| Value::from(canary.parse::<i64>().expect("digits"));
    let mut bodies = vec![with(body.clone(), json!({ "x": CARD })), Value::from(CARD), json!([PHONE, CARD])];
    for (field, _) in body.as_object().into_iter().flatten() {
        for value in
            [text(CARD), text(PHONE), number(PHONE), number(CARD), json!([CARD]), json!({ "x": PHONE })]
        {
            bodies.push(with(body.clone(), json!({ field: value })));
        }
    }
    bodies
}

fn drive(town: &Town, scene: &Scene) {
    for row in policy::rows() {
        let person = who_may(town, &row);
        is_silent_reply(row.operation, &scene.attempt(town, row.operation, person.as_ref()));
        if row.operation == "create_file" {
            // Its body is a file; the lists of [`planting`] are sent as such.
            continue;
        }
        let (method, path, body) = scene.request(town, row.operation, person.as_ref());
        let by = |call: Call<'_>| {
            let call = if matches!(method, "PATCH" | "PUT") { call.header("If-Match", "*") } else { call };
            match &person {
                Some(person) => call.by(person).send_unchecked(),
                None => call.send_unchecked(),
            }
        };
        for body in body.iter().flat_map(spoilt) {
            let reply = by(town.call(method, &path).json(&body));
            assert!((400..500).contains(&reply.status), "{} took {body}: {}", row.operation, reply.text);
            is_silent_reply(row.operation, &reply);
        }
        // In an address, too, should somebody put it there; it is answered in `instance` at most, to who sent it.
        let asked = if path.contains('?') { '&' } else { '?' };
        by(town.call(method, &format!("{path}{asked}phone={PHONE}&q={CARD}")));
        by(town.call(method, &path.replace(OWN, CARD)));
    }
}

/// Rows and what they say, of every table, as text: bytes in hexadecimal.
fn is_silent_database(town: &Town) {
    let schema = town.text("SELECT current_schema()");
    let tables = town.text(&format!(
        "SELECT string_agg(table_name, ',') FROM information_schema.tables
         WHERE table_schema = '{schema}' AND table_type = 'BASE TABLE'"
    ));
    let mut filled = BTreeSet::new();
    for table in tables.split(',') {
        let rows = town.text(&format!("SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t"));
        is_silent(table, &rows);
        if !rows.is_empty() {
            filled.insert(table);
        }
    }
    for table in [
        "residents",
        "residencies",
        "corrections",
        "accounts",
        "otps",
        "petitions",
        "mediation_parties",
        "dispute_entries",
        "enrolments",
        "check_ins",
        "data_exports",
        "data_grant_reads",
        "audit_events",
        "imports",
        "disclosures",
        "outbox",
        "idempotency_keys",
    ] {
        assert!(filled.contains(table), "{table} has been written: {filled:?}");
    }
}

#[test]
fn a_canary_is_heard_however_it_is_spelt() {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD;
    let heard = |text: String| std::panic::catch_unwind(|| is_silent("a text", &text)).is_err();
    for canary in CANARIES {
        assert!(heard(format!("x{canary}y")) && heard(format!("\\x{}", hex(&format!("?{canary}?")))));
        for before in ["", "a", "ab", "abc"] {
            assert!(heard(base64.encode(format!("{before}{canary}z"))), "{before}");
        }
    }
    assert!(!heard(CARD.replace("1987", "1989")));
}

#[test]
fn no_number_of_a_person_stands_in_the_clear() {
    let log = LOG.clone();
    let (url, _asked) = city::stand_in(CITY_CARD, CITY_PHONE);
    let town = Town::with(|settings| {
        settings.seats = 4;
        city::take_codes(settings, &url);
    });
    let scene = Scene::new(&town);
    takers::are_all_sent(&planting::plant(&town, scene.resident));
    drive(&town, &scene);
    wait_until("the jobs end", || town.count("SELECT count(*) FROM jobs WHERE finished_at IS NULL") == 0);
    worker::sweep(&town.gate, &Stop::default()).expect("a sweep");
    is_silent_database(&town);
    is_silent("metrics", &town.get("/metrics").send_unchecked().text);
    for path in town.kept() {
        let bytes = std::fs::read(&path).expect("a file");
        is_silent(&path.display().to_string(), &text_of(&bytes));
    }
    let said = log.0.lock().expect("the log").clone();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("create_resident") || said.contains("/v1/residents"), "the log is written");
    is_silent("the log", &said);
    statements::are_told_without_values(&town);
}

/// A personal value in an address would stand in every log on the way.
#[test]
fn no_address_asks_for_a_number_of_a_person() {
    let document = document();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            // The address of a calendar is itself the key to it, and can be revoked: calendars know no other.
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            for parameter in parameters.filter(|_| path != "/v1/calendars/{token}.ics") {
                let name = parameter["name"].as_str().expect("a name");
                let is_personal = ["phone", "document", "id_number", "card", "otp", "password", "token"]
                    .iter()
                    .any(|word| name.contains(word));
                assert!(!is_personal, "{method} {path} takes {name}");
            }
        }
    }
}
