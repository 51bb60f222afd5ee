//! Opening an account and changing one's own.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use serde_json::json;

use super::model::{AccountChange, AccountRow};
use super::proof::Proof;
use super::wire::{AccountView, MePatch, MeView, RecoveryCodesView, TotpConfirmationView, TotpView};
use super::{Action, TOTP_EXISTS, TOTP_MISSING, TOTP_WRONG, TotpCode, recovery, store, totp};
use crate::access::act::{Act, Event, Look, Mine};
use crate::access::actor::AccountId;
use crate::access::otps::{self, Code};
use crate::access::phone::{Mobile, Phone};
use crate::access::{identities, posts, sessions};
use crate::kit::answer::Nothing;
use crate::kit::crypto::Keyring;
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;
use crate::kit::text::Line;

/// What an account is opened with.
pub struct Opening {
    /// The number.
    pub phone: Mobile,
    /// How others see it.
    pub display_name: Line<60>,
    /// Its password, hashed.
    pub password_hash: Option<String>,
}

/// Opens an account without asking for a code: for the command line and the demo.
pub fn open(
    conn: &mut PgConnection,
    ring: &Keyring,
    opening: &Opening,
    now: DateTime<Utc>,
) -> Result<AccountId> {
    insert(conn, ring, opening, now).map(|row| row.id)
}

fn insert(
    conn: &mut PgConnection,
    ring: &Keyring,
    opening: &Opening,
    now: DateTime<Utc>,
) -> Result<AccountRow> {
    let new = store::NewAccount {
        id: AccountId::new(),
        phone_sealed: opening.phone.seal(ring)?,
        phone_hash: opening.phone.hash(ring),
        display_name: &opening.display_name,
        password_hash: opening.password_hash.as_deref(),
        now,
    };
    store::insert(conn, &new)
}

/// Opens an account for whoever shows, by a code, that the number is theirs.
///
/// `was_shown`: the code fitted before the password was hashed. If it did not, it is redeemed to be counted.
pub fn create(act: &mut Act<'_>, opening: Opening, otp: &Code, was_shown: bool) -> Result<AccountView> {
    otps::redeem(act, &opening.phone, otp, "/otp")?;
    if !was_shown {
        return Err(otps::WRONG.at("/otp"));
    }
    let (now, ring) = (act.now, act.ring);
    let row = insert(act.conn, ring, &opening, now)?;
    act.record(Event { action: Action::Create, id: row.id.to_string(), division: None, detail: json!({}) })?;
    Ok(AccountView { id: row.id, display_name: row.display_name })
}

/// Oneself.
pub fn find_me(look: &mut Look<'_>) -> Result<MeView> {
    look.permit(Action::FindMe, Mine)?;
    let row = store::find_own(look)?;
    view(look, row)
}

/// Changes how one is seen and spoken to.
pub fn update_me(act: &mut Act<'_>, seen: &IfMatch, patch: MePatch) -> Result<MeView> {
    act.permit(Action::UpdateMe, Mine)?;
    let row = store::lock_own(act)?;
    seen.check(row.version)?;
    let row = store::update(act, row.id, AccountChange::from(patch))?;
    record(act, Action::UpdateMe, &row)?;
    view(act, row)
}

fn view(look: &mut Look<'_>, row: AccountRow) -> Result<MeView> {
    let posts = posts::held_by(look, row.id)?;
    let codes = row.totp_since.map(|_| store::count_recovery_codes(look, row.id)).transpose()?;
    let residencies = look.residencies()?;
    MeView::new(row, posts, residencies, codes, &look.actor, look.ring)
}

/// Sets a password for whoever showed that the account is theirs; ends every other session.
pub fn set_password(act: &mut Act<'_>, proof: Proof, hash: &str) -> Result<Nothing> {
    act.permit(Action::UpdatePassword, Mine)?;
    let row = proof.redeem(act)?;
    store::set_password(act, row.id, hash)?;
    sessions::end_others(act, row.id)?;
    record(act, Action::UpdatePassword, &row)?;
    Ok(Nothing {})
}

