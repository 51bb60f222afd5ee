//! Every query of pledges. Lock order: the pledge, then what came of it.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NewPledge, Pledge, PledgeChange, PledgeId, PledgeRow, heads};
use super::rules::DIVISION_UNFIT;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::people::visit_findings::store::NAMED;
use crate::schema::{organisations, pledges, residents};

const USES: &str = "(SELECT count(*) FROM pledge_uses u WHERE u.pledge_id = pledges.id)";
const MINUTES: &str =
    "(SELECT COALESCE(sum(u.minutes), 0)::bigint FROM pledge_uses u WHERE u.pledge_id = pledges.id)";

macro_rules! loaded {
    () => {
        pledges::table
            .left_join(organisations::table)
            .left_join(
                residents::table.on(residents::id
                    .nullable()
                    .eq(pledges::resident_id)
                    .and(residents::status.eq_any(NAMED))),
            )
            .select((
                PledgeRow::as_select(),
                organisations::name.nullable(),
                residents::name.nullable(),
                residents::account_id.nullable(),
                sql::<Nullable<BigInt>>(USES),
                sql::<Nullable<BigInt>>(MINUTES),
            ))
    };
}

/// The organisations whose head post the caller holds.
fn headed(look: &Look<'_>) -> Vec<OrganisationId> {
    let posts = look.actor.standings.iter().filter_map(|standing| standing.organisation);
    posts.filter(|organisation| heads(&look.actor, *organisation)).collect()
}

/// One page of what the caller sees, in the order of divisions: those of their range, and their own.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<Pledge>> {
    let scope = look.scope(Action::List)?;
    let account = look.actor.account()?;
    let seen = within(pledges::division, &scope)
        .or(residents::account_id.nullable().eq(account))
        .or(pledges::organisation_id.eq_any(headed(look)));
    let mut query = loaded!().filter(seen).into_boxed();
    if let Some(division) = filter.division {
        let range = division.range();
        query = query.filter(pledges::division.ge(range.start).and(pledges::division.lt(range.end)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(pledges::kind.eq(kind));
    }
    if let Some(state) = filter.state {
        query = query.filter(pledges::state.eq(state));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(pledges::organisation_id.eq(organisation));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(pledges::division, pledges::id, after));
    }
    Ok(query.order((pledges::division, pledges::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A pledge, whoever looks: whether they see it is asked of it.
pub fn load(look: &mut Look<'_>, id: PledgeId) -> Result<Pledge> {
    Ok(loaded!().filter(pledges::id.eq(id)).first(look.conn)?)
}

/// A pledge, locked.
pub fn lock(act: &mut Act<'_>, id: PledgeId) -> Result<Pledge> {
    let one = pledges::table.find(id).select(pledges::id).for_no_key_update();
    one.first::<PledgeId>(act.conn)?;
    load(act, id)
}

/// Writes a pledge down.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewPledge>) -> Result<()> {
    let added = diesel::insert_into(pledges::table).values(&**new).execute(act.conn);
    added.on_constraints(&[("pledges_division_fkey", &DIVISION_UNFIT, "/division")])?;
    Ok(())
}

/// Changes a pledge that was locked; its version moves with it.
pub fn update(act: &mut Act<'_>, pledge: &Permit<Pledge>, change: &PledgeChange) -> Result<()> {
    let moved = (pledges::version.eq(pledges::version + 1), pledges::updated_at.eq(act.now));
    diesel::update(pledges::table.find(pledge.row.id)).set((change, moved)).execute(act.conn)?;
    Ok(())
}

/// Gives the pledges of one record to another of the same person.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    diesel::update(pledges::table.filter(pledges::resident_id.eq(pair.from)))
        .set(pledges::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}
