//! Every query of follow-up visits, whose case says who may know of them.

use diesel::prelude::*;

use super::model::{FollowUpDone, FollowUpId, FollowUpRow, NewFollowUp};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::registry::MatterId;
use crate::schema::mediation_follow_ups;

/// One page of the visits of a case that was found, the first first.
pub fn page(look: &mut Look<'_>, case: MatterId, pager: &Pager<'_, FollowUpId>) -> Result<Vec<FollowUpRow>> {
    let mut query = mediation_follow_ups::table.filter(mediation_follow_ups::case_id.eq(case)).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(mediation_follow_ups::id.gt(after));
    }
    let order = query.order(mediation_follow_ups::id).limit(pager.fetch());
    Ok(order.select(FollowUpRow::as_select()).load(look.conn)?)
}

/// One of a case.
pub fn find(look: &mut Look<'_>, case: MatterId, id: FollowUpId) -> Result<FollowUpRow> {
    let one = mediation_follow_ups::table.find(id).filter(mediation_follow_ups::case_id.eq(case));
    Ok(one.select(FollowUpRow::as_select()).first(look.conn)?)
}

/// Plans a visit.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &NewFollowUp) -> Result<FollowUpRow> {
    let added = diesel::insert_into(mediation_follow_ups::table).values(new);
    Ok(added.returning(FollowUpRow::as_returning()).get_result(act.conn)?)
}

/// Records a visit, and moves its version.
pub fn record<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: FollowUpId,
    done: &FollowUpDone,
) -> Result<FollowUpRow> {
    use mediation_follow_ups as visit;
    let moved = (visit::version.eq(visit::version + 1), visit::updated_at.eq(act.now));
    let changed = diesel::update(visit::table.find(id)).set((done, moved));
    Ok(changed.returning(FollowUpRow::as_returning()).get_result(act.conn)?)
}
