//! Moving in, correcting, moving out.

use chrono::NaiveDate;
use serde_json::json;

use super::model::{DwellingResidentId, HomeChange, HomeRelation, HomeRow, NewHome};
use super::rules::{
    self, DAY_AHEAD, ENDED, HELD, LIVES_SINCE_LATER, OTHER_COMMITTEE, OWNERS_AS_A_WHOLE, RESIDENT_UNKNOWN,
};
use super::views::DwellingResidentView;
use super::wire::{DwellingResidentDraft, DwellingResidentPatch};
use super::{Action, store};
use crate::access::act::{Act, Event, Permit};
use crate::kit::answer::Nothing;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::{BUSY, Problem, Result};
use crate::people::residents::{self, CLOSED, ResidentChange, ResidentDetailRow, ResidentStatus};
use crate::places::dwellings::{self, DwellingId};

/// Says that somebody is something in a home. Who lives there ceases to live where they did.
pub fn create(
    act: &mut Act<'_>,
    dwelling: DwellingId,
    draft: DwellingResidentDraft,
) -> Result<DwellingResidentView> {
    act.scope(Action::Create)?;
    let dwelling = dwellings::store::find(act, dwelling)?;
    let dwelling = act.permit(Action::Create, dwelling)?;
    if draft.relation == HomeRelation::Owner {
        return Err(OWNERS_AS_A_WHOLE.at("/relation"));
    }
    let starts_on = first_day(act, draft.starts_on)?;
    let resident = residents::store::lock(act, draft.resident).or_refuse(&RESIDENT_UNKNOWN, "/resident")?;
    let resident = act.permit(Action::Create, resident)?;
    if resident.resident.division != dwelling.division {
        return Err(OTHER_COMMITTEE.at("/resident"));
    }
    must_be_present(&resident)?;
    if draft.is_living
        && let Some(former) = store::lived_in(act, &resident)?
    {
        if former.dwelling_id == dwelling.id && former.relation == draft.relation {
            return HELD.refuse();
        }
        cease(act, former, starts_on)?;
    }
    let new = NewHome {
        id: DwellingResidentId::new(),
        dwelling_id: dwelling.id,
        division: dwelling.division,
        resident_id: Some(resident.resident.id),
        organisation_id: None,
        relation: draft.relation,
        share_numerator: None,
        share_denominator: None,
        is_living: draft.is_living,
        starts_on,
        source: draft.source,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    if row.is_living {
        settle(act, &resident, Some(row.dwelling_id))?;
    }
    tell(act, Action::Create, &row)?;
    store::find_named(act, row.dwelling_id, row.id).map(DwellingResidentView::from)
}

/// The day it holds from: today where none was sent, and none ahead.
fn first_day(act: &Act<'_>, sent: Option<Day>) -> Result<NaiveDate> {
    let today = local_date(act.now);
    let day = sent.map_or(today, Day::get);
    if day > today { Err(DAY_AHEAD.at("/starts_on")) } else { Ok(day) }
}

/// Ends that somebody lives where they did, since they live elsewhere from that day on.
fn cease(act: &mut Act<'_>, former: HomeRow, on: NaiveDate) -> Result<()> {
    if former.starts_on > on {
        return LIVES_SINCE_LATER.refuse();
    }
    let former = act.permit(Action::Update, former)?;
    let row = store::update(act, &former, HomeChange { ends_on: Some(on), ..HomeChange::default() })?;
    tell(act, Action::Delete, &row)
}

/// The record says where the person lives, so its version moves.
fn settle(act: &mut Act<'_>, resident: &Permit<ResidentDetailRow>, home: Option<DwellingId>) -> Result<()> {
    let change = ResidentChange { home_id: Some(home), ..ResidentChange::default() };
    residents::store::update(act, resident, change).map(drop)
}

fn must_be_present(resident: &ResidentDetailRow) -> Result<()> {
    match resident.resident.status {
        ResidentStatus::Present => Ok(()),
        _ => CLOSED.refuse(),
    }
}

/// Corrects what somebody is in a home, or ends it on an earlier day than today.
pub fn update(
    act: &mut Act<'_>,
    dwelling: DwellingId,
    id: DwellingResidentId,
    seen: &IfMatch,
    patch: DwellingResidentPatch,
) -> Result<DwellingResidentView> {
    let (home, resident) = lock(act, Action::Update, dwelling, id)?;
    seen.check(home.version)?;
    let after = after(&home, patch);
    rules::must_not_make_owners(&home, &after)?;
    rules::must_have_days(&after, local_date(act.now))?;
    if let Some(resident) = resident.as_ref().filter(|_| after.is_lived() && !home.is_lived()) {
        must_be_present(resident)?;
        if let Some(former) = store::lived_in(act, resident)? {
            let today = local_date(act.now);
            cease(act, former, today)?;
        }
    }
    let change = HomeChange {
        relation: Some(after.relation),
        is_living: Some(after.is_living),
        starts_on: Some(after.starts_on),
        ends_on: after.ends_on,
        source: Some(after.source),
        ..HomeChange::default()
    };
    let row = store::update(act, &home, change)?;
    if let Some(resident) = resident.filter(|_| row.is_lived() != home.is_lived()) {
        settle(act, &resident, Some(row.dwelling_id).filter(|_| row.is_lived()))?;
    }
    tell(act, Action::Update, &row)?;
    store::find_named(act, dwelling, id).map(DwellingResidentView::from)
}

fn after(row: &HomeRow, patch: DwellingResidentPatch) -> HomeRow {
    HomeRow {
        relation: patch.relation.0.unwrap_or(row.relation),
        is_living: patch.is_living.0.unwrap_or(row.is_living),
        starts_on: patch.starts_on.0.map_or(row.starts_on, Day::get),
        ends_on: patch.ends_on.0.map(Day::get).or(row.ends_on),
        source: patch.source.0.unwrap_or(row.source),
        ..row.clone()
    }
}

/// Ends today what somebody is in a home; the row stays.
pub fn delete(act: &mut Act<'_>, dwelling: DwellingId, id: DwellingResidentId) -> Result<Nothing> {
    let (home, resident) = lock(act, Action::Delete, dwelling, id)?;
    if home.relation == HomeRelation::Owner {
        return OWNERS_AS_A_WHOLE.refuse();
    }
    if !home.is_current() {
        return ENDED.refuse();
    }
    let change = HomeChange { ends_on: Some(local_date(act.now)), ..HomeChange::default() };
    let row = store::update(act, &home, change)?;
    if let Some(resident) = resident.filter(|_| home.is_lived()) {
        settle(act, &resident, None)?;
    }
    tell(act, Action::Delete, &row)?;
    Ok(Nothing {})
}

type Locked = (Permit<HomeRow>, Option<Permit<ResidentDetailRow>>);

/// The relation and whose it is, both locked, the person first as everywhere.
fn lock(act: &mut Act<'_>, action: Action, dwelling: DwellingId, id: DwellingResidentId) -> Result<Locked> {
    let known = store::find_named(act, dwelling, id)?.home;
    let known = act.permit(action, known)?;
    let resident = match known.resident_id {
        Some(person) => Some(residents::store::lock(act, person)?),
        None => None,
    };
    let resident = resident.map(|row| act.permit(action, row)).transpose()?;
    let home = store::lock(act, dwelling, id)?;
    if home.resident_id != known.resident_id {
        // A merge made it another record's in between; the next try finds that.
        return Err(Problem::from(&BUSY).after(1));
    }
    Ok((act.permit(action, home)?, resident))
}

/// Leaves the trace and tells who listens.
pub(super) fn tell(act: &mut Act<'_>, action: Action, row: &HomeRow) -> Result<()> {
    let detail = json!({
        "dwelling": row.dwelling_id, "resident": row.resident_id, "organisation": row.organisation_id,
        "relation": row.relation.as_str(), "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    let message =
        json!({ "dwelling": row.dwelling_id, "dwelling_resident": row.id, "resident": row.resident_id });
    act.announce("dwelling.residents_changed", message)
}
