//! SG1, our own dynamic code, and its verifier: pure, without database, clock or network, so that whoever builds a gate can port it.
//! Vectors to try a port with: `openapi/vectors/sg1.json`.
//!
//! ```text
//! code      = "SG1:" ‖ base45(body ‖ signature)                    150 characters of a QR code's alphanumeric mode: version 6-M
//! body      = version 1 ‖ type 1 ‖ key id 2 ‖ subject 16 ‖ issued at 4 ‖ lifetime 1 ‖ nonce 8     33 bytes, numbers big-endian
//! signature = Ed25519 over "SG1" ‖ 0x00 ‖ body                     64 bytes
//! ```
//!
//! - version is 1; type is 1 resident, 2 staff, 3 visitor; issued at is in seconds of Unix time; lifetime is in steps of 5 seconds.
//! - Whose code it is, the subject tells the server alone; it is another one every day, for each type.
//! - Accepted at a moment `t` if the key of that id holds at `t`, `issued_at - 30 <= t < issued_at + 5 * lifetime + 30`, and the signature
//!   is the key's. A nonce counts once.

use super::base45;

/// What our codes begin with.
pub const PREFIX: &str = "SG1:";
/// How long a code is, in characters.
pub const LENGTH: usize = 150;
/// How many bytes stand behind the prefix.
pub const BYTES: usize = BODY + 64;
/// By how many seconds clocks may differ.
pub const SKEW: i64 = 30;
/// One step of a lifetime, in seconds.
pub const STEP: i64 = 5;

const BODY: usize = 33;
const VERSION: u8 = 1;
const CONTEXT: &[u8; 4] = b"SG1\0";

/// In what capacity somebody shows a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// A verified resident.
    Resident,
    /// Somebody with a post.
    Staff,
    /// Anybody else.
    Visitor,
}

/// What a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// In what capacity it is shown.
    pub bearer: Bearer,
    /// Which key signed it.
    pub key: u16,
    /// Whose it is: a pseudonym of one day, which only the server can open.
    pub subject: [u8; 16],
    /// When it was issued, in seconds of Unix time.
    pub issued_at: u32,
    /// How long it lives, in steps of 5 seconds.
    pub lifetime: u8,
    /// What makes it single use.
    pub nonce: [u8; 8],
}

/// A whole code: what it says, and the bytes it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it says.
    pub body: Body,
    bytes: [u8; BYTES],
}

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is none, or of a version or type that is not known.
    Malformed,
    /// No key of its number holds.
    KeyUnknown,
    /// It is of a time to come.
    NotYetValid,
    /// Its time is over.
    Expired,
    /// Its key did not sign it.
    SignatureWrong,
}

/// A key that can tell its own signatures: the public half, as gates have it, or both halves.
pub trait Verifier {
    /// Whether it signed the message.
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool;
}

/// The code, if it is to be accepted at that second; `key` answers the key of an id that holds then.
pub fn verify<'k, K: Verifier + 'k>(
    text: &str,
    at: i64,
    key: impl FnOnce(u16) -> Option<&'k K>,
) -> Result<Code, Refusal> {
    let code = parse(text).ok_or(Refusal::Malformed)?;
    let key = key(code.body.key).ok_or(Refusal::KeyUnknown)?;
    if at < code.body.issued_at() - SKEW {
        return Err(Refusal::NotYetValid);
    }
    if at >= code.body.expires_at() + SKEW {
        return Err(Refusal::Expired);
    }
    let (body, signature) = code.bytes.split_at(BODY);
    match key.signed(&message(body), signature) {
        true => Ok(code),
        false => Err(Refusal::SignatureWrong),
    }
}

/// Reads a code without asking whether it is genuine.
pub fn parse(text: &str) -> Option<Code> {
    if text.len() != LENGTH {
        return None;
    }
    of_bytes(&base45::decode(text.strip_prefix(PREFIX)?)?)
}

/// The same from the bytes behind its prefix.
pub fn of_bytes(bytes: &[u8]) -> Option<Code> {
    let bytes: [u8; BYTES] = bytes.try_into().ok()?;
    let (version, rest) = bytes.split_first()?;
    if *version != VERSION {
        return None;
    }
    let (bearer, rest) = rest.split_first()?;
    let (key, rest) = rest.split_first_chunk()?;
    let (subject, rest) = rest.split_first_chunk()?;
    let (issued_at, rest) = rest.split_first_chunk()?;
    let (lifetime, rest) = rest.split_first()?;
    let (nonce, _signature) = rest.split_first_chunk()?;
    let body = Body {
        bearer: Bearer::of_number(*bearer)?,
        key: u16::from_be_bytes(*key),
        subject: *subject,
        issued_at: u32::from_be_bytes(*issued_at),
        lifetime: *lifetime,
        nonce: *nonce,
    };
    Some(Code { body, bytes })
}

/// Makes a code; `sign` is Ed25519 with the key that the body names.
pub fn sign<E>(body: Body, sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>) -> Result<Code, E> {
    let mut bytes = [0; BYTES];
    let (plain, signature) = bytes.split_at_mut(BODY);
    plain.copy_from_slice(&body.bytes());
    signature.copy_from_slice(&sign(&message(plain))?);
    Ok(Code { body, bytes })
}

fn message(body: &[u8]) -> Vec<u8> {
    [CONTEXT, body].concat()
}

impl Bearer {
    /// Its number in a code.
    pub fn number(self) -> u8 {
        match self {
            Bearer::Resident => 1,
            Bearer::Staff => 2,
            Bearer::Visitor => 3,
        }
    }

    fn of_number(number: u8) -> Option<Self> {
        [Bearer::Resident, Bearer::Staff, Bearer::Visitor].into_iter().find(|one| one.number() == number)
    }
}

impl Body {
    /// When it was issued, in seconds of Unix time.
    pub fn issued_at(&self) -> i64 {
        i64::from(self.issued_at)
    }

    /// When its time is over, in seconds of Unix time; clocks may differ by [`SKEW`].
    pub fn expires_at(&self) -> i64 {
        self.issued_at() + STEP * i64::from(self.lifetime)
    }

    fn bytes(&self) -> [u8; BODY] {
        let mut bytes = [0; BODY];
        let parts: [&[u8]; 7] = [
            &[VERSION],
            &[self.bearer.number()],
            &self.key.to_be_bytes(),
            &self.subject,
            &self.issued_at.to_be_bytes(),
            &[self.lifetime],
            &self.nonce,
        ];
        bytes.copy_from_slice(&parts.concat());
        bytes
    }
}

impl Code {
    /// As it is shown.
    pub fn text(&self) -> String {
        PREFIX.to_owned() + &base45::encode(&self.bytes)
    }

    /// The bytes behind its prefix.
    pub fn bytes(&self) -> &[u8; BYTES] {
        &self.bytes
    }
}
