//! Walking through a list in batches, from where an import is.

use std::io::{Read, Seek};

use super::columns::{Column, Heading};
use super::load::{BATCH, Line};
use super::rules::{HEADING_UNKNOWN, MEMBERS, UNREADABLE};
use crate::kit::problem::Result;
use crate::kit::sheets::{Form, each_row};

/// Hands the rows of a list to `take`, batch by batch, after skipping the first `done` of them. Rows without anything in them do
/// not count. Rows of one household that stand together go together, so that a batch may have a few more.
pub fn batches<R: Read + Seek>(
    form: Form,
    input: R,
    done: i64,
    mut take: impl FnMut(&Heading, &[Line]) -> Result<()>,
) -> Result<()> {
    let (mut batch, mut seen) = (Vec::with_capacity(BATCH), 0_i64);
    let heading = each(form, input, |heading, line| {
        seen += 1;
        if seen <= done {
            return Ok(());
        }
        if batch.len() >= BATCH && !goes_on(heading, &batch, &line) {
            take(heading, &batch)?;
            batch.clear();
        }
        batch.push(line);
        Ok(())
    })?;
    if batch.is_empty() { Ok(()) } else { take(&heading, &batch) }
}

/// Whether the next row is of the same household as the last of a full batch.
fn goes_on(heading: &Heading, batch: &[Line], next: &Line) -> bool {
    let last = batch.last().and_then(|(_, row)| heading.text(row, Column::Household));
    batch.len() < BATCH + MEMBERS && last.is_some() && last == heading.text(&next.1, Column::Household)
}

/// How many rows a list has.
pub fn count<R: Read + Seek>(form: Form, input: R) -> Result<i64> {
    let mut rows = 0_i64;
    each(form, input, |_, _| {
        rows += 1;
        Ok(())
    })?;
    Ok(rows)
}

/// Hands over each row below the heading, and answers the heading.
fn each<R: Read + Seek>(
    form: Form,
    input: R,
    mut take: impl FnMut(&Heading, Line) -> Result<()>,
) -> Result<Heading> {
    let mut heading: Option<Heading> = None;
    each_row(form, input, &UNREADABLE, |number, row| {
        if row.iter().all(String::is_empty) {
            return Ok(true);
        }
        let Some(known) = &heading else {
            heading = Some(Heading::read(&row).ok_or(&HEADING_UNKNOWN)?);
            return Ok(true);
        };
        if !known.is_blank(&row) {
            take(known, (number, row))?;
        }
        Ok(true)
    })?;
    heading.ok_or_else(|| (&HEADING_UNKNOWN).into())
}
