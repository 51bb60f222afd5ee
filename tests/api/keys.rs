//! Sealing keys: published, sealing, resealing, retired; beside a server that goes on.

mod named_file;
mod rotation;

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use lilong::access::role::Role;
use lilong::app::sealed::COLUMNS;
use lilong::kit::crypto::{Keyring, KeyringFile};
use lilong::kit::sealed::{self, Fate};
use serde_json::json;

use crate::support::archive::{enter, with, with_card};
use crate::support::tags::put_health;
use crate::support::{OWN, Town};
use crate::support::{disputes, petitions, rights};

#[test]
fn every_sealed_column_is_in_the_register() {
    let town = Town::new();
    let columns = town.text(
        "SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns
         WHERE table_schema = current_schema() AND column_name LIKE '%\\_sealed'",
    );
    let registered: Vec<String> =
        COLUMNS.iter().map(|column| format!("{}.{}", column.table, column.column)).collect();
    let registered: BTreeSet<&str> = registered.iter().map(String::as_str).collect();
    assert_eq!(columns.split(' ').collect::<BTreeSet<_>>(), registered, "src/app/sealed.rs");
    for column in COLUMNS {
        let key = town.text(&format!(
            "SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), ' ')
             FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
             WHERE i.indisprimary AND i.indrelid = '{}'::regclass",
            column.table
        ));
        assert_eq!(key, format!("{} {}", column.key, column.key_type), "{}", column.table);
    }
}

/// Somebody and a resident, so that there is a value in every sealed column.
pub fn somebody(town: &Town) {
    let person = town.staff(Role::CommitteeWorker, OWN);
    let numbers = json!({ "phone": "+8613500001111" });
    let resident = enter(town, &person, with(with_card("王敏"), numbers));
    put_health(town, &person, &resident, json!({ "note": "怕黑，夜间需留灯" })).is(200);
    let own = town.resident();
    let copy = town.call("POST", "/v1/me/data-exports").by(&own).send();
    crate::data_exports::wait(town, &own, copy.is(202).header("location"));
    rights::bind(town, &own, &resident);
    town.post("/v1/me/corrections", json!({ "field": "sex", "value": "female" })).by(&own).send().is(201);
    rights::say(town, &town.resident(), rights::claim("王敏", &rights::home(town))).is(201);
    town.post("/v1/me/totp", json!({})).by(&person).send().is(201);
    let otp = town.post("/v1/auth/otps", json!({ "phone": person.phone }));
    otp.header("Idempotency-Key", "k").send().is(202);
    let behalf =
        json!({ "name": "王敏", "phone": "13500001111", "consent_by": "phone", "channel": "hotline" });
    let asked = petitions::draft(town, json!({ "division": OWN, "on_behalf": behalf }));
    petitions::file(town, &person, asked).is(201);
    let parties = json!([{ "side": "applicant", "name": "王敏", "phone": "13500001111" }]);
    let case = disputes::referral(json!({ "parties": parties }));
    town.post("/v1/mediation-cases", case).header("Idempotency-Key", "case").by(&person).send().is(201);
    let told = json!({
        "division": OWN, "dispute_type": "debt", "facts": "x", "grounds": ["sued"],
        "other": { "name": "王敏", "phone": "13500001111" }, "on_behalf": { "name": "王敏", "phone": "13500001111" }
    });
    town.post("/v1/dispute-entries", told).header("Idempotency-Key", "told").by(&person).send().is(201);
    let hall = json!({ "division": OWN, "name": "议事厅", "kind": "meeting_hall", "code_grade": "static" });
    town.post("/v1/venues", hall).by(&person).send().is(201);
    let list = crate::lists::send(town, &person, "姓名,证件号码\n王敏,1\n");
    crate::lists::import(town, &person, json!({ "file": list, "division": OWN, "mode": "each" }));
    // The list that was imported may be swept away any time; this one waits.
    crate::lists::send(town, &person, "姓名,证件号码\n");
    // Nothing is left of the number of a closed account.
    let gone = town.resident();
    let closed = "closed_at = now(), phone_hash = NULL, phone_sealed = ''";
    town.execute(&format!("UPDATE accounts SET {closed} WHERE id = '{}'", gone.account));
}

fn other_ring(town: &Town) -> Keyring {
    let (held, ..) = KeyringFile::parse(&town.keyring).unwrap().step(town.now()).unwrap();
    Keyring::open(&held.step(town.now()).unwrap().0).unwrap()
}

#[test]
fn each_column_opens_with_what_its_line_says_and_is_sealed_anew() {
    let town = Town::new();
    somebody(&town);
    let (ring, mut conn) = (other_ring(&town), town.owner());
    for column in COLUMNS {
        let [(1, values)] = sealed::count_by_key(&mut conn, column).unwrap()[..] else {
            panic!("nothing in {column:?}")
        };
        let batch = sealed::reseal_next(&mut conn, &ring, column, None).unwrap();
        assert_eq!((batch.resealed as i64, batch.broken.len()), (values, 0), "{column:?}");
        assert_eq!(sealed::count_by_key(&mut conn, column).unwrap(), [(2, values)], "{column:?}");
        let again = sealed::reseal_next(&mut conn, &ring, column, None).unwrap();
        assert_eq!((again.resealed, again.last), (0, None), "{column:?}");
    }
    assert_eq!(COLUMNS.iter().filter(|column| column.fate == Fate::Expires).count(), 1);
}

