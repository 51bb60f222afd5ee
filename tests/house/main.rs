//! The rules of the house, held against its own sources, migrations and dependencies. Needs no database.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on says why by failing")]

mod source;

mod codes;
mod habits;
mod lengths;
mod licences;
mod migrations;
mod moments;
mod rooms;
mod schemas;
mod wording;

/// Fails with every breach found, one a line.
#[track_caller]
fn none(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}\n  {}\n", breaches.join("\n  "));
}
