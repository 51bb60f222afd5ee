//! Asking for a code, and redeeming one.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use super::wire::{Code, OtpView};
use super::{TOO_MANY, WRONG, store};
use crate::access::act::{Act, Look};
use crate::access::caller::address_key;
use crate::access::phone::{Mobile, Phone};
use crate::kit::crypto::same;
use crate::kit::problem::{Problem, Result};

/// How long a code is good.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
const BETWEEN: TimeDelta = TimeDelta::seconds(60);
const WINDOW: TimeDelta = TimeDelta::hours(1);
const PER_NUMBER: usize = 5;
/// A street office's whole staff may sit behind one address.
const PER_ADDRESS: i64 = 60;
const GUESSES: i32 = 5;

/// Keeps the hash of a code about to be sent; refuses when too many were asked for.
pub fn request(act: &mut Act<'_>, phone: &Mobile, address: IpAddr, code: &Code) -> Result<OtpView> {
    let phone_hash = phone.hash(act.ring);
    let address_hash = act.ring.hash("address", &[&address_key(address)]);
    let since = act.now - WINDOW;
    // One request for a number after another, or they would all count before any is kept.
    act.serialise(&phone_hash)?;
    let sent = store::sent_to(act, &phone_hash, since)?;
    let age = |at: Option<&DateTime<Utc>>| at.map_or(WINDOW, |at| act.now - *at);
    let wait = match sent.len() {
        n if n >= PER_NUMBER => WINDOW - age(sent.last()),
        _ => BETWEEN - age(sent.first()),
    };
    if wait > TimeDelta::zero() {
        return Err(Problem::from(&TOO_MANY).after_time(wait));
    }
    if store::count_from(act, &address_hash, since)? >= PER_ADDRESS {
        return Err(Problem::from(&TOO_MANY).after(WINDOW.num_seconds() as u64));
    }
    let code_hash = hash(act, phone, code);
    store::insert(act, &phone_hash, &address_hash, &code_hash, LIFETIME)?;
    Ok(OtpView { expires_in: LIFETIME.num_seconds(), resend_in: BETWEEN.num_seconds() })
}

/// Whether a code would be redeemed. Nothing is counted, so a wrong one must be redeemed after.
pub fn fits(look: &mut Look<'_>, phone: &Phone, code: &Code) -> Result<bool> {
    let (phone_hash, hash) = (phone.hash(look.ring), hash(look, phone, code));
    let living = store::find_living(look, &phone_hash)?;
    Ok(living.is_some_and(|otp| otp.attempts < GUESSES && same(&otp.code_hash, &hash)))
}

/// Redeems a code: afterwards every code of this number is used up. A wrong guess is counted and refused.
pub fn redeem(act: &mut Act<'_>, phone: &Phone, code: &Code, pointer: &str) -> Result<()> {
    let phone_hash = phone.hash(act.ring);
    let Some(otp) = store::lock_living(act, &phone_hash)? else {
        return Err(WRONG.at(pointer));
    };
    if otp.attempts >= GUESSES || !same(&otp.code_hash, &hash(act, phone, code)) {
        store::count_attempt(act, otp.id)?;
        return Err(act.refuse_and_keep(WRONG.at(pointer)));
    }
    store::use_up(act, &phone_hash)
}

fn hash(look: &Look<'_>, phone: &Phone, code: &Code) -> [u8; 32] {
    look.ring.hash("otp", &[phone.expose().as_bytes(), code.expose().as_bytes()])
}
