//! Saying what is paid.

use serde_json::json;

use super::wire::{MediationSubsidyRuleDraft, MediationSubsidyRuleView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// Says what is paid in a place within range, from a day on.
pub fn create(act: &mut Act<'_>, draft: MediationSubsidyRuleDraft) -> Result<MediationSubsidyRuleView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    rules::must_be_ahead(&new, local_date(act.now))?;
    let row = store::insert(act, &new)?;
    let detail = json!({
        "role": row.role.as_str(), "grade": row.grade.as_str(), "outcome": row.outcome.as_str(), "amount_fen": row.amount_fen,
        "from": row.effective_from
    });
    let (id, division) = (row.id.to_string(), Some(row.division));
    act.record(Event { action: Action::Create, id, division, detail })?;
    Ok(row.into())
}
