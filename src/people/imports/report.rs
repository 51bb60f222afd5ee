//! The report of an import: its bad rows as they stood in the list, below the list's own heading, with one more column that says of
//! each what is wrong. Whoever mends them sends the same file again.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use diesel::pg::PgConnection;

use super::columns::{Column, REASONS};
use super::model::{FaultRow, ImportId};
use super::rules::UNREADABLE;
use super::store;
use crate::kit::problem::Result;
use crate::kit::sheets::{Form, Writer, each_row};

/// How many faults are read at a time.
const PAGE: i64 = 2_000;
/// How many bad rows a report holds: they stand in memory, and whoever has more has another list at hand.
const MOST: usize = 10_000;
/// How many characters of a cell are told; a workbook takes no more than 32,767.
const LONGEST: usize = 10_000;

/// What is wrong with bad rows, by their numbers.
pub type Reasons = BTreeMap<i64, String>;

/// What is wrong with the bad rows of an import, the first 10,000 of them.
pub fn reasons(conn: &mut PgConnection, import: ImportId) -> Result<Reasons> {
    let (mut reasons, mut after) = (Reasons::new(), (0, String::new()));
    loop {
        let faults = store::faults(conn, import, after, PAGE)?;
        let Some(last) = faults.last() else { return Ok(reasons) };
        after = (last.line, last.field.clone());
        for fault in &faults {
            let known = reasons.len();
            match reasons.get_mut(&fault.line) {
                Some(told) => *told = format!("{told}；{}", reason(fault)),
                None if known == MOST => return Ok(reasons),
                None => {
                    reasons.insert(fault.line, format!("第{}行 {}", fault.line, reason(fault)));
                }
            }
        }
    }
}

fn reason(fault: &FaultRow) -> String {
    let FaultRow { field, explanation, code, .. } = fault;
    let column = match field.parse::<Column>() {
        Ok(column) => column.heading(),
        Err(_) => field.as_str(),
    };
    format!("{column}：{explanation}（{code}）")
}

/// Writes the report of a list as XLSX; `left_out` bad rows are in no line of it but its last.
pub fn write<R: Read + Seek>(form: Form, list: R, reasons: &Reasons, left_out: i64) -> Result<Vec<u8>> {
    // Numbers stand in it whole: nothing of it waits in a file.
    let mut table = Writer::in_memory();
    let mut columns: Option<Columns> = None;
    each_row(form, list, &UNREADABLE, |number, row| {
        if row.iter().all(String::is_empty) {
            return Ok(true);
        }
        let Some(known) = &columns else {
            let own = Columns::of(&row);
            table.row(&own.with(&row, REASONS))?;
            columns = Some(own);
            return Ok(true);
        };
        if let Some(reason) = i64::try_from(number).ok().and_then(|line| reasons.get(&line)) {
            table.row(&known.with(&row, reason))?;
        }
        Ok(true)
    })?;
    if let Some(known) = columns.filter(|_| left_out > 0) {
        let told = format!("另有{left_out}行有误，未列出；请更正以上各行，再导入原表的其余部分");
        table.row(&known.with(&[], &told))?;
    }
    table.finish()
}

/// Where the list's own columns stand: all but the reasons of an earlier report.
struct Columns(Vec<usize>);

impl Columns {
    fn of(heading: &[String]) -> Self {
        Self((0..heading.len()).filter(|at| heading.get(*at).is_some_and(|text| text != REASONS)).collect())
    }

    /// A row in these columns, and one text more.
    fn with(&self, row: &[String], more: &str) -> Vec<String> {
        let own = self.0.iter().map(|at| row.get(*at).map_or("", String::as_str));
        own.chain([more]).map(cell).collect()
    }
}

/// A text as a workbook takes it: without what XML has no sign for, which was perhaps what was wrong.
fn cell(text: &str) -> String {
    let is_text = |c: &char| *c == '\n' || !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(is_text).take(LONGEST).collect()
}
