//! Seeing and changing a division.

use serde_json::json;

use super::model::{Level, Status};
use super::wire::{DivisionDetailView, DivisionPatch, DivisionView, LineageView};
use super::{Action, HOURS_INVALID, STATUS_BACKWARDS, STATUS_BY_LINE_ABOVE, store};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::access::policy::{Action as _, Reach};
use crate::kit::etag::IfMatch;
use crate::kit::hours::OpeningHours;
use crate::kit::named::Named;
use crate::kit::problem::{Result, Rule};

/// A division with its history.
pub fn find(look: &mut Look<'_>, code: Division) -> Result<DivisionDetailView> {
    let row = store::find(look, code)?;
    let lineage = store::lineage(look, code)?.into_iter().map(LineageView::from).collect();
    Ok(DivisionDetailView { division: row.into(), lineage })
}

/// Changes how a division is reached, or its status.
pub fn update(
    act: &mut Act<'_>,
    code: Division,
    seen: &IfMatch,
    patch: DivisionPatch,
) -> Result<DivisionView> {
    let division = store::lock(act, code)?;
    let division = act.permit(Action::Update, division)?;
    seen.check(division.version)?;
    if let Some(fault) = patch.opening_hours.0.as_ref().and_then(OpeningHours::fault) {
        return Err(HOURS_INVALID.at("/opening_hours").saying(fault));
    }
    if let Some(next) = patch.status.0.filter(|next| *next != division.status) {
        if !stands_above(act, code) {
            return STATUS_BY_LINE_ABOVE.refuse();
        }
        if order(next) < order(division.status) {
            return STATUS_BACKWARDS.refuse();
        }
    }
    let row = store::update(act, &division, patch.into_change()?)?;
    let detail = json!({ "status": row.status.as_str(), "version": row.version });
    act.record(Event { action: Action::Update, id: code.to_string(), division: Some(code), detail })?;
    Ok(row.into())
}

/// Refuses what is no living committee, for what belongs to one.
pub fn require_committee(
    look: &mut Look<'_>,
    code: Division,
    rule: &'static Rule,
    pointer: &str,
) -> Result<()> {
    let division = store::find(look, code).or_refuse(rule, pointer)?;
    let is_living = division.level == Level::Committee && division.status != Status::Abolished;
    if is_living { Ok(()) } else { Err(rule.at(pointer)) }
}

/// Whether a post of the actor that may change the division reaches beyond it.
fn stands_above(act: &Act<'_>, code: Division) -> bool {
    let own = code.range();
    act.actor.standings.iter().any(|standing| {
        Action::Update.allows(standing.role) == Reach::Range
            && standing.range.covers(own)
            && standing.range != own
    })
}

fn order(status: Status) -> u8 {
    match status {
        Status::Preparing => 0,
        Status::Established => 1,
        Status::Abolished => 2,
    }
}
