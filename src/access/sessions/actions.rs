//! Signing in, refreshing, signing out.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::wire::{SessionAccountView, SessionView};
use super::{Action, CREDENTIALS_WRONG, LOCKED, NOT_RECENT, REFRESH_INVALID, SECOND_FACTOR_NEEDED, store};
use crate::access::accounts::{self, TotpCode, model::AccountRow, model::Credentials};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::SessionId;
use crate::access::caller::address_key;
use crate::access::otps::{self, Code};
use crate::access::phone::Phone;
use crate::access::tokens::Tokens;
use crate::kit::answer::Nothing;
use crate::kit::crypto::{random_bytes, sha256};
use crate::kit::problem::{NOT_FOUND, Problem, Result};
use crate::kit::text::Line;

/// A session not used for this long ends.
const SLIDING: TimeDelta = TimeDelta::days(30);
/// No session lives longer.
const ABSOLUTE: TimeDelta = TimeDelta::days(90);
/// An answer may be lost on a bad line: for this long an old refresh token is answered again.
const GRACE: TimeDelta = TimeDelta::seconds(10);
/// From this many failures on a number is locked, and from the other an address.
const FAILURES_PER_NUMBER: i32 = 5;
const FAILURES_PER_ADDRESS: i32 = 50;

/// Somebody who wants in.
pub struct SignIn {
    /// The number.
    pub phone: Phone,
    /// Where from.
    pub address: IpAddr,
    /// What was found of the number before.
    pub credentials: Option<Credentials>,
    /// Whether the password fitted; none was given when a code was.
    pub password_fits: Option<bool>,
    /// The one-time code.
    pub otp: Option<Code>,
    /// The second factor.
    pub totp: Option<TotpCode>,
    /// The device's name.
    pub device: Option<Line<200>>,
}

/// What failures are counted for: the way in of a number, and an address. Passwords and codes are counted apart, so
/// that nobody locks a stranger out of signing in by code.
struct Subjects {
    number: [u8; 32],
    address: [u8; 32],
}

fn subjects(look: &Look<'_>, phone: &Phone, address: IpAddr, by_password: bool) -> Subjects {
    let way: &[u8] = if by_password { b"password" } else { b"otp" };
    Subjects {
        number: look.ring.hash("sign-in", &[way, phone.expose().as_bytes()]),
        address: look.ring.hash("sign-in.address", &[&address_key(address)]),
    }
}

fn require_unlocked(look: &mut Look<'_>, subjects: &Subjects) -> Result<()> {
    let now = look.now;
    let Some(until) = store::locked_until(look.conn, &[subjects.number, subjects.address], now)? else {
        return Ok(());
    };
    Err(Problem::from(&LOCKED).after((until - now).num_seconds().max(1) as u64))
}

/// What is known of a number, unless it or the address is locked out. The same for known and unknown numbers.
pub fn prepare(
    look: &mut Look<'_>,
    phone: &Phone,
    address: IpAddr,
    by_password: bool,
) -> Result<Option<Credentials>> {
    let subjects = subjects(look, phone, address, by_password);
    require_unlocked(look, &subjects)?;
    let hash = phone.hash(look.ring);
    accounts::store::credentials(look.conn, &hash)
}

/// Signs in, or counts the failure.
pub fn sign_in(act: &mut Act<'_>, tokens: &Tokens, who: SignIn) -> Result<SessionView> {
    let subjects = subjects(act, &who.phone, who.address, who.password_fits.is_some());
    // One attempt after another, or a hundred at once would all pass before the first failure counts.
    act.serialise(&subjects.number)?;
    require_unlocked(act, &subjects)?;
    let Some(account) = recognise(act, &who)? else {
        return fail(act, &subjects);
    };
    let has_second_factor = account.totp_since.is_some();
    match (&who.totp, has_second_factor) {
        (None, true) => return Err((&SECOND_FACTOR_NEEDED).into()),
        (Some(code), true) if !accounts::redeem_totp(act, &account, code)? => return fail(act, &subjects),
        _ => {}
    }
    store::forget_failures(act, &subjects.number)?;
    let device = who.device.map_or_else(String::new, Line::into_inner);
    let until = act.now + SLIDING;
    let session = store::insert(act, account.id, &device, has_second_factor, until)?;
    let detail = json!({ "is_second_factor": has_second_factor });
    act.record(Event { action: Action::Create, id: session.to_string(), division: None, detail })?;
    issue(act, tokens, session, account)
}

