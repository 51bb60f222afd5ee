//! What must hold of applications, and how their secrets are made.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::kit::crypto::{random_bytes, sha256};
use crate::kit::problem::{Result, Rule};

/// One that is exchanged and one that follows it.
pub const MOST_SECRETS: i64 = 2;
/// Tells scanners of sources and of logs what they have found.
const PREFIX: &str = "lilong_secret_";

/// The division has an application of this name already.
pub static NAME_TAKEN: Rule = Rule::refused(
    "application-name-taken",
    "The division has an application of this name already.",
    "该区划已有同名应用。",
);
/// The organisation or division does not exist.
pub static PLACE_UNKNOWN: Rule = Rule::invalid(
    "application-place-unknown",
    "There is no such organisation or division.",
    "没有该组织或区划。",
);
/// One secret opens while the next is carried to the door.
pub static SECRETS_FULL: Rule = Rule::refused(
    "application-secrets-full",
    "The application has two secrets already; take one away first.",
    "该应用已有两个有效密钥，请先停用其中一个。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NAME_TAKEN, &PLACE_UNKNOWN, &SECRETS_FULL];

/// A new secret, its hash, and its last four characters, by which people tell it from the other. It is random enough that
/// nothing slower than SHA-256 is needed.
pub fn new_secret() -> Result<(String, [u8; 32], String)> {
    let random = URL_SAFE_NO_PAD.encode(random_bytes::<32>()?);
    let hint: String = random.chars().skip(random.len() - 4).collect();
    let secret = format!("{PREFIX}{random}");
    let hash = sha256(secret.as_bytes());
    Ok((secret, hash, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_256_random_bits_and_is_known_by_its_hash() {
        let (secret, hash, hint) = new_secret().unwrap();
        let random = URL_SAFE_NO_PAD.decode(secret.strip_prefix(PREFIX).unwrap()).unwrap();
        assert_eq!((random.len(), hint.len()), (32, 4));
        assert!(secret.ends_with(&hint) && sha256(secret.as_bytes()) == hash);
        assert_ne!(new_secret().unwrap().0, secret);
    }
}
