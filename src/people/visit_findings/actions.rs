//! Seeing and closing a finding.

use serde_json::json;

use super::model::{VISITS, VisitFindingId, VisitFindingState};
use super::wire::{VisitFindingClosureDraft, VisitFindingDetailView};
use super::{Action, CLOSED, store};
use crate::access::act::{Act, Event, Look};
use crate::access::files;
use crate::kit::problem::Result;

/// A finding with the visit it was made at, and its photos.
pub fn find(look: &mut Look<'_>, id: VisitFindingId) -> Result<VisitFindingDetailView> {
    let row = store::find(look, id)?;
    let photos = files::of(look, VISITS, row.finding.visit_id.0)?;
    Ok(VisitFindingDetailView { finding: row.into(), photos })
}

/// Closes a finding, saying what became of it.
pub fn close(
    act: &mut Act<'_>,
    id: VisitFindingId,
    draft: VisitFindingClosureDraft,
) -> Result<VisitFindingDetailView> {
    let finding = store::lock(act, id)?;
    let finding = act.permit(Action::CreateClosure, finding)?;
    if finding.state == VisitFindingState::Closed {
        return CLOSED.refuse();
    }
    store::close(act, &finding, &draft.note)?;
    let detail = json!({ "visit": finding.visit_id });
    let (action, division) = (Action::CreateClosure, Some(finding.division));
    act.record(Event { action, id: id.to_string(), division, detail })?;
    find(act, id)
}
