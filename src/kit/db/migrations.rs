//! The schema's history, carried inside the program.

use diesel::migration::MigrationSource;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::kit::problem::{Problem, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// Runs what has not been run; answers the names of what it ran. Takes an advisory lock, so that two may try.
pub fn migrate(conn: &mut PgConnection) -> Result<Vec<String>> {
    use diesel::connection::SimpleConnection;
    conn.batch_execute("SELECT pg_advisory_lock(7101010)")?;
    let done = conn
        .run_pending_migrations(MIGRATIONS)
        .map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(|error| Problem::fault(format!("migration failed: {error}")));
    conn.batch_execute("SELECT pg_advisory_unlock(7101010)")?;
    done
}

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> VarChar,
    }
}

/// Whether the database has everything this program needs. Reads only, so that the API's role may ask.
pub fn is_current(conn: &mut PgConnection) -> Result<bool> {
    use __diesel_schema_migrations::dsl;
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(Problem::fault)?;
    let run: Vec<String> = dsl::__diesel_schema_migrations.select(dsl::version).load(conn)?;
    Ok(known.iter().all(|migration| run.contains(&migration.name().version().to_string())))
}
