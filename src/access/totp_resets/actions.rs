//! Resetting a second factor.

use serde_json::json;

use super::wire::{TotpResetDraft, TotpResetView};
use super::{Action, OWN, RESERVED};
use crate::access::accounts::{self, TOTP_MISSING};
use crate::access::act::{Act, Event};
use crate::access::division::Division;
use crate::access::posts;
use crate::access::role::Role;
use crate::kit::problem::{FORBIDDEN, NOT_FOUND, Problem, Result};

/// Takes somebody's second factor away and signs them out. Every post of theirs must lie in the caller's range; who has none
/// belongs to the city.
pub fn create(act: &mut Act<'_>, draft: TotpResetDraft) -> Result<TotpResetView> {
    act.scope(Action::Create)?;
    let hash = draft.phone.hash(act.ring);
    let known = accounts::store::credentials(act.conn, &hash)?.ok_or(&NOT_FOUND)?;
    let row = accounts::store::lock(act, known.id)?.ok_or(&NOT_FOUND)?;
    let held = posts::held_anywhere(act, row.id)?;
    if held.is_empty() {
        act.permit(Action::Create, Division::SHANGHAI).map_err(hidden)?;
    }
    for post in &held {
        act.permit(Action::Create, post.division).map_err(hidden)?;
    }
    if row.id == act.actor.account()? {
        return OWN.refuse();
    }
    if held.iter().any(|post| matches!(post.role, Role::SecurityAdmin | Role::Auditor)) {
        return RESERVED.refuse();
    }
    let now = act.now;
    if !accounts::reset_totp(act.conn, row.id, now)? {
        return TOTP_MISSING.refuse();
    }
    let detail = json!({ "reason": draft.reason.as_str() });
    let division = held.first().map(|post| post.division);
    act.record(Event { action: Action::Create, id: row.id.to_string(), division, detail })?;
    act.announce("account.totp_reset", json!({ "account": row.id }))?;
    Ok(TotpResetView { account: row.id, reset_at: now })
}

/// Who is out of range looks like nobody, or numbers could be tried for accounts.
fn hidden(problem: Problem) -> Problem {
    if std::ptr::eq(problem.rule(), &FORBIDDEN) { (&NOT_FOUND).into() } else { problem }
}
