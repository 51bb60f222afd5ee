//! Appointing somebody, and ending a post.

use serde_json::json;

use super::following::Follower;
use super::store::{self, NewPost, PostId, PostRow};
use super::wire::{HeldPostView, PostDraft, PostView};
use super::{ABOVE_OWN, Action, HOLDER_UNKNOWN, SELF_GRANTED, TERM_INVALID};
use crate::access::accounts;
use crate::access::act::{Act, Event, Look};
use crate::access::actor::{AccountId, OrganisationId, Standing};
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

/// Appoints somebody. Nobody grants at or above their own level, beyond their own range, for an organisation that is neither in it
/// nor their own, or to themselves.
pub fn create(act: &mut Act<'_>, draft: PostDraft) -> Result<PostView> {
    let permitted = act.permit(Action::Create, draft.division)?;
    let granting = granting(act, Action::Create, draft.role, *permitted)?;
    if let Some(organisation) = draft.organisation {
        require_organisation(act, &granting, organisation)?;
    }
    if draft.ends_on.is_some_and(|last| last < local_date(act.now)) {
        return Err(TERM_INVALID.at("/ends_on"));
    }
    let hash = draft.phone.hash(act.ring);
    let holder =
        accounts::store::credentials(act.conn, &hash)?.ok_or_else(|| HOLDER_UNKNOWN.at("/phone"))?.id;
    if holder == act.actor.account()? {
        return SELF_GRANTED.refuse();
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

/// Ends a post: by whoever could grant it, or by its holder, who resigns. What goes with it ends, too, once none of the kind is held.
pub fn delete(act: &mut Act<'_>, id: PostId, Follower(follow): Follower) -> Result<Nothing> {
    let holder = store::find(act, id)?.account_id;
    store::lock_holder(act.conn, holder)?;
    // Somebody else may have ended it meanwhile.
    let post = store::find(act, id)?;
    let post = act.permit(Action::Delete, post)?;
    if post.account_id != act.actor.account()? {
        granting(act, Action::Delete, post.role, post.division)?;
    }
    store::end(act, &post)?;
    tell_ended(act, &post)?;
    let today = local_date(act.now);
    if !store::is_held(act.conn, (holder, post.role, post.division), today)? {
        follow(act, holder, post.role, post.division)?;
    }
    Ok(Nothing {})
}

/// Ends every post of somebody who closes their account.
pub fn end_all(act: &mut Act<'_>, holder: AccountId) -> Result<()> {
    let posts = store::held_anywhere(act, holder)?;
    store::end_all(act, holder)?;
    posts.iter().try_for_each(|post| tell_ended(act, post))
}

/// Grants a post that goes with what another act does, which has its own permit, for the days on which it is not held yet. Nobody comes
/// by a post, or by more of one, of their own doing this way either: of what they hold now they keep what there is.
pub fn grant_with(act: &mut Act<'_>, new: &NewPost) -> Result<()> {
    let (granted_by, now) = (act.actor.account()?, act.now);
    if new.holder == granted_by {
        let is_held = store::is_held(act.conn, (new.holder, new.role, new.division), new.starts_on)?;
        return SELF_GRANTED.unless(is_held);
    }
    let granted = store::grant_unless_held(act.conn, new, Some(granted_by), now)?;
    granted.into_iter().try_for_each(|id| record(act, Action::Create, id, new))
}

/// Ends the posts of one role that somebody holds in one division, with what another act does.
pub fn end_with(act: &mut Act<'_>, holder: AccountId, role: Role, division: Division) -> Result<()> {
    let mut posts = store::held_anywhere(act, holder)?;
    posts.retain(|post| post.role == role && post.division == division);
    store::end_by_role(act, holder, role, division)?;
    posts.iter().try_for_each(|post| tell_ended(act, post))
}

fn tell_ended(act: &mut Act<'_>, post: &PostRow) -> Result<()> {
    let detail = json!({ "role": post.role.as_str(), "holder": post.account_id });
    let (action, division) = (Action::Delete, Some(post.division));
    act.record(Event { action, id: post.id.to_string(), division, detail })?;
    act.announce("post.ended", json!({ "post": post.id }))
}

/// The posts of the actor that each reach the division and stand above the role: 403 where there is none.
fn granting(act: &Act<'_>, action: Action, role: Role, division: Division) -> Result<Vec<Standing>> {
    let reaches = |standing: &&Standing| {
        action.allows(standing.role) == Reach::Range
            && standing.range.covers(division.range())
            && standing.role.may_grant(role)
    };
    let granting: Vec<Standing> = act.actor.standings.iter().filter(reaches).cloned().collect();
    if granting.is_empty() { ABOVE_OWN.refuse() } else { Ok(granting) }
}

/// What is an organisation's own follows its people wherever it lies, so one of the granting posts must reach the organisation, or
/// be for it.
fn require_organisation(
    act: &mut Act<'_>,
    granting: &[Standing],
    organisation: OrganisationId,
) -> Result<()> {
    let division = store::division_of_open(act, organisation)?;
    let reaches = |standing: &Standing| {
        standing.range.contains(division) || standing.organisation == Some(organisation)
    };
    if granting.iter().any(reaches) { Ok(()) } else { Err(ABOVE_OWN.at("/organisation")) }
}

fn record(act: &mut Act<'_>, action: Action, id: PostId, new: &NewPost) -> Result<()> {
    let detail = json!({ "role": new.role.as_str(), "holder": new.holder, "organisation": new.organisation });
    act.record(Event { action, id: id.to_string(), division: Some(new.division), detail })?;
    act.announce("post.granted", json!({ "post": id }))
}
