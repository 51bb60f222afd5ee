//! Keys: signing keys in the database, sealing keys in the keyring.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::pg::PgConnection;
use indicatif::ProgressBar;
use serde_json::{Value, json};

use super::text;
use crate::access::audit::{self, Command};
use crate::access::{codes, tokens};
use crate::app::config::Settings;
use crate::app::keyring::{self, Written};
use crate::app::sealed::COLUMNS;
use crate::app::start::{self, Outcome};
use crate::kit::clock::Clock;
use crate::kit::crypto::{Keyring, KeyringFile};
use crate::kit::problem::Problem;
use crate::kit::sealed::{self, Fate, SealedColumn};

/// A running process looks at the keyring's file every five seconds; it must have seen a key before another seals with it.
const SHORTEST_GRACE: u32 = 10;

/// A fresh keyring.
pub(super) fn generate() -> Outcome<()> {
    print(&KeyringFile::generate().map_err(text)?)
}

fn print(file: &KeyringFile) -> Outcome<()> {
    println!("{}", serde_json::to_string(file).map_err(|error| error.to_string())?);
    Ok(())
}

fn record(
    conn: &mut PgConnection,
    action: &'static str,
    resource: &'static str,
    id: String,
    detail: Value,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    audit::append_command(conn, &Command { action, resource, id, division: None, detail }, now)
}

#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
pub(super) fn rotate(settings: &Settings, at_once: bool) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let ring = keyring::open(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let now = Clock::default().now();
    let rotate = |conn: &mut PgConnection| {
        let kid = tokens::rotate(conn, &ring, now, at_once)?;
        record(conn, "rotate_keys", "signing-keys", kid.clone(), json!({ "at_once": at_once }), now)?;
        Ok(kid)
    };
    let kid = conn.transaction(rotate).map_err(text)?;
    println!("signing key {kid} made; it signs {}", if at_once { "now" } else { "in 24 hours" });
    Ok(())
}

/// The next key that signs codes: published three days before, so that gates have it.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
pub(super) fn rotate_codes(settings: &Settings, at_once: bool) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let ring = keyring::open(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let now = Clock::default().now();
    let rotate = |conn: &mut PgConnection| {
        let id = codes::rotate(conn, &ring, now, at_once)?;
        record(conn, "rotate_keys", "code-keys", id.to_string(), json!({ "at_once": at_once }), now)?;
        Ok(id)
    };
    let id = conn.transaction(rotate).map_err(text)?;
    println!("code key {id} made; it signs {}", if at_once { "now" } else { "in 72 hours" });
    Ok(())
}

/// The next sealing key. In a file it is published first and seals after a grace; in the environment the operator has to
/// do the same by hand.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
pub(super) fn rotate_seal(settings: &Settings, grace: u32) -> Outcome<()> {
    if grace < SHORTEST_GRACE {
        return Err(format!("a running process may need {SHORTEST_GRACE} seconds to see a new key"));
    }
    let now = Clock::default().now();
    match keyring::written(settings)? {
        Written::File(file, locked) => {
            let (file, next) = file.publish(now, TimeDelta::seconds(i64::from(grace)))?;
            let database = start::open_database(settings, true)?;
            let mut conn = start::connect(&database.api_url)?;
            conn.transaction(|conn| {
                let detail = json!({ "seals_from": next.seals_from });
                record(conn, "rotate_keys", "sealing-keys", next.key.to_string(), detail, now)?;
                locked.replace(&file).map_err(Problem::fault)
            })
            .map_err(text)?;
            println!(
                "sealing key {} is published; it seals from {} on. Then: lilong keys reseal",
                next.key,
                moment(next.seals_from)
            );
            Ok(())
        }
        Written::Environment(file) => {
            let (file, key, seals) = file.step(now)?;
            print(&file)?;
            eprintln!("{}", advice(key, seals));
            Ok(())
        }
    }
}

fn moment(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y-%m-%d %H:%M:%S UTC")
}

fn advice(key: u8, seals: bool) -> String {
    if seals {
        format!(
            "This keyring seals with key {key}. Set LILONG_KEYRING to it everywhere and start every process anew, \
             one after another. When the last runs with it: lilong keys reseal"
        )
    } else {
        format!(
            "This keyring holds key {key} and does not seal with it yet. Set LILONG_KEYRING to it everywhere and start \
             every process anew, one after another. Only when the last runs with it, so that each can open what another \
             seals, run this again with it: it prints the keyring that seals with key {key}."
        )
    }
}

