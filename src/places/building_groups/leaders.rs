//! Saying who leads a building group, and granting and ending the posts that go with it.

use serde_json::json;

use super::model::{BuildingGroupChange, BuildingGroupId};
use super::rules::{DEPUTY_IS_LEADER, LEADER_UNKNOWN};
use super::views::BuildingGroupDetailView;
use super::wire::BuildingGroupLeaderDraft;
use super::{Action, actions, store};
use crate::access::accounts;
use crate::access::act::{Act, Event};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::phone::Phone;
use crate::access::posts::{self, NewPost, SELF_GRANTED};
use crate::access::role::Role;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;

/// Says who leads a building group. Who comes gets the post of a group leader in the group's division; who goes
/// loses it, unless they lead another group there. Nobody appoints themselves.
pub fn update(
    act: &mut Act<'_>,
    id: BuildingGroupId,
    seen: &IfMatch,
    draft: BuildingGroupLeaderDraft,
) -> Result<BuildingGroupDetailView> {
    let group = store::lock(act, id)?;
    let group = act.permit(Action::UpdateLeader, group)?;
    seen.check(group.version)?;
    let leader = account(act, draft.leader_phone, "/leader_phone")?;
    let deputy = account(act, draft.deputy_phone, "/deputy_phone")?;
    if leader.is_some() && leader == deputy {
        return Err(DEPUTY_IS_LEADER.at("/deputy_phone"));
    }
    let before: Vec<AccountId> = group.led_by().collect();
    let after: Vec<AccountId> = leader.into_iter().chain(deputy).collect();
    let myself = act.actor.account()?;
    if after.contains(&myself) && !before.contains(&myself) {
        return SELF_GRANTED.refuse();
    }
    store::lock_leaders(act, &[before.as_slice(), &after].concat())?;
    let change = BuildingGroupChange {
        leader_id: Some(leader),
        deputy_id: Some(deputy),
        ..BuildingGroupChange::default()
    };
    let row = store::update(act, &group, change)?;
    for person in &after {
        grant(act, *person, group.division)?;
    }
    for person in before.iter().filter(|person| !after.contains(person)) {
        if !store::leads_in(act, *person, group.division)? {
            posts::end_with(act, *person, Role::GroupLeader, group.division)?;
        }
    }
    let detail = json!({ "leader": leader, "deputy": deputy, "version": row.version });
    let (action, division) = (Action::UpdateLeader, Some(group.division));
    act.record(Event { action, id: id.to_string(), division, detail })?;
    act.announce("building_group.leader_changed", json!({ "building_group": id }))?;
    actions::find(act, id)
}

fn account(act: &mut Act<'_>, phone: Option<Phone>, pointer: &str) -> Result<Option<AccountId>> {
    let Some(phone) = phone else {
        return Ok(None);
    };
    let hash = phone.hash(act.ring);
    let known = accounts::store::credentials(act.conn, &hash)?;
    known.map(|account| Some(account.id)).ok_or_else(|| LEADER_UNKNOWN.at(pointer))
}

fn grant(act: &mut Act<'_>, holder: AccountId, division: Division) -> Result<()> {
    let post = NewPost {
        holder,
        role: Role::GroupLeader,
        organisation: None,
        division,
        starts_on: local_date(act.now),
        ends_on: None,
    };
    posts::grant_with(act, &post).map_err(|problem| {
        // They closed their account a moment ago.
        let is_gone = std::ptr::eq(problem.rule(), &posts::HOLDER_UNKNOWN);
        if is_gone { (&LEADER_UNKNOWN).into() } else { problem }
    })
}
