//! Writing a table row by row.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{FORMULA, Form, GUARD};
use crate::kit::problem::{Problem, Result};

/// What tells Excel that a CSV file is UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Writes a table. A text that a spreadsheet would take for a formula stays a text.
pub struct Writer(Target);

enum Target {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Xlsx { book: Box<Workbook>, rows: u32 },
}

impl Writer {
    /// An empty table.
    pub fn new(form: Form) -> Result<Self> {
        Ok(Writer(match form {
            Form::Csv => Target::Csv(Box::new(csv::Writer::from_writer(MARK.to_vec()))),
            Form::Xlsx => {
                let mut book = Box::new(Workbook::new());
                book.add_worksheet_with_constant_memory().map_err(fault)?;
                Target::Xlsx { book, rows: 0 }
            }
        }))
    }

    /// An empty workbook that is held in memory as a whole. That of [`Writer::new`] is not: its rows wait in a file of the system's, in
    /// the clear.
    pub fn in_memory() -> Self {
        let mut book = Box::new(Workbook::new());
        book.add_worksheet();
        Writer(Target::Xlsx { book, rows: 0 })
    }

    /// Adds a row.
    pub fn row(&mut self, values: &[impl AsRef<str>]) -> Result<()> {
        match &mut self.0 {
            Target::Csv(csv) => {
                csv.write_record(values.iter().map(|value| guarded(value.as_ref()))).map_err(Problem::fault)
            }
            Target::Xlsx { book, rows } => {
                let sheet = book.worksheet_from_index(0).map_err(fault)?;
                for (column, value) in (0_u16..).zip(values) {
                    // Written as a text, whatever it begins with.
                    sheet.write_string(*rows, column, value.as_ref()).map_err(fault)?;
                }
                *rows += 1;
                Ok(())
            }
        }
    }

    /// The table as a file.
    pub fn finish(self) -> Result<Vec<u8>> {
        match self.0 {
            Target::Csv(csv) => csv.into_inner().map_err(Problem::fault),
            Target::Xlsx { mut book, .. } => book.save_to_buffer().map_err(fault),
        }
    }
}

fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("{GUARD}{text}") } else { text.to_owned() }
}

fn fault(error: XlsxError) -> Problem {
    Problem::fault(error)
}

#[cfg(test)]
mod tests {
    use super::super::each_row;
    use super::*;

    #[test]
    fn a_workbook_in_memory_holds_its_rows() {
        let mut book = Writer::in_memory();
        book.row(&["姓名", "=1+1"]).unwrap();
        book.row(&["王", ""]).unwrap();
        let mut rows = Vec::new();
        let bytes = std::io::Cursor::new(book.finish().unwrap());
        each_row(Form::Xlsx, bytes, &crate::kit::problem::FIELD_INVALID, |_, row| {
            rows.push(row);
            Ok(true)
        })
        .unwrap();
        assert_eq!(rows[0], ["姓名", "=1+1"]);
        assert_eq!(rows[1][0], "王");
    }

    #[test]
    fn a_formula_stays_a_text() {
        let mut csv = Writer::new(Form::Csv).unwrap();
        csv.row(&["=HYPERLINK(\"x\")", "-1", "@a", "王"]).unwrap();
        let text = String::from_utf8(csv.finish().unwrap()).unwrap();
        assert_eq!(text, "\u{FEFF}\"'=HYPERLINK(\"\"x\"\")\",'-1,'@a,王\n");
    }
}
