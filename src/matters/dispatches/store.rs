//! Every query of dispatches.

use diesel::prelude::*;

use super::model::{
    DispatchId, DispatchRow, DispatchState, NamedDispatchRow, NewDispatch, ReturnReason, suggested,
};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::matters::registry::MatterId;
use crate::schema::{accounts, dispatches, organisations};

/// Every hop of a matter that was found, in order.
pub fn of(look: &mut Look<'_>, matter: MatterId) -> Result<Vec<NamedDispatchRow>> {
    let hops = dispatches::table
        .inner_join(organisations::table.on(organisations::id.eq(dispatches::organisation_id)))
        .inner_join(accounts::table.on(accounts::id.eq(dispatches::dispatched_by)))
        .left_join(suggested.on(suggested.field(organisations::id).nullable().eq(dispatches::suggested_id)))
        .filter(dispatches::matter_id.eq(matter))
        .select((
            DispatchRow::as_select(),
            organisations::name,
            accounts::display_name,
            suggested.field(organisations::name).nullable(),
        ));
    Ok(hops.order(dispatches::id).load(look.conn)?)
}

/// The hops of a matter, without names: what somebody may do turns on them.
pub fn hops(look: &mut Look<'_>, matter: MatterId) -> Result<Vec<DispatchRow>> {
    let hops = dispatches::table.filter(dispatches::matter_id.eq(matter)).order(dispatches::id);
    Ok(hops.select(DispatchRow::as_select()).load(look.conn)?)
}

/// The matter of a dispatch. Whether the caller may know of it is the matter's to say.
pub fn matter_of(look: &mut Look<'_>, id: DispatchId) -> Result<MatterId> {
    Ok(dispatches::table.find(id).select(dispatches::matter_id).first(look.conn)?)
}

/// Adds a dispatch. An organisation that has it already, or a second lead, is refused.
pub fn insert<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    new: &NewDispatch,
    taken: &'static Rule,
) -> Result<DispatchRow> {
    diesel::insert_into(dispatches::table)
        .values(new)
        .returning(DispatchRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[
            ("dispatches_lead_key", taken, "/role"),
            ("dispatches_matter_id_organisation_id_key", taken, "/organisation"),
        ])
}

/// The organisation takes it 签收.
pub fn accept<T>(act: &mut Act<'_>, _: &Permit<T>, id: DispatchId) -> Result<()> {
    let taken = (
        dispatches::state.eq(DispatchState::Accepted),
        dispatches::decided_by.eq(act.actor.account()?),
        dispatches::decided_at.eq(act.now),
    );
    diesel::update(dispatches::table.find(id)).set(taken).execute(act.conn)?;
    Ok(())
}

/// The organisation gives it back 退单.
pub fn give_back<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    id: DispatchId,
    (reason, note, suggestion): (ReturnReason, &str, Option<OrganisationId>),
) -> Result<()> {
    let returned = (
        dispatches::state.eq(DispatchState::Returned),
        dispatches::decided_by.eq(act.actor.account()?),
        dispatches::decided_at.eq(act.now),
        dispatches::return_reason.eq(reason),
        dispatches::return_note.eq(note),
        dispatches::suggested_id.eq(suggestion),
        dispatches::ended_at.eq(act.now),
    );
    diesel::update(dispatches::table.find(id)).set(returned).execute(act.conn)?;
    Ok(())
}

/// Ends what is still in hand, since the matter is over.
pub fn end_all(look: &mut Look<'_>, matter: MatterId) -> Result<()> {
    let live = dispatches::table
        .filter(dispatches::matter_id.eq(matter))
        .filter(dispatches::state.eq_any([DispatchState::Pending, DispatchState::Accepted]));
    let ended = (dispatches::state.eq(DispatchState::Ended), dispatches::ended_at.eq(look.now));
    diesel::update(live).set(ended).execute(look.conn)?;
    Ok(())
}

/// Whether an open organisation has that id.
pub fn is_open(
    look: &mut Look<'_>,
    organisation: OrganisationId,
) -> Result<Option<crate::access::division::Division>> {
    let open = organisations::table
        .filter(organisations::id.eq(organisation).and(organisations::closed_on.is_null()));
    Ok(open.select(organisations::division).first(look.conn).optional()?)
}
