//! Saying by what rules somebody is recognised.

use serde_json::json;

use super::model::RecognitionRuleKind;
use super::wire::{RecognitionRuleDraft, RecognitionRuleView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;

/// Says a rule of a place within range, from a day on.
pub fn create(act: &mut Act<'_>, draft: RecognitionRuleDraft) -> Result<RecognitionRuleView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    rules::must_be_named(&new)?;
    rules::must_amount(&new)?;
    rules::must_be_ahead(&new, local_date(act.now))?;
    store::take_turn(act, &new)?;
    let row = store::insert(act, &new)?;
    if row.rule == RecognitionRuleKind::Criterion {
        rules::must_have_room(&store::of_kind(act.conn, row.kind)?, &row)?;
    }
    let detail = json!({
        "kind": row.kind.as_str(), "rule": row.rule.as_str(), "criterion": row.criterion, "amount": row.amount, "from": row.effective_from
    });
    let (id, division) = (row.id.to_string(), Some(row.division));
    act.record(Event { action: Action::Create, id, division, detail })?;
    Ok(row.into())
}
