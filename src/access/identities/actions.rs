//! Linking a WeChat user to one's account.

use serde_json::json;

use super::wire::{AccountIdentityView, Provider};
use super::{Action, store};
use crate::access::act::{Act, Event, Mine};
use crate::access::wechat::User;
use crate::access::{accounts, sessions};
use crate::kit::answer::Nothing;
use crate::kit::crypto::Keyring;
use crate::kit::problem::{NOT_FOUND, Result};

/// The keyed hash that a WeChat user is found by.
pub fn hash_of(ring: &Keyring, user: &User) -> [u8; 32] {
    ring.hash("wechat.openid", &[user.appid.as_bytes(), user.openid.as_bytes()])
}

/// Links a WeChat user to the caller's account. A stolen token must not link its thief, so the session must be recent.
pub fn create(act: &mut Act<'_>, user: Result<User>) -> Result<AccountIdentityView> {
    act.permit(Action::Create, Mine)?;
    sessions::require_recent(act)?;
    let user = user?;
    let account = accounts::store::lock_own(act)?;
    let openid = hash_of(act.ring, &user);
    let ring = act.ring;
    let unionid = user.unionid.as_ref().map(|unionid| ring.hash("wechat.unionid", &[unionid.as_bytes()]));
    let id = store::replace(act, account.id, &openid, unionid.as_ref().map(<[u8; 32]>::as_slice))?;
    let provider = Provider::Wechat;
    let detail = json!({ "provider": provider.as_str(), "account": account.id });
    act.record(Event { action: Action::Create, id: id.to_string(), division: None, detail })?;
    Ok(AccountIdentityView { id, provider, created_at: act.now })
}

/// Unlinks the caller's identity of a provider.
pub fn delete(act: &mut Act<'_>, provider: Provider) -> Result<Nothing> {
    act.permit(Action::Delete, Mine)?;
    let account = act.actor.account()?;
    if !store::forget(act, account)? {
        return NOT_FOUND.refuse();
    }
    let detail = json!({ "provider": provider.as_str() });
    act.record(Event { action: Action::Delete, id: account.to_string(), division: None, detail })?;
    Ok(Nothing {})
}
