//! Whose code it is: the account's id as one AES-256 block under a key of the day and the type of code, and so another pseudonym every
//! day. Two venues may compare what they scanned on one day, never what they scanned on two; the server alone leads it back to
//! the account, which a keyed hash would not allow without trying every account there is.

use aws_lc_rs::cipher::{AES_256, DecryptingKey, DecryptionContext, EncryptingKey, UnboundCipherKey};
use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

use super::sg1::{Bearer, Body};
use crate::access::actor::AccountId;
use crate::kit::clock::local_date;
use crate::kit::crypto::Keyring;
use crate::kit::problem::{Problem, Result};

/// The pseudonym of an account on a day.
pub fn seal(ring: &Keyring, account: AccountId, bearer: Bearer, day: NaiveDate) -> Result<[u8; 16]> {
    let mut block = *account.0.as_bytes();
    let key = EncryptingKey::ecb(key(ring, bearer, day)?).map_err(Problem::fault)?;
    key.encrypt(&mut block).map_err(Problem::fault)?;
    Ok(block)
}

/// The account behind a code. What it says must have been verified: anything opens to something.
pub fn open(ring: &Keyring, body: &Body) -> Result<AccountId> {
    let issued_at = DateTime::from_timestamp(body.issued_at(), 0);
    let day = local_date(issued_at.ok_or_else(|| Problem::fault("a code of no time"))?);
    let mut block = body.subject;
    let key = DecryptingKey::ecb(key(ring, body.bearer, day)?).map_err(Problem::fault)?;
    key.decrypt(&mut block, DecryptionContext::None).map_err(Problem::fault)?;
    Ok(AccountId(Uuid::from_bytes(block)))
}

fn key(ring: &Keyring, bearer: Bearer, day: NaiveDate) -> Result<UnboundCipherKey> {
    let key = ring.hash("codes.subject", &[day.to_string().as_bytes(), &[bearer.number()]]);
    UnboundCipherKey::new(&AES_256, &key).map_err(Problem::fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::crypto::KeyringFile;

    #[test]
    fn a_pseudonym_is_of_one_day_and_type_and_leads_back() {
        let ring = Keyring::open(&KeyringFile::generate().unwrap()).unwrap();
        let account = AccountId::new();
        // 23:59:59 in Shanghai, and the second after it.
        let [before, after] = [1_795_708_799, 1_795_708_800];
        let body = |issued_at: u32, bearer: Bearer| {
            let day = local_date(DateTime::from_timestamp(i64::from(issued_at), 0).unwrap());
            let subject = seal(&ring, account, bearer, day).unwrap();
            Body { bearer, key: 1, subject, issued_at, lifetime: 6, nonce: [0; 8] }
        };
        let codes =
            [body(before, Bearer::Resident), body(after, Bearer::Resident), body(after, Bearer::Staff)];
        for (n, code) in codes.iter().enumerate() {
            assert_eq!(open(&ring, code).unwrap(), account);
            assert!(codes[..n].iter().all(|other| other.subject != code.subject));
            assert_ne!(code.subject, *account.0.as_bytes());
        }
        let same = body(after + 3_600, Bearer::Resident);
        assert_eq!(same.subject, codes[1].subject);
        let other = Keyring::open(&KeyringFile::generate().unwrap()).unwrap();
        assert_ne!(open(&other, &same).unwrap(), account);
    }
}
