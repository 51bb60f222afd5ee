//! Access tokens for sessions of a database, for measuring: reads `account session` from each line, writes a token a line. Needs
//! `DATABASE_URL` and `LILONG_KEYRING`, and so nothing that whoever has those could not do anyway.

use std::io::{BufRead, Write};

use lilong::access::actor::{AccountId, SessionId};
use lilong::app::config::Settings;
use lilong::app::start;
use lilong::kit::clock::Clock;
use lilong::kit::crypto::{Keyring, KeyringFile};

fn main() -> Result<(), String> {
    let var = |name: &str| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    let settings = Settings { seats: 1, job_seats: 1, ..Settings::default() };
    let secrets = KeyringFile::parse(&var("LILONG_KEYRING")?)?;
    let ring = Keyring::open(&secrets)?;
    let gate = start::open_gate(&settings, &var("DATABASE_URL")?, ring, Clock::default())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let (account, session) = line.split_once(' ').ok_or("two ids a line")?;
        let account = AccountId(account.parse().map_err(|_| "an account")?);
        let session = SessionId(session.parse().map_err(|_| "a session")?);
        let token = gate.tokens().sign(account, session, gate.now()).map_err(|error| error.to_string())?;
        writeln!(out, "{token}").map_err(|error| error.to_string())?;
    }
    Ok(())
}
