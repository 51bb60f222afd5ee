//! `lilong import residents`: a list of any length, straight into the database, with a progress bar. Broken off, the same command
//! goes on where it was.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::Args;
use diesel::Connection as _;
use diesel::pg::PgConnection;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::text;
use crate::access::audit::{self, Command};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::app::config::Settings;
use crate::app::keyring;
use crate::app::start::{self, Outcome};
use crate::kit::clock::Clock;
use crate::kit::crypto::{Keyring, sha256_of};
use crate::kit::problem::{BUSY, Result};
use crate::kit::sheets::Form;
use crate::people::imports::{
    self, ImportId, ImportMode, ImportRow, NewImport, Tally, load, report, store, walk,
};

/// How long a batch waits before each new try.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(20),
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

/// What is imported, and how.
#[derive(Args)]
pub(super) struct Residents {
    /// A list as CSV (UTF-8 or GB18030) or XLSX; its first row names the columns, 姓名 among them.
    file: PathBuf,
    /// The committee that rows without one go to, 12 digits; rows outside of a division given here are refused.
    #[arg(long)]
    division: String,
    /// Nothing goes in before every row was found good; a row that others change meanwhile is told in the report.
    #[arg(long)]
    all: bool,
    /// Only say what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Where the bad rows go, as XLSX, to be mended and imported again: as they stand in the list, each with its reason.
    #[arg(long)]
    report: Option<PathBuf>,
}

pub(super) fn import(settings: &Settings, what: &Residents) -> Outcome<()> {
    let division = Division::parse(&what.division)?;
    let form = form_of(&what.file)?;
    let sha256 = sha256_of(open(&what.file)?).map_err(|error| error.to_string())?.to_vec();
    let database = start::open_database(settings, true)?;
    let keyring = keyring::open(settings)?;
    let mut conn = start::connect(&database.api_url)?;
    // Two that go on from one place would each do the other's next batch.
    if !store::hold(&mut conn, &sha256, division).map_err(text)? {
        return Err("another process is doing this import".into());
    }
    let mode = if what.all { ImportMode::All } else { ImportMode::Each };
    let new = NewImport {
        id: ImportId::new(),
        account_id: None,
        division,
        form,
        sha256,
        source_id: None,
        mode,
        is_dry_run: what.dry_run,
        created_at: Clock::default().now(),
    };
    let mut import = store::begin(&mut conn, &new).map_err(text)?;
    let rows = walk::count(form, open(&what.file)?).map_err(text)?;
    if import.mode == ImportMode::All && !import.is_dry_run && !import.is_checked {
        pass(&mut conn, &keyring, &import, &what.file, rows, "checking")?;
        import = store::lock(&mut conn, import.id).map_err(text)?;
        if import.refused == 0 {
            import = second_pass(&mut conn, import.id).map_err(text)?;
        }
    }
    if import.mode == ImportMode::Each || import.is_dry_run || import.is_checked {
        pass(&mut conn, &keyring, &import, &what.file, rows, "importing")?;
    }
    finish(&mut conn, import.id, form, what)
}

fn open(path: &Path) -> Outcome<File> {
    File::open(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn form_of(path: &Path) -> Outcome<Form> {
    match path.extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Form::Csv),
        Some("xlsx") => Ok(Form::Xlsx),
        _ => Err("a list is a .csv or an .xlsx file".into()),
    }
}

/// One way through the list, each batch in a transaction of its own.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn pass(
    conn: &mut PgConnection,
    ring: &Keyring,
    import: &ImportRow,
    file: &Path,
    rows: i64,
    doing: &'static str,
) -> Outcome<()> {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}")
        .map_err(|e| e.to_string())?;
    let bar =
        ProgressBar::new(rows as u64).with_message(doing).with_style(style).with_position(import.done as u64);
    let mut scope = Scope::nothing();
    scope.add(import.division.range());
    let clock = Clock::default();
    let taken = walk::batches(import.form, open(file)?, import.done, |heading, lines| {
        let batch = |conn: &mut PgConnection| -> Result<Tally> {
            let now = clock.now();
            let (homes, households) = (&scope, &scope);
            let mut ground = load::Ground { conn: &mut *conn, ring, now, scope: &scope, homes, households };
            let tally = load::load(&mut ground, import, heading, lines)?;
            if !import.only_looks() && tally.entered + tally.changed > 0 {
                let detail = json!({
                    "entered": tally.entered, "changed": tally.changed, "homes": tally.homes,
                    "households": tally.households
                });
                record(conn, import, detail, now)?;
            }
            Ok(tally)
        };
        let tally = patiently(|| conn.transaction(batch))?;
        bar.inc(tally.done as u64);
        Ok(())
    });
    bar.finish_and_clear();
    taken.map_err(text)
}

