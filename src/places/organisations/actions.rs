//! Adding and changing an organisation.

use serde_json::json;

use super::model::OrganisationRow;
use super::wire::{OrganisationDraft, OrganisationPatch, OrganisationView};
use super::{Action, SUPERIOR_CIRCULAR, SUPERIOR_UNKNOWN, store};
use crate::access::act::{Act, Event};
use crate::access::actor::OrganisationId;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::patch::Patch;
use crate::kit::problem::Result;

/// Adds an organisation to a division within reach.
pub fn create(act: &mut Act<'_>, draft: OrganisationDraft) -> Result<OrganisationView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    if let Some(superior) = new.superior_id {
        store::find(act, superior).or_refuse(&SUPERIOR_UNKNOWN, "/superior")?;
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
    if let Patch::Value(superior) = patch.superior {
        store::find(act, superior).or_refuse(&SUPERIOR_UNKNOWN, "/superior")?;
        if store::stands_above(act, id, superior)? {
            return Err(SUPERIOR_CIRCULAR.at("/superior"));
        }
    }
    let row = store::update(act, &organisation, patch.into())?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, row: &OrganisationRow) -> Result<()> {
    let detail = json!({ "kind": row.kind.as_str(), "superior": row.superior_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
