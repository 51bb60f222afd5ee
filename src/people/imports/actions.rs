//! Asking for an import and seeing how far it is.

use serde_json::json;
use uuid::Uuid;

use super::model::{ImportId, ImportRow, NewImport, REPORT_SEAL};
use super::rules::{DIVISION_UNKNOWN, FILE_NOT_LIST, NO_REPORT};
use super::wire::{ImportDraft, ImportView};
use super::{Action, RESOURCE, store};
use crate::access::act::{Act, Event, Governed, Look};
use crate::access::files::{self, Attachment};
use crate::access::jobs::{self, NewJob};
use crate::kit::files::FileKind;
use crate::kit::named::Named;
use crate::kit::page::{Page, Pager};
use crate::kit::problem::{NOT_FOUND, Result};
use crate::kit::sheets::Form;
use crate::places::divisions;

/// Asks for a list to be imported into a division within reach.
pub fn create(act: &mut Act<'_>, draft: ImportDraft) -> Result<ImportView> {
    act.scope(Action::Create)?;
    let division =
        divisions::store::find(act, draft.division).or_refuse(&DIVISION_UNKNOWN, "/division")?.code;
    act.permit(Action::Create, division)?;
    // Should something below refuse, the job goes with the act.
    let job = jobs::enqueue(
        act,
        NewJob { kind: RESOURCE, division: Some(division), payload: json!({}), total: None },
    )?;
    let to = Attachment { resource: RESOURCE, id: job.id.0, division };
    let file = files::attach_one(act, draft.file, &to, "/file")?;
    let form = match file.kind {
        FileKind::Csv => Form::Csv,
        FileKind::Xlsx => Form::Xlsx,
        _ => return Err(FILE_NOT_LIST.at("/file")),
    };
    let new = NewImport {
        id: ImportId(job.id.0),
        account_id: Some(act.actor.account()?),
        division,
        form,
        sha256: file.sha256,
        source_id: Some(file.id),
        mode: draft.mode,
        is_dry_run: draft.is_dry_run,
        created_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    let detail = json!({ "file": file.id, "mode": row.mode.as_str(), "dry_run": row.is_dry_run });
    act.record(Event { action: Action::Create, id: row.id.to_string(), division: Some(division), detail })?;
    Ok(ImportView::new(row, Some(job), &act.actor, act.now))
}

/// An import within reach.
pub fn find(look: &mut Look<'_>, id: ImportId) -> Result<ImportView> {
    let row = store::find(look, id)?;
    let job = jobs::store::of_things(look, [row.id.0])?.remove(&row.id.0);
    Ok(ImportView::new(row, job, &look.actor, look.now))
}

/// One page of the imports within reach.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, ImportId>) -> Result<Page<ImportView>> {
    let rows = store::page(look, pager)?;
    let jobs = jobs::store::of_things(look, rows.iter().map(|row| row.id.0))?;
    let (actor, now) = (look.actor.clone(), look.now);
    pager.page(
        rows,
        |row| row.id,
        |row| {
            let job = jobs.get(&row.id.0).cloned();
            ImportView::new(row, job, &actor, now)
        },
    )
}

/// An import within reach that the caller sent themselves; nobody else reads what it says of people.
fn find_sent(look: &mut Look<'_>, id: ImportId) -> Result<ImportRow> {
    let row = store::find(look, id)?;
    if row.is_own(&look.actor) { Ok(row) } else { NOT_FOUND.refuse() }
}

/// The report of an import that the caller sent: a workbook of its bad rows, whole.
pub fn find_report(look: &mut Look<'_>, id: ImportId) -> Result<Vec<u8>> {
    let row = find_sent(look, id)?;
    let row = look.permit(Action::FindReport, row)?;
    let sealed = store::report(look, &row)?.ok_or(&NO_REPORT)?;
    look.ring.open_sealed(REPORT_SEAL, &sealed)
}

/// Records that the report was fetched: numbers stand in it whole.
pub fn note_report(act: &mut Act<'_>, id: ImportId) -> Result<ImportView> {
    let row = find_sent(act, id)?;
    let row = act.permit(Action::FindReport, row)?;
    let (division, detail) = (Some(row.division), json!({ "rows": row.refused - row.left_out }));
    act.record(Event { action: Action::FindReport, id: id.to_string(), division, detail })?;
    Ok(ImportView::new(row.into_inner(), None, &act.actor, act.now))
}

/// The door of an import's files: whoever sent the import may read them.
pub fn door(look: &mut Look<'_>, id: Uuid) -> Result<()> {
    find_sent(look, ImportId(id)).map(drop)
}
