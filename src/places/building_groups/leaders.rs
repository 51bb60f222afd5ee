//! Saying who leads a building group, and granting and ending the posts that go with it.

use serde_json::json;

use super::model::{BuildingGroupChange, BuildingGroupId, BuildingGroupRow};
use super::rules::{DEPUTY_IS_LEADER, LEADER_UNKNOWN};
use super::views::BuildingGroupDetailView;
use super::wire::BuildingGroupLeaderDraft;
use super::{Action, actions, store};
use crate::access::accounts;
use crate::access::act::{Act, Event, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::phone::Mobile;
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
    let found = store::find(act, id)?.group;
    let found = act.permit(Action::UpdateLeader, found)?;
    seen.check(found.version)?;
    let leader = account(act, draft.leader_phone, "/leader_phone")?;
    let deputy = account(act, draft.deputy_phone, "/deputy_phone")?;
    if leader.is_some() && leader == deputy {
        return Err(DEPUTY_IS_LEADER.at("/deputy_phone"));
    }
    let after: Vec<AccountId> = leader.into_iter().chain(deputy).collect();
    let group = lock(act, &found, &after)?;
    seen.check(group.version)?;
    let before: Vec<AccountId> = group.led_by().collect();
    let myself = act.actor.account()?;
    if after.contains(&myself) && !before.contains(&myself) {
        return SELF_GRANTED.refuse();
    }
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
    record(act, &row)?;
    actions::find(act, id)
}

/// Who no longer holds the post of a group leader in a division leads no group of it: for whoever was permitted to end the post, and
/// has locked its holder's account.
pub fn follow(act: &mut Act<'_>, person: AccountId, role: Role, division: Division) -> Result<()> {
    if role != Role::GroupLeader {
        return Ok(());
    }
    for group in store::lock_led_by(act, person, division)? {
        let row = store::dismiss(act, &group, person)?;
        record(act, &row)?;
    }
    Ok(())
}

/// Locks who led a group and who shall, and then the group, as whoever ends one of their posts does.
fn lock(
    act: &mut Act<'_>,
    found: &BuildingGroupRow,
    after: &[AccountId],
) -> Result<Permit<BuildingGroupRow>> {
    let before: Vec<AccountId> = found.led_by().collect();
    store::lock_leaders(act, &[before.as_slice(), after].concat())?;
    let group = store::lock(act, found.id)?;
    if group.version != found.version {
        let meanwhile: Vec<AccountId> = group.led_by().collect();
        store::lock_leaders(act, &meanwhile)?;
    }
    act.permit(Action::UpdateLeader, group)
}

fn record(act: &mut Act<'_>, row: &BuildingGroupRow) -> Result<()> {
    let detail = json!({ "leader": row.leader_id, "deputy": row.deputy_id, "version": row.version });
    let (action, division) = (Action::UpdateLeader, Some(row.division));
    act.record(Event { action, id: row.id.to_string(), division, detail })?;
    act.announce("building_group.leader_changed", json!({ "building_group": row.id }))
}

fn account(act: &mut Act<'_>, phone: Option<Mobile>, pointer: &str) -> Result<Option<AccountId>> {
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
