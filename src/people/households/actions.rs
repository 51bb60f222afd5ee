//! Entering and changing a household.

use chrono::NaiveDate;
use serde_json::json;

use super::model::{
    HouseholdChange, HouseholdId, HouseholdMemberId, HouseholdRelation, HouseholdRow, MemberChange,
    MemberRow, NewHousehold, NewMember,
};
use super::rules::{self, DWELLING_UNKNOWN, MEMBER_UNKNOWN, NOT_COMMITTEE};
use super::views::HouseholdDetailView;
use super::wire::{HouseholdDraft, HouseholdPatch, Members};
use super::{Action, store};
use crate::access::act::{Act, Event, Look, Permit};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::patch::Patch;
use crate::kit::problem::{BUSY, Problem, Result};
use crate::kit::text::Line;
use crate::people::homes::DAY_AHEAD;
use crate::people::residents::{self, CLOSED, ResidentId, ResidentStatus};
use crate::places::divisions;
use crate::places::dwellings::{self, DwellingId};

/// Somebody as wanted in a household.
struct Wanted {
    resident: ResidentId,
    relation: HouseholdRelation,
    joined_on: NaiveDate,
}

/// A household with those who are in it.
pub fn find(look: &mut Look<'_>, id: HouseholdId) -> Result<HouseholdDetailView> {
    let row = store::find(look, id)?;
    let members = store::named_members(look, &row)?;
    Ok(HouseholdDetailView::new(row, members))
}

/// Enters a household in a committee within reach.
pub fn create(act: &mut Act<'_>, draft: HouseholdDraft) -> Result<HouseholdDetailView> {
    let new = NewHousehold {
        id: HouseholdId::new(),
        division: draft.division,
        dwelling_id: draft.dwelling,
        number: draft.number.map(Line::into_inner),
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    divisions::require_committee(act, new.division, &NOT_COMMITTEE, "/division")?;
    must_have_dwelling(act, new.division, new.dwelling_id)?;
    let wanted = wanted(act, draft.members)?;
    lock_people(act, new.division, &wanted, &[])?;
    let row = store::insert(act, &new)?;
    let household = act.permit(Action::Create, row)?;
    set_members(act, &household, &wanted)?;
    record(act, Action::Create, &household)?;
    find(act, household.id)
}

/// Changes a household; members and head are set as a whole.
pub fn update(
    act: &mut Act<'_>,
    id: HouseholdId,
    seen: &IfMatch,
    patch: HouseholdPatch,
) -> Result<HouseholdDetailView> {
    let known = store::find(act, id)?;
    let known = act.permit(Action::Update, known)?;
    let wanted = patch.members.0.map(|members| wanted(act, members)).transpose()?;
    let members = store::members(act, id)?;
    if let Some(wanted) = &wanted {
        lock_people(act, known.division, wanted, &members)?;
    }
    let household = store::lock(act, id)?;
    let household = act.permit(Action::Update, household)?;
    seen.check(household.version)?;
    if let Patch::Value(dwelling) = &patch.dwelling {
        must_have_dwelling(act, household.division, Some(*dwelling))?;
    }
    if let Some(wanted) = &wanted {
        if store::members(act, id)? != members {
            // Somebody joined or left before the household was locked; the next try locks them.
            return Err(Problem::from(&BUSY).after(1));
        }
        set_members(act, &household, wanted)?;
    }
    let change = HouseholdChange {
        dwelling_id: patch.dwelling.map(|dwelling| dwelling),
        number: patch.number.map(Line::into_inner),
    };
    let row = store::update(act, &household, change)?;
    record(act, Action::Update, &row)?;
    find(act, id)
}

fn wanted(act: &Act<'_>, members: Members) -> Result<Vec<Wanted>> {
    let today = local_date(act.now);
    let mut wanted = Vec::new();
    for (at, member) in members.into_inner().into_iter().enumerate() {
        let joined_on = member.joined_on.map_or(today, Day::get);
        if joined_on > today {
            return Err(DAY_AHEAD.at(format!("/members/{at}/joined_on")));
        }
        wanted.push(Wanted { resident: member.resident, relation: member.relation, joined_on });
    }
    let pairs: Vec<_> = wanted.iter().map(|member| (member.resident, member.relation)).collect();
    rules::must_have_one_head(&pairs)?;
    Ok(wanted)
}

/// Locks those who come, stay and go: people before their household, as everywhere.
fn lock_people(
    act: &mut Act<'_>,
    division: Division,
    wanted: &[Wanted],
    members: &[MemberRow],
) -> Result<()> {
    let coming = wanted.iter().map(|member| member.resident);
    let people: Vec<ResidentId> = coming.chain(members.iter().map(|member| member.resident_id)).collect();
    let rows = residents::store::lock_all(act, &people)?;
    for (at, member) in wanted.iter().enumerate() {
        let pointer = || format!("/members/{at}/resident");
        let here = rows.iter().find(|row| row.resident.id == member.resident);
        match here.filter(|row| row.resident.division == division).map(|row| row.resident.status) {
            None => return Err(MEMBER_UNKNOWN.at(pointer())),
            Some(ResidentStatus::Present) => {}
            Some(_) => return Err(CLOSED.at(pointer())),
        }
    }
    Ok(())
}

fn must_have_dwelling(act: &mut Act<'_>, division: Division, dwelling: Option<DwellingId>) -> Result<()> {
    let Some(dwelling) = dwelling else { return Ok(()) };
    let found = dwellings::store::find(act, dwelling).or_refuse(&DWELLING_UNKNOWN, "/dwelling")?;
    if found.division == division { Ok(()) } else { Err(DWELLING_UNKNOWN.at("/dwelling")) }
}

/// Who goes or becomes something else to the head leaves today; who stays as they were is not touched.
fn set_members(act: &mut Act<'_>, household: &Permit<HouseholdRow>, wanted: &[Wanted]) -> Result<()> {
    let today = local_date(act.now);
    let is_same = |row: &MemberRow, member: &Wanted| {
        (row.resident_id, row.relation) == (member.resident, member.relation)
    };
    let members = store::members(act, household.id)?;
    for member in members.iter().filter(|row| !wanted.iter().any(|member| is_same(row, member))) {
        let left_on = Some(Some(today.max(member.joined_on)));
        store::update_member(act, household, member, MemberChange { left_on, ..MemberChange::default() })?;
    }
    for (at, member) in wanted.iter().enumerate() {
        if members.iter().any(|row| is_same(row, member)) {
            continue;
        }
        let new = NewMember {
            id: HouseholdMemberId::new(),
            household_id: household.id,
            division: household.division,
            resident_id: member.resident,
            relation: member.relation,
            joined_on: member.joined_on,
            created_at: act.now,
        };
        store::insert_member(act, household, &new, &format!("/members/{at}"))?;
    }
    Ok(())
}

fn record(act: &mut Act<'_>, action: Action, row: &HouseholdRow) -> Result<()> {
    let detail = json!({ "dwelling": row.dwelling_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    act.announce("household.changed", json!({ "household": row.id }))
}
