//! Sealing anew what an old key sealed, beside a service that goes on reading and writing it.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, SmallInt, Text};

use super::crypto::Keyring;
use super::problem::{Problem, Result};

/// A column of sealed values.
#[derive(Clone, Copy, Debug)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// Its primary key.
    pub key: &'static str,
    /// The key's type in PostgreSQL.
    pub key_type: &'static str,
    /// The column.
    pub column: &'static str,
    /// What its values are bound to, as the code that seals them says it.
    pub purpose: &'static str,
    /// How many values are sealed anew in one transaction, and held in memory for that.
    pub batch: i64,
    /// What becomes of values that an old key sealed.
    pub fate: Fate,
}

/// What becomes of values that an old key sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are sealed anew.
    Resealed,
    /// They are deleted before long anyhow.
    Expires,
}

/// One batch of a column.
#[derive(Debug, Default)]
pub struct Batch {
    /// The last key looked at; none when the end was reached.
    pub last: Option<String>,
    /// How many values were sealed anew.
    pub resealed: u64,
    /// The keys of rows whose value does not open.
    pub broken: Vec<String>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Binary)]
    sealed: Vec<u8>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = SmallInt)]
    number: i16,
    #[diesel(sql_type = BigInt)]
    values: i64,
}

/// How many values of a column each key sealed, by the key's number.
pub fn count_by_key(conn: &mut PgConnection, column: &SealedColumn) -> Result<Vec<(u8, i64)>> {
    let SealedColumn { table, column, .. } = column;
    let rows: Vec<Count> = diesel::sql_query(format!(
        "SELECT get_byte({column}, 0)::smallint AS number, count(*) AS values FROM {table} \
         WHERE length({column}) > 0 GROUP BY 1 ORDER BY 1"
    ))
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.number as u8, row.values)).collect())
}

/// Seals anew a batch of what another key sealed, from behind a row on. Rows that somebody holds are passed over, and a
/// value that changed meanwhile stays as it was changed: nobody waits for this, and nothing is lost.
#[expect(clippy::disallowed_methods, reason = "run by the command line, outside of any act")]
pub fn reseal_next(
    conn: &mut PgConnection,
    ring: &Keyring,
    column: &SealedColumn,
    after: Option<&str>,
) -> Result<Batch> {
    conn.transaction(|conn| {
        let rows = lock(conn, ring.sealing(), column, after)?;
        let mut batch = Batch::default();
        let (mut keys, mut old, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
        batch.last = rows.last().map(|row| row.key.clone());
        for Row { key, sealed } in rows {
            match ring.open_sealed(column.purpose, &sealed) {
                Ok(plain) => {
                    fresh.push(ring.seal(column.purpose, &plain)?);
                    keys.push(key);
                    old.push(sealed);
                }
                Err(_) => batch.broken.push(key),
            }
        }
        batch.resealed = exchange(conn, column, keys, old, fresh)?;
        Ok::<_, Problem>(batch)
    })
}

fn lock(
    conn: &mut PgConnection,
    sealing: u8,
    column: &SealedColumn,
    after: Option<&str>,
) -> Result<Vec<Row>> {
    let SealedColumn { table, key, key_type, column, batch, .. } = column;
    let beyond = if after.is_some() { format!("AND {key} > $3::{key_type}") } else { "AND $3 = ''".into() };
    let query = format!(
        "SELECT {key}::text AS key, {column} AS sealed FROM {table} \
         WHERE length({column}) > 0 AND substring({column} FROM 1 FOR 1) <> $1 {beyond} \
         ORDER BY {key} LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED"
    );
    Ok(diesel::sql_query(query)
        .bind::<Binary, _>(vec![sealing])
        .bind::<BigInt, _>(*batch)
        .bind::<Text, _>(after.unwrap_or_default())
        .load(conn)?)
}

fn exchange(
    conn: &mut PgConnection,
    column: &SealedColumn,
    keys: Vec<String>,
    old: Vec<Vec<u8>>,
    fresh: Vec<Vec<u8>>,
) -> Result<u64> {
    let SealedColumn { table, key, key_type, column, .. } = column;
    let query = format!(
        "UPDATE {table} AS t SET {column} = v.fresh \
         FROM unnest($1, $2, $3) AS v (key, old, fresh) \
         WHERE t.{key} = v.key::{key_type} AND t.{column} = v.old"
    );
    let changed = diesel::sql_query(query)
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Binary>, _>(old)
        .bind::<Array<Binary>, _>(fresh)
        .execute(conn)?;
    Ok(changed as u64)
}