/// Seals anew what other keys than the current one have sealed. Can be stopped and run again, beside a service.
pub(super) fn reseal(settings: &Settings) -> Outcome<()> {
    if let Some(next) = keyring::written(settings)?.file().pending(Clock::default().now()) {
        return Err(format!(
            "key {} does not seal everywhere yet, but from {} on",
            next.key,
            moment(next.seals_from)
        ));
    }
    let database = start::open_database(settings, true)?;
    let ring = keyring::open(settings)?;
    let mut conn = patient(&database.api_url)?;
    let columns = || COLUMNS.iter().filter(|column| column.fate == Fate::Resealed);
    let mut waiting = 0;
    for column in columns() {
        waiting += others(&mut conn, column, ring.sealing())?;
    }
    let bar = ProgressBar::new(waiting as u64).with_message("sealed values");
    let (mut resealed, mut broken) = (0, Vec::new());
    for column in columns() {
        resealed += reseal_column(&mut conn, &ring, column, &bar, &mut broken)?;
    }
    bar.finish_and_clear();
    let key = ring.sealing();
    if resealed > 0 {
        let detail = json!({ "values": resealed });
        let now = Clock::default().now();
        record(&mut conn, "reseal_values", "sealing-keys", key.to_string(), detail, now).map_err(text)?;
    }
    println!("{resealed} values sealed anew, with key {key}");
    if !broken.is_empty() {
        let some: Vec<&str> = broken.iter().take(10).map(String::as_str).collect();
        return Err(format!("{} values do not open: {}", broken.len(), some.join(", ")));
    }
    tell_what_is_left(&mut conn, key)
}

/// Goes through a column until nothing of another key is left in it, or what is left does not open.
fn reseal_column(
    conn: &mut PgConnection,
    ring: &Keyring,
    column: &SealedColumn,
    bar: &ProgressBar,
    broken: &mut Vec<String>,
) -> Outcome<u64> {
    let mut all = 0;
    loop {
        let (mut pass, mut after, mut closed) = (0, None, Vec::new());
        loop {
            let batch = sealed::reseal_next(conn, ring, column, after.as_deref()).map_err(text)?;
            bar.inc(batch.resealed);
            pass += batch.resealed;
            closed.extend(batch.broken.into_iter().map(|key| format!("{} {key}", column.table)));
            after = batch.last;
            if after.is_none() {
                break;
            }
        }
        all += pass;
        // Another pass finds the rows that somebody held.
        if pass == 0 {
            broken.append(&mut closed);
            return Ok(all);
        }
    }
}

fn others(conn: &mut PgConnection, column: &SealedColumn, key: u8) -> Outcome<i64> {
    let counts = sealed::count_by_key(conn, column).map_err(text)?;
    Ok(counts.iter().filter(|(number, _)| *number != key).map(|(_, values)| values).sum())
}

/// What of each column an old key still holds.
fn left(conn: &mut PgConnection, is_meant: impl Fn(u8) -> bool) -> Outcome<Vec<String>> {
    let mut left = Vec::new();
    for column in COLUMNS {
        for (number, values) in sealed::count_by_key(conn, column).map_err(text)? {
            if is_meant(number) {
                let ending = if column.fate == Fate::Expires { ", which expire within a day" } else { "" };
                let SealedColumn { table, column, .. } = column;
                left.push(format!("{values} values in {table}.{column} by key {number}{ending}"));
            }
        }
    }
    Ok(left)
}

fn tell_what_is_left(conn: &mut PgConnection, key: u8) -> Outcome<()> {
    let left = left(conn, |number| number != key)?;
    if left.is_empty() {
        println!("no other key has sealed anything any more; it may go: lilong keys retire-seal NUMBER");
    } else {
        println!("left: {}", left.join("; "));
        println!("when nothing is left, an old key may go: lilong keys retire-seal NUMBER");
    }
    Ok(())
}

/// Takes a sealing key out of the keyring, unless anything that it sealed is left.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
pub(super) fn retire_seal(settings: &Settings, key: u8) -> Outcome<()> {
    let now = Clock::default().now();
    let written = keyring::written(settings)?;
    let sealing = written.file().sealing_at(now);
    let next = written.file().clone().without(key, now)?;
    let database = start::open_database(settings, true)?;
    let mut conn = patient(&database.api_url)?;
    let left = left(&mut conn, |number| number == key)?;
    if !left.is_empty() {
        return Err(format!("key {key} has to stay: {}", left.join("; ")));
    }
    match written {
        Written::File(_, locked) => {
            let retire = |conn: &mut PgConnection| {
                let detail = json!({ "sealing": sealing });
                record(conn, "retire_keys", "sealing-keys", key.to_string(), detail, now)?;
                locked.replace(&next).map_err(Problem::fault)
            };
            conn.transaction(retire).map_err(text)?;
            println!("sealing key {key} is gone; keep it with backups from before");
            Ok(())
        }
        Written::Environment(_) => {
            print(&next)?;
            eprintln!(
                "This keyring is without key {key}. Set LILONG_KEYRING to it only when every process runs with a keyring \
                 that seals with key {sealing}. Keep key {key} with backups from before."
            );
            Ok(())
        }
    }
}

/// A connection whose statements may take as long as a look at every row takes.
fn patient(url: &str) -> Outcome<PgConnection> {
    let mut conn = start::connect(url)?;
    conn.batch_execute("SET statement_timeout = '300s'; SET lock_timeout = '10s'")
        .map_err(|error| error.to_string())?;
    Ok(conn)
}
