//! Seeing and changing a division.

use serde_json::json;

use super::model::{Level, LineageRow, Status};
use super::wire::{DivisionDetailView, DivisionPatch, DivisionPredecessorDraft, DivisionView, LineageView};
use super::{
    ABOLISHED, Action, HOURS_INVALID, LINEAGE_BY_LINE_ABOVE, PREDECESSOR_UNFIT, STATUS_BACKWARDS,
    STATUS_BY_LINE_ABOVE, store,
};
use crate::access::act::{Act, Event, Look};
use crate::access::division::Division;
use crate::access::policy::{Action as _, Reach};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::etag::IfMatch;
use crate::kit::hours::OpeningHours;
use crate::kit::named::Named;
use crate::kit::problem::{NOT_FOUND, Result, Rule};

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

/// Writes down what a division came from.
pub fn create_predecessor(
    act: &mut Act<'_>,
    code: Division,
    draft: &DivisionPredecessorDraft,
) -> Result<LineageView> {
    let mut both = store::lock_all(act, &[code, draft.predecessor])?.into_iter();
    let (one, other) = (both.next().ok_or(&NOT_FOUND)?, both.next());
    let (division, before) =
        if one.code == code { (one, other) } else { (other.ok_or(&NOT_FOUND)?, Some(one)) };
    let division = act.permit(Action::CreatePredecessor, division)?;
    if !stands_above(act, code) {
        return LINEAGE_BY_LINE_ABOVE.refuse();
    }
    let Some(before) = before.filter(|before| before.level == division.level) else {
        return Err(PREDECESSOR_UNFIT.at("/predecessor"));
    };
    let before = act.permit(Action::CreatePredecessor, before)?;
    let effective_on = draft.effective_on.map_or_else(|| local_date(act.now), Day::get);
    let step = LineageRow { predecessor: before.code, successor: code, kind: draft.kind, effective_on };
    store::insert_lineage(act, [&before, &division], &step)?;
    let detail =
        json!({ "predecessor": step.predecessor, "kind": step.kind.as_str(), "effective_on": effective_on });
    let (action, division) = (Action::CreatePredecessor, Some(code));
    act.record(Event { action, id: code.to_string(), division, detail })?;
    Ok(step.into())
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

/// Refuses to add to a division that was abolished; `pointer` is what leads there. What is not on the map at all, whoever writes it
/// is told by its foreign key.
pub fn must_stand(act: &mut Act<'_>, code: Division, pointer: &str) -> Result<()> {
    if store::is_abolished(act, code)? { Err(ABOLISHED.at(pointer)) } else { Ok(()) }
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
