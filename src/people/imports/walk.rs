//! Walking through a list in batches, from where an import is.

use std::io::{Read, Seek};

use super::columns::Heading;
use super::load::{BATCH, Line};
use super::rules::{HEADING_UNKNOWN, UNREADABLE};
use crate::kit::problem::Result;
use crate::kit::sheets::{Form, each_row};

/// Hands the rows of a list to `take`, batch by batch, after skipping the first `done` of them. Rows without anything in them do
/// not count.
pub fn batches<R: Read + Seek>(
    form: Form,
    input: R,
    done: i64,
    mut take: impl FnMut(&Heading, &[Line]) -> Result<()>,
) -> Result<()> {
    let (mut heading, mut batch, mut seen) = (None, Vec::with_capacity(BATCH), 0_i64);
    each_row(form, input, &UNREADABLE, |number, row| {
        if row.iter().all(String::is_empty) {
            return Ok(true);
        }
        let Some(known) = &heading else {
            heading = Some(Heading::read(&row).ok_or(&HEADING_UNKNOWN)?);
            return Ok(true);
        };
        seen += 1;
        if seen > done {
            batch.push((number, row));
        }
        if batch.len() == BATCH {
            take(known, &batch)?;
            batch.clear();
        }
        Ok(true)
    })?;
    match &heading {
        None => Err((&HEADING_UNKNOWN).into()),
        Some(known) if !batch.is_empty() => take(known, &batch),
        Some(_) => Ok(()),
    }
}

/// How many rows a list has.
pub fn count<R: Read + Seek>(form: Form, input: R) -> Result<i64> {
    let mut rows = 0_i64;
    each_row(form, input, &UNREADABLE, |_, row| {
        rows += i64::from(row.iter().any(|text| !text.is_empty()));
        Ok(true)
    })?;
    // The first names the columns.
    Ok((rows - 1).max(0))
}
