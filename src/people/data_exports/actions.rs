//! Asking for a copy of what is kept of oneself, and fetching it.

use chrono::TimeDelta;
use serde_json::json;

use super::model::{CONTENT_SEAL, DataExportId, DataExportRow};
use super::rules::{NOT_WRITTEN, TOO_MANY};
use super::wire::{DataExportContentView, DataExportView};
use super::{Action, RESOURCE, store};
use crate::access::act::{Act, Event, Look};
use crate::access::jobs::{self, NewJob};
use crate::kit::page::{Page, Pager};
use crate::kit::problem::{Problem, Result};

/// Within this, so many copies.
const WINDOW: TimeDelta = TimeDelta::days(1);
const MOST: usize = 5;

/// Asks for a copy.
pub fn create(act: &mut Act<'_>) -> Result<DataExportView> {
    let account_id = act.actor.account()?;
    act.scope(Action::Create)?;
    // A hundred at once are not all the first.
    act.serialise(&act.ring.hash("data_exports.account", &[account_id.0.as_bytes()]))?;
    let asked = store::asked_since(act, account_id, act.now - WINDOW)?;
    if let Some(oldest) = asked.first().filter(|_| asked.len() >= MOST) {
        return Err(Problem::from(&TOO_MANY).after_time(*oldest + WINDOW - act.now));
    }
    let new = NewJob { kind: RESOURCE, division: None, payload: json!({}), total: None };
    // Should it not be permitted, the job goes with the act.
    let job = jobs::enqueue(act, new)?;
    let row = DataExportRow { id: DataExportId(job.id.0), account_id, created_at: act.now };
    let row = act.permit(Action::Create, row)?;
    store::insert(act, &row)?;
    record(act, Action::Create, row.id)?;
    Ok(DataExportView::new(row.into_inner(), Some(job)))
}

/// How far one's own is.
pub fn find(look: &mut Look<'_>, id: DataExportId) -> Result<DataExportView> {
    let row = store::find(look, id)?;
    let job = jobs::store::of_things(look, [id.0])?.remove(&id.0);
    Ok(DataExportView::new(row, job))
}

/// One page of one's own.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, DataExportId>) -> Result<Page<DataExportView>> {
    let rows = store::page(look, pager)?;
    let jobs = jobs::store::of_things(look, rows.iter().map(|row| row.id.0))?;
    pager.page(
        rows,
        |row| row.id,
        |row| {
            let job = jobs.get(&row.id.0).cloned();
            DataExportView::new(row, job)
        },
    )
}

/// The copy itself. That it was fetched is recorded: somebody may have taken the telephone.
pub fn fetch(act: &mut Act<'_>, id: DataExportId) -> Result<DataExportContentView> {
    let row = store::find(act, id)?;
    let row = act.permit(Action::FindContent, row)?;
    let sealed = store::content(act, &row)?.ok_or(&NOT_WRITTEN)?;
    let content = act.ring.open_sealed(CONTENT_SEAL, &sealed)?;
    record(act, Action::FindContent, id)?;
    serde_json::from_slice(&content).map(DataExportContentView).map_err(Problem::fault)
}

fn record(act: &mut Act<'_>, action: Action, id: DataExportId) -> Result<()> {
    act.record(Event { action, id: id.to_string(), division: None, detail: json!({}) })
}
