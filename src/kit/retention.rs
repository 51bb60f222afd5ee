//! How long rows are kept: deletes or empties what is too old, a bounded batch at a time.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};

use super::problem::Result;

/// How many rows one statement deletes or empties at most.
pub const BATCH: usize = 5_000;

/// How long the rows of one table are kept, and why.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The table.
    pub table: &'static str,
    /// What becomes of its rows.
    pub fate: Fate,
    /// Why so, for who asks: the law, or what the rows are for.
    pub why: &'static str,
}

/// What becomes of rows.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    /// Nothing, by the passing of time.
    Kept,
    /// They are deleted, so long after the time in a column.
    Deleted {
        /// The column, which has an index.
        since: &'static str,
        /// How long after.
        after: TimeDelta,
    },
    /// One of their columns is emptied, so long after the time in another.
    Emptied {
        /// The column that is emptied.
        column: &'static str,
        /// What it then holds, in SQL.
        to: &'static str,
        /// The column with the time, which has an index.
        since: &'static str,
        /// How long after.
        after: TimeDelta,
    },
    /// Some of them are emptied of all that they tell of a person, so long after the time in a column. More goes than a row or a
    /// column, so the feature that owns the table does it.
    Erased {
        /// Which of them: what the worker knows who erases them by.
        whose: &'static str,
        /// The column, which is in an index.
        since: &'static str,
        /// How long after.
        after: TimeDelta,
    },
}

impl Period {
    /// Deletes or empties one batch of what is too old; answers how many rows, none of what a feature erases itself. Rows that
    /// somebody holds come next time.
    pub fn sweep(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
        let table = self.table;
        let (change, since, after, and) = match self.fate {
            Fate::Kept | Fate::Erased { .. } => return Ok(0),
            Fate::Deleted { since, after } => (format!("DELETE FROM {table}"), since, after, String::new()),
            Fate::Emptied { column, to, since, after } => (
                format!("UPDATE {table} SET {column} = {to}"),
                since,
                after,
                format!("AND {column} IS DISTINCT FROM {to}"),
            ),
        };
        let query = format!(
            "{change} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {since} < $1 {and} \
             ORDER BY {since} LIMIT $2 FOR UPDATE SKIP LOCKED))"
        );
        Ok(diesel::sql_query(query)
            .bind::<Timestamptz, _>(now - after)
            .bind::<BigInt, _>(BATCH as i64)
            .execute(conn)?)
    }

    /// What becomes of the rows, for people.
    pub fn what(&self) -> String {
        match self.fate {
            Fate::Kept => "kept".into(),
            Fate::Deleted { .. } => "deleted".into(),
            Fate::Emptied { column, .. } => format!("`{column}` emptied"),
            Fate::Erased { whose, .. } => format!("erased, if {whose}"),
        }
    }

    /// How long after the time in the column; none where they are kept.
    pub fn after(&self) -> Option<TimeDelta> {
        match self.fate {
            Fate::Kept => None,
            Fate::Deleted { after, .. } | Fate::Emptied { after, .. } | Fate::Erased { after, .. } => {
                Some(after)
            }
        }
    }

    /// When, for people.
    pub fn when(&self) -> String {
        match self.fate {
            Fate::Kept => String::new(),
            Fate::Deleted { since, after }
            | Fate::Emptied { since, after, .. }
            | Fate::Erased { since, after, .. } => {
                let hours = after.num_hours();
                match (hours % 24, hours / 24) {
                    (0, 0) => format!("at `{since}`"),
                    (0, 1) => format!("1 day after `{since}`"),
                    (0, days) => format!("{days} days after `{since}`"),
                    (1, 0) => format!("1 hour after `{since}`"),
                    _ => format!("{hours} hours after `{since}`"),
                }
            }
        }
    }
}
