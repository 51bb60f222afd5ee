//! What operators do on the command line.

use std::process::{Command, Output};

use lilong::access::accounts::{self, Opening};
use lilong::access::audit::{self, Verdict};
use lilong::access::phone::Mobile;
use lilong::access::role::Role;
use lilong::app::config::Settings;
use lilong::app::{demo, start};
use lilong::kit::clock::local_date;
use lilong::kit::crypto::Keyring;
use lilong::kit::text::Line;
use serde_json::json;

use crate::support::petitions::organisation;
use crate::support::{OWN, PARENT, Town};

const PASSWORD: &str = "lane-lantern-42";

fn create_account(town: &Town, phone: &str, role: &str, division: &str) -> Output {
    let arguments =
        ["accounts", "create", "--phone", phone, "--name", "陈阿姨", "--role", role, "--division", division];
    town.lilong(&arguments, PASSWORD)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn traces(town: &Town) -> String {
    town.text(
        "SELECT coalesce(string_agg(concat_ws(' ', action, resource, division), ', ' ORDER BY id), '') \
         FROM audit_events WHERE account_id IS NULL AND request_id = 'command-line'",
    )
}

#[test]
fn an_account_is_created_with_its_post_and_its_traces_or_not_at_all() {
    let town = Town::new();
    for (role, division) in [("resident", OWN), ("auditor", "31"), ("auditor", "310199999999")] {
        let output = create_account(&town, "+8613512345678", role, division);
        assert!(!output.status.success(), "{role} {division}");
        assert_eq!(town.count("SELECT count(*) FROM accounts"), 0, "{}", said(&output));
    }
    let output = create_account(&town, "+8613512345678", "auditor", OWN);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(traces(&town), format!("create_account accounts 310000000000, create_post posts {OWN}"));
    assert_eq!(town.count("SELECT count(*) FROM posts WHERE granted_by IS NULL"), 1);
    town.seal();
    let verdict = audit::verify(&mut town.owner(), town.gate.ring(), |_| {}).unwrap();
    assert!(matches!(verdict, Verdict::Whole { events: 2, .. }), "{verdict:?}");
    assert!(town.lilong(&["audit", "verify"], "").status.success());
}

#[test]
fn a_rotation_and_an_import_leave_a_trace() {
    let town = Town::new();
    assert!(town.lilong(&["keys", "rotate"], "").status.success());
    for _ in 0..2 {
        let output = town.lilong(&["import", "divisions"], "");
        assert!(output.status.success(), "{}", said(&output));
    }
    // The second import changed nothing.
    let expected = "rotate_keys signing-keys 310000000000, import_divisions divisions 310000000000";
    assert_eq!(traces(&town), expected);
}

/// What production says to these settings.
fn check(changes: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lilong"))
        .args(["serve", "--check-config"])
        .env_clear()
        .env("LILONG_PRODUCTION", "true")
        .env("LILONG_KEYRING", "{}")
        .env("LILONG_SMS_URL", "https://sms.invalid/send")
        .env("LILONG_SMS_TOKEN", "00123456")
        .env("LILONG_ISSUER", "https://lilong.example")
        .envs(changes.iter().copied())
        .output()
        .expect("lilong runs")
}

#[test]
fn a_token_of_digits_is_a_text_and_an_empty_keyring_is_none() {
    let output = check(&[]);
    assert!(output.status.success(), "{}", said(&output));
    for name in ["LILONG_KEYRING", "LILONG_SMS_URL", "LILONG_SMS_TOKEN", "LILONG_ISSUER"] {
        let output = check(&[(name, "")]);
        assert!(!output.status.success() && said(&output).contains(name), "{name}: {}", said(&output));
    }
}

#[test]
fn production_takes_its_keyring_from_the_environment_or_a_file_and_not_from_both() {
    let named = ("LILONG_KEYRING_FILE", "/etc/lilong/keyring.json");
    let output = check(&[("LILONG_KEYRING", ""), named]);
    assert!(output.status.success(), "{}", said(&output));
    let output = check(&[named]);
    assert!(!output.status.success() && said(&output).contains("exclude each other"), "{}", said(&output));
}

#[test]
fn production_sends_codes_by_https_or_to_its_own_host() {
    for private in
        ["https://sms.example/send", "http://127.0.0.1:9/x", "http://[::1]:9/x", "http://localhost/x"]
    {
        let output = check(&[("LILONG_SMS_URL", private)]);
        assert!(output.status.success(), "{private}: {}", said(&output));
    }
    for open in [
        "http://sms.example/send",
        "http://127.0.0.1.example/x",
        "http://10.0.0.1/x",
        "sms.example/send",
        "x",
    ] {
        let output = check(&[("LILONG_SMS_URL", open)]);
        assert!(!output.status.success() && said(&output).contains("LILONG_SMS_URL"), "{open}");
    }
}

#[test]
fn a_bucket_is_named_in_full_and_its_secrets_are_shown_to_nobody() {
    let bucket = |endpoint: &'static str| {
        [
            ("LILONG_FILES_S3_ENDPOINT", endpoint),
            ("LILONG_FILES_S3_BUCKET", "files"),
            ("LILONG_FILES_S3_ACCESS_KEY", "canary-access"),
            ("LILONG_FILES_S3_SECRET_KEY", "20261125"),
        ]
    };
    for endpoint in
        ["https://s3.example", "http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"]
    {
        let output = check(&bucket(endpoint));
        assert!(output.status.success(), "{endpoint}: {}", said(&output));
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            shown.contains(endpoint) && !shown.contains("canary") && !shown.contains("20261125"),
            "{shown}"
        );
    }
    let refused =
        ["http://s3.example", "http://127.0.0.1.example", "http://10.0.0.1:9000", "ftp://127.0.0.1", "s3"];
    for endpoint in refused {
        let output = check(&bucket(endpoint));
        assert!(!output.status.success() && said(&output).contains("must be https://"), "{endpoint}");
    }
    for left_out in 0..4 {
        let mut some = bucket("https://s3.example").to_vec();
        let (name, _) = some.remove(left_out);
        let output = check(&some);
        assert!(!output.status.success() && said(&output).contains(name), "{name}: {}", said(&output));
    }
}

