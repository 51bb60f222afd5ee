//! A rotation from end to end, with the keyring in a file, beside a server that is never started anew.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use chrono::TimeDelta;
use lilong::app::sealed::COLUMNS;
use lilong::kit::crypto::{Keyring, KeyringFile};
use lilong::kit::sealed;
use serde_json::{Value, json};

use super::somebody;
use crate::support::{Town, wait_until};

const PHONE: &str = "+8613512340001";
const PASSWORD: &str = "lane-lantern-42";

/// A data folder with a keyring of its own, on a town's database.
struct Place<'a> {
    town: &'a Town,
    data: tempfile::TempDir,
}

/// `lilong serve` there.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_was_waited_for = self.child.wait();
    }
}

impl<'a> Place<'a> {
    fn of(town: &'a Town) -> Self {
        let place = Place { town, data: tempfile::tempdir().expect("a folder") };
        std::fs::write(place.path(), &town.keyring).expect("it is written");
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lilong"));
        command.args(arguments).env("DATABASE_URL", &self.town.api_url).env("LILONG_DATA", self.data.path());
        command.env_remove("LILONG_KEYRING").env("LILONG_BIND", "127.0.0.1:0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        use std::io::Write;
        let mut child = self.command(arguments).spawn().expect("it starts");
        child.stdin.take().expect("it reads").write_all(PASSWORD.as_bytes()).expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    #[track_caller]
    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn serve(&self) -> Server {
        let mut child = self.command(&["serve"]).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = lines.find_map(|line| {
            let (_, rest) = line.ok()?.split_once("serves at ").map(|(a, b)| (a.to_owned(), b.to_owned()))?;
            Some(rest.split_whitespace().next()?.to_owned())
        });
        Server { child, address: address.expect("an address") }
    }

    fn path(&self) -> PathBuf {
        self.data.path().join("keyring.json")
    }

    fn file(&self) -> KeyringFile {
        KeyringFile::parse(&std::fs::read_to_string(self.path()).expect("the file")).expect("a keyring")
    }

    /// As if the key had been published so long before.
    fn pass(&self, minutes: i64) {
        let mut file = self.file();
        let next = file.next.as_mut().expect("a next key");
        next.seals_from -= TimeDelta::minutes(minutes);
        write(&self.path(), &file);
    }

    fn numbers(&self, table: &str, column: &str) -> Vec<(u8, i64)> {
        let is_meant =
            |known: &&lilong::kit::sealed::SealedColumn| (known.table, known.column) == (table, column);
        let column = COLUMNS.iter().find(is_meant).expect("the column");
        sealed::count_by_key(&mut self.town.owner(), column).expect("a count")
    }
}

fn write(path: &Path, file: &KeyringFile) {
    let fresh = path.with_extension("test");
    std::fs::write(&fresh, serde_json::to_string(file).expect("JSON")).expect("it is written");
    std::fs::rename(fresh, path).expect("it is in place");
}

impl Server {
    fn post(&self, path: &str, body: &Value, key: &str) -> Value {
        let mut answer = ureq::post(format!("{}{path}", self.address))
            .header("Idempotency-Key", key)
            .send_json(body)
            .expect("it is accepted");
        answer.body_mut().read_json().expect("JSON")
    }

    fn phone(&self, token: &str) -> String {
        let answer = ureq::get(format!("{}/v1/me", self.address))
            .header("Authorization", format!("Bearer {token}"))
            .call();
        let me: Value = answer.expect("the number opens").body_mut().read_json().expect("JSON");
        me["phone"].as_str().expect("a number").to_owned()
    }

    /// Which key seals its answers.
    fn sealing(&self, place: &Place<'_>, n: usize) -> Vec<(u8, i64)> {
        place.town.execute("DELETE FROM idempotency_keys; DELETE FROM otps");
        self.post("/v1/auth/otps", &json!({ "phone": PHONE }), &n.to_string());
        place.numbers("idempotency_keys", "answer_sealed")
    }
}

#[test]
fn a_rotation_from_end_to_end_beside_a_server_that_goes_on() {
    let town = Town::new();
    somebody(&town);
    let place = Place::of(&town);
    place.succeeds(&["accounts", "create", "--phone", PHONE, "--name", "王敏", "--role", "auditor"]);
    let server = place.serve();
    let session = server.post("/v1/auth/sessions", &json!({ "phone": PHONE, "password": PASSWORD }), "s");
    let token = session["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(server.sealing(&place, 0), [(1, 1)]);

    let said = place.succeeds(&["keys", "rotate", "--seal"]);
    assert!(said.contains("sealing key 2 is published"), "{said}");
    assert!(place.fails(&["keys", "rotate", "--seal"]).contains("published already"));
    assert!(place.fails(&["keys", "rotate", "--seal", "--grace", "5"]).contains("10 seconds"));
    assert!(place.fails(&["keys", "reseal"]).contains("does not seal everywhere yet"));
    assert!(place.fails(&["keys", "retire-seal", "1"]).contains("key 1 seals"));
    assert_eq!(server.sealing(&place, 1), [(1, 1)], "published, but it seals later");
    // Another process, whose time came earlier, seals with it: the server opens that at once.
    let early = Keyring::open(&KeyringFile { sealing: 2, next: None, ..place.file() }).expect("a keyring");
    let sealed = early.seal(COLUMNS[0].purpose, b"+8613599990002").expect("sealed");
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    town.execute(&format!("UPDATE accounts SET phone_sealed = '\\x{hex}' WHERE closed_at IS NULL"));
    assert_eq!(server.phone(&token), "+86 135****0002");

    place.pass(2);
    let mut n = 2;
    wait_until("the server seals with the new key", || {
        n += 1;
        server.sealing(&place, n) == [(2, 1)]
    });
    assert!(place.fails(&["keys", "retire-seal", "1"]).contains("on its way"));
    place.pass(10);
    assert!(place.fails(&["keys", "retire-seal", "1"]).contains("signing_keys.private_sealed by key 1"));
    let said = place.succeeds(&["keys", "reseal"]);
    assert!(said.contains("values sealed anew, with key 2") && said.contains("it may go"), "{said}");
    for column in COLUMNS {
        let by_key = place.numbers(column.table, column.column);
        assert!(matches!(by_key[..], [(2, _)]), "{column:?}: {by_key:?}");
    }
    place.succeeds(&["keys", "retire-seal", "1"]);
    assert_eq!(place.file().seal.keys().collect::<Vec<_>>(), [&2]);
    assert_eq!(server.phone(&token), "+86 135****0002");
    let told = town.text(
        "SELECT string_agg(concat_ws(' ', action, resource_id), ', ' ORDER BY id) FROM audit_events
         WHERE resource = 'sealing-keys'",
    );
    assert_eq!(told, "rotate_keys 2, reseal_values 2, retire_keys 1");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn resealing_killed_in_the_middle_goes_on_when_run_again() {
    const ROWS: i64 = 30_000;
    let town = Town::new();
    let place = Place::of(&town);
    place.succeeds(&["accounts", "create", "--phone", PHONE, "--name", "王敏", "--role", "auditor"]);
    town.execute(&format!(
        "INSERT INTO accounts (id, phone_sealed, phone_hash, display_name, created_at, updated_at)
         SELECT gen_random_uuid(), phone_sealed, decode(md5(n::text), 'hex'), 'x', now(), now()
         FROM accounts, generate_series(2, {ROWS}) n"
    ));
    let (file, _) = place.file().publish(town.now(), TimeDelta::seconds(-60)).expect("another key");
    write(&place.path(), &file);
    let by_two = || {
        place
            .numbers("accounts", "phone_sealed")
            .iter()
            .filter(|(key, _)| *key == 2)
            .map(|(_, n)| *n)
            .sum::<i64>()
    };
    let mut child = place.command(&["keys", "reseal"]).spawn().expect("it starts");
    while by_two() == 0 && child.try_wait().is_ok_and(|ended| ended.is_none()) {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it is dead");
    let done = by_two();
    assert!(done > 0 && done < ROWS, "not killed in the middle: {done}");
    assert!(place.succeeds(&["keys", "reseal"]).contains("values sealed anew"));
    assert_eq!(place.numbers("accounts", "phone_sealed"), [(2, ROWS)]);
    let ring = Keyring::read(&place.path(), town.now()).expect("a keyring");
    let some: Vec<Vec<u8>> = {
        use diesel::prelude::*;
        lilong::schema::accounts::table
            .select(lilong::schema::accounts::phone_sealed)
            .limit(2_000)
            .load(&mut town.owner())
            .expect("values")
    };
    assert!(
        some.iter()
            .all(|sealed| ring.open_sealed(COLUMNS[0].purpose, sealed).is_ok_and(|n| n == PHONE.as_bytes()))
    );
}
