//! Asking for an export and seeing how far it is.

use serde_json::json;
use uuid::Uuid;

use super::model::{ExportId, ExportRow, NewExport};
use super::wire::{Age, ExportDraft, ExportView};
use super::{Action, DIVISION_UNKNOWN, RESOURCE, store};
use crate::access::act::{Act, Event, Look};
use crate::access::jobs::{self, NewJob};
use crate::kit::named::Named;
use crate::kit::page::Page;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::places::divisions;

/// Asks for a list of the residents of a division within reach.
pub fn create(act: &mut Act<'_>, draft: ExportDraft) -> Result<ExportView> {
    act.scope(Action::Create)?;
    let division =
        divisions::store::find(act, draft.division).or_refuse(&DIVISION_UNKNOWN, "/division")?.code;
    let (kind, payload) = (RESOURCE, json!({}));
    let account_id = act.actor.account()?;
    let (now, purpose) = (act.now, draft.purpose);
    // Should it not be permitted, the job goes with the act.
    let job = jobs::enqueue(act, NewJob { kind, division: Some(division), payload, total: None })?;
    let new = NewExport {
        id: ExportId(job.id.0),
        account_id,
        division,
        form: draft.form,
        purpose,
        residence: draft.residence,
        min_age: draft.min_age.map(Age::get),
        max_age: draft.max_age.map(Age::get),
        created_at: now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    let detail = json!({ "purpose": purpose.as_str(), "form": row.form.as_str() });
    act.record(Event { action: Action::Create, id: row.id.to_string(), division: Some(division), detail })?;
    Ok(ExportView::new(row, Some(job)))
}

/// An export of one's own.
pub fn find(look: &mut Look<'_>, id: ExportId) -> Result<ExportView> {
    let row = store::find(look, id)?;
    view(look, row)
}

/// One page of one's own exports.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, ExportId>) -> Result<Page<ExportView>> {
    let rows = store::page(look, pager)?;
    let jobs = jobs::store::of_things(look, rows.iter().map(|row| row.id.0))?;
    pager.page(rows, |row| row.id, |row| ExportView::new(row.clone(), jobs.get(&row.id.0).cloned()))
}

fn view(look: &mut Look<'_>, row: ExportRow) -> Result<ExportView> {
    let job = jobs::store::of_things(look, [row.id.0])?.remove(&row.id.0);
    Ok(ExportView::new(row, job))
}

/// The door of an export's list: whoever may find the export may read it.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    store::find(look, ExportId(id)).map(drop)
}
