//! What operators do on the command line.

use std::process::{Command, Output};

use lilong::app::config::Settings;
use lilong::app::start;
use lilong::kit::crypto::Keyring;

use crate::support::Town;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
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
fn production_refuses_a_role_that_owns_anything() {
    let town = Town::new();
    let refusal = |url: &str| {
        let settings = Settings { production: true, ..Settings::default() };
        let ring = Keyring::open(&serde_json::from_str(&town.keyring).unwrap()).expect("a keyring");
        start::open_gate(&settings, url, ring, town.clock.clone()).err().unwrap_or_default()
    };
    assert!(refusal(&town.owner_url).contains("could change the schema"), "{}", refusal(&town.owner_url));
    town.execute("DO $$ BEGIN EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM CURRENT_USER', current_schema()); END $$");
    assert!(refusal(&town.owner_url).contains("owns tables"), "{}", refusal(&town.owner_url));
    // The throwaway cluster's only fault that is left.
    assert!(refusal(&town.api_url).contains("fsync=off"), "{}", refusal(&town.api_url));
}
