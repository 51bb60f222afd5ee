//! Tables as people exchange them: CSV (UTF-8 or GB18030) and XLSX, read row by row and written row by row, so that memory
//! does not grow with them, but for a workbook that must not touch the disk.

mod modest;
mod read;
mod write;

pub use modest::is_modest;
pub use read::each_row;
pub use write::Writer;

use crate::text_enum;

text_enum! {
    /// The form of a table.
    pub enum Form {
        /// Text, values separated by commas.
        Csv = "csv",
        /// A workbook of Excel.
        Xlsx = "xlsx",
    }
}

/// What a spreadsheet program takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Set before such a text, so that it stays one.
const GUARD: char = '\'';
