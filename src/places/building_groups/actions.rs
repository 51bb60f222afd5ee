//! Founding and changing a building group, its brand, its titles.

use chrono::NaiveDate;
use serde_json::json;

use super::model::{
    BuildingGroupChange, BuildingGroupId, BuildingGroupRow, BuildingGroupTitleId, Member, NewBuildingGroup,
    NewTitle, TitleRow,
};
use super::rules::{self, ESTATE_UNKNOWN, GRANTER_UNFIT, GRANTER_UNKNOWN, TITLE_AHEAD};
use super::views::BuildingGroupDetailView;
use super::wire::{
    BuildingGroupBrandDraft, BuildingGroupDraft, BuildingGroupMemberView, BuildingGroupPatch,
    BuildingGroupTitleDraft, BuildingGroupTitleView, kept,
};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::places::buildings::{self, BuildingId};
use crate::places::divisions;
use crate::places::estates::{self, EstateId};
use crate::places::organisations::{self, OrganisationRow};

/// A building group with its members and titles.
pub fn find(look: &mut Look<'_>, id: BuildingGroupId) -> Result<BuildingGroupDetailView> {
    let row = store::find(look, id)?;
    let members = store::members(look, &row)?.into_iter().map(BuildingGroupMemberView::from).collect();
    let titles = store::titles(look, &row)?.into_iter().map(BuildingGroupTitleView::from).collect();
    Ok(BuildingGroupDetailView { group: row.into(), members, titles })
}

/// Founds a building group in an estate within reach.
pub fn create(act: &mut Act<'_>, draft: BuildingGroupDraft) -> Result<BuildingGroupDetailView> {
    act.scope(Action::Create)?;
    let estate = estates::store::find(act, draft.estate).or_refuse(&ESTATE_UNKNOWN, "/estate")?;
    let new = NewBuildingGroup {
        id: BuildingGroupId::new(),
        estate_id: estate.id,
        division: estate.division,
        name: draft.name.into_inner(),
        slogan: draft.slogan.into_inner(),
        introduction: draft.introduction.into_inner(),
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    divisions::must_stand(act, new.division, "/estate")?;
    let members = kept(draft.members);
    check_members(act, new.id, new.estate_id, &members)?;
    let row = store::insert(act, &new)?;
    let group = act.permit(Action::Create, row)?;
    store::set_members(act, &group, &members)?;
    record(act, Action::Create, &group)?;
    find(act, group.id)
}

/// Changes a building group's words and members.
pub fn update(
    act: &mut Act<'_>,
    id: BuildingGroupId,
    seen: &IfMatch,
    patch: BuildingGroupPatch,
) -> Result<BuildingGroupDetailView> {
    let group = store::lock(act, id)?;
    let group = act.permit(Action::Update, group)?;
    seen.check(group.version)?;
    let (change, members) = patch.into_change();
    if let Some(members) = members {
        check_members(act, id, group.estate_id, &members)?;
        store::set_members(act, &group, &members)?;
    }
    let row = store::update(act, &group, change)?;
    record(act, Action::Update, &row)?;
    find(act, id)
}

/// The buildings stay locked, so that no other group takes a part of them, and none of their units goes.
fn check_members(
    act: &mut Act<'_>,
    group: BuildingGroupId,
    estate: EstateId,
    members: &[Member],
) -> Result<()> {
    rules::must_not_overlap(members)?;
    let ids: Vec<BuildingId> = members.iter().map(|member| member.building_id).collect();
    let rows = buildings::store::lock_all(act, &ids)?;
    rules::must_be_of(estate, &rows, members)?;
    rules::must_be_free(members, &store::members_elsewhere(act, group, &ids)?)
}

/// Gives a building group its brand.
pub fn update_brand(
    act: &mut Act<'_>,
    id: BuildingGroupId,
    seen: &IfMatch,
    draft: BuildingGroupBrandDraft,
) -> Result<BuildingGroupDetailView> {
    let group = store::lock(act, id)?;
    let group = act.permit(Action::UpdateBrand, group)?;
    seen.check(group.version)?;
    let change = BuildingGroupChange {
        brand_name: Some(draft.name.into_inner()),
        brand_story: Some(draft.story.into_inner()),
        ..BuildingGroupChange::default()
    };
    let row = store::update(act, &group, change)?;
    record(act, Action::UpdateBrand, &row)?;
    act.announce("building_group.brand_changed", json!({ "building_group": id }))?;
    find(act, id)
}

/// Enters a title that a building group won.
pub fn create_title(
    act: &mut Act<'_>,
    id: BuildingGroupId,
    draft: BuildingGroupTitleDraft,
) -> Result<BuildingGroupTitleView> {
    let group = store::lock(act, id)?;
    let group = act.permit(Action::CreateTitle, group)?;
    if draft.granted_on.get() > local_date(act.now) {
        return Err(TITLE_AHEAD.at("/granted_on"));
    }
    let granter =
        organisations::store::find(act, draft.granted_by).or_refuse(&GRANTER_UNKNOWN, "/granted_by")?;
    let is_theirs = act.actor.acts_for(Action::CreateTitle, group.division, granter.id, granter.division);
    if !is_theirs || !granter.division.range().covers(group.division.range()) {
        return Err(GRANTER_UNFIT.at("/granted_by"));
    }
    organisations::must_be_open(&granter, draft.granted_on.get(), "/granted_by")?;
    enter_title(act, &group, &draft.title, (&granter, draft.granted_on.get()))
        .map(BuildingGroupTitleView::from)
}

/// Gives a building group a title today, as it was recognised.
pub fn grant(
    act: &mut Act<'_>,
    id: BuildingGroupId,
    title: &str,
    granter: &OrganisationRow,
) -> Result<BuildingGroupTitleId> {
    let group = store::lock(act, id)?;
    let group = act.permit(Action::CreateTitle, group)?;
    let today = local_date(act.now);
    enter_title(act, &group, title, (granter, today)).map(|row| row.id)
}

fn enter_title(
    act: &mut Act<'_>,
    group: &Permit<BuildingGroupRow>,
    title: &str,
    (granter, granted_on): (&OrganisationRow, NaiveDate),
) -> Result<TitleRow> {
    let new = NewTitle {
        id: BuildingGroupTitleId::new(),
        building_group_id: group.id,
        title: title.to_owned(),
        granted_by: granter.id,
        granted_on,
        created_at: act.now,
    };
    store::insert_title(act, group, &new)?;
    // The titles are part of the group as it is answered, so its version moves.
    store::update(act, group, BuildingGroupChange::default())?;
    let detail = json!({ "title": new.id, "granted_by": new.granted_by });
    let (action, division) = (Action::CreateTitle, Some(group.division));
    act.record(Event { action, id: group.id.to_string(), division, detail })?;
    act.announce("building_group.title_granted", json!({ "building_group": group.id, "title": new.id }))?;
    let NewTitle { id, title, granted_by, granted_on, .. } = new;
    Ok(TitleRow { id, title, granted_by, granted_by_name: granter.name.clone(), granted_on })
}

/// Takes a title back that was given by [`grant`], for whoever was permitted to: it is told no more.
pub fn take_back(act: &mut Act<'_>, id: BuildingGroupId, title: BuildingGroupTitleId) -> Result<()> {
    let group = store::lock(act, id)?;
    store::take_back(act, &group, title)?;
    act.announce("building_group.title_withdrawn", json!({ "building_group": id, "title": title }))
}

fn record(act: &mut Act<'_>, action: Action, row: &BuildingGroupRow) -> Result<()> {
    let detail = json!({ "estate": row.estate_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
