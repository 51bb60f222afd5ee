//! Signing in, refreshing, signing out.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::guesses::{Attempt, Guesses};
use super::wire::{SessionAccountView, SessionView};
use super::{
    Action, CREDENTIALS_WRONG, NOT_RECENT, REFRESH_INVALID, SECOND_FACTOR_NEEDED, WITHOUT_SECOND_FACTOR,
    store,
};
use crate::access::accounts::{self, RecoveryCode, TotpCode, model::AccountRow, model::Credentials};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::SessionId;
use crate::access::identities::{self, NOT_LINKED};
use crate::access::otps::{self, Code};
use crate::access::phone::Phone;
use crate::access::tokens::Tokens;
use crate::access::wechat::CODE_WRONG;
use crate::kit::answer::Nothing;
use crate::kit::crypto::{random_bytes, sha256};
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::text::Line;

/// A session not used for this long ends.
const SLIDING: TimeDelta = TimeDelta::days(30);
/// No session lives longer.
const ABSOLUTE: TimeDelta = TimeDelta::days(90);
/// An answer may be lost on a bad line: for this long an old refresh token is answered again.
const GRACE: TimeDelta = TimeDelta::seconds(10);
/// How long a sign-in counts as recent.
const RECENT: TimeDelta = TimeDelta::minutes(15);

/// Somebody who wants in.
pub struct SignIn {
    /// How they show who they are.
    pub way: Way,
    /// Where from.
    pub address: IpAddr,
    /// What was found of the number, or of the WeChat user, before.
    pub credentials: Option<Credentials>,
    /// The second factor.
    pub totp: Option<TotpCode>,
    /// A recovery code in its place.
    pub recovery_code: Option<RecoveryCode>,
    /// The device's name.
    pub device: Option<Line<200>>,
}

/// A way in.
pub enum Way {
    /// By a password.
    Password {
        /// The number.
        phone: Phone,
        /// Whether it fitted.
        fits: bool,
    },
    /// By a one-time code.
    Code {
        /// The number.
        phone: Phone,
        /// The code.
        otp: Code,
    },
    /// By WeChat.
    Wechat {
        /// The keyed hash of the user, or what WeChat said instead.
        user: Result<[u8; 32]>,
        /// A keyed hash of the code sent.
        code: [u8; 32],
    },
}

impl Way {
    fn guesses(&self, look: &Look<'_>, address: IpAddr) -> Guesses {
        match self {
            Way::Password { phone, .. } => Guesses::new(look, phone, address, true),
            Way::Code { phone, .. } => Guesses::new(look, phone, address, false),
            Way::Wechat { user, code } => Guesses::with_wechat(look, user.as_ref().unwrap_or(code), address),
        }
    }
}

/// Refuses an address that is locked out, before anything is asked of WeChat.
pub fn require_unlocked(look: &mut Look<'_>, code: &[u8; 32], address: IpAddr) -> Result<()> {
    Guesses::with_wechat(look, code, address).require_unlocked(look)
}

/// What is known of a number, unless it or the address is locked out. The same for known and unknown numbers.
pub fn prepare(
    look: &mut Look<'_>,
    phone: &Phone,
    address: IpAddr,
    by_password: bool,
) -> Result<Option<Credentials>> {
    Guesses::new(look, phone, address, by_password).require_unlocked(look)?;
    let hash = phone.hash(look.ring);
    accounts::store::credentials(look.conn, &hash)
}

/// Signs in, or counts the failure.
pub fn sign_in(act: &mut Act<'_>, tokens: &Tokens, mut who: SignIn) -> Result<SessionView> {
    let guesses = who.way.guesses(act, who.address);
    guesses.begin(act)?;
    let known = who.credentials.as_ref().map(|known| known.id);
    let wrong = Attempt { action: Action::Create, account: known, rule: &CREDENTIALS_WRONG };
    let Some(account) = recognise(act, &mut who)? else {
        return Err(guesses.refuse(act, &wrong)?);
    };
    let has_second_factor = account.totp_since.is_some();
    if has_second_factor && !shows_second_factor(act, &account, &who)? {
        return Err(guesses.refuse(act, &wrong)?);
    }
    guesses.forget(act)?;
    let by_recovery_code = has_second_factor && who.totp.is_none();
    let device = who.device.map_or_else(String::new, Line::into_inner);
    let until = act.now + SLIDING;
    let session = store::insert(act, account.id, &device, has_second_factor, until)?;
    let detail = json!({ "is_second_factor": has_second_factor, "by_recovery_code": by_recovery_code });
    act.record(Event { action: Action::Create, id: session.to_string(), division: None, detail })?;
    issue(act, tokens, session, account)
}

