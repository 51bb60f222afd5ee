//! Slowing guesses down. Failures are counted for the way in of a number and for an address; too many lock it out.
//!
//! Each failure counted, and each lock-out begun, is an event of the audit trail; what is refused while the lock lasts is
//! none. So the trail grows no faster than the locks allow: for a number by six events and then by two for each lock, of an
//! hour at last; for an address by fifty-one in five minutes. Which number was tried is not told, only the account where there
//! is one.

use std::net::IpAddr;

use chrono::TimeDelta;
use serde_json::json;

use super::{LOCKED, store};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::AccountId;
use crate::access::caller::address_key;
use crate::access::phone::Phone;
use crate::access::policy::Action;
use crate::kit::problem::{Problem, Result, Rule};

/// From this many failures on a number is locked, and from the other an address.
const FAILURES_PER_NUMBER: i32 = 5;
const FAILURES_PER_ADDRESS: i32 = 50;

/// What failures are counted for: the way in of a number or of a WeChat user, and an address. Passwords and codes are counted apart, so
/// that nobody locks a stranger out of signing in by code.
pub struct Guesses {
    number: [u8; 32],
    address: [u8; 32],
}

/// What was tried, on which account where there is one, and what its failure is called.
pub struct Attempt<A> {
    /// The action.
    pub action: A,
    /// The account that the number has.
    pub account: Option<AccountId>,
    /// The failure.
    pub rule: &'static Rule,
}

impl Guesses {
    /// At this number, by password or by code, from this address.
    pub fn new(look: &Look<'_>, phone: &Phone, address: IpAddr, by_password: bool) -> Self {
        let way: &[u8] = if by_password { b"password" } else { b"otp" };
        Self {
            number: look.ring.hash("sign-in", &[way, phone.expose().as_bytes()]),
            address: look.ring.hash("sign-in.address", &[&address_key(address)]),
        }
    }

    /// At the second factor of a WeChat user, or where WeChat knows none, at the code sent, from this address.
    pub fn with_wechat(look: &Look<'_>, user_or_code: &[u8; 32], address: IpAddr) -> Self {
        Self {
            number: look.ring.hash("sign-in", &[b"wechat", user_or_code]),
            address: look.ring.hash("sign-in.address", &[&address_key(address)]),
        }
    }

    /// Refuses while the number or the address is locked out.
    pub fn require_unlocked(&self, look: &mut Look<'_>) -> Result<()> {
        let now = look.now;
        let Some(until) = store::locked_until(look.conn, &[self.number, self.address], now)? else {
            return Ok(());
        };
        Err(Problem::from(&LOCKED).after_time(until - now))
    }

    /// One attempt after another, or a hundred at once would all pass before the first failure counts.
    pub fn begin(&self, act: &mut Act<'_>) -> Result<()> {
        act.serialise(&self.number)?;
        self.require_unlocked(act)
    }

    /// Counts a failure for the number and the address, and keeps it. A number is locked for longer each time; an address,
    /// which many people may share, for five minutes, and then begins anew.
    pub fn refuse<A: Action>(&self, act: &mut Act<'_>, attempt: &Attempt<A>) -> Result<Problem> {
        note(act, attempt, attempt.rule)?;
        let failures = store::count_failure(act, &self.number)?;
        let is_number_locked = failures >= FAILURES_PER_NUMBER;
        if is_number_locked {
            let minutes = (1_i64 << (failures - FAILURES_PER_NUMBER).min(6)).min(60);
            let until = act.now + TimeDelta::minutes(minutes);
            store::lock_out(act, &self.number, until, failures)?;
        }
        let is_address_locked = store::count_failure(act, &self.address)? >= FAILURES_PER_ADDRESS;
        if is_address_locked {
            let until = act.now + TimeDelta::minutes(5);
            store::lock_out(act, &self.address, until, 0)?;
        }
        if is_number_locked || is_address_locked {
            note(act, attempt, &LOCKED)?;
        }
        Ok(act.refuse_and_keep(attempt.rule))
    }

    /// The number's count begins anew: whoever came was right.
    pub fn forget(&self, act: &mut Act<'_>) -> Result<()> {
        store::forget_failures(act, &self.number)
    }
}

/// The thing of the event is the account; of a number that has none, `unknown`.
fn note<A: Action>(act: &mut Act<'_>, attempt: &Attempt<A>, rule: &Rule) -> Result<()> {
    let id = attempt.account.map_or_else(|| "unknown".to_owned(), |account| account.to_string());
    act.record(Event { action: attempt.action, id, division: None, detail: json!({ "code": rule.code }) })
}
