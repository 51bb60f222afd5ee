//! Whether a file came whole. Decoders are lenient: some fill what is missing of a photo with grey.

use super::FileKind;

/// A progressive photo has about ten scans. Each of them costs a pass over all its pixels.
const SCANS: usize = 64;

/// Whether all of the file is there, by its own word.
pub fn is_whole(kind: FileKind, bytes: &[u8]) -> bool {
    match kind {
        FileKind::Jpeg => photo_ends(bytes).is_some(),
        FileKind::Png => chunks_end(bytes).is_some(),
        FileKind::Webp => riff_is_filled(bytes),
        FileKind::Pdf => bytes[bytes.len().saturating_sub(2048)..].windows(5).any(|end| end == b"%%EOF"),
        // A spreadsheet's directory stands at its end and was read; a table has no end of its own.
        FileKind::Csv | FileKind::Xlsx => true,
    }
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// From marker to marker to the end of the image; none where it does not come, or after too many scans.
fn photo_ends(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut scans) = (2, 0);
    loop {
        let [mark, code] = number(bytes, at)?;
        match (mark, code) {
            // Any number of fill bytes may stand before a marker.
            (0xFF, 0xFF) => at += 1,
            (0xFF, 0xD9) => return (scans > 0).then_some(at + 2),
            (0xFF, 0xDA) => {
                scans += 1;
                at = scan_ends(bytes, at + 2 + usize::from(u16::from_be_bytes(number(bytes, at + 2)?)))?;
                if scans > SCANS {
                    return None;
                }
            }
            (0xFF, 0x01 | 0xD0..=0xD8) => at += 2,
            (0xFF, _) => at += 2 + usize::from(u16::from_be_bytes(number(bytes, at + 2)?)),
            _ => return None,
        }
    }
}

/// The next marker after packed data, in which FF is followed by 00 or is a restart.
fn scan_ends(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let is_marker = |pair: &[u8]| matches!(pair, [0xFF, code] if !matches!(code, 0 | 0xD0..=0xD7));
    rest.windows(2).position(is_marker).map(|found| from + found)
}

fn chunks_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let (length, name) = (u32::from_be_bytes(number(bytes, at)?), number::<4>(bytes, at + 4)?);
        at = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        if &name == b"IEND" {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

fn riff_is_filled(bytes: &[u8]) -> bool {
    let length = number(bytes, 4).map(u32::from_le_bytes);
    length.is_some_and(|length| length as u64 + 8 <= bytes.len() as u64)
}
