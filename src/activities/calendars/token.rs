//! The secret in the address of a calendar: 24 random bytes, and 8 that sign them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::kit::crypto::{Keyring, random_bytes, same};
use crate::kit::problem::{NOT_FOUND, Result};

const RANDOM: usize = 24;
const WHOLE: usize = 32;

/// A token that was made here. It has no `Debug`, so that it is not logged by accident.
pub struct Token([u8; WHOLE]);

impl Token {
    /// Another one.
    pub fn random(ring: &Keyring) -> Result<Self> {
        let random = random_bytes::<RANDOM>()?;
        let mut whole = [0; WHOLE];
        whole[..RANDOM].copy_from_slice(&random);
        whole[RANDOM..].copy_from_slice(&sign(ring, &random));
        Ok(Token(whole))
    }

    /// Reads one that was sent; what was never made here is not there.
    pub fn read(ring: &Keyring, text: &str) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| &NOT_FOUND)?;
        let whole: [u8; WHOLE] = bytes.try_into().map_err(|_| &NOT_FOUND)?;
        let (random, signature) = whole.split_at(RANDOM);
        if same(signature, &sign(ring, random)) { Ok(Token(whole)) } else { NOT_FOUND.refuse() }
    }

    /// As it stands in the address.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// As it is kept.
    pub fn hash(&self, ring: &Keyring) -> [u8; 32] {
        ring.hash("calendar-token", &[&self.0])
    }
}

fn sign(ring: &Keyring, random: &[u8]) -> [u8; WHOLE - RANDOM] {
    let mut signature = [0; WHOLE - RANDOM];
    let hash = ring.hash("calendar-signature", &[random]);
    signature.copy_from_slice(&hash[..WHOLE - RANDOM]);
    signature
}
