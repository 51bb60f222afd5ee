//! Appointing somebody, and ending a post.

use serde_json::json;

use super::store::{self, NewPost, PostId, PostRow};
use super::wire::{HeldPostView, PostDraft, PostView};
use super::{ABOVE_OWN, Action, HOLDER_UNKNOWN, SELF_GRANTED, TERM_INVALID};
use crate::access::accounts;
use crate::access::act::{Act, Event, Look};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::policy::{Action as _, Reach};
use crate::access::role::Role;
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// The posts that an account holds now, for its owner.
pub fn held_by(look: &mut Look<'_>, account: AccountId) -> Result<Vec<HeldPostView>> {
    let rows = store::held_by(look, account)?;
    Ok(rows.iter().map(HeldPostView::from).collect())
}

/// Adds what else the same people hold, as far as the caller sees it.
pub fn with_cross_posts(look: &mut Look<'_>, rows: &[PostRow]) -> Result<Vec<PostRow>> {
    let people: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let scope = look.scope(Action::List)?;
    store::of_people(look, &people, &scope)
}

/// Appoints somebody. Nobody grants at or above their own level, beyond their own range, or to themselves.
pub fn create(act: &mut Act<'_>, draft: PostDraft) -> Result<PostView> {
    let permitted = act.permit(Action::Create, draft.division)?;
    require_grant(act, Action::Create, draft.role, *permitted)?;
    if draft.ends_on.is_some_and(|last| last < local_date(act.now)) {
        return Err(TERM_INVALID.at("/ends_on"));
    }
    let hash = draft.phone.hash(act.ring);
    let holder =
        accounts::store::credentials(act.conn, &hash)?.ok_or_else(|| HOLDER_UNKNOWN.at("/phone"))?.id;
    if holder == act.actor.account()? {
        return Err((&SELF_GRANTED).into());
    }
    let new = act.permit(
        Action::Create,
        NewPost {
            holder,
            role: draft.role,
            organisation: draft.organisation,
            division: draft.division,
            starts_on: draft.starts_on.unwrap_or_else(|| local_date(act.now)),
            ends_on: draft.ends_on,
        },
    )?;
    let id = store::insert(act, &new)?;
    record(act, Action::Create, id, &new)?;
    let row = store::find(act, id)?;
    let all = with_cross_posts(act, std::slice::from_ref(&row))?;
    Ok(PostView::new(row, &all))
}

/// Ends a post: by whoever could grant it, or by its holder, who resigns.
pub fn delete(act: &mut Act<'_>, id: PostId) -> Result<Nothing> {
    let post = store::find(act, id)?;
    let post = act.permit(Action::Delete, post)?;
    if post.account_id != act.actor.account()? {
        require_grant(act, Action::Delete, post.role, post.division)?;
    }
    store::end(act, &post)?;
    tell_ended(act, &post)?;
    Ok(Nothing {})
}

/// Ends every post of somebody who closes their account.
pub fn end_all(act: &mut Act<'_>, holder: AccountId) -> Result<()> {
    let posts = store::held_anywhere(act, holder)?;
    store::end_all(act, holder)?;
    posts.iter().try_for_each(|post| tell_ended(act, post))
}

fn tell_ended(act: &mut Act<'_>, post: &PostRow) -> Result<()> {
    let detail = json!({ "role": post.role.as_str(), "holder": post.account_id });
    let (action, division) = (Action::Delete, Some(post.division));
    act.record(Event { action, id: post.id.to_string(), division, detail })?;
    act.announce("post.ended", json!({ "post": post.id }))
}

/// One and the same post of the actor must reach the division and stand above the role.
fn require_grant(act: &Act<'_>, action: Action, role: Role, division: Division) -> Result<()> {
    let reaches = act.actor.standings.iter().any(|standing| {
        action.allows(standing.role) == Reach::Range
            && standing.range.covers(division.range())
            && standing.role.may_grant(role)
    });
    if reaches { Ok(()) } else { Err((&ABOVE_OWN).into()) }
}

fn record(act: &mut Act<'_>, action: Action, id: PostId, new: &NewPost) -> Result<()> {
    let detail = json!({ "role": new.role.as_str(), "holder": new.holder, "organisation": new.organisation });
    act.record(Event { action, id: id.to_string(), division: Some(new.division), detail })?;
    act.announce("post.granted", json!({ "post": id }))
}
