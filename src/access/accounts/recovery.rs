//! Recovery codes: for who has lost the authenticator. Ten for each second factor, each good for one sign-in.

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::store;
use crate::access::act::Act;
use crate::access::actor::AccountId;
use crate::kit::crypto::{Keyring, random_bytes};
use crate::kit::problem::Result;

const CODES: usize = 10;
const HALF: usize = 5;
/// Crockford's base 32: no I, L, O and U, which are misread.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A recovery code: ten letters, 50 bits, written as two halves. Never serialised or printed but when it is made.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9A-TV-Za-tv-z]{5}-?[0-9A-TV-Za-tv-z]{5}$", example = "7K3QF-9MZTR")]
pub struct RecoveryCode([u8; 2 * HALF]);

impl RecoveryCode {
    fn random() -> Result<Self> {
        // 256 is a multiple of 32, so that each letter is as likely.
        let bytes = random_bytes::<{ 2 * HALF }>()?;
        Ok(Self(bytes.map(|byte| LETTERS.get(usize::from(byte % 32)).copied().unwrap_or_default())))
    }

    /// Reads what a person typed: with the hyphen or without, in capitals or not, O for 0, I and L for 1.
    fn read(text: &str) -> Option<Self> {
        let (head, tail) = text.split_once('-').or_else(|| text.split_at_checked(HALF))?;
        let is_halved = head.len() == HALF && tail.len() == HALF;
        let mut letters = [0; 2 * HALF];
        for (letter, typed) in letters.iter_mut().zip(head.bytes().chain(tail.bytes())) {
            *letter = match typed.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
        }
        let is_known = letters.iter().all(|letter| LETTERS.contains(letter));
        (is_halved && is_known).then_some(Self(letters))
    }

    fn written(&self) -> String {
        let text: String = self.0.iter().map(|letter| char::from(*letter)).collect();
        text.split_at_checked(HALF).map_or_else(String::new, |(head, tail)| format!("{head}-{tail}"))
    }

    fn hash(&self, ring: &Keyring, account: AccountId) -> [u8; 32] {
        ring.hash("recovery", &[account.0.as_bytes(), &self.0])
    }
}

impl<'de> Deserialize<'de> for RecoveryCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        RecoveryCode::read(&text).ok_or_else(|| serde::de::Error::custom("a recovery code has 10 letters"))
    }
}

/// Makes a new set, which counts instead of the one before; the codes as they are shown, once.
pub fn renew(act: &mut Act<'_>, account: AccountId) -> Result<Vec<String>> {
    let codes = std::iter::repeat_with(RecoveryCode::random).take(CODES).collect::<Result<Vec<_>>>()?;
    let hashes: Vec<_> = codes.iter().map(|code| code.hash(act.ring, account)).collect();
    store::replace_recovery_codes(act, account, &hashes)?;
    Ok(codes.iter().map(RecoveryCode::written).collect())
}

/// Uses up a code; false if it is none of the account's.
pub fn redeem(act: &mut Act<'_>, account: AccountId, code: &RecoveryCode) -> Result<bool> {
    let hash = code.hash(act.ring, account);
    store::use_recovery_code(act, account, &hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = RecoveryCode::read("7K1QF-9M0TR").map(|code| code.written());
        assert_eq!(code.as_deref(), Some("7K1QF-9M0TR"));
        for typed in ["7k1qf-9m0tr", "7K1QF9M0TR", "7klqf9motr", "7KIQF-9MOTR"] {
            assert_eq!(RecoveryCode::read(typed).map(|code| code.written()), code, "{typed}");
        }
        for wrong in [
            "",
            "-",
            "7K1QF-9M0T",
            "7K1QF-9M0TRR",
            "7K1Q-F9M0TR",
            "7U1QF-9M0TR",
            "7K1QF--9M0T",
            "里弄里弄里弄",
        ] {
            assert!(RecoveryCode::read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_is_shown_can_be_read() {
        for _ in 0..100 {
            let code = RecoveryCode::random().unwrap();
            assert!(RecoveryCode::read(&code.written()) == Some(code));
        }
    }
}
