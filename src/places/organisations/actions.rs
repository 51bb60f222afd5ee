//! Adding and changing an organisation.

use chrono::NaiveDate;
use serde_json::json;

use super::model::OrganisationRow;
use super::wire::{OrganisationDraft, OrganisationPatch, OrganisationView};
use super::{Action, CLOSED, SUPERIOR_CIRCULAR, SUPERIOR_UNKNOWN, store};
use crate::access::act::{Act, Event, Look};
use crate::access::actor::OrganisationId;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::patch::Patch;
use crate::kit::problem::{Result, Rule};
use crate::places::divisions;

/// Adds an organisation to a division within reach.
pub fn create(act: &mut Act<'_>, draft: OrganisationDraft) -> Result<OrganisationView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    divisions::must_stand(act, new.division, "/division")?;
    if let Some(superior) = new.superior_id {
        find_open(act, superior, &SUPERIOR_UNKNOWN, "/superior")?;
    }
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Changes an organisation. One that moves must lie within reach before and after.
pub fn update(
    act: &mut Act<'_>,
    id: OrganisationId,
    seen: &IfMatch,
    patch: OrganisationPatch,
) -> Result<OrganisationView> {
    let organisation = store::lock(act, id)?;
    let organisation = act.permit(Action::Update, organisation)?;
    if let Some(division) = patch.division.0 {
        act.permit(Action::Update, division)?;
    }
    seen.check(organisation.version)?;
    if let Some(division) = patch.division.0.filter(|next| *next != organisation.division) {
        divisions::must_stand(act, division, "/division")?;
    }
    if let Patch::Value(superior) = patch.superior
        && organisation.superior_id != Some(superior)
    {
        find_open(act, superior, &SUPERIOR_UNKNOWN, "/superior")?;
        if store::stands_above(act, id, superior)? {
            return Err(SUPERIOR_CIRCULAR.at("/superior"));
        }
    }
    let row = store::update(act, &organisation, patch.into())?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

/// An organisation that something new is about to name: there is one, and it has not closed.
pub fn find_open(
    look: &mut Look<'_>,
    id: OrganisationId,
    unknown: &'static Rule,
    pointer: &str,
) -> Result<OrganisationRow> {
    let found = store::find(look, id).or_refuse(unknown, pointer)?;
    must_be_open(&found, local_date(look.now), pointer)?;
    Ok(found)
}

/// Refuses an organisation that had closed by that day.
pub fn must_be_open(row: &OrganisationRow, on: NaiveDate, pointer: &str) -> Result<()> {
    let is_open = row.closed_on.is_none_or(|closed| closed > on);
    if is_open { Ok(()) } else { Err(CLOSED.at(pointer)) }
}

fn record(act: &mut Act<'_>, action: Action, row: &OrganisationRow) -> Result<()> {
    let detail = json!({ "kind": row.kind.as_str(), "superior": row.superior_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
