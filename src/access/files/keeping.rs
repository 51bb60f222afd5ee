//! How the bytes of a file lie in the store. Tables are lists of people, numbers and all, so they lie sealed, each under a key of its own;
//! that key is in the file's row, sealed itself, so that sealing keys change without a look at the store. Pictures and documents lie as
//! they are, and so do tables from before.

use actix_web::web::Bytes;

use super::model::Kept;
use crate::access::gate::Gate;
use crate::kit::crypto::{ContentKey, Keyring, Opening};
use crate::kit::files::FileKind;
use crate::kit::problem::Result;

/// What seals the keys of files.
pub const KEY_SEAL: &str = "files.key";

/// The bytes as they are to lie in the store, and the key to them, sealed, where they need one.
pub(super) fn packed(ring: &Keyring, kind: FileKind, content: Bytes) -> Result<(Bytes, Option<Vec<u8>>)> {
    if !kind.is_table() {
        return Ok((content, None));
    }
    let (key, sealed) = ContentKey::seal(&content)?;
    Ok((sealed.into(), Some(ring.seal(KEY_SEAL, key.as_bytes())?)))
}

/// Begins to open bytes that are sealed; none where they are not.
pub(super) fn opening(ring: &Keyring, key_sealed: Option<&[u8]>) -> Result<Option<Opening>> {
    key_sealed.map(|sealed| key(ring, sealed)?.opening()).transpose()
}

fn key(ring: &Keyring, sealed: &[u8]) -> Result<ContentKey> {
    ContentKey::from_bytes(&ring.open_sealed(KEY_SEAL, sealed)?)
}

/// All of a file as it was sent, for a thread that may wait.
pub fn read_kept(gate: &Gate, kept: &Kept) -> Result<Bytes> {
    let content = gate.files().store.get_here(&kept.content_key)?;
    match &kept.key_sealed {
        Some(sealed) => Ok(key(gate.ring(), sealed)?.open(&content)?.into()),
        None => Ok(content),
    }
}
