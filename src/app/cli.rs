//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use indicatif::ProgressBar;

use super::config::{Settings, TABLE};
use super::start::{self, Outcome};
use super::{openapi, policy, server, telemetry};
use crate::access::accounts::{self, Opening};
use crate::access::division::Division;
use crate::access::passwords::{self, Password};
use crate::access::phone::Phone;
use crate::access::posts::{self, NewPost};
use crate::access::role::Role;
use crate::access::{audit, tokens};
use crate::kit::clock::{Clock, local_date};
use crate::kit::crypto::KeyringFile;
use crate::kit::db;
use crate::kit::problem::Problem;
use crate::kit::text::Line;
use crate::places::divisions;

const MAP: &[u8] = include_bytes!("../../data/divisions/shanghai.csv");

/// 里弄: the API backend a city's neighbourhoods run on.
#[derive(Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API. Without DATABASE_URL, on an embedded PostgreSQL, migrated and with the map.
    Serve {
        /// Check the settings, print them without secrets, and end.
        #[arg(long)]
        check_config: bool,
    },
    /// Bring the schema up to date.
    Migrate,
    /// Import data.
    #[command(subcommand)]
    Import(Import),
    /// Print the OpenAPI document.
    Openapi,
    /// Print what may be done by whom.
    Policy,
    /// Make and rotate keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Accounts, from the operator's side.
    #[command(subcommand)]
    Accounts(Accounts),
    /// Check the audit trail.
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Subcommand)]
enum Import {
    /// The official map of divisions: the one inside the program, or a CSV file of the same columns.
    Divisions {
        /// code,name,level,parent,status
        file: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Keys {
    /// Print a fresh keyring, for LILONG_KEYRING.
    Generate,
    /// Make the next signing key. It signs in 24 hours; `--now` when the current one has leaked.
    Rotate {
        /// Sign with it at once, and refuse the others' tokens.
        #[arg(long)]
        now: bool,
    },
}

#[derive(Subcommand)]
enum Accounts {
    /// Open an account with a post: for the first administrators. The password is read from standard input.
    Create {
        /// The number, E.164.
        #[arg(long)]
        phone: String,
        /// How others see it.
        #[arg(long)]
        name: String,
        /// The role of its post.
        #[arg(long)]
        role: Role,
        /// The division of its post, 12 digits.
        #[arg(long, default_value = "310000000000")]
        division: String,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Recompute the hash chain from its beginning.
    Verify,
}

/// Does what the command line asks.
pub fn run(cli: Cli) -> Outcome<()> {
    match cli.command {
        Command::Openapi => {
            print!("{}", openapi::text());
            Ok(())
        }
        Command::Policy => {
            print!("{}", policy::print());
            Ok(())
        }
        Command::Keys(Keys::Generate) => {
            let keyring = KeyringFile::generate().map_err(text)?;
            println!("{}", serde_json::to_string(&keyring).map_err(|error| error.to_string())?);
            Ok(())
        }
        Command::Serve { check_config: true } => check_config(&Settings::read()?),
        Command::Serve { check_config: false } => serve(&Settings::read()?),
        Command::Migrate => migrate(&Settings::read()?),
        Command::Import(Import::Divisions { file }) => import_divisions(&Settings::read()?, file),
        Command::Keys(Keys::Rotate { now }) => rotate(&Settings::read()?, now),
        Command::Accounts(Accounts::Create { phone, name, role, division }) => {
            create_account(&Settings::read()?, &phone, &name, role, &division)
        }
        Command::Audit(Audit::Verify) => verify_audit(&Settings::read()?),
    }
}

fn text(problem: Problem) -> String {
    problem.to_string()
}

fn check_config(settings: &Settings) -> Outcome<()> {
    let value = serde_json::to_value(settings).map_err(|error| error.to_string())?;
    for (name, variable, _, what) in TABLE {
        let shown = match (*name, &value[*name]) {
            ("" | "sms_token" | "database_url" | "owner_database_url", _) => "(not shown)".to_owned(),
            (_, value) => value.to_string(),
        };
        println!("{variable} = {shown}  # {what}");
    }
    Ok(())
}

fn serve(settings: &Settings) -> Outcome<()> {
    let _log = telemetry::start(settings.log_format);
    let database = start::open_database(settings, false)?;
    if database.cluster.is_some() {
        prepare(&database.owner_url)?;
    }
    let keyring = start::open_keyring(settings)?;
    let gate = start::open_gate(settings, &database.api_url, keyring, Clock::default())?;
    let served = actix_web::rt::System::new().block_on(async {
        let running = server::run(settings, gate)?;
        println!("lilong serves at http://{}  ·  documentation at http://{0}/docs/", running.address);
        running.until_stopped().await
    });
    if let Some(cluster) = database.cluster {
        cluster.stop().map_err(|error| error.to_string())?;
    }
    served
}

/// An embedded database is made ready without being asked: its schema, and the map where there is none.
fn prepare(owner_url: &str) -> Outcome<()> {
    let mut conn = start::connect(owner_url)?;
    db::migrate(&mut conn).map_err(text)?;
    if divisions::count(&mut conn).map_err(text)? == 0 {
        import_lines(&mut conn, &divisions::read_csv(MAP)?)?;
    }
    Ok(())
}

fn migrate(settings: &Settings) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let mut conn = start::connect(&database.owner_url)?;
    let done = db::migrate(&mut conn).map_err(text)?;
    println!("{} migrations run", done.len());
    Ok(())
}

fn import_divisions(settings: &Settings, file: Option<PathBuf>) -> Outcome<()> {
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

fn import_lines(conn: &mut diesel::PgConnection, lines: &[divisions::Line]) -> Outcome<()> {
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

fn rotate(settings: &Settings, at_once: bool) -> Outcome<()> {
    let database = start::open_database(settings, true)?;
    let keyring = start::open_keyring(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    let kid = tokens::rotate(&mut conn, &keyring, Clock::default().now(), at_once).map_err(text)?;
    println!("signing key {kid} made; it signs {}", if at_once { "now" } else { "in 24 hours" });
    Ok(())
}

fn create_account(settings: &Settings, phone: &str, name: &str, role: Role, division: &str) -> Outcome<()> {
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

fn verify_audit(settings: &Settings) -> Outcome<()> {
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