#[test]
fn production_refuses_a_role_that_owns_anything() {
    let town = Town::new();
    let refusal = |url: &str| {
        let settings = Settings { production: true, ..Settings::default() };
        let ring = Keyring::open(&serde_json::from_str(&town.keyring).unwrap()).expect("a keyring");
        start::open_gate(&settings, url, ring, town.clock.clone()).err().unwrap_or_default()
    };
    assert!(refusal(&town.owner_url).contains("could change the schema"), "{}", refusal(&town.owner_url));
    town.execute("REVOKE CREATE ON SCHEMA public FROM pg_database_owner");
    assert!(refusal(&town.owner_url).contains("owns tables"), "{}", refusal(&town.owner_url));
    // The throwaway cluster's only fault that is left.
    assert!(refusal(&town.api_url).contains("fsync=off"), "{}", refusal(&town.api_url));
}

#[test]
fn a_demo_that_was_broken_off_is_told_from_one_that_is_loaded() {
    let town = Town::new();
    let data = Some(town.data.path().to_owned());
    let settings = Settings { data, staff_second_factor: false, ..Settings::default() };
    let load = || demo::load(&settings, |_| Ok(town.gate.clone()));
    // The accounts are opened, and the story begins.
    let one = demo::ACCOUNTS[4];
    let opening = Opening {
        phone: Mobile::parse(one.phone).expect("a phone"),
        display_name: Line::new(one.name).expect("a name"),
        password_hash: None,
    };
    accounts::open(&mut town.owner(), town.gate.ring(), &opening, town.now()).expect("an account");
    let office = organisation(&town, "友谊路街道办事处", "street_office", PARENT);
    let [estate, group] = [lilong::kit::id::next(), lilong::kit::id::next()];
    town.execute(&format!(
        "INSERT INTO estates (id, name, division, kind, created_at, updated_at)
             VALUES ('{estate}', '宝钢五村', {OWN}, 'public_housing', now(), now());
         INSERT INTO building_groups (id, estate_id, division, name, created_at, updated_at)
             VALUES ('{group}', '{estate}', {OWN}, '247号楼', now(), now())"
    ));
    let refused = load().expect_err("the title is not there");
    assert!(refused.contains(&town.data.path().display().to_string()), "{refused}");
    assert_eq!(town.count("SELECT count(*) FROM accounts"), 1, "no other account was opened");
    let elsewhere = Settings { database_url: Some(town.api_url.clone()), ..settings.clone() };
    let refused = demo::load(&elsewhere, |_| Ok(town.gate.clone())).expect_err("nor there");
    assert!(refused.contains("an empty database"), "{refused}");
    let title = json!({ "title": "活力楼组", "granted_by": office, "granted_on": local_date(town.now()).to_string() });
    let officer = town.staff(Role::StreetOfficer, PARENT);
    town.post(&format!("/v1/building-groups/{group}/titles"), title).by(&officer).send().is(201);
    assert_eq!(load(), Ok(false));
}
