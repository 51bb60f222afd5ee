//! What a database begins with besides the map: the working calendar that clocks count by, and the numbers of the city: policies, and
//! staffing rules of mediation.

use std::path::PathBuf;

use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde_json::json;

use super::text;
use crate::access::audit::{self, Command};
use crate::app::config::Settings;
use crate::app::start::{self, Outcome};
use crate::kit::clock::Clock;
use crate::matters::{calendar, mediation_cases, mediation_staffing, policies};

/// The holidays up to the last year announced, carried inside the program.
const HOLIDAYS: &[u8] = include_bytes!("../../../data/calendar/cn.csv");
const SOURCE: &str = "chinese-days 1.5.7 (npm, MIT)";
/// The policies that a database begins with.
const POLICIES: &[u8] = include_bytes!("../../../data/policies/default.csv");
/// Who must sit for which grade of dispute, at first.
const GRADES: &[u8] = include_bytes!("../../../data/mediation/grades.csv");
/// The staffing rules that a database begins with.
const STAFFING: &[u8] = include_bytes!("../../../data/mediation/staffing.csv");

/// Enters the calendar, the policies and the staffing rules, each where there is none yet. There is a map, whose city the policies belong to.
pub(super) fn enter(conn: &mut PgConnection) -> Outcome<()> {
    if calendar::count(conn).map_err(text)? == 0 {
        import_days(conn, &calendar::read_csv(HOLIDAYS)?, SOURCE)?;
    }
    if policies::count(conn).map_err(text)? == 0 {
        enter_policies(conn)?;
    }
    if mediation_staffing::count(conn).map_err(text)? == 0 {
        enter_staffing(conn)?;
    }
    Ok(())
}

pub(super) fn import_calendar(settings: &Settings, file: Option<PathBuf>) -> Outcome<()> {
    let (lines, source) = match file {
        None => (calendar::read_csv(HOLIDAYS)?, SOURCE.to_owned()),
        Some(path) => {
            let file = std::fs::File::open(&path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            let name = path.file_name().map(|name| name.to_string_lossy().chars().take(200).collect());
            (calendar::read_csv(file)?, name.unwrap_or_default())
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

/// The policies that a database begins with, all of them or none.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn enter_policies(conn: &mut PgConnection) -> Outcome<()> {
    let now = Clock::default().now();
    let lines = policies::read_csv(POLICIES)?;
    let grades = mediation_cases::read_csv(GRADES)?;
    let import = |conn: &mut PgConnection| {
        let added = policies::import(conn, &lines, now)?;
        let added = added + mediation_cases::import(conn, &grades, now)?;
        let detail = json!({ "added": added });
        let (action, resource, id) = ("import_policies", "matter-policies", "default".to_owned());
        audit::append_command(conn, &Command { action, resource, id, division: None, detail }, now)?;
        Ok(added)
    };
    let added = conn.transaction(import).map_err(text)?;
    println!("{added} policies entered");
    Ok(())
}

/// The staffing rules that a database begins with, all of them or none.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn enter_staffing(conn: &mut PgConnection) -> Outcome<()> {
    let now = Clock::default().now();
    let lines = mediation_staffing::read_csv(STAFFING)?;
    let import = |conn: &mut PgConnection| {
        let added = mediation_staffing::import(conn, &lines, now)?;
        let detail = json!({ "added": added });
        let (action, resource, id) =
            ("import_staffing_rules", "mediation-staffing-rules", "default".to_owned());
        audit::append_command(conn, &Command { action, resource, id, division: None, detail }, now)?;
        Ok(added)
    };
    let added = conn.transaction(import).map_err(text)?;
    println!("{added} staffing rules of mediation entered");
    Ok(())
}
