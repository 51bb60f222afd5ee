//! Making and ending staffing rules.

use serde_json::json;

use super::model::{MediationRoomKind, StaffingRuleId, StaffingRuleRow};
use super::wire::{StaffingRuleDraft, StaffingRuleView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::problem::Result;

/// Makes a rule of a place within range.
pub fn create(act: &mut Act<'_>, draft: StaffingRuleDraft) -> Result<StaffingRuleView> {
    let new = draft.into_new(act.actor.account()?, act.now);
    let new = act.permit(Action::Create, new)?;
    rules::must_fit(&new)?;
    rules::must_be_ahead(&new, local_date(act.now))?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Says which day is the last of a rule.
pub fn create_end(act: &mut Act<'_>, id: StaffingRuleId, on: Day) -> Result<StaffingRuleView> {
    let rule = store::lock(act, id)?;
    let rule = act.permit(Action::CreateEnd, rule)?;
    rules::may_end(&rule, on.get(), local_date(act.now))?;
    let row = store::end(act, &rule, on.get())?;
    record(act, Action::CreateEnd, &row)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, row: &StaffingRuleRow) -> Result<()> {
    let detail = json!({
        "measure": row.measure.as_str(), "room_kind": row.room_kind.map(MediationRoomKind::as_str), "amount": row.amount,
        "from": row.effective_from, "until": row.effective_until
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
