//! Making matters part of one.

use serde_json::json;

use super::model::{Audience, MatterId};
use super::wire::MatterView;
use super::{Action, PARENT_UNFIT, store};
use crate::access::act::{Act, Event};
use crate::kit::named::Named;
use crate::kit::problem::Result;
use crate::matters::timeline::{self, Entry};

/// Makes a matter part of a joint operation 联合行动, or part of none.
pub fn set_parent(act: &mut Act<'_>, id: MatterId, parent: Option<MatterId>) -> Result<MatterView> {
    store::find(act, id)?;
    if let Some(parent) = parent {
        store::find(act, parent).or_refuse(&PARENT_UNFIT, "/parent")?;
    }
    let ids: Vec<MatterId> = std::iter::once(id).chain(parent).collect();
    let rows = store::lock_all(act, &ids)?;
    for row in rows {
        let row = act.permit(Action::CreateParent, row)?;
        let is_fit = match Some(row.id) == parent {
            // One step only, so that there is no circle.
            true => row.id != id && row.is_open && row.parent_id.is_none(),
            false => parent.is_none() || store::open_children(act, id)? == 0,
        };
        if !is_fit {
            return Err(PARENT_UNFIT.at("/parent"));
        }
        if row.id == id {
            store::set_parent(act, &row, parent)?;
            let event = if parent.is_some() { "joined" } else { "left" };
            timeline::append(act, id, &row.state, Entry::of(event).to(Audience::Staff))?;
            let detail = json!({ "parent": parent });
            act.record(Event {
                action: Action::CreateParent,
                id: id.to_string(),
                division: Some(row.division),
                detail,
            })?;
        }
    }
    let now = act.now;
    Ok(MatterView::new(store::find(act, id)?, now))
}