#[test]
fn files_are_sealed_anew_a_few_at_a_time() {
    let town = Town::new();
    let column = COLUMNS.iter().find(|column| column.table == "imports").unwrap();
    let sealed = town.gate.ring().seal(column.purpose, b"x").unwrap();
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    town.execute(&format!(
        "INSERT INTO imports (id, division, form, sha256, mode, is_dry_run, created_at, finished_at, report_sealed, report_until)
             SELECT gen_random_uuid(), {OWN}, 'csv', '', 'each', false, now(), now(), '\\x{hex}', now() FROM generate_series(1, 7)"
    ));
    let (ring, mut conn) = (other_ring(&town), town.owner());
    let first = sealed::reseal_next(&mut conn, &ring, column, None).unwrap();
    let second = sealed::reseal_next(&mut conn, &ring, column, first.last.as_deref()).unwrap();
    assert_eq!((first.resealed, second.resealed), (5, 2));
}

#[test]
fn what_somebody_changes_meanwhile_is_neither_waited_for_nor_lost() {
    let town = Town::new();
    let people = [town.with_password(), town.with_password(), town.with_password()];
    let ring = other_ring(&town);
    let column = &COLUMNS[0];
    let moved = ring.seal(column.purpose, b"+8613500000000").unwrap();
    let hex: String = moved.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut writer = town.owner();
    let change = format!("UPDATE accounts SET phone_sealed = '\\x{hex}' WHERE id = '{}'", people[1].account);
    writer.batch_execute(&format!("BEGIN; {change}")).expect("it is changed, and not committed yet");
    let mut conn = town.owner();
    conn.batch_execute("SET lock_timeout = '1s'").expect("it waits for nobody");
    let batch = sealed::reseal_next(&mut conn, &ring, column, None).unwrap();
    assert_eq!(batch.resealed, 2);
    writer.batch_execute("COMMIT").expect("now it is");
    assert_eq!(sealed::reseal_next(&mut conn, &ring, column, None).unwrap().resealed, 0);
    let kept = town.text(&format!("SELECT phone_sealed FROM accounts WHERE id = '{}'", people[1].account));
    assert_eq!(kept, format!("\\x{hex}"));
}

#[test]
fn a_value_that_does_not_open_is_named_and_the_others_go_on() {
    let mut town = Town::new();
    let people = [town.with_password(), town.with_password()];
    town.execute(&format!(
        "UPDATE accounts SET phone_sealed = set_byte(phone_sealed, 20, get_byte(phone_sealed, 20) # 1) WHERE id = '{}'",
        people[0].account
    ));
    let (held, ..) = KeyringFile::parse(&town.keyring).unwrap().step(town.now()).unwrap();
    town.keyring = serde_json::to_string(&held.step(town.now()).unwrap().0).unwrap();
    let output = town.lilong(&["keys", "reseal"], "");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(&format!("1 values do not open: accounts {}", people[0].account)), "{said}");
    assert_eq!(
        sealed::count_by_key(&mut town.owner(), &COLUMNS[0]).unwrap(),
        [(1, 1), (2, 1)],
        "the other is sealed anew"
    );
}

#[test]
fn a_keyring_of_the_environment_goes_round_in_steps_that_are_told() {
    let mut town = Town::new();
    somebody(&town);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut rotate = |sealing: u8| {
        let output = town.lilong(&["keys", "rotate", "--seal"], "");
        assert!(output.status.success() && text(&output.stderr).contains("LILONG_KEYRING"));
        let file = KeyringFile::parse(&text(&output.stdout)).unwrap();
        assert_eq!((file.sealing, file.seal.len(), file.next), (sealing, 2, None));
        town.keyring = text(&output.stdout);
    };
    rotate(1);
    rotate(2);
    let refused = town.lilong(&["keys", "retire-seal", "1"], "");
    assert!(!refused.status.success() && text(&refused.stderr).contains("accounts.phone_sealed by key 1"));
    let output = town.lilong(&["keys", "reseal"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("idempotency_keys.answer_sealed by key 1, which expire"));
    let refused = town.lilong(&["keys", "retire-seal", "1"], "");
    assert!(!refused.status.success() && text(&refused.stderr).contains("idempotency_keys.answer_sealed"));
    town.execute("DELETE FROM idempotency_keys");
    let output = town.lilong(&["keys", "retire-seal", "1"], "");
    let left = KeyringFile::parse(&text(&output.stdout)).unwrap();
    assert_eq!(left.seal.keys().collect::<Vec<_>>(), [&2]);
    // What was sealed anew opens with what is left, for its own use.
    let ring = Keyring::open(&left).unwrap();
    let settings = lilong::app::config::Settings::default();
    let gate = lilong::app::start::open_gate(&settings, &town.api_url, ring, town.clock.clone());
    assert!(gate.is_ok(), "the signing keys open");
    assert!(!town.lilong(&["keys", "retire-seal", "2"], "").status.success(), "it seals");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'reseal_values'"), 1);
}
