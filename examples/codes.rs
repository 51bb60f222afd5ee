//! Codes for accounts of a database, for measuring: reads an account from each line, writes a code a line, good from now on. Needs
//! `DATABASE_URL` and `LILONG_KEYRING`, and so nothing that whoever has those could not do anyway.

use std::io::{BufRead, Write};

use lilong::access::actor::AccountId;
use lilong::access::codes::sg1::Bearer;
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
        let account = AccountId(line.trim().parse().map_err(|_| "an account a line")?);
        let (codes, now) = (gate.codes(), gate.now());
        let code = codes.issue(gate.ring(), account, Bearer::Resident, now, now);
        writeln!(out, "{}", code.map_err(|error| error.to_string())?.text())
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}
