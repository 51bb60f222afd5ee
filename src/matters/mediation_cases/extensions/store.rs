//! Every query of requests for more time, whose case says who may know of them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{
    ExtensionReplyRow, MediationExtensionId, MediationExtensionRow, MediationExtensionState,
    NewExtensionReply, NewMediationExtension,
};
use crate::access::act::{Act, Look, Permit};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::schema::{mediation_extension_replies, mediation_extensions};

/// One page of the requests of a case that was found, the first first.
pub fn page(
    look: &mut Look<'_>,
    case: MatterId,
    pager: &Pager<'_, MediationExtensionId>,
) -> Result<Vec<MediationExtensionRow>> {
    let mut query = mediation_extensions::table.filter(mediation_extensions::case_id.eq(case)).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(mediation_extensions::id.gt(after));
    }
    let order = query.order(mediation_extensions::id).limit(pager.fetch());
    Ok(order.select(MediationExtensionRow::as_select()).load(look.conn)?)
}

/// The request that waits for answers.
pub fn pending(look: &mut Look<'_>, case: MatterId) -> Result<Option<MediationExtensionRow>> {
    let one = mediation_extensions::table
        .filter(mediation_extensions::case_id.eq(case))
        .filter(mediation_extensions::state.eq(MediationExtensionState::Pending));
    Ok(one.select(MediationExtensionRow::as_select()).first(look.conn).optional()?)
}

/// One, whoever may see it.
pub fn find(look: &mut Look<'_>, id: MediationExtensionId) -> Result<MediationExtensionRow> {
    let one = mediation_extensions::table.find(id);
    Ok(one.select(MediationExtensionRow::as_select()).first(look.conn)?)
}

/// What was answered, party by party.
pub fn replies(look: &mut Look<'_>, id: MediationExtensionId) -> Result<Vec<ExtensionReplyRow>> {
    use mediation_extension_replies as reply;
    let all = reply::table.filter(reply::extension_id.eq(id)).order(reply::party_id);
    Ok(all.select(ExtensionReplyRow::as_select()).load(look.conn)?)
}

/// Asks for more time; one request at a time.
pub fn ask<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    new: &NewMediationExtension,
    pending: &'static Rule,
) -> Result<()> {
    diesel::insert_into(mediation_extensions::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("mediation_extensions_pending_key", pending)?;
    Ok(())
}

/// Notes what a party answers, once.
pub fn reply<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    new: &NewExtensionReply,
    twice: &'static Rule,
) -> Result<()> {
    diesel::insert_into(mediation_extension_replies::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("mediation_extension_replies_pkey", twice)?;
    Ok(())
}

/// Writes what became of a request.
pub fn end<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: MediationExtensionId,
    (state, due_on): (MediationExtensionState, Option<NaiveDate>),
) -> Result<()> {
    let ended = (mediation_extensions::state.eq(state), mediation_extensions::due_on.eq(due_on));
    diesel::update(mediation_extensions::table.find(id)).set(ended).execute(act.conn)?;
    Ok(())
}

/// What waits for answers in a case that is mediated no more waits no more.
pub fn lapse(look: &mut Look<'_>, case: MatterId) -> Result<()> {
    let waiting = mediation_extensions::table
        .filter(mediation_extensions::case_id.eq(case))
        .filter(mediation_extensions::state.eq(MediationExtensionState::Pending));
    diesel::update(waiting)
        .set(mediation_extensions::state.eq(MediationExtensionState::Lapsed))
        .execute(look.conn)?;
    Ok(())
}