/// The account, if the password or the code shows who it is.
fn recognise(act: &mut Act<'_>, who: &SignIn) -> Result<Option<AccountRow>> {
    let shown = match (who.password_fits, &who.otp) {
        (Some(fits), _) => fits,
        // The code is redeemed whether or not the number is known, so that both answer alike.
        (None, Some(code)) => match otps::redeem(act, &who.phone, code, "/otp") {
            Ok(()) => true,
            Err(problem) if std::ptr::eq(problem.rule(), &otps::WRONG) => false,
            Err(problem) => return Err(problem),
        },
        (None, None) => false,
    };
    let Some(known) = who.credentials.as_ref().filter(|_| shown) else { return Ok(None) };
    let account = accounts::store::lock(act, known.id)?;
    // Between the check and now the password may have changed.
    let still = who.password_fits.is_none() || account.password_hash == known.password_hash;
    Ok(Some(account).filter(|_| still))
}

/// Counts a failure for the number and the address. A number is locked for longer each time; an address, which many
/// people may share, for five minutes, and then begins anew.
fn fail(act: &mut Act<'_>, subjects: &Subjects) -> Result<SessionView> {
    let failures = store::count_failure(act, &subjects.number)?;
    if failures >= FAILURES_PER_NUMBER {
        let minutes = (1_i64 << (failures - FAILURES_PER_NUMBER).min(6)).min(60);
        let until = act.now + TimeDelta::minutes(minutes);
        store::lock_out(act, &subjects.number, until, failures)?;
    }
    if store::count_failure(act, &subjects.address)? >= FAILURES_PER_ADDRESS {
        let until = act.now + TimeDelta::minutes(5);
        store::lock_out(act, &subjects.address, until, 0)?;
    }
    Err(act.refuse_and_keep(&CREDENTIALS_WRONG))
}

/// Refuses what a stolen token must not do: asks for a session that began within 15 minutes.
pub fn require_recent(act: &mut Act<'_>) -> Result<()> {
    let began = store::began_at(act)?;
    if act.now - began > TimeDelta::minutes(15) { Err((&NOT_RECENT).into()) } else { Ok(()) }
}

/// Rotates the refresh token. One used before ends the session, but for the grace of a lost answer.
pub fn refresh(act: &mut Act<'_>, tokens: &Tokens, token: &str) -> Result<SessionView> {
    let hash = sha256(token.as_bytes());
    let Some((session, used)) = store::lock_by_token(act, &hash)? else {
        return Err((&REFRESH_INVALID).into());
    };
    if session.ended_at.is_some() || session.expires_at <= act.now {
        return Err((&REFRESH_INVALID).into());
    }
    if used.is_some_and(|at| act.now - at > GRACE) {
        store::end_reused(act, session.id)?;
        let detail = json!({ "reason": "token_reused" });
        act.record(Event { action: Action::Delete, id: session.id.to_string(), division: None, detail })?;
        return Err(act.refuse_and_keep(&REFRESH_INVALID));
    }
    let account = match accounts::store::lock(act, session.account_id) {
        Err(problem) if std::ptr::eq(problem.rule(), &NOT_FOUND) => return Err((&REFRESH_INVALID).into()),
        account => account?,
    };
    // In the grace, too, only the newest token counts on: who comes with another later ends the family.
    store::use_all_tokens(act, session.id)?;
    store::extend(act, session.id, sliding(session.created_at, act.now))?;
    issue(act, tokens, session.id, account)
}

fn sliding(created: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (now + SLIDING).min(created + ABSOLUTE)
}

fn issue(act: &mut Act<'_>, tokens: &Tokens, session: SessionId, account: AccountRow) -> Result<SessionView> {
    let refresh_token = URL_SAFE_NO_PAD.encode(random_bytes::<32>()?);
    store::insert_token(act, session, &sha256(refresh_token.as_bytes()))?;
    let access_token = tokens.sign(account.id, session, act.now)?;
    let account = SessionAccountView { id: account.id, display_name: account.display_name };
    Ok(SessionView::new(access_token, refresh_token, account))
}

/// Signs out one of one's own sessions.
pub fn sign_out(act: &mut Act<'_>, session: SessionId) -> Result<Nothing> {
    act.scope(Action::Delete)?;
    if !store::end_own(act, session)? {
        return Err((&NOT_FOUND).into());
    }
    act.record(Event { action: Action::Delete, id: session.to_string(), division: None, detail: json!({}) })?;
    Ok(Nothing {})
}
