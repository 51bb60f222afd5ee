//! Defining and changing a label.

use serde_json::json;

use super::model::{LabelChange, LabelId, LabelLevel, LabelRow, NewLabel};
use super::rules::{self, DIVISION_UNFIT, NOT_OWN_LEVEL};
use super::wire::{LabelDraft, LabelPatch, LabelView, Roles};
use super::{Action, store, viewers};
use crate::access::act::{Act, Event};
use crate::access::division::Division;
use crate::access::role::Role;
use crate::kit::clock::local_date;
use crate::kit::etag::IfMatch;
use crate::kit::named::Named;
use crate::kit::number::Whole;
use crate::kit::problem::Result;
use crate::kit::text::{Line, Prose};
use crate::places::divisions::{self, Level, Status};

/// Defines a label of the officer's own division.
pub fn create(act: &mut Act<'_>, draft: LabelDraft) -> Result<LabelView> {
    let division = *act.permit(Action::Create, draft.division)?;
    let level = level_of(act, division)?;
    require_own_level(act, division, level)?;
    let (see_roles, set_roles) = (distinct(draft.see_roles), distinct(draft.set_roles));
    rules::must_fit(&see_roles, &set_roles)?;
    let new = NewLabel {
        id: LabelId::new(),
        code: draft.code.0,
        name: draft.name.into_inner(),
        description: draft.description.into_inner(),
        division,
        level,
        see_roles,
        set_roles,
        is_sensitive: draft.is_sensitive,
        lasts_days: draft.lasts_days.map(Whole::get),
        created_at: act.now,
        updated_at: act.now,
    };
    store::require_free_code(act, division, &new.code)?;
    store::require_free_name(act, division, &new.name, None)?;
    let new = act.permit(Action::Create, new)?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Changes a label of the officer's own division.
pub fn update(act: &mut Act<'_>, id: LabelId, seen: &IfMatch, patch: LabelPatch) -> Result<LabelView> {
    let label = store::lock(act, id)?;
    let label = act.permit(Action::Update, label)?;
    require_own_level(act, label.division, label.level)?;
    seen.check(label.version)?;
    let (see_roles, set_roles) = (patch.see_roles.map(distinct), patch.set_roles.map(distinct));
    let before = |roles: &[Option<Role>]| roles.iter().flatten().copied().collect::<Vec<Role>>();
    let see_after = see_roles.clone().unwrap_or_else(|| before(&label.see_roles));
    rules::must_fit(&see_after, &set_roles.clone().unwrap_or_else(|| before(&label.set_roles)))?;
    let name = patch.name.map(Line::into_inner);
    if let Some(name) = &name {
        store::require_free_name(act, label.division, name, Some(id))?;
    }
    let today = local_date(act.now);
    let change = LabelChange {
        name,
        description: patch.description.map(Prose::into_inner),
        see_roles,
        set_roles,
        retired_on: patch
            .is_retired
            .map(|is_retired| is_retired.then_some(label.retired_on.unwrap_or(today))),
    };
    let row = store::update(act, &label, change)?;
    record(act, Action::Update, &row)?;
    Ok(row.into())
}

fn level_of(act: &mut Act<'_>, division: Division) -> Result<LabelLevel> {
    let row = divisions::store::find(act, division).or_refuse(&DIVISION_UNFIT, "/division")?;
    let level = match row.level {
        Level::City => Some(LabelLevel::City),
        Level::District => Some(LabelLevel::District),
        Level::Street => Some(LabelLevel::Street),
        Level::Committee => None,
    };
    level.filter(|_| row.status != Status::Abolished).ok_or_else(|| DIVISION_UNFIT.at("/division"))
}

fn require_own_level(act: &Act<'_>, division: Division, level: LabelLevel) -> Result<()> {
    NOT_OWN_LEVEL.unless(viewers::keeps(&act.actor, division, level))
}

/// Each role once, in the order of all roles.
fn distinct(roles: Roles) -> Vec<Role> {
    let named = roles.into_inner();
    Role::ALL.iter().copied().filter(|role| named.contains(role)).collect()
}

fn record(act: &mut Act<'_>, action: Action, row: &LabelRow) -> Result<()> {
    let roles = |roles: &[Option<Role>]| roles.iter().flatten().map(|role| role.as_str()).collect::<Vec<_>>();
    let detail = json!({
        "code": row.code, "see": roles(&row.see_roles), "set": roles(&row.set_roles),
        "retired_on": row.retired_on, "version": row.version
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
