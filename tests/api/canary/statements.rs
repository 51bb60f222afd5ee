//! PostgreSQL's own log: it tells which statements fail and which are slow, and none of their values.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;

use super::{CARD, PHONE, is_silent};
use crate::support::{Town, server_log};

/// PostgreSQL would tell the whole row that it refuses.
const REFUSED: &str = "INSERT INTO canaries (number) VALUES ($1)";
/// And the values of what takes longer than a second.
const SLOW: &str = "SELECT pg_sleep(1.2) WHERE $1 <> ''";

/// The log of all that every test has done until now, with one statement that is refused and one that is slow.
pub fn are_told_without_values(town: &Town) {
    let mut conn = town.owner();
    let table =
        "CREATE TEMPORARY TABLE canaries (number TEXT CONSTRAINT canaries_number_check CHECK (number = ''))";
    conn.batch_execute(table).expect("a table");
    let refused = diesel::sql_query(REFUSED).bind::<Text, _>(CARD).execute(&mut conn);
    assert!(refused.is_err(), "the row is refused");
    diesel::sql_query(SLOW).bind::<Text, _>(PHONE).execute(&mut conn).expect("it waits");
    let said = server_log();
    for statement in [REFUSED, SLOW] {
        assert!(said.contains(statement), "PostgreSQL's log does not tell of {statement}");
    }
    is_silent("PostgreSQL's log", &said);
}
