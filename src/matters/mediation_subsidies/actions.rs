//! Taking a line back.

use serde_json::json;

use super::model::{NewSubsidy, SubsidyId, SubsidyRow};
use super::rules::{IS_REVERSAL, OWN};
use super::wire::{MediationSubsidyReversalDraft, MediationSubsidyView};
use super::{Action, store};
use crate::access::act::{Act, Event, Governed as _};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::kit::text::Line;

/// Writes the line that takes another back, all of it.
pub fn reverse(
    act: &mut Act<'_>,
    id: SubsidyId,
    draft: MediationSubsidyReversalDraft,
) -> Result<MediationSubsidyView> {
    let row = store::find(act, id)?;
    let row = act.permit(Action::CreateReversal, row)?;
    if row.is_own(&act.actor) {
        return OWN.refuse();
    }
    if row.reverses_id.is_some() {
        return IS_REVERSAL.refuse();
    }
    let given = SubsidyRow::clone(&row);
    let new = NewSubsidy {
        id: SubsidyId::new(),
        division: given.division,
        case_id: given.case_id,
        seat_id: given.seat_id,
        account_id: given.account_id,
        rule_id: given.rule_id,
        role: given.role,
        grade: given.grade,
        outcome: given.outcome,
        amount_fen: -given.amount_fen,
        legal_basis: given.legal_basis,
        earned_on: local_date(act.now),
        reverses_id: Some(id),
        reason: Some(Line::into_inner(draft.reason)),
        created_by: act.actor.account()?,
        created_at: act.now,
    };
    store::reverse(act, &row, &new)?;
    let detail = json!({ "reverses": id, "amount_fen": new.amount_fen });
    act.record(Event {
        action: Action::CreateReversal,
        id: new.id.to_string(),
        division: Some(given.division),
        detail,
    })?;
    store::named(act, new.id).map(MediationSubsidyView::from)
}
