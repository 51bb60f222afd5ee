//! The operator's commands.

use std::path::PathBuf;

use indicatif::ProgressBar;

use super::text;
use crate::access::accounts::{self, Opening};
use crate::access::division::Division;
use crate::access::passwords::{self, Password};
use crate::access::phone::Phone;
use crate::access::posts::{self, NewPost};
use crate::access::role::Role;
use crate::access::{audit, tokens};
use crate::app::config::Settings;
use crate::app::start::{self, Outcome};
use crate::kit::clock::{Clock, local_date};
use crate::kit::db;
use crate::kit::text::Line;
use crate::places::divisions;

/// The official map, carried inside the program.
pub(super) const MAP: &[u8] = include_bytes!("../../../data/divisions/shanghai.csv");

pub(super) fn migrate(settings: &Settings) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let mut conn = start::connect(&database.owner_url)?;
    let done = db::migrate(&mut conn).map_err(text)?;
    println!("{} migrations run", done.len());
    Ok(())
}

pub(super) fn import_divisions(settings: &Settings, file: Option<PathBuf>) -> Outcome<()> {
    let lines = match file {
        None => divisions::read_csv(MAP)?,
        Some(path) => {
            let file = std::fs::File::open(&path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            divisions::read_csv(file)?
        }
    };
    let database = start::open_database(settings, true)?;
    import_lines(&mut start::connect(&database.owner_url)?, &lines)
}

pub(super) fn import_lines(conn: &mut diesel::PgConnection, lines: &[divisions::Line]) -> Outcome<()> {
    const BATCH: usize = 1_000;
    let bar = ProgressBar::new(lines.len() as u64).with_message("divisions");
    for batch in lines.chunks(BATCH) {
        divisions::import(conn, batch, Clock::default().now()).map_err(text)?;
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    println!("{} divisions imported", lines.len());
    Ok(())
}

pub(super) fn rotate(settings: &Settings, at_once: bool) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let keyring = start::open_keyring(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let kid = tokens::rotate(&mut conn, &keyring, Clock::default().now(), at_once).map_err(text)?;
    println!("signing key {kid} made; it signs {}", if at_once { "now" } else { "in 24 hours" });
    Ok(())
}

pub(super) fn create_account(
    settings: &Settings,
    phone: &str,
    name: &str,
    role: Role,
    division: &str,
) -> Outcome<()> {
    let password =
        Password::new(std::io::read_to_string(std::io::stdin()).map_err(|e| e.to_string())?.trim());
    settings.password_profile.check(&password, &[name, phone]).map_err(text)?;
    let opening = Opening {
        phone: Phone::parse(phone)?,
        display_name: Line::new(name)?,
        password_hash: Some(passwords::hash(&password).map_err(text)?),
    };
    let database = start::open_database(settings, true)?;
    let keyring = start::open_keyring(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let now = Clock::default().now();
    let holder = accounts::open(&mut conn, &keyring, &opening, now).map_err(text)?;
    let division = Division::parse(division)?;
    let post =
        NewPost { holder, role, organisation: None, division, starts_on: local_date(now), ends_on: None };
    posts::grant_unless_held(&mut conn, &post, None, now).map_err(text)?;
    println!("account {holder} opened, {} of {division}", role.as_str());
    Ok(())
}

pub(super) fn verify_audit(settings: &Settings) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let keyring = start::open_keyring(settings)?;
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
