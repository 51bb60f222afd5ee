//! Setting the owners of a home as a whole.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use super::model::{DwellingResidentId, Holder, HomeChange, HomeRelation, HomeRow, HomeSource, NewHome};
use super::rules::{
    CHANGES_BEFORE, DAY_AHEAD, ONE_HOLDER, ORGANISATION_UNKNOWN, OTHER_COMMITTEE, OWNER_DECEASED,
    OWNER_REPEATED, RESIDENT_UNKNOWN, SHARES_NOT_WHOLE,
};
use super::shares::{HomeShare, are_whole};
use super::views::{DwellingOwnersView, DwellingResidentView};
use super::wire::{DwellingOwnersDraft, Owners};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::people::residents::{self, CLOSED, ResidentId, ResidentStatus};
use crate::places::dwellings::{self, DwellingId};
use crate::places::organisations;

/// An owner as wanted.
#[derive(Clone, Copy)]
struct Wanted {
    holder: Holder,
    share: HomeShare,
}

/// The owners of a dwelling the caller sees.
pub fn find(look: &mut Look<'_>, dwelling: DwellingId) -> Result<DwellingOwnersView> {
    look.scope(Action::FindOwners)?;
    let dwelling = dwellings::store::find(look, dwelling)?.id;
    let version = store::owners_version(look, dwelling)?;
    let owners = store::named_owners(look, dwelling)?.into_iter().map(DwellingResidentView::from).collect();
    Ok(DwellingOwnersView { dwelling, owners, version })
}

/// Makes these the owners of a home, and no others. Who stays with the same share is not touched.
pub fn update(
    act: &mut Act<'_>,
    dwelling: DwellingId,
    seen: &IfMatch,
    draft: DwellingOwnersDraft,
) -> Result<DwellingOwnersView> {
    let known = dwellings::store::find(act, dwelling)?;
    act.permit(Action::UpdateOwners, known.division)?;
    let today = local_date(act.now);
    let starts_on = draft.starts_on.map_or(today, Day::get);
    if starts_on > today {
        return Err(DAY_AHEAD.at("/starts_on"));
    }
    let wanted = wanted(draft.owners)?;
    // People before their home, as everywhere.
    let deceased = lock_holders(act, &wanted, known.division)?;
    let dwelling = dwellings::store::lock(act, dwelling)?;
    let before = store::lock_owners(act, dwelling.id)?;
    seen.check(store::owners_version(act, dwelling.id)?)?;
    let (stay, go): (Vec<HomeRow>, Vec<HomeRow>) =
        before.iter().cloned().partition(|row| wanted.iter().any(|owner| is_same(row, *owner)));
    for row in go {
        end(act, row, starts_on)?;
    }
    for (at, owner) in wanted.iter().enumerate() {
        if stay.iter().any(|row| is_same(row, *owner)) {
            continue;
        }
        let is_more = !before.iter().any(|row| row.holder() == Some(owner.holder));
        if is_more && matches!(owner.holder, Holder::Resident(id) if deceased.contains(&id)) {
            return Err(OWNER_DECEASED.at(format!("/owners/{at}/resident")));
        }
        let new = new_owner(act, *owner, (dwelling.id, dwelling.division), starts_on, draft.source);
        let new = act.permit(Action::UpdateOwners, new)?;
        store::insert(act, &new)?;
    }
    let view = find(act, dwelling.id)?;
    let detail = json!({ "owners": view.owners.len(), "version": view.version });
    let (action, division) = (Action::UpdateOwners, Some(dwelling.division));
    act.record(Event { action, id: dwelling.id.to_string(), division, detail })?;
    act.announce("dwelling.owners_changed", json!({ "dwelling": dwelling.id }))?;
    Ok(view)
}

fn is_same(row: &HomeRow, owner: Wanted) -> bool {
    row.holder() == Some(owner.holder) && row.share() == Some(owner.share)
}

fn wanted(owners: Owners) -> Result<Vec<Wanted>> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for (at, owner) in owners.into_inner().into_iter().enumerate() {
        let holder = match (owner.resident, owner.organisation) {
            (Some(resident), None) => Holder::Resident(resident),
            (None, Some(organisation)) => Holder::Organisation(organisation),
            _ => return Err(ONE_HOLDER.at(format!("/owners/{at}"))),
        };
        if wanted.iter().any(|known| known.holder == holder) {
            return Err(OWNER_REPEATED.at(format!("/owners/{at}")));
        }
        wanted.push(Wanted { holder, share: owner.share });
    }
    match are_whole(wanted.iter().map(|owner| owner.share)) {
        true => Ok(wanted),
        false => Err(SHARES_NOT_WHOLE.at("/owners")),
    }
}

/// Locks the people, asks for the bodies, and answers which of the people have died.
fn lock_holders(act: &mut Act<'_>, wanted: &[Wanted], division: Division) -> Result<BTreeSet<ResidentId>> {
    let people: Vec<ResidentId> = wanted
        .iter()
        .filter_map(|owner| match owner.holder {
            Holder::Resident(id) => Some(id),
            Holder::Organisation(_) => None,
        })
        .collect();
    let rows = residents::store::lock_all(act, &people)?;
    for (at, owner) in wanted.iter().enumerate() {
        match owner.holder {
            Holder::Organisation(id) => {
                let pointer = format!("/owners/{at}/organisation");
                organisations::store::find(act, id).or_refuse(&ORGANISATION_UNKNOWN, pointer)?;
            }
            Holder::Resident(id) => {
                let pointer = format!("/owners/{at}/resident");
                let Some(row) = rows.iter().find(|row| row.resident.id == id) else {
                    return Err(RESIDENT_UNKNOWN.at(pointer));
                };
                if row.resident.division != division {
                    return Err(OTHER_COMMITTEE.at(pointer));
                }
                if row.resident.status == ResidentStatus::Merged {
                    return Err(CLOSED.at(pointer));
                }
            }
        }
    }
    let is_deceased = |row: &&residents::ResidentDetailRow| row.resident.status == ResidentStatus::Deceased;
    Ok(rows.iter().filter(is_deceased).map(|row| row.resident.id).collect())
}

fn end(act: &mut Act<'_>, row: HomeRow, on: NaiveDate) -> Result<()> {
    if row.starts_on > on {
        return Err(CHANGES_BEFORE.at("/starts_on"));
    }
    let row = act.permit(Action::UpdateOwners, row)?;
    store::update(act, &row, HomeChange { ends_on: Some(on), ..HomeChange::default() }).map(drop)
}

fn new_owner(
    act: &Act<'_>,
    owner: Wanted,
    (dwelling_id, division): (DwellingId, Division),
    starts_on: NaiveDate,
    source: HomeSource,
) -> NewHome {
    let (resident_id, organisation_id) = match owner.holder {
        Holder::Resident(id) => (Some(id), None),
        Holder::Organisation(id) => (None, Some(id)),
    };
    let (numerator, denominator) = owner.share.parts();
    NewHome {
        id: DwellingResidentId::new(),
        dwelling_id,
        division,
        resident_id,
        organisation_id,
        relation: HomeRelation::Owner,
        share_numerator: Some(numerator),
        share_denominator: Some(denominator),
        is_living: false,
        starts_on,
        source,
        created_at: act.now,
        updated_at: act.now,
    }
}
