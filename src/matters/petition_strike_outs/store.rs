//! Every query of strike-outs.

use diesel::pg::Pg;
use diesel::prelude::*;

use super::Action;
use super::model::{Condition, NewStrikeOut, StrikeOutId, StrikeOutRow, StrikeOutState};
use crate::access::act::{Act, Look, Permit};
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::matters::petition_signatures::SignatureId;
use crate::matters::petitions::Petition;
use crate::schema::{accounts, petition_signatures, petition_strike_outs};

/// One page of the strike-outs of a petition that was found, the first first.
pub fn page(
    look: &mut Look<'_>,
    petition: &Permit<Petition>,
    pager: &Pager<'_, StrikeOutId>,
) -> Result<Vec<StrikeOutRow>> {
    let mut query = petition_strike_outs::table
        .filter(petition_strike_outs::petition_id.eq(petition.matter.id))
        .select(StrikeOutRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(petition_strike_outs::id.gt(after));
    }
    Ok(query.order(petition_strike_outs::id).limit(pager.fetch()).load(look.conn)?)
}

/// A strike-out in range.
pub fn find(look: &mut Look<'_>, id: StrikeOutId) -> Result<StrikeOutRow> {
    let scope = look.scope(Action::List)?;
    let one = petition_strike_outs::table.find(id).filter(within(petition_strike_outs::division, &scope));
    Ok(one.select(StrikeOutRow::as_select()).first(look.conn)?)
}

/// Adds a strike-out.
pub fn insert(act: &mut Act<'_>, _: &Permit<Petition>, new: &NewStrikeOut) -> Result<StrikeOutRow> {
    let added = diesel::insert_into(petition_strike_outs::table).values(new);
    Ok(added.returning(StrikeOutRow::as_returning()).get_result(act.conn)?)
}

/// Decides over a strike-out.
pub fn decide(
    act: &mut Act<'_>,
    strike_out: &Permit<StrikeOutRow>,
    state: StrikeOutState,
    struck: Option<i32>,
) -> Result<StrikeOutRow> {
    let decided = (
        petition_strike_outs::state.eq(state),
        petition_strike_outs::struck.eq(struck),
        petition_strike_outs::decided_by.eq(act.actor.account()?),
        petition_strike_outs::decided_at.eq(act.now),
    );
    let changed = diesel::update(petition_strike_outs::table.find(strike_out.id)).set(decided);
    Ok(changed.returning(StrikeOutRow::as_returning()).get_result(act.conn)?)
}

/// The signatures that a condition meets, of those that count.
fn meeting(condition: &Condition) -> petition_signatures::BoxedQuery<'static, Pg> {
    let mut query = petition_signatures::table
        .filter(petition_signatures::petition_id.eq(condition.petition))
        .filter(petition_signatures::strike_out_id.is_null())
        .into_boxed();
    if let Some(from) = condition.signed_from {
        query = query.filter(petition_signatures::created_at.ge(from));
    }
    if let Some(before) = condition.signed_before {
        query = query.filter(petition_signatures::created_at.lt(before));
    }
    if let Some(group) = condition.building_group {
        query = query.filter(petition_signatures::building_group_id.eq(group));
    }
    if let Some(since) = condition.accounts_since {
        let young = accounts::table.filter(accounts::created_at.ge(since)).select(accounts::id);
        query = query.filter(petition_signatures::account_id.eq_any(young));
    }
    query
}

/// How many it meets at this moment.
pub fn count(look: &mut Look<'_>, condition: &Condition) -> Result<i64> {
    Ok(meeting(condition).count().get_result(look.conn)?)
}

/// Strikes out what it meets at this moment; answers how many.
pub fn strike(act: &mut Act<'_>, strike_out: &Permit<StrikeOutRow>) -> Result<usize> {
    let met: Vec<SignatureId> =
        meeting(&strike_out.condition()).select(petition_signatures::id).load(act.conn)?;
    // Somebody may have taken theirs back since.
    let counting = petition_signatures::table
        .filter(petition_signatures::id.eq_any(&met).and(petition_signatures::strike_out_id.is_null()));
    let struck = petition_signatures::strike_out_id.eq(strike_out.id);
    Ok(diesel::update(counting).set(struck).execute(act.conn)?)
}

/// Restores what it struck out; answers how many.
pub fn restore(act: &mut Act<'_>, strike_out: &Permit<StrikeOutRow>) -> Result<usize> {
    let struck = petition_signatures::table.filter(petition_signatures::strike_out_id.eq(strike_out.id));
    let counts = petition_signatures::strike_out_id.eq(None::<StrikeOutId>);
    Ok(diesel::update(struck).set(counts).execute(act.conn)?)
}
