//! What a new database begins with, once it has the map: data that its officers change later.

use chrono::{DateTime, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{calendar, text};
use crate::access::audit::{self, Command};
use crate::activities::{recognition_rules, volunteer_rules};
use crate::app::start::Outcome;
use crate::kit::clock::Clock;
use crate::kit::lines;
use crate::kit::problem::{Problem, Result};
use crate::matters::{
    categories, dispute_route_rules, mediation_cases, mediation_staffing, mediation_subsidy_rules, policies,
};
use crate::places::divisions;

/// A table, and the file inside the program that it begins with.
struct Beginning {
    /// How the trail calls the act, and what it changes.
    action: &'static str,
    resource: &'static str,
    /// How the terminal calls the rows.
    rows: &'static str,
    import: fn(&mut PgConnection, DateTime<Utc>) -> Result<usize>,
}

/// Each enters what is missing: all of it, where there was none; what an officer changed or ended stays so.
const BEGINNINGS: [Beginning; 8] = [
    Beginning {
        action: "import_petition_categories",
        resource: "petition-categories",
        rows: "categories of petitions",
        import: enter_categories,
    },
    Beginning {
        action: "import_policies",
        resource: "matter-policies",
        rows: "policies",
        import: |conn, now| {
            policies::import(conn, &read(include_bytes!("../../../data/policies/default.csv"))?, now)
        },
    },
    Beginning {
        action: "import_mediation_grades",
        resource: "mediation-grades",
        rows: "grades of mediation",
        import: |conn, now| {
            mediation_cases::import(conn, &read(include_bytes!("../../../data/mediation/grades.csv"))?, now)
        },
    },
    Beginning {
        action: "import_staffing_rules",
        resource: "mediation-staffing-rules",
        rows: "staffing rules of mediation",
        import: |conn, now| {
            mediation_staffing::import(
                conn,
                &read(include_bytes!("../../../data/mediation/staffing.csv"))?,
                now,
            )
        },
    },
    Beginning {
        action: "import_dispute_route_rules",
        resource: "dispute-route-rules",
        rows: "rules of where disputes go",
        import: |conn, now| {
            dispute_route_rules::import(
                conn,
                &read(include_bytes!("../../../data/mediation/routes.csv"))?,
                now,
            )
        },
    },
    Beginning {
        action: "import_subsidy_rules",
        resource: "mediation-subsidy-rules",
        rows: "subsidies of mediation",
        import: |conn, now| {
            mediation_subsidy_rules::import(
                conn,
                &read(include_bytes!("../../../data/mediation/subsidies.csv"))?,
                now,
            )
        },
    },
    Beginning {
        action: "import_volunteer_rules",
        resource: "volunteer-rules",
        rows: "rules of volunteering",
        import: |conn, now| {
            volunteer_rules::import(
                conn,
                &read(include_bytes!("../../../data/volunteering/default.csv"))?,
                now,
            )
        },
    },
    Beginning {
        action: "import_recognition_rules",
        resource: "recognition-rules",
        rows: "rules of recognitions",
        import: |conn, now| {
            recognition_rules::import(
                conn,
                &read(include_bytes!("../../../data/volunteering/recognitions.csv"))?,
                now,
            )
        },
    },
];

/// Enters what is not there. Without a map there is nowhere to enter it: then it waits for that.
pub(super) fn enter(conn: &mut PgConnection) -> Outcome<()> {
    if divisions::count(conn).map_err(text)? == 0 {
        return Ok(());
    }
    for beginning in &BEGINNINGS {
        begin(conn, beginning).map_err(text)?;
    }
    calendar::enter(conn)
}

/// All of it or none.
#[expect(clippy::disallowed_methods, reason = "the command line has no gate")]
fn begin(conn: &mut PgConnection, beginning: &Beginning) -> Result<()> {
    let &Beginning { action, resource, rows, import } = beginning;
    let now = Clock::default().now();
    let entered = conn.transaction(|conn| {
        let entered = import(conn, now)?;
        if entered > 0 {
            let detail = json!({ "entered": entered });
            let command = Command { action, resource, id: "default".to_owned(), division: None, detail };
            audit::append_command(conn, &command, now)?;
        }
        Ok::<_, Problem>(entered)
    })?;
    if entered > 0 {
        println!("{entered} {rows} entered");
    }
    Ok(())
}

fn enter_categories(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    if categories::count(conn)? > 0 {
        return Ok(0);
    }
    let lines = read(include_bytes!("../../../data/categories/default.csv"))?;
    let asked = read(include_bytes!("../../../data/categories/questions.csv"))?;
    categories::import(conn, &lines, &asked, now)
}

fn read<T: DeserializeOwned>(file: &[u8]) -> Result<Vec<T>> {
    lines::read(file).map_err(Problem::fault)
}
