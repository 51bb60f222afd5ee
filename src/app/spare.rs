//! A spare copy of the embedded database, kept while something is done to it that is done whole or not at all. While there is one,
//! whatever happened meanwhile has not happened: whoever opens the cluster next goes on from the copy.

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::sql_types::Bool;

use super::start::{self, Database, Outcome};
use crate::kit::cluster::Cluster;

/// Does something to the database: in an embedded one whole or, should the process die in the middle, not at all. Nobody else may be
/// connected when it begins.
///
/// # Errors
/// What the work says, or PostgreSQL.
pub fn whole<T>(database: &Database, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let Some(cluster) = &database.cluster else { return work() };
    run(&mut connect(cluster)?, "CREATE DATABASE lilong_spare TEMPLATE lilong OWNER lilong_owner")?;
    let done = work()?;
    run(&mut connect(cluster)?, "DROP DATABASE lilong_spare WITH (FORCE)")?;
    Ok(done)
}

/// Puts the copy in the place of the database, where one was left; whether it was.
///
/// # Errors
/// PostgreSQL's.
pub fn bring_back(cluster: &Cluster) -> Outcome<bool> {
    let mut conn = connect(cluster)?;
    let is_left = sql::<Bool>("EXISTS (SELECT FROM pg_database WHERE datname = 'lilong_spare')");
    if !diesel::select(is_left).get_result::<bool>(&mut conn).map_err(|error| error.to_string())? {
        return Ok(false);
    }
    // A copy has what is in a database, and not who may enter it. Broken off anywhere, this begins anew.
    for statement in [
        "REVOKE ALL ON DATABASE lilong_spare FROM PUBLIC",
        "GRANT CONNECT ON DATABASE lilong_spare TO lilong_api",
        "DROP DATABASE IF EXISTS lilong WITH (FORCE)",
        "ALTER DATABASE lilong_spare RENAME TO lilong",
    ] {
        run(&mut conn, statement)?;
    }
    Ok(true)
}

/// As the superuser, who stands above all databases.
fn connect(cluster: &Cluster) -> Outcome<PgConnection> {
    start::connect(&cluster.superuser_url())
}

fn run(conn: &mut PgConnection, statement: &str) -> Outcome<()> {
    conn.batch_execute(statement).map_err(|error| error.to_string())
}
