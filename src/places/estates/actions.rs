//! Adding and changing an estate.

use serde_json::json;

use super::model::{EstateId, EstateRow};
use super::wire::{EstateDraft, EstatePatch, EstateView};
use super::{Action, COMPANY_UNKNOWN, NOT_COMMITTEE, store};
use crate::access::act::{Act, Event};
use crate::access::actor::OrganisationId;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::patch::Patch;
use crate::kit::problem::Result;
use crate::places::divisions;
use crate::places::organisations::{self, OrganisationKind};

/// Adds an estate to a committee within reach.
pub fn create(act: &mut Act<'_>, draft: EstateDraft) -> Result<EstateView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    divisions::require_committee(act, new.division, &NOT_COMMITTEE, "/division")?;
    if let Some(company) = new.property_company_id {
        check_company(act, company)?;
    }
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Changes an estate.
pub fn update(act: &mut Act<'_>, id: EstateId, seen: &IfMatch, patch: EstatePatch) -> Result<EstateView> {
    let estate = store::lock(act, id)?;
    let estate = act.permit(Action::Update, estate)?;
    seen.check(estate.version)?;
    if let Patch::Value(company) = patch.property_company
        && estate.property_company_id != Some(company)
    {
        check_company(act, company)?;
    }
    let row = store::update(act, &estate, patch.into())?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

/// An organisation's kind stays, so that a look without a lock is enough.
fn check_company(act: &mut Act<'_>, company: OrganisationId) -> Result<()> {
    const POINTER: &str = "/property_company";
    let company = organisations::store::find(act, company).or_refuse(&COMPANY_UNKNOWN, POINTER)?;
    if company.kind != OrganisationKind::PropertyCompany {
        return Err(COMPANY_UNKNOWN.at(POINTER));
    }
    organisations::must_be_open(&company, local_date(act.now), POINTER)
}

fn record(act: &mut Act<'_>, action: Action, row: &EstateRow) -> Result<()> {
    let detail = json!({ "property_company": row.property_company_id, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
