//! Whether a workbook is a modest one. It is a zip: a small one may unpack to gigabytes, or say things of itself for which a reader
//! makes room before it sees that they are not so, or have one long text copied for each of a hundred thousand short tags.

use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipResult;

const MIB: u64 = 1024 * 1024;
/// What all parts may unpack to, as a multiple of the workbook; a list is packed to about a tenth.
const RATIO: u64 = 20;
/// What any workbook may unpack to, however small it is, and what none may, in bytes. The first is [`RATIO`] times the largest upload.
const LEAST: u64 = 200 * MIB;
const MOST: u64 = 2048 * MIB;
/// How many parts it may have.
const PARTS: usize = 10_000;
/// What leads to the book, and how large it may be.
const ROOT: &str = "_rels/.rels";
const ROOT_MOST: u64 = MIB / 16;
/// What the book and what leads to its sheets may be: both are held in memory, each sheet with the path that leads to it.
const BOOK_MOST: u64 = 2 * MIB;
/// Styles are held as well, each with its font and the format of its numbers.
const STYLES: &str = "styles.xml";
const STYLES_MOST: u64 = 4 * MIB;
/// How long a tag of those may be, in bytes: what stands in one is copied for many others.
const TAG: u64 = 1024;
/// The table of texts is held in memory, so it has half of the whole.
const TEXTS: &str = "sharedstrings.xml";
/// How many texts it may have, in millions: an empty one takes five times the room that it has there.
const TEXTS_MOST: u64 = 4_000_000;
/// How many it may say that it has: a reader makes room for as many at once. In digits.
const COUNT: u32 = 7;

/// Whether the parts of a workbook stay within bounds: by the sizes that its directory states, which zip holds them to while they
/// are read, and by a look through those that are held in memory. Leaves it at its beginning.
pub fn is_modest(input: &mut (impl Read + Seek)) -> ZipResult<bool> {
    let most = input.seek(SeekFrom::End(0))?.saturating_mul(RATIO).clamp(LEAST, MOST);
    input.seek(SeekFrom::Start(0))?;
    let is_modest = are_modest(&mut ZipArchive::new(&mut *input)?, most)?;
    input.seek(SeekFrom::Start(0))?;
    Ok(is_modest)
}

fn are_modest<R: Read + Seek>(archive: &mut ZipArchive<R>, most: u64) -> ZipResult<bool> {
    if archive.len() > PARTS {
        return Ok(false);
    }
    let mut parts = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at)?;
        parts.push((at, place(&String::from_utf8_lossy(part.name_raw())), part.size()));
    }
    let unpacked = parts.iter().fold(0_u64, |sum, (_, _, size)| sum.saturating_add(*size));
    // What leads to no book is left at that by its reader.
    if unpacked > most || parts.iter().all(|(_, name, _)| name != ROOT) {
        return Ok(unpacked <= most);
    }
    let Some(book) = book(archive, &parts)? else { return Ok(false) };
    let relations = relations_of(&book);
    for (at, name, size) in parts {
        // What is in no such part is read bit by bit, or not at all.
        let (bound, held) = match name {
            name if name == book || name == relations => (BOOK_MOST, Some(Held::Tags)),
            name if name.ends_with(STYLES) => (STYLES_MOST, Some(Held::Tags)),
            name if name.ends_with(TEXTS) => (most / 2, Some(Held::Texts)),
            _ => (most, None),
        };
        let is_fit = match held {
            _ if size > bound => false,
            Some(held) => is_held_modestly(archive.by_index(at)?, held)?,
            None => true,
        };
        if !is_fit {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The place of a part, as its reader looks for it.
fn place(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// Where the book is. None where what leads to it leads to several, or can't be told as its reader would.
fn book<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    parts: &[(usize, String, u64)],
) -> ZipResult<Option<String>> {
    let mut roots = parts.iter().filter(|(_, name, _)| name == ROOT);
    let (Some((at, _, size)), None) = (roots.next(), roots.next()) else { return Ok(None) };
    let mut root = Vec::new();
    if *size <= ROOT_MOST {
        archive.by_index(*at)?.read_to_end(&mut root)?;
    }
    Ok(std::str::from_utf8(&root).ok().and_then(target))
}

/// The one target of the one tag that leads to a book, written without entities.
fn target(root: &str) -> Option<String> {
    let mut tags = root.split('<').filter(|tag| tag.contains("/relationships/officeDocument"));
    let (Some(tag), None) = (tags.next(), tags.next()) else { return None };
    let (_, after) = tag.split_once("Target").filter(|(_, after)| !after.contains("Target"))?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let value = value.get(1..)?.split(quote).next().filter(|_| !tag.contains('&'))?;
    Some(place(value))
}

fn relations_of(book: &str) -> String {
    match book.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{book}.rels"),
    }
}

/// What is held of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// Tags, and what stands in them, again and again.
    Tags,
    /// Texts, each once.
    Texts,
}

/// Where a look for how many texts there are said to be is.
enum Seen {
    /// So many letters of the name.
    Letters(usize),
    /// All of them, and spaces.
    Name,
    /// The sign of equality, and what may stand between it and a number.
    Equals,
    /// So many digits, without zeros before them.
    Digits(u32),
}

