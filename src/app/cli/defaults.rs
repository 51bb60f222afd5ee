//! What a new database begins with, once it has the map: data that its officers change later.

use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde_json::json;

use super::{calendar, text};
use crate::access::audit::{self, Command};
use crate::access::division::Division;
use crate::activities::volunteer_rules;
use crate::app::start::Outcome;
use crate::kit::clock::Clock;
use crate::matters::categories;
use crate::places::divisions;

const CATEGORIES: &[u8] = include_bytes!("../../../data/categories/default.csv");
const QUESTIONS: &[u8] = include_bytes!("../../../data/categories/questions.csv");
/// Stars and caps of volunteering.
const VOLUNTEERING: &[u8] = include_bytes!("../../../data/volunteering/default.csv");

/// Enters what is not there. Without a map there is nowhere to enter it: then it waits for that.
pub(super) fn enter(conn: &mut PgConnection) -> Outcome<()> {
    if divisions::count(conn).map_err(text)? == 0 {
        return Ok(());
    }
    if categories::count(conn).map_err(text)? == 0 {
        enter_categories(conn)?;
    }
    if volunteer_rules::store::count(conn).map_err(text)? == 0 {
        enter_volunteer_rules(conn)?;
    }
    calendar::enter(conn)
}

/// The categories of petitions, all of them or none.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn enter_categories(conn: &mut PgConnection) -> Outcome<()> {
    let (lines, questions) = (categories::read_csv(CATEGORIES)?, categories::read_csv(QUESTIONS)?);
    let now = Clock::default().now();
    let import = |conn: &mut PgConnection| {
        let entered = categories::import(conn, &lines, &questions, now)?;
        if entered > 0 {
            let (action, resource) = ("import_petition_categories", "petition-categories");
            let (id, detail) = (Division::SHANGHAI.to_string(), json!({ "entered": entered }));
            audit::append_command(conn, &Command { action, resource, id, division: None, detail }, now)?;
        }
        Ok(entered)
    };
    let entered = conn.transaction(import).map_err(text)?;
    println!("{entered} categories of petitions entered");
    Ok(())
}

/// The rules that hours of volunteers are counted and honoured by, all of them or none.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn enter_volunteer_rules(conn: &mut PgConnection) -> Outcome<()> {
    let lines = volunteer_rules::read_csv(VOLUNTEERING)?;
    let now = Clock::default().now();
    let import = |conn: &mut PgConnection| {
        let entered = volunteer_rules::import(conn, &lines, now)?;
        let (action, resource, id) = ("import_volunteer_rules", "volunteer-rules", "default".to_owned());
        let detail = json!({ "entered": entered });
        audit::append_command(conn, &Command { action, resource, id, division: None, detail }, now)?;
        Ok(entered)
    };
    let entered = conn.transaction(import).map_err(text)?;
    println!("{entered} rules of volunteering entered");
    Ok(())
}