/// Closes the account of whoever showed that it is theirs. Its posts and sessions end, its records are nobody's, and its number is free.
pub fn close(act: &mut Act<'_>, proof: Proof) -> Result<Nothing> {
    act.permit(Action::DeleteMe, Mine)?;
    sessions::require_recent(act)?;
    let row = proof.redeem(act)?;
    posts::end_all(act, row.id)?;
    let now = act.now;
    sessions::end_all(act.conn, row.id, "account_closed", now)?;
    identities::forget(act, row.id)?;
    // Who acted in office must stay known.
    let keeps_name = posts::was_held_by(act, row.id)?;
    // Nobody is verified by it any more.
    store::free_records(act, row.id)?;
    store::close(act, row.id, keeps_name)?;
    record(act, Action::DeleteMe, &row)?;
    act.announce("account.closed", json!({ "account": row.id }))?;
    Ok(Nothing {})
}

/// Begins a second factor: nothing counts until it is confirmed.
pub fn create_totp(act: &mut Act<'_>) -> Result<TotpView> {
    act.permit(Action::CreateTotp, Mine)?;
    sessions::require_recent(act)?;
    let row = store::lock_own(act)?;
    if row.totp_since.is_some() {
        return TOTP_EXISTS.refuse();
    }
    let phone = Phone::open(act.ring, &row.phone_sealed)?;
    let (sealed, url) = totp::create(act.ring, &phone)?;
    store::set_totp(act, row.id, &sealed)?;
    record(act, Action::CreateTotp, &row)?;
    Ok(TotpView { url })
}

/// Confirms a second factor by a code of it. Posts count from the next sign-in with it.
pub fn confirm_totp(act: &mut Act<'_>, code: &TotpCode) -> Result<TotpConfirmationView> {
    act.permit(Action::CreateTotpConfirmation, Mine)?;
    let row = store::lock_own(act)?;
    if row.totp_since.is_some() {
        return TOTP_EXISTS.refuse();
    }
    let step = totp::check(act, &row, code)?.ok_or_else(|| TOTP_WRONG.at("/code"))?;
    store::confirm_totp(act, row.id, step)?;
    let recovery_codes = recovery::renew(act, row.id)?;
    record(act, Action::CreateTotpConfirmation, &row)?;
    Ok(TotpConfirmationView { since: act.now, recovery_codes })
}

/// Makes a new set of recovery codes; the one before counts no more.
pub fn create_recovery_codes(act: &mut Act<'_>) -> Result<RecoveryCodesView> {
    act.permit(Action::CreateRecoveryCodes, Mine)?;
    sessions::require_recent_second_factor(act)?;
    let row = store::lock_own(act)?;
    if row.totp_since.is_none() {
        return TOTP_MISSING.refuse();
    }
    let recovery_codes = recovery::renew(act, row.id)?;
    record(act, Action::CreateRecoveryCodes, &row)?;
    Ok(RecoveryCodesView { recovery_codes })
}

/// Takes one's second factor away, to set up another. No session counts as having one any more.
pub fn delete_totp(act: &mut Act<'_>) -> Result<Nothing> {
    act.permit(Action::DeleteTotp, Mine)?;
    sessions::require_recent_second_factor(act)?;
    let (row, now) = (store::lock_own(act)?, act.now);
    if !store::remove_totp(act.conn, row.id, now)? {
        return TOTP_MISSING.refuse();
    }
    sessions::weaken(act, row.id)?;
    record(act, Action::DeleteTotp, &row)?;
    act.announce("account.totp_removed", json!({ "account": row.id }))?;
    Ok(Nothing {})
}

/// Takes somebody's second factor away and signs them out everywhere; whether there was one. For who has a permit, and for the
/// command line.
pub fn reset_totp(conn: &mut PgConnection, account: AccountId, now: DateTime<Utc>) -> Result<bool> {
    let had_one = store::remove_totp(conn, account, now)?;
    if had_one {
        sessions::end_all(conn, account, "second_factor_reset", now)?;
    }
    Ok(had_one)
}

fn record(act: &mut Act<'_>, action: Action, row: &AccountRow) -> Result<()> {
    act.record(Event { action, id: row.id.to_string(), division: None, detail: json!({}) })
}
