//! The report of an import: which row, which column, what is wrong. It does not repeat what stood there.

use diesel::pg::PgConnection;

use super::columns::Column;
use super::model::{FaultRow, ImportId};
use super::store;
use crate::kit::problem::Result;
use crate::kit::sheets::{Form, Writer};

/// How many faults are read at a time, and told at most: whoever has more has another list at hand.
const PAGE: i64 = 2_000;
const MOST: usize = 100_000;

/// Writes the report as XLSX; none where nothing was wrong.
pub fn write(conn: &mut PgConnection, import: ImportId) -> Result<Option<Vec<u8>>> {
    let mut table = Writer::new(Form::Xlsx)?;
    table.row(&["行号", "列", "原因", "代码"])?;
    let (mut after, mut told) = ((0, String::new()), 0);
    loop {
        let faults = store::faults(conn, import, after, PAGE)?;
        for fault in &faults {
            table.row(&cells(fault))?;
        }
        told += faults.len();
        match faults.last() {
            Some(last) if told < MOST => after = (last.line, last.field.clone()),
            _ => break,
        }
    }
    if told == 0 { Ok(None) } else { table.finish().map(Some) }
}

fn cells(fault: &FaultRow) -> [String; 4] {
    let column = fault
        .field
        .parse()
        .map_or_else(|_| fault.field.clone(), |column: Column| column.heading().to_owned());
    [fault.line.to_string(), column, fault.explanation.clone(), fault.code.clone()]
}
