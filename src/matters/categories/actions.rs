//! Seeing, adding and changing a category.

use serde_json::json;

use super::model::{CategoryId, CategoryRow, NewCategory};
use super::rules::must_be_askable;
use super::wire::{CategoryDraft, CategoryPatch, CategoryView, kept};
use super::{Action, store};
use crate::access::act::{Act, Event, Look};
use crate::kit::etag::IfMatch;
use crate::kit::problem::Result;

/// A category with its questions.
pub fn find(look: &mut Look<'_>, id: CategoryId) -> Result<CategoryView> {
    let row = store::find(look, id)?;
    let questions = store::questions(look, id)?;
    Ok(CategoryView::new(row, &questions))
}

/// Adds a category to a division within reach.
pub fn create(act: &mut Act<'_>, draft: CategoryDraft) -> Result<CategoryView> {
    let id = CategoryId::new();
    let new = NewCategory {
        id,
        division: draft.division,
        code: draft.code.into_inner(),
        name: draft.name.into_inner(),
        guidance: draft.guidance.into_inner(),
        is_evidence_asked: draft.is_evidence_asked,
        is_fast: draft.is_fast,
        is_active: true,
        created_at: act.now,
        updated_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    let questions = kept(draft.questions, id);
    must_be_askable(&questions)?;
    let row = store::insert(act, &new)?;
    store::set_questions(act, &new, id, &questions)?;
    record(act, Action::Create, &row)?;
    Ok(CategoryView::new(row, &questions))
}

/// Changes a category, and its questions where any were sent.
pub fn update(
    act: &mut Act<'_>,
    id: CategoryId,
    seen: &IfMatch,
    patch: CategoryPatch,
) -> Result<CategoryView> {
    let category = store::lock(act, id)?;
    let category = act.permit(Action::Update, category)?;
    seen.check(category.version)?;
    let (change, questions) = patch.into_change(id);
    if let Some(questions) = &questions {
        must_be_askable(questions)?;
        store::set_questions(act, &category, id, questions)?;
    }
    let row = store::update(act, &category, change)?;
    record(act, Action::Update, &row)?;
    find(act, id)
}

fn record(act: &mut Act<'_>, action: Action, row: &CategoryRow) -> Result<()> {
    let detail = json!({ "code": row.code, "is_active": row.is_active, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
