//! Sealing what is too large to be one value: under a key of its own, in pieces, so that it can be opened as it comes.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::random_bytes;
use crate::kit::problem::{Problem, Result};

/// How many bytes of the content are in one piece; the last has fewer, or as many.
const PIECE: usize = 64 * 1024;
/// What each has more when it is sealed: its tag.
const TAG: usize = 16;
const SEALED: usize = PIECE + TAG;

/// The key of one content. It is kept sealed by the keyring, so that it changes hands with it, and what it sealed need not.
pub struct ContentKey([u8; 32]);

impl ContentKey {
    /// Seals a content under a fresh key. No key seals twice, so its pieces have but to be numbered.
    pub fn seal(plain: &[u8]) -> Result<(Self, Vec<u8>)> {
        let key = Self(random_bytes()?);
        let cipher = key.cipher()?;
        let mut sealed = Vec::with_capacity(plain.len() + TAG * (plain.len() / PIECE + 1));
        let (mut number, mut rest) = (0, plain);
        loop {
            let (piece, after) = rest.split_at(rest.len().min(PIECE));
            let mut text = piece.to_vec();
            cipher
                .seal_in_place_append_tag(nonce(number, after.is_empty()), Aad::empty(), &mut text)
                .map_err(Problem::fault)?;
            sealed.append(&mut text);
            if after.is_empty() {
                return Ok((key, sealed));
            }
            (number, rest) = (number + 1, after);
        }
    }

    /// The key as it was kept.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        bytes.try_into().map(Self).map_err(Problem::fault)
    }

    /// The key to be kept; it opens its content for whoever has it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Begins to open the content.
    pub fn opening(&self) -> Result<Opening> {
        Ok(Opening { cipher: self.cipher()?, number: 0, waiting: Vec::new() })
    }

    /// Opens all of the content.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let mut opening = self.opening()?;
        let mut plain = opening.take(sealed)?;
        plain.append(&mut opening.end()?);
        Ok(plain)
    }

    fn cipher(&self) -> Result<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, &self.0).map(LessSafeKey::new).map_err(Problem::fault)
    }
}

/// A content that is opened as it comes. Holds one piece of it, and what came since.
pub struct Opening {
    cipher: LessSafeKey,
    number: u64,
    waiting: Vec<u8>,
}

impl Opening {
    /// Takes the next bytes; answers what can be told by now, which may be nothing.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.waiting.extend_from_slice(bytes);
        // Those that something follows: what is cut off behind a piece must not pass for the whole.
        let sure = self.waiting.len().saturating_sub(1) / SEALED;
        let mut pieces: Vec<u8> = self.waiting.drain(..sure * SEALED).collect();
        let mut plain = Vec::with_capacity(sure * PIECE);
        for piece in pieces.chunks_mut(SEALED) {
            plain.extend_from_slice(open(&self.cipher, nonce(self.number, false), piece)?);
            self.number += 1;
        }
        Ok(plain)
    }

    /// What is left when all has come.
    pub fn end(mut self) -> Result<Vec<u8>> {
        let last = nonce(self.number, true);
        open(&self.cipher, last, &mut self.waiting).map(<[u8]>::to_vec)
    }
}

fn open<'a>(cipher: &LessSafeKey, nonce: Nonce, piece: &'a mut [u8]) -> Result<&'a [u8]> {
    match cipher.open_in_place(nonce, Aad::empty(), piece) {
        Ok(plain) => Ok(plain),
        Err(_) => Err(Problem::fault("a sealed content does not open")),
    }
}

/// Where a piece stands, and whether it is the last.
fn nonce(number: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[0] = u8::from(is_last);
    bytes[NONCE_LEN - 8..].copy_from_slice(&number.to_be_bytes());
    Nonce::assume_unique_for_key(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
    }

    #[test]
    fn a_content_opens_at_once_and_as_it_comes() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let plain = content(length);
            let (key, sealed) = ContentKey::seal(&plain).unwrap();
            let key = ContentKey::from_bytes(key.as_bytes()).unwrap();
            assert!(key.open(&sealed).unwrap() == plain, "{length}");
            for step in [1_000, SEALED, 2 * SEALED + 1] {
                let (mut opening, mut opened) = (key.opening().unwrap(), Vec::new());
                for bytes in sealed.chunks(step) {
                    opened.append(&mut opening.take(bytes).unwrap());
                }
                opened.append(&mut opening.end().unwrap());
                assert!(opened == plain, "{length} by {step}");
            }
        }
    }

    #[test]
    fn what_was_cut_off_bent_or_put_in_another_order_does_not_open() {
        let (key, sealed) = ContentKey::seal(&content(2 * PIECE + 9)).unwrap();
        for length in [0, 1, SEALED - 1, SEALED, 2 * SEALED, sealed.len() - 1] {
            assert!(key.open(&sealed[..length]).is_err(), "{length}");
        }
        for at in [0, SEALED - 1, SEALED, sealed.len() - 1] {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(key.open(&bent).is_err(), "{at}");
        }
        let turned = [&sealed[SEALED..2 * SEALED], &sealed[..SEALED], &sealed[2 * SEALED..]].concat();
        assert!(key.open(&turned).is_err());
        let (other, _) = ContentKey::seal(b"").unwrap();
        assert!(other.open(&sealed).is_err() && ContentKey::from_bytes(b"short").is_err());
    }
}
