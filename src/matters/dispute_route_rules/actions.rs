//! Saying which way disputes go.

use serde_json::json;

use super::model::DisputeGround;
use super::wire::{DisputeRouteRuleDraft, DisputeRouteRuleView};
use super::{Action, rules, store};
use crate::access::act::{Act, Event};
use crate::kit::clock::local_date;
use crate::kit::problem::Result;
use crate::matters::disputes::DisputeType;

/// Says which way disputes go in a place within range, from a day on.
pub fn create(act: &mut Act<'_>, draft: DisputeRouteRuleDraft) -> Result<DisputeRouteRuleView> {
    let new = act.permit(Action::Create, draft.into_new(act.now))?;
    rules::must_be_ahead(&new, local_date(act.now))?;
    let row = store::insert(act, &new)?;
    let detail = json!({
        "position": row.position, "ground": row.ground.map(DisputeGround::as_str),
        "dispute_type": row.dispute_type.map(DisputeType::as_str), "route": row.route.as_str(), "from": row.effective_from
    });
    let (id, division) = (row.id.to_string(), Some(row.division));
    act.record(Event { action: Action::Create, id, division, detail })?;
    Ok(row.into())
}
