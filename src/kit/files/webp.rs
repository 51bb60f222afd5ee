//! WebP without what is said about the picture: only the chunks that are the picture itself stay.

/// The flag of a picture with transparency; the others speak of profile, EXIF, XMP and animation.
const ALPHA: u8 = 0x10;

/// The still picture alone; none where it is an animation, or not as it should be.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let name = bytes.get(at..at + 4)?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let end = (at + 8).checked_add(length)?;
        let chunk = bytes.get(at + 8..end)?;
        match name {
            b"VP8X" => {
                let (flags, rest) = chunk.get(..10)?.split_first()?;
                append(&mut kept, name, &[&[flags & ALPHA][..], rest].concat());
            }
            b"ANIM" | b"ANMF" => return None,
            // What comes after the picture is not looked at.
            b"VP8 " | b"VP8L" => {
                append(&mut kept, name, chunk);
                let size = u32::try_from(kept.len() - 8).ok()?.to_le_bytes();
                kept.get_mut(4..8)?.copy_from_slice(&size);
                return Some(kept);
            }
            b"ALPH" => append(&mut kept, name, chunk),
            _ => {}
        }
        at = end + length % 2;
    }
    None
}

fn append(kept: &mut Vec<u8>, name: &[u8], chunk: &[u8]) {
    kept.extend_from_slice(name);
    // A chunk of the source had its length in as many bits.
    kept.extend_from_slice(&(chunk.len() as u32).to_le_bytes());
    kept.extend_from_slice(chunk);
    if chunk.len() % 2 == 1 {
        kept.push(0);
    }
}
