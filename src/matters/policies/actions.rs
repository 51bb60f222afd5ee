//! Making and ending policies.

use serde_json::json;

use super::model::{PolicyId, PolicyRow};
use super::wire::{PolicyDraft, PolicyView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::clock::local_date;
use crate::kit::day::Day;
use crate::kit::problem::Result;

/// Makes a policy of a place within range.
pub fn create(act: &mut Act<'_>, draft: PolicyDraft) -> Result<PolicyView> {
    let new = draft.into_new(act.actor.account()?, act.now);
    let new = act.permit(Action::Create, new)?;
    rules::must_fit(&new)?;
    rules::must_be_ahead(&new, local_date(act.now))?;
    let row = store::insert(act, &new)?;
    record(act, Action::Create, &row)?;
    Ok(row.into())
}

/// Says which day is the last of a policy.
pub fn create_end(act: &mut Act<'_>, id: PolicyId, on: Day) -> Result<PolicyView> {
    let policy = store::lock(act, id)?;
    let policy = act.permit(Action::CreateEnd, policy)?;
    rules::may_end(&policy, on.get(), local_date(act.now))?;
    let row = store::end(act, &policy, on.get())?;
    record(act, Action::CreateEnd, &row)?;
    Ok(row.into())
}

fn record(act: &mut Act<'_>, action: Action, row: &PolicyRow) -> Result<()> {
    let detail = json!({
        "kind": row.kind.as_str(), "variant": row.variant, "category": row.category, "grade": row.grade,
        "mode": row.mode.as_str(), "clock": row.clock.as_str(), "amount": row.amount, "unit": row.unit.as_str(),
        "from": row.effective_from, "until": row.effective_until
    });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })
}