/// Whether the second factor, or a recovery code in its place, fits. Without either it is asked for.
fn shows_second_factor(act: &mut Act<'_>, account: &AccountRow, who: &SignIn) -> Result<bool> {
    match (&who.totp, &who.recovery_code) {
        (Some(code), _) => accounts::redeem_totp(act, account, code),
        (None, Some(code)) => accounts::redeem_recovery_code(act, account.id, code),
        (None, None) => SECOND_FACTOR_NEEDED.refuse(),
    }
}

/// The account, if the password or the code shows who it is.
fn recognise(act: &mut Act<'_>, who: &mut SignIn) -> Result<Option<AccountRow>> {
    let shown = match &mut who.way {
        Way::Password { fits, .. } => *fits,
        // The code is redeemed whether or not the number is known, so that both answer alike.
        Way::Code { phone, otp } => match otps::redeem(act, phone, otp, "/otp") {
            Ok(()) => true,
            Err(problem) if std::ptr::eq(problem.rule(), &otps::WRONG) => false,
            Err(problem) => return Err(problem),
        },
        Way::Wechat { user, .. } => match std::mem::replace(user, Ok([0; 32])) {
            // The link may have gone between the look and now.
            Ok(user) => {
                let linked = identities::find_account(act, &user)?.map(|linked| linked.id);
                let known = who.credentials.as_ref().map(|known| known.id);
                linked.filter(|linked| Some(*linked) == known).ok_or(&NOT_LINKED)?;
                true
            }
            Err(problem) if std::ptr::eq(problem.rule(), &CODE_WRONG) => false,
            Err(problem) => return Err(problem),
        },
    };
    let Some(known) = who.credentials.as_ref().filter(|_| shown) else { return Ok(None) };
    // Between the check and now the password may have changed, or the account may have been closed.
    let account = accounts::store::lock(act, known.id)?;
    let by_password = matches!(who.way, Way::Password { .. });
    Ok(account.filter(|row| !by_password || row.password_hash == known.password_hash))
}

/// Refuses what a stolen token must not do: asks for a session that began within 15 minutes.
pub fn require_recent(act: &mut Act<'_>) -> Result<()> {
    let (began, _) = store::beginning(act)?;
    if act.now - began > RECENT { NOT_RECENT.refuse() } else { Ok(()) }
}

/// The same, and that the session began with the second factor.
pub fn require_recent_second_factor(act: &mut Act<'_>) -> Result<()> {
    require_recent(act)?;
    let (_, is_second_factor) = store::beginning(act)?;
    WITHOUT_SECOND_FACTOR.unless(is_second_factor)
}

/// Rotates the refresh token. One used before ends the session, but for the grace of a lost answer.
pub fn refresh(act: &mut Act<'_>, tokens: &Tokens, token: &str) -> Result<SessionView> {
    let hash = sha256(token.as_bytes());
    let (session, owner) = store::find_by_token(act, &hash)?.ok_or(&REFRESH_INVALID)?;
    // The account before its sessions, as in every act that ends them, or the two would wait for each other.
    let account = accounts::store::lock(act, owner)?.ok_or(&REFRESH_INVALID)?;
    let (session, used) = store::lock(act, session, &hash)?;
    if session.ended_at.is_some() || session.expires_at <= act.now {
        return REFRESH_INVALID.refuse();
    }
    if used.is_some_and(|at| act.now - at > GRACE) {
        store::end_reused(act, session.id)?;
        let detail = json!({ "reason": "token_reused" });
        act.record(Event { action: Action::Delete, id: session.id.to_string(), division: None, detail })?;
        return Err(act.refuse_and_keep(&REFRESH_INVALID));
    }
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
        return NOT_FOUND.refuse();
    }
    act.record(Event { action: Action::Delete, id: session.to_string(), division: None, detail: json!({}) })?;
    Ok(Nothing {})
}
