//! The working calendar that clocks count by.

use std::path::PathBuf;

use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde_json::json;

use super::text;
use crate::access::audit::{self, Command};
use crate::app::config::Settings;
use crate::app::start::{self, Outcome};
use crate::kit::clock::Clock;
use crate::kit::lines;
use crate::matters::calendar;

/// The holidays up to the last year announced, carried inside the program.
const HOLIDAYS: &[u8] = include_bytes!("../../../data/calendar/cn.csv");
const SOURCE: &str = "chinese-days 1.5.7 (npm, MIT)";

/// Enters the calendar where there is none yet.
pub(super) fn enter(conn: &mut PgConnection) -> Outcome<()> {
    match calendar::count(conn).map_err(text)? {
        0 => import_days(conn, &lines::read(HOLIDAYS)?, SOURCE),
        _ => Ok(()),
    }
}

pub(super) fn import_calendar(settings: &Settings, file: Option<PathBuf>) -> Outcome<()> {
    let (lines, source) = match file {
        None => (lines::read(HOLIDAYS)?, SOURCE.to_owned()),
        Some(path) => {
            let file = std::fs::File::open(&path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            let name = path.file_name().map(|name| name.to_string_lossy().chars().take(200).collect());
            (lines::read(file)?, name.unwrap_or_default())
        }
    };
    let database = start::open_database(settings, true)?;
    import_days(&mut start::connect(&database.owner_url)?, &lines, &source)
}

/// Replaces the years of the lines, all of them or none. What changed something is recorded.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn import_days(conn: &mut PgConnection, lines: &[calendar::Line], source: &str) -> Outcome<()> {
    let now = Clock::default().now();
    let import = |conn: &mut PgConnection| {
        let changed = calendar::import(conn, lines, source, now)?;
        if changed > 0 {
            let detail = json!({ "lines": lines.len(), "years": changed });
            let (action, resource, id) = ("import_calendar", "calendar-days", "cn".to_owned());
            let command = Command { action, resource, id, division: None, detail };
            audit::append_command(conn, &command, now)?;
        }
        Ok(changed)
    };
    let changed = conn.transaction(import).map_err(text)?;
    println!("{} days of the calendar read, {changed} years added or changed", lines.len());
    Ok(())
}
