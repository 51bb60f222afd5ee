//! The second factor: TOTP (RFC 6238), SHA-1, 6 digits, 30 seconds, one step of skew, each code once.

use serde::{Deserialize, Deserializer};
use totp_rs::{Builder, Secret, Totp};
use utoipa::ToSchema;

use super::model::AccountRow;
use super::store;
use crate::access::act::Act;
use crate::access::phone::Phone;
use crate::kit::crypto::{Keyring, random_bytes};
use crate::kit::problem::{Problem, Result};

/// What a sealed secret is bound to.
pub const SEAL: &str = "accounts.totp";

/// Six digits of a second factor. Never serialised or printed.
#[derive(Clone, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{6}$", example = "287082")]
pub struct TotpCode(String);

impl<'de> Deserialize<'de> for TotpCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match String::deserialize(input)? {
            text if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) => Ok(TotpCode(text)),
            _ => Err(serde::de::Error::custom("a code has 6 digits")),
        }
    }
}

/// A new secret: sealed for keeping, and as the address an authenticator app reads.
pub fn create(ring: &Keyring, phone: &Phone) -> Result<(Vec<u8>, String)> {
    let secret = random_bytes::<20>()?;
    let url = totp(&secret, Some(phone))?.to_url().map_err(Problem::fault)?;
    Ok((ring.seal(SEAL, &secret)?, url))
}

fn totp(secret: &[u8], phone: Option<&Phone>) -> Result<Totp> {
    let account = phone.map_or_else(|| "lilong".to_owned(), Phone::masked);
    Builder::new()
        .with_secret(Secret::from(secret.to_vec()))
        .with_issuer(Some("lilong"))
        .with_account_name(account)
        .build()
        .map_err(Problem::fault)
}

/// The step a code belongs to, if it fits the account's secret and neither it nor a later one was used.
pub fn check(act: &mut Act<'_>, account: &AccountRow, code: &TotpCode) -> Result<Option<i64>> {
    let Some(sealed) = &account.totp_sealed else { return Ok(None) };
    let secret = act.ring.open_sealed(SEAL, sealed)?;
    let step = totp(&secret, None)?.check(&code.0, act.now.timestamp() as u64);
    Ok(step.map(|step| step as i64).filter(|step| *step > account.totp_last_step))
}

/// Uses up a code of a confirmed second factor; false if it does not fit.
pub fn redeem(act: &mut Act<'_>, account: &AccountRow, code: &TotpCode) -> Result<bool> {
    let Some(step) = check(act, account, code)? else { return Ok(false) };
    store::use_totp_step(act, account.id, step)?;
    Ok(true)
}
