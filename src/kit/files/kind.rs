//! What a file is, by its bytes. What its sender says of it is never asked.

use std::io::{Cursor, Read};

use encoding_rs::GB18030;

use crate::text_enum;

text_enum! {
    /// What a file is, by its bytes.
    pub enum FileKind {
        /// A photo.
        Jpeg = "jpeg",
        /// A picture, such as a screenshot.
        Png = "png",
        /// A picture.
        Webp = "webp",
        /// A document.
        Pdf = "pdf",
        /// A table as text: UTF-8 or GB18030.
        Csv = "csv",
        /// A table of Excel, without macros.
        Xlsx = "xlsx",
    }
}

impl FileKind {
    /// The kind that the bytes are of by their beginning and form, if it is one of these.
    pub fn of(bytes: &[u8]) -> Option<FileKind> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(FileKind::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(FileKind::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(FileKind::Webp),
            [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => Some(FileKind::Pdf),
            [b'P', b'K', 3, 4, ..] => is_spreadsheet(bytes).then_some(FileKind::Xlsx),
            _ => is_table(bytes).then_some(FileKind::Csv),
        }
    }

    /// Whether it is looked at as a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, FileKind::Jpeg | FileKind::Png | FileKind::Webp)
    }

    /// Whether it is a table, which may be a list of people.
    pub fn is_table(self) -> bool {
        matches!(self, FileKind::Csv | FileKind::Xlsx)
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Webp => "image/webp",
            FileKind::Pdf => "application/pdf",
            FileKind::Csv => "text/csv",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The endings that a name of this kind has, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Jpeg => &["jpg", "jpeg"],
            FileKind::Png => &["png"],
            FileKind::Webp => &["webp"],
            FileKind::Pdf => &["pdf"],
            FileKind::Csv => &["csv"],
            FileKind::Xlsx => &["xlsx"],
        }
    }
}

/// A zip whose list of contents says that it is a spreadsheet, and not one with macros.
fn is_spreadsheet(bytes: &[u8]) -> bool {
    const LIST: u64 = 1024 * 1024;
    let read = || {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut list = String::new();
        // No more than this is unpacked, whatever it says of its size.
        archive.by_name("[Content_Types].xml").ok()?.take(LIST).read_to_string(&mut list).ok()?;
        Some(list)
    };
    read().is_some_and(|list| {
        list.contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    })
}

/// Text whose first line has more than one column. Markup and JSON are text with commas, too, and no tables.
fn is_table(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let is_printable = |byte: &u8| *byte >= 0x20 && *byte != 0x7F || matches!(byte, b'\t' | b'\r' | b'\n');
    let first =
        bytes.trim_ascii_start().split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let is_other = matches!(first.first(), Some(b'<' | b'{' | b'[' | b'#' | b'%'));
    let has_columns = first.iter().any(|byte| matches!(byte, b',' | b';' | b'\t'));
    let is_text = || {
        std::str::from_utf8(bytes).is_ok()
            || GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    };
    !is_other && has_columns && bytes.iter().all(is_printable) && is_text()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(name: &str, text: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn tables_are_text_with_columns() {
        let (gb18030, _, _) = GB18030.encode("姓名,住址\n陈阿姨,宝钢五村\n");
        for table in ["姓名,住址\n".as_bytes(), b"\xEF\xBB\xBFname;home\r\n", b"name\thome", &gb18030] {
            assert_eq!(FileKind::of(table), Some(FileKind::Csv), "{table:?}");
        }
        for other in
            [&b""[..], b"words", b"<p>a, b</p>", b"{\"a\":1,\"b\":2}", b"a,b\0", b"a,\xFF\xFF", b"\x7FELF,"]
        {
            assert_eq!(FileKind::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn only_a_zip_with_a_spreadsheet_is_one() {
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        assert_eq!(FileKind::of(&zipped("[Content_Types].xml", sheet)), Some(FileKind::Xlsx));
        assert_eq!(FileKind::of(&zipped("other.xml", sheet)), None);
        let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
        assert_eq!(FileKind::of(&zipped("[Content_Types].xml", macros)), None);
        assert_eq!(FileKind::of(b"PK\x03\x04 and no more"), None);
    }
}
