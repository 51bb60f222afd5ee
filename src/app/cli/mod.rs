//! The command line.

mod calendar;
mod defaults;
mod import;
mod keys;
mod operate;
mod serve;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::config::Settings;
use super::start::Outcome;
use super::{openapi, policy, retention};
use crate::access::role::Role;
use crate::kit::problem::Problem;

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
        /// Load the demo once, and print its accounts. Needs LILONG_STAFF_SECOND_FACTOR=false.
        #[arg(long)]
        demo: bool,
    },
    /// Do the background work of `serve`, without HTTP: jobs, retention, sealing. As many as you like, beside it.
    Worker {
        /// Do what is due now, and end.
        #[arg(long)]
        once: bool,
    },
    /// Bring the schema up to date.
    Migrate,
    /// The demo: invented people and a story. Loads it once; `accounts` prints who there is.
    Demo {
        #[command(subcommand)]
        what: Option<Demo>,
    },
    /// Import data.
    #[command(subcommand)]
    Import(Import),
    /// Print the OpenAPI document.
    Openapi,
    /// Print what may be done by whom.
    Policy,
    /// Print how long everything is kept, and why.
    Retention,
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
enum Demo {
    /// Print every demo account.
    Accounts {
        /// As JSON: phone, password, role, organisation, range.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Import {
    /// The official map of divisions: the one inside the program, or a CSV file of the same columns.
    Divisions {
        /// code,name,level,parent,status
        file: Option<PathBuf>,
    },
    /// Holidays and worked weekends: those inside the program, or a CSV file of the same columns. Replaces the years it names.
    Calendar {
        /// day,is_workday,name
        file: Option<PathBuf>,
    },
    /// A list of residents, as CSV or XLSX. Broken off, the same command goes on where it was.
    Residents(import::Residents),
}

#[derive(Subcommand)]
enum Keys {
    /// Print a fresh keyring, for LILONG_KEYRING.
    Generate,
    /// Make the next signing key. It signs in 24 hours, one of codes in 72; `--now` when the current one has leaked.
    Rotate {
        /// Sign with it at once, and refuse the others' tokens.
        #[arg(long, conflicts_with = "seal")]
        now: bool,
        /// Make the next key that signs codes instead.
        #[arg(long, conflicts_with = "seal")]
        codes: bool,
        /// Make the next sealing key instead. It is published first and seals after the grace.
        #[arg(long)]
        seal: bool,
        /// Seconds in which every process must have seen the next sealing key.
        #[arg(long, requires = "seal", default_value_t = 60)]
        grace: u32,
    },
    /// Seal anew, with the current key, what old keys have sealed. May be stopped, and run again.
    Reseal,
    /// Take a sealing key out of the keyring, unless something that it sealed is left.
    RetireSeal {
        /// The key's number.
        key: u8,
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
    /// Take the second factor of an account away, for who lost it and all recovery codes; signs them out everywhere.
    ResetTotp {
        /// The number, E.164.
        #[arg(long)]
        phone: String,
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
            print!("{}", openapi::text(&openapi::document()));
            Ok(())
        }
        Command::Policy => {
            print!("{}", policy::print());
            Ok(())
        }
        Command::Retention => {
            print!("{}", retention::table());
            Ok(())
        }
        Command::Keys(what) => run_keys(what),
        Command::Worker { once } => serve::work(&Settings::read()?, once),
        Command::Serve { check_config: true, .. } => serve::check_config(&Settings::read()?),
        Command::Serve { demo, .. } => serve::serve(&Settings::read()?, demo),
        Command::Demo { what: None } => serve::load_demo(&Settings::read()?),
        Command::Demo { what: Some(Demo::Accounts { json }) } => serve::print_demo(json),
        Command::Migrate => operate::migrate(&Settings::read()?),
        Command::Import(Import::Divisions { file }) => operate::import_divisions(&Settings::read()?, file),
        Command::Import(Import::Calendar { file }) => calendar::import_calendar(&Settings::read()?, file),
        Command::Import(Import::Residents(what)) => import::import(&Settings::read()?, &what),
        Command::Accounts(Accounts::Create { phone, name, role, division }) => {
            operate::create_account(&Settings::read()?, &phone, &name, role, &division)
        }
        Command::Accounts(Accounts::ResetTotp { phone }) => operate::reset_totp(&Settings::read()?, &phone),
        Command::Audit(Audit::Verify) => operate::verify_audit(&Settings::read()?),
    }
}

fn run_keys(what: Keys) -> Outcome<()> {
    match what {
        Keys::Generate => keys::generate(),
        Keys::Rotate { seal: true, grace, .. } => keys::rotate_seal(&Settings::read()?, grace),
        Keys::Rotate { codes: true, now, .. } => keys::rotate_codes(&Settings::read()?, now),
        Keys::Rotate { now, .. } => keys::rotate(&Settings::read()?, now),
        Keys::Reseal => keys::reseal(&Settings::read()?),
        Keys::RetireSeal { key } => keys::retire_seal(&Settings::read()?, key),
    }
}

fn text(problem: Problem) -> String {
    problem.to_string()
}
