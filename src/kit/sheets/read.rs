//! Reading a table row by row.

use std::io::{BufReader, Read, Seek, SeekFrom};

use calamine::{Cell, DataRef, Reader, Xlsx, XlsxError};
use encoding_rs::{Encoding, GB18030, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::{FORMULA, Form, GUARD, is_modest};
use crate::kit::problem::{Problem, Result, Rule};

/// How much is looked at to tell UTF-8 from GB18030.
const SAMPLE: u64 = 256 * 1024;
/// More columns than any list of ours.
const COLUMNS: usize = 200;
/// More than any row of ours, in bytes: a workbook may say one long text again and again.
const ROW: usize = 64 * 1024;

/// Hands each row to `take`, with its number as people count (the first is 1), until it answers false. Of a workbook the first
/// sheet is read. What can't be read is `broken`.
pub fn each_row<R, F>(form: Form, input: R, broken: &'static Rule, take: F) -> Result<()>
where
    R: Read + Seek,
    F: FnMut(u64, Vec<String>) -> Result<bool>,
{
    match form {
        Form::Csv => each_of_csv(input, broken, take),
        Form::Xlsx => each_of_xlsx(input, broken, take),
    }
}

fn each_of_csv<R: Read + Seek>(
    mut input: R,
    broken: &'static Rule,
    mut take: impl FnMut(u64, Vec<String>) -> Result<bool>,
) -> Result<()> {
    let encoding = encoding_of(&mut input).map_err(|error| Problem::from(broken).because(error))?;
    let text = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_sniffing(true).build(input);
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(BufReader::new(text));
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while rows.read_record(&mut record).map_err(|error| Problem::from(broken).because(error))? {
        // A value with line breaks in it counts as one row, as a spreadsheet shows it.
        number += 1;
        if !take(number, record.iter().take(COLUMNS).map(unguarded).collect())? {
            break;
        }
    }
    Ok(())
}

/// UTF-8, unless the beginning is none.
fn encoding_of(input: &mut (impl Read + Seek)) -> std::io::Result<&'static Encoding> {
    let mut sample = Vec::new();
    input.take(SAMPLE).read_to_end(&mut sample)?;
    input.seek(SeekFrom::Start(0))?;
    let is_utf8 = match std::str::from_utf8(&sample) {
        Ok(_) => true,
        // The sample may end inside of a character.
        Err(error) => error.error_len().is_none(),
    };
    Ok(if is_utf8 { UTF_8 } else { GB18030 })
}

fn each_of_xlsx<R: Read + Seek>(
    mut input: R,
    broken: &'static Rule,
    mut take: impl FnMut(u64, Vec<String>) -> Result<bool>,
) -> Result<()> {
    let unreadable = |error: XlsxError| Problem::from(broken).because(error);
    if !is_modest(&mut input).map_err(|error| Problem::from(broken).because(error))? {
        return Err(Problem::from(broken).because("it unpacks to too much"));
    }
    let mut book = Xlsx::new(BufReader::new(input)).map_err(unreadable)?;
    let name =
        book.sheet_names().first().cloned().ok_or_else(|| Problem::from(broken).because("no sheet"))?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let (mut at, mut row, mut room) = (0, Vec::new(), ROW);
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (line, column) = cell.get_position();
        if line != at {
            room = ROW;
            if !row.is_empty() && !take(u64::from(at) + 1, std::mem::take(&mut row))? {
                return Ok(());
            }
        }
        at = line;
        room = room
            .checked_sub(length(&cell))
            .ok_or_else(|| Problem::from(broken).because("a row is too long"))?;
        let column = column as usize;
        if column < COLUMNS {
            row.resize(row.len().max(column + 1), String::new());
            if let Some(place) = row.get_mut(column) {
                *place = text(&cell);
            }
        }
    }
    if !row.is_empty() {
        take(u64::from(at) + 1, row)?;
    }
    Ok(())
}

/// How long the text of a cell is, before it is copied.
fn length(cell: &Cell<DataRef<'_>>) -> usize {
    match cell.get_value() {
        DataRef::String(text) => text.len(),
        DataRef::SharedString(text) => text.len(),
        _ => 0,
    }
}

/// A cell as a person reads it: days as `2026-11-25`, whole numbers without a point.
fn text(cell: &Cell<DataRef<'_>>) -> String {
    match cell.get_value() {
        DataRef::String(text) => unguarded(text),
        DataRef::SharedString(text) => unguarded(text),
        DataRef::Int(number) => number.to_string(),
        // Above this a spreadsheet has lost digits: an ID number kept as a number is not one any more.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => format!("{number:e}"),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => at.as_datetime().map_or_else(String::new, |at| at.date().to_string()),
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        DataRef::DurationIso(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Without the mark that keeps a text from being a formula, and without spaces round it.
fn unguarded(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix(GUARD).filter(|rest| rest.starts_with(FORMULA));
    bare.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::Writer;
    use super::*;

    static BROKEN: Rule = Rule::invalid("sheet-broken", "It can't be read.", "无法读取。");

    fn read(form: Form, bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>> {
        let mut rows = Vec::new();
        each_row(form, Cursor::new(bytes), &BROKEN, |number, row| {
            rows.push((number, row));
            Ok(true)
        })?;
        Ok(rows)
    }

    #[test]
    fn what_is_written_is_read_again() {
        for form in [Form::Csv, Form::Xlsx] {
            let mut writer = Writer::new(form).unwrap();
            for row in [["姓名", "电话"], ["王\n小,\"明\"", "+8613800001234"], ["=1+1", "'x"]] {
                writer.row(&row).unwrap();
            }
            let rows = read(form, &writer.finish().unwrap()).unwrap();
            let texts: Vec<&str> = rows.iter().flat_map(|(_, row)| row.iter().map(String::as_str)).collect();
            assert_eq!(texts, ["姓名", "电话", "王\n小,\"明\"", "+8613800001234", "=1+1", "'x"], "{form:?}");
            assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
        }
    }

    #[test]
    fn gb18030_and_a_byte_order_mark_are_understood() {
        let (bytes, ..) = GB18030.encode("姓名,电话\n𠮷野,1");
        assert_eq!(read(Form::Csv, &bytes).unwrap()[1].1, ["𠮷野", "1"]);
        assert_eq!(read(Form::Csv, "\u{FEFF}姓名".as_bytes()).unwrap()[0].1, ["姓名"]);
    }

    #[test]
    fn what_is_no_workbook_is_broken() {
        assert_eq!(read(Form::Xlsx, b"PK\x03\x04nonsense").unwrap_err().rule().code, "sheet-broken");
        assert!(read(Form::Csv, b"").unwrap().is_empty());
    }
}
