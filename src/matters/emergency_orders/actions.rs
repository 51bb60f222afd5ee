//! Making an emergency order, and calling it off.

use serde_json::json;

use super::model::{EmergencyOrderId, EmergencyOrderRow, NewEmergencyOrder};
use super::wire::{EmergencyOrderDraft, EmergencyOrderView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::problem::Result;

/// Orders an emergency for a place within range.
pub fn create(act: &mut Act<'_>, draft: EmergencyOrderDraft) -> Result<EmergencyOrderView> {
    let new = NewEmergencyOrder {
        id: EmergencyOrderId::new(),
        division: draft.division,
        title: draft.title.into_inner(),
        legal_basis: draft.legal_basis.into_inner(),
        starts_at: draft.starts_at.unwrap_or(act.now),
        ends_at: draft.ends_at,
        created_by: act.actor.account()?,
        created_at: act.now,
    };
    let new = act.permit(Action::Create, new)?;
    rules::must_be_ahead(&new, act.now)?;
    let row = store::insert(act, &new)?;
    tell(act, Action::Create, "emergency_order.created", &row)?;
    Ok(row.into())
}

/// Calls an order off.
pub fn create_end(act: &mut Act<'_>, id: EmergencyOrderId) -> Result<EmergencyOrderView> {
    let order = store::lock(act, id)?;
    let order = act.permit(Action::CreateEnd, order)?;
    rules::may_end(&order, act.now)?;
    let row = store::end(act, &order)?;
    tell(act, Action::CreateEnd, "emergency_order.ended", &row)?;
    Ok(row.into())
}

fn tell(act: &mut Act<'_>, action: Action, topic: &str, row: &EmergencyOrderRow) -> Result<()> {
    let detail = json!({ "starts_at": row.starts_at, "ends_at": row.ends_at, "version": row.version });
    act.record(Event { action, id: row.id.to_string(), division: Some(row.division), detail })?;
    act.announce(topic, json!({ "emergency_order": row.id }))
}
