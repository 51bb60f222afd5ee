//! Showing once more, before something weighty, that a session is in its owner's hands: by the current password, or by a
//! one-time code sent to the account's number.

use std::net::IpAddr;

use super::model::AccountRow;
use super::{Action, PASSWORD_WRONG, store};
use crate::access::act::{Act, Look};
use crate::access::caller::Caller;
use crate::access::gate::Gate;
use crate::access::otps::{self, Code};
use crate::access::passwords::Password;
use crate::access::phone::Phone;
use crate::access::sessions::{Attempt, Guesses};
use crate::kit::answer::Nothing;
use crate::kit::problem::{FIELD_INVALID, Result};

/// What was shown, and what it was held against.
pub struct Proof {
    phone: Phone,
    display_name: String,
    address: IpAddr,
    /// The hash that the password, if one was sent, was verified against.
    checked: Option<String>,
    by_password: bool,
    otp: Option<Code>,
}

impl Proof {
    /// Verifies the password, if one was sent, away from connections. A wrong one is counted as at signing in.
    pub async fn gather(
        caller: &Caller,
        gate: &Gate,
        action: Action,
        current: Option<Password>,
        otp: Option<Code>,
    ) -> Result<Self> {
        let (address, by_password) = (caller.address(), current.is_some());
        let prepare = gate.fetch(caller.again(), move |look| prepare(look, address, by_password));
        let (phone, AccountRow { password_hash: checked, display_name, .. }) = prepare.await?;
        match (&checked, current, &otp) {
            (Some(hash), Some(current), _) => {
                if !gate.passwords().verify(current, Some(hash.clone())).await? {
                    let refused =
                        gate.write(caller.again(), move |act| refuse(act, action, &phone, address)).await;
                    return Err(refused.err().unwrap_or_else(|| (&PASSWORD_WRONG).into()));
                }
            }
            (Some(_), None, None) => return PASSWORD_WRONG.refuse(),
            (None, ..) | (Some(_), None, Some(_)) => {}
        }
        Ok(Self { phone, display_name, address, checked, by_password, otp })
    }

    /// The words that belong to the caller, which make a poor password.
    pub fn personal(&self) -> Vec<String> {
        vec![self.display_name.clone(), self.phone.expose().to_owned()]
    }

    /// The caller's own account, locked, if what was shown still stands. An account without a password is shown to be one's own by
    /// a code: a token alone may be a stolen one.
    pub fn redeem(self, act: &mut Act<'_>) -> Result<AccountRow> {
        if self.checked.is_none() && self.otp.is_none() {
            return Err(FIELD_INVALID.at("/otp").saying("give the current password or a one-time code"));
        }
        let guesses = Guesses::new(act, &self.phone, self.address, true);
        if self.by_password {
            guesses.begin(act)?;
        }
        let row = store::lock_own(act)?;
        if let Some(otp) = &self.otp {
            otps::redeem(act, &self.phone, otp, "/otp")?;
        }
        // It changed between the check and now: the check says nothing.
        if row.password_hash != self.checked {
            return PASSWORD_WRONG.refuse();
        }
        if self.by_password {
            guesses.forget(act)?;
        }
        Ok(row)
    }
}

/// The caller's number and account, unless guessing has locked the number or the address out.
fn prepare(look: &mut Look<'_>, address: IpAddr, by_password: bool) -> Result<(Phone, AccountRow)> {
    let row = store::find_own(look)?;
    let phone = Phone::open(look.ring, &row.phone_sealed)?;
    if by_password {
        Guesses::new(look, &phone, address, true).require_unlocked(look)?;
    }
    Ok((phone, row))
}

fn refuse(act: &mut Act<'_>, action: Action, phone: &Phone, address: IpAddr) -> Result<Nothing> {
    let account = Some(act.actor.account()?);
    let guesses = Guesses::new(act, phone, address, true);
    guesses.begin(act)?;
    Err(guesses.refuse(act, &Attempt { action, account, rule: &PASSWORD_WRONG })?)
}
