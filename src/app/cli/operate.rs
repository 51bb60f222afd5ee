//! The operator's commands.

use std::path::PathBuf;

use diesel::Connection as _;
use diesel::pg::PgConnection;
use indicatif::ProgressBar;
use serde_json::json;

use super::{defaults, text};
use crate::access::accounts::{self, Opening};
use crate::access::actor::AccountId;
use crate::access::audit::{self, Command};
use crate::access::division::Division;
use crate::access::passwords::{self, Password};
use crate::access::phone::{Mobile, Phone};
use crate::access::posts::{self, NewPost};
use crate::access::role::Role;
use crate::app::config::Settings;
use crate::app::keyring;
use crate::app::start::{self, Outcome};
use crate::kit::clock::{Clock, local_date};
use crate::kit::crypto::Keyring;
use crate::kit::db;
use crate::kit::lines;
use crate::kit::problem::{NOT_FOUND, Problem};
use crate::kit::text::Line;
use crate::places::divisions;

/// The official map, carried inside the program.
pub(super) const MAP: &[u8] = include_bytes!("../../../data/divisions/shanghai.csv");

pub(super) fn migrate(settings: &Settings) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let mut conn = start::connect(&database.owner_url)?;
    let done = db::migrate(&mut conn).map_err(text)?;
    println!("{} migrations run", done.len());
    defaults::enter(&mut conn)
}

pub(super) fn import_divisions(settings: &Settings, file: Option<PathBuf>) -> Outcome<()> {
    let lines = match file {
        None => lines::read(MAP)?,
        Some(path) => {
            let file = std::fs::File::open(&path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            lines::read(file)?
        }
    };
    let database = start::open_database(settings, true)?;
    let mut conn = start::connect(&database.owner_url)?;
    import_lines(&mut conn, &lines)?;
    defaults::enter(&mut conn)
}

/// Brings the map up to date, all of it or nothing. What changed something is recorded.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
pub(super) fn import_lines(conn: &mut PgConnection, lines: &[divisions::Line]) -> Outcome<()> {
    const BATCH: usize = 1_000;
    let bar = ProgressBar::new(lines.len() as u64).with_message("divisions");
    let now = Clock::default().now();
    let import = |conn: &mut PgConnection| {
        let mut changed = 0;
        for batch in lines.chunks(BATCH) {
            changed += divisions::import(conn, batch, now)?;
            bar.inc(batch.len() as u64);
        }
        if changed > 0 {
            let detail = json!({ "lines": lines.len(), "changed": changed });
            let (action, resource, id) = ("import_divisions", "divisions", Division::SHANGHAI.to_string());
            let command = Command { action, resource, id, division: None, detail };
            audit::append_command(conn, &command, now)?;
        }
        Ok(changed)
    };
    let changed = conn.transaction(import).map_err(text)?;
    bar.finish_and_clear();
    println!("{} divisions read, {changed} added or changed", lines.len());
    Ok(())
}

pub(super) fn create_account(
    settings: &Settings,
    phone: &str,
    name: &str,
    role: Role,
    division: &str,
) -> Outcome<()> {
    if !role.is_a_post() {
        return Err(format!("{} is no post", role.as_str()));
    }
    let (phone_read, division) = (Mobile::parse(phone)?, Division::parse(division)?);
    let display_name = Line::new(name)?;
    let password =
        Password::new(std::io::read_to_string(std::io::stdin()).map_err(|e| e.to_string())?.trim());
    settings.password_profile.check(&password, &[name, phone]).map_err(text)?;
    let password_hash = Some(passwords::hash(&password).map_err(text)?);
    let opening = Opening { phone: phone_read, display_name, password_hash };
    let database = start::open_database(settings, true)?;
    let keyring = keyring::open(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let holder = open_with_post(&mut conn, &keyring, &opening, role, division).map_err(text)?;
    println!("account {holder} opened, {} of {division}", role.as_str());
    Ok(())
}

/// The account, its post and their traces, or nothing.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn open_with_post(
    conn: &mut PgConnection,
    keyring: &Keyring,
    opening: &Opening,
    role: Role,
    division: Division,
) -> Result<AccountId, Problem> {
    let now = Clock::default().now();
    let starts_on = local_date(now);
    conn.transaction(|conn| {
        let holder = accounts::open(conn, keyring, opening, now)?;
        let (action, resource, detail) = ("create_account", "accounts", json!({}));
        let opened = Command { action, resource, id: holder.to_string(), division: None, detail };
        audit::append_command(conn, &opened, now)?;
        let post = NewPost { holder, role, organisation: None, division, starts_on, ends_on: None };
        for id in posts::grant_unless_held(conn, &post, None, now)? {
            let detail = json!({ "role": role.as_str(), "holder": holder, "organisation": null });
            let (action, resource, division) = ("create_post", "posts", Some(division));
            let granted = Command { action, resource, id: id.to_string(), division, detail };
            audit::append_command(conn, &granted, now)?;
        }
        Ok(holder)
    })
}

/// Takes a second factor away and leaves a trace, or neither.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
pub(super) fn reset_totp(settings: &Settings, phone: &str) -> Outcome<()> {
    let phone = Phone::parse(phone)?;
    let database = start::open_database(settings, true)?;
    let keyring = keyring::open(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let now = Clock::default().now();
    let reset = |conn: &mut PgConnection| {
        let known = accounts::store::credentials(conn, &phone.hash(&keyring))?.ok_or(&NOT_FOUND)?;
        if !accounts::reset_totp(conn, known.id, now)? {
            return accounts::TOTP_MISSING.refuse();
        }
        let (action, resource, id) = ("create_totp_reset", "totp-resets", known.id.to_string());
        audit::append_command(
            conn,
            &Command { action, resource, id, division: None, detail: json!({}) },
            now,
        )?;
        Ok(known.id)
    };
    let account = conn.transaction(reset).map_err(text)?;
    println!("account {account} has no second factor any more, and is signed out everywhere");
    Ok(())
}

pub(super) fn verify_audit(settings: &Settings) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let keyring = keyring::open(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let bar = ProgressBar::new(audit::count_seals(&mut conn).map_err(text)? as u64).with_message("seals");
    let verdict = audit::verify(&mut conn, &keyring, |seal| bar.set_position(seal as u64)).map_err(text)?;
    bar.finish_and_clear();
    match verdict {
        audit::Verdict::Whole { seals, events } => {
            println!("the audit trail is whole: {events} events under {seals} seals");
            Ok(())
        }
        audit::Verdict::Broken { seal } => Err(format!("the audit trail is broken from seal {seal} on")),
    }
}