/// Tries again what others are in the way of: whoever changes people meanwhile may lock the same ones in another order, and then
/// PostgreSQL lets one of the two go.
#[expect(clippy::disallowed_methods, reason = "the command line serves nobody")]
fn patiently<T>(mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    for pause in PAUSES {
        match attempt() {
            Err(problem) if std::ptr::eq(problem.rule(), &BUSY) => std::thread::sleep(pause),
            done => return done,
        }
    }
    attempt()
}

/// What was done stands in the audit trail, in the transaction that does it.
fn record(conn: &mut PgConnection, import: &ImportRow, detail: Value, now: DateTime<Utc>) -> Result<()> {
    let (action, resource, division) = ("create_import", "imports", Some(import.division));
    let command = Command { action, resource, id: import.id.to_string(), division, detail };
    audit::append_command(conn, &command, now)
}

#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn second_pass(conn: &mut PgConnection, id: ImportId) -> Result<ImportRow> {
    conn.transaction(|conn| {
        store::begin_again(conn, id)?;
        store::lock(conn, id)
    })
}

/// Writes the bad rows of a list down, whole, where there are any.
fn tell(conn: &mut PgConnection, id: ImportId, (form, list): (Form, &Path), to: &Path) -> Outcome<()> {
    let reasons = report::reasons(conn, id).map_err(text)?;
    if reasons.is_empty() {
        return Ok(());
    }
    let left_out = store::lock(conn, id).map_err(text)?.refused - reasons.len() as i64;
    let book = report::write(form, open(list)?, &reasons, left_out).map_err(text)?;
    std::fs::write(to, book).map_err(|error| format!("cannot write {}: {error}", to.display()))
}

#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn finish(conn: &mut PgConnection, id: ImportId, form: Form, what: &Residents) -> Outcome<()> {
    let now = Clock::default().now();
    if let Some(path) = &what.report {
        tell(conn, id, (form, what.file.as_path()), path)?;
    }
    let end = |conn: &mut PgConnection| {
        let import = store::lock(conn, id)?;
        store::finish(conn, id, now)?;
        let detail = json!({
            "entered": import.entered, "changed": import.changed, "refused": import.refused, "dry_run": import.is_dry_run
        });
        record(conn, &import, detail, now)?;
        Ok(import)
    };
    let import = conn.transaction(end).map_err(text)?;
    let ImportRow { entered, changed, unchanged, refused, .. } = import;
    let would = if import.only_looks() { " (nothing was written)" } else { "" };
    println!("{entered} entered, {changed} changed, {unchanged} as they were, {refused} refused{would}");
    match (import.mode == ImportMode::All && refused > 0, import.is_checked) {
        (true, false) => Err(imports::ROWS_REFUSED.en.into()),
        (true, true) => Err(format!("{refused} rows met what others changed meanwhile; the rest went in")),
        (false, _) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::problem::NOT_FOUND;

    #[test]
    fn what_others_are_in_the_way_of_is_tried_again_and_nothing_else_is() {
        let mut tries = 0;
        let done = patiently(|| {
            tries += 1;
            if tries < 3 { Err((&BUSY).into()) } else { Ok(tries) }
        });
        assert_eq!(done.unwrap(), 3);

        let mut tries = 0;
        let refused = patiently(|| -> Result<()> {
            tries += 1;
            NOT_FOUND.refuse()
        });
        assert_eq!((refused.unwrap_err().rule().code, tries), ("not-found", 1));
    }
}
