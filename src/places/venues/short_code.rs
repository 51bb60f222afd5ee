//! The characters that a venue is known by.

use std::fmt;

use crate::kit::crypto::random_bytes;
use crate::kit::problem::Result;

/// Crockford's: without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

/// What a venue is known by: fifteen random characters (75 bits) and one that checks them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortCode(String);

impl ShortCode {
    /// A new one.
    pub fn random() -> Result<Self> {
        let values = random_bytes::<{ LENGTH - 1 }>()?.map(|byte| byte & 31);
        let check = values.iter().fold(0, |state, value| twice(state ^ value));
        Ok(ShortCode(values.into_iter().chain([check]).map(letter).collect()))
    }

    /// Reads one as people type it: with hyphens and spaces, in small letters, O for 0, I and L for 1.
    pub fn parse(text: &str) -> Option<Self> {
        let values: Option<Vec<u8>> = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(value).collect();
        let values = values.filter(|values| values.len() == LENGTH)?;
        let is_whole = values.iter().fold(0, |state, value| twice(state ^ value)) == 0;
        is_whole.then(|| ShortCode(values.into_iter().map(letter).collect()))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In fours, as people read it.
    pub fn grouped(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn letter(value: u8) -> char {
    ALPHABET.get(usize::from(value & 31)).copied().map_or('0', char::from)
}

fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == letter).and_then(|at| u8::try_from(at).ok())
}

/// Times two in the field of 32 elements (x⁵ + x² + 1): with it the check finds every wrong character and every two neighbours
/// that changed places (Damm's scheme).
fn twice(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { (doubled ^ 0b10_0101) & 31 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_character_and_every_exchange_of_neighbours_is_found() {
        for _ in 0..20 {
            let code = ShortCode::random().unwrap();
            let letters: Vec<char> = code.as_str().chars().collect();
            for at in 0..LENGTH {
                for wrong in ALPHABET.iter().map(|byte| char::from(*byte)).filter(|c| *c != letters[at]) {
                    let mut typed = letters.clone();
                    typed[at] = wrong;
                    assert_eq!(ShortCode::parse(&String::from_iter(typed)), None);
                }
                let mut typed = letters.clone();
                typed.swap(at, (at + 1).min(LENGTH - 1));
                if typed != letters {
                    assert_eq!(ShortCode::parse(&String::from_iter(typed)), None);
                }
            }
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = ShortCode::random().unwrap();
        let typed = code.grouped().to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(typed.len(), 19);
        assert_eq!(ShortCode::parse(&format!(" {typed} ")), Some(code.clone()));
        for bad in [
            code.as_str().get(1..).unwrap(),
            &format!("{code}0"),
            "UUUUUUUUUUUUUUUU",
            "",
            "０000000000000000",
        ] {
            assert_eq!(ShortCode::parse(bad), None, "{bad}");
        }
    }
}