/// Whether nothing in a part that is held is longer or more than anybody's, and it is written in an encoding in which that can be seen.
fn is_held_modestly(part: impl Read, held: Held) -> std::io::Result<bool> {
    let (mut seen, mut tag, mut texts, mut last) = (Seen::Letters(0), 0_u64, 0_u64, [0_u8; 3]);
    for byte in BufReader::with_capacity(64 * 1024, part).bytes() {
        let byte = byte?;
        tag = if byte == b'<' { 0 } else { tag + 1 };
        texts += u64::from(begins_text(last, byte));
        seen = seen.next(byte);
        let is_within = match held {
            Held::Tags => tag <= TAG,
            Held::Texts => texts <= TEXTS_MOST && !matches!(seen, Seen::Digits(digits) if digits > COUNT),
        };
        // In no XML; UTF-16 and shifted encodings have them.
        if !is_within || matches!(byte, 0 | 0x1B) {
            return Ok(false);
        }
        last = [last[1], last[2], byte];
    }
    Ok(true)
}

/// Whether a tag `si` has just ended its name, with a prefix or without.
fn begins_text(last: [u8; 3], byte: u8) -> bool {
    matches!(last, [b'<' | b':', b's', b'i']) && (byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
}

impl Seen {
    fn next(self, byte: u8) -> Self {
        const NAME: &[u8] = b"uniqueCount";
        match (self, byte) {
            (Seen::Letters(letters), byte) if NAME.get(letters) == Some(&byte) => match letters + 1 {
                all if all == NAME.len() => Seen::Name,
                letters => Seen::Letters(letters),
            },
            (Seen::Name, byte) if byte.is_ascii_whitespace() => Seen::Name,
            (Seen::Name, b'=') => Seen::Equals,
            (Seen::Equals, byte) if byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'0') => {
                Seen::Equals
            }
            (Seen::Equals, b'1'..=b'9') => Seen::Digits(1),
            (Seen::Digits(digits), b'0'..=b'9') => Seen::Digits(digits.saturating_add(1)),
            (_, byte) => Seen::Letters(usize::from(NAME.first() == Some(&byte))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;

    const LEADS: &str = r#"<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

    fn zipped(parts: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            archive.start_file(*name, plain).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap()
    }

    fn with(name: &str, bytes: &[u8]) -> bool {
        let mut book = zipped(&[(ROOT, LEADS.as_bytes()), (name, bytes)]);
        let is_modest = is_modest(&mut book).unwrap();
        assert_eq!(book.position(), 0);
        is_modest
    }

    #[test]
    fn each_part_has_its_bound() {
        for (name, size, is_so) in [
            ("xl/worksheets/sheet1.xml", 65, true),
            ("xl/workbook.xml", 3, false),
            ("xl\\Workbook.xml", 3, false),
            ("xl/_rels/workbook.xml.rels", 3, false),
            ("xl/workbook.xml", 1, true),
            ("xl\\Styles.xml", 5, false),
            ("xl/worksheets/styles.xml", 5, false),
            ("xl/styles.xml", 3, true),
        ] {
            let tags = b"<xf/>".repeat(size * 1024 * 1024 / 5);
            assert_eq!(with(name, &tags), is_so, "{name} {size}");
        }
        let parts: Vec<String> = (0..=PARTS).map(|at| at.to_string()).collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(!is_modest(&mut zipped(&parts)).unwrap());
        assert!(is_modest(&mut Cursor::new(b"PK\x03\x04nonsense")).is_err());
    }

    #[test]
    fn no_long_text_stands_in_a_tag_that_is_copied() {
        let format =
            |length: usize| format!("<numFmt numFmtId=\"9\" formatCode=\"{}\"/>", "0".repeat(length));
        for name in ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
            assert!(with(name, format(255).as_bytes()), "{name}");
            assert!(!with(name, format(2_000).as_bytes()), "{name}");
        }
        assert!(with("xl/comments1.xml", format(2_000).as_bytes()));
    }

    #[test]
    fn the_book_is_where_one_plain_tag_leads() {
        assert_eq!(target(LEADS).unwrap(), "xl/workbook.xml");
        assert_eq!(
            target(&LEADS.replace("=\"xl/", " =\n '/XL\\").replace(".xml\"", ".xml'")).unwrap(),
            "xl/workbook.xml"
        );
        for led in [
            LEADS.replace("xl/", "xl&#47;"),
            LEADS.replace("Target", "Target=\"a\" Target"),
            LEADS.replace("officeDocument", "other"),
            LEADS.repeat(2),
        ] {
            assert_eq!(target(&led), None, "{led}");
            assert!(!is_modest(&mut zipped(&[(ROOT, led.as_bytes())])).unwrap());
        }
        assert!(
            !is_modest(&mut zipped(&[("_rels\\.rels", LEADS.as_bytes()), (ROOT, LEADS.as_bytes())])).unwrap()
        );
        assert_eq!(relations_of("w.xml"), "_rels/w.xml.rels");
    }

    #[test]
    fn a_table_that_says_it_is_endless_is_not_believed() {
        for (text, is_so) in [
            ("<sst count=\"99999999999\" uniqueCount=\"12\"><si><t>x</t></si></sst>", true),
            ("<sst uniqueCount=\"9999999\"/>", true),
            ("<sst uniqueCount=\"00000009999999\"/>", true),
            ("<sst><si><t>uniqueCount 99999999999</t></si></sst>", true),
            ("<sst uniqueCount=\"10000000\"/>", false),
            ("<!-- <si> --><sst  uniqueCount \n = ' 18446744073709551615'/>", false),
            ("<sst uniqueCount=\"1\" uniqueCount=\"99999999999\"/>", false),
            ("<sst\u{1B} x=\"\"/>", false),
            ("<\0s\0s\0t\0", false),
        ] {
            assert_eq!(with("xl/SharedStrings.xml", text.as_bytes()), is_so, "{text}");
        }
        let count =
            |text: &str| text.as_bytes().windows(4).filter(|w| begins_text([w[0], w[1], w[2]], w[3])).count();
        assert_eq!(count("<sst><si/><x:si ><si><size/></si><is></sst>"), 3);
    }
}
