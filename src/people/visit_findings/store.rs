//! Every query of findings.

use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, FindingChange, FindingRow, NamedFindingRow, NewFinding, PlacedFindingRow, VisitFindingId,
    VisitFindingState, VisitId,
};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::people::residents::ResidentStatus;
use crate::schema::{accounts, buildings, dwellings, residents, visit_findings, visits};

/// What is left of words about somebody who was erased.
const EMPTIED: &str = "已删除";

/// Whose names a visit tells: a record of any other status is found by nobody in daily work.
pub const NAMED: [ResidentStatus; 4] =
    [ResidentStatus::Present, ResidentStatus::Departed, ResidentStatus::Deceased, ResidentStatus::Merged];

macro_rules! placed {
    ($scope:expr) => {
        visit_findings::table
            .inner_join(visits::table.on(visits::id.eq(visit_findings::visit_id)))
            .left_join(accounts::table.on(accounts::id.nullable().eq(visit_findings::closed_by)))
            .left_join(
                residents::table.on(residents::id
                    .nullable()
                    .eq(visits::resident_id)
                    .and(residents::status.eq_any(NAMED))),
            )
            .left_join(dwellings::table.on(dwellings::id.nullable().eq(visits::home_id)))
            .left_join(buildings::table.on(buildings::id.eq(dwellings::building_id)))
            .filter(within(visit_findings::division, $scope))
            .filter(visits::resident_id.is_null().or(residents::id.nullable().is_not_null()))
            .select((
                FindingRow::as_select(),
                accounts::display_name.nullable(),
                visits::visited_at,
                (residents::id, residents::name).nullable(),
                (dwellings::id, buildings::number, dwellings::unit, dwellings::number).nullable(),
            ))
    };
}

/// One page of what the caller sees, in the order of divisions, the oldest first.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<PlacedFindingRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = placed!(&scope).filter(visit_findings::state.eq(filter.state)).into_boxed();
    if let Some(category) = filter.category {
        query = query.filter(visit_findings::category.eq(category));
    }
    if let Some(resident) = filter.resident {
        query = query.filter(visits::resident_id.eq(resident));
    }
    if let Some(home) = filter.home {
        query = query.filter(visits::home_id.eq(home));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(visit_findings::division, visit_findings::id, after));
    }
    let order = (visit_findings::division, visit_findings::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A finding the caller sees, with the visit it was made at.
pub fn find(look: &mut Look<'_>, id: VisitFindingId) -> Result<PlacedFindingRow> {
    let scope = look.scope(Action::Find)?;
    Ok(placed!(&scope).filter(visit_findings::id.eq(id)).first(look.conn)?)
}

/// A finding the caller sees, locked together with its visit: the visit first, as who changes a visit does.
pub fn lock(act: &mut Act<'_>, id: VisitFindingId) -> Result<FindingRow> {
    find(act, id)?;
    let scope = act.scope(Action::Find)?;
    let seen = visit_findings::table.find(id).filter(within(visit_findings::division, &scope));
    let visit: VisitId = seen.clone().select(visit_findings::visit_id).first(act.conn)?;
    visits::table.find(visit).select(visits::id).for_no_key_update().first::<VisitId>(act.conn)?;
    Ok(seen.select(FindingRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// The findings of visits that were found, each visit's in the order they were entered.
pub fn of(look: &mut Look<'_>, visits: &[VisitId]) -> Result<Vec<NamedFindingRow>> {
    let made = visit_findings::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(visit_findings::closed_by)))
        .filter(visit_findings::visit_id.eq_any(visits.to_vec()))
        .select((FindingRow::as_select(), accounts::display_name.nullable()));
    Ok(made.order(visit_findings::id).load(look.conn)?)
}

/// Adds findings to a visit that is being written.
pub fn insert<V>(act: &mut Act<'_>, _visit: &Permit<V>, new: &[NewFinding]) -> Result<()> {
    diesel::insert_into(visit_findings::table).values(new).execute(act.conn)?;
    Ok(())
}

/// Gives an open finding of a visit other words; whether the visit has it.
pub fn rewrite<V>(
    act: &mut Act<'_>,
    _visit: &Permit<V>,
    (visit, id): (VisitId, VisitFindingId),
    change: &FindingChange,
) -> Result<bool> {
    let open = visit_findings::table
        .find(id)
        .filter(visit_findings::visit_id.eq(visit))
        .filter(visit_findings::state.eq(VisitFindingState::Open));
    Ok(diesel::update(open).set(change).execute(act.conn)? == 1)
}

/// Closes a finding. It is part of its visit as that is answered, so the visit's version moves.
pub fn close(act: &mut Act<'_>, finding: &Permit<FindingRow>, note: &str) -> Result<()> {
    let by = act.actor.account()?;
    let closed = (
        visit_findings::state.eq(VisitFindingState::Closed),
        visit_findings::closed_at.eq(act.now),
        visit_findings::closed_by.eq(by),
        visit_findings::closing_note.eq(note),
    );
    diesel::update(visit_findings::table.find(finding.id)).set(closed).execute(act.conn)?;
    let moved = (visits::version.eq(visits::version + 1), visits::updated_at.eq(act.now));
    diesel::update(visits::table.find(finding.visit_id)).set(moved).execute(act.conn)?;
    Ok(())
}

/// Empties the words of what was found at these visits, and of how it was closed.
pub fn empty(act: &mut Act<'_>, of: &[VisitId]) -> Result<()> {
    let found = || visit_findings::table.filter(visit_findings::visit_id.eq_any(of));
    diesel::update(found()).set(visit_findings::text.eq(EMPTIED)).execute(act.conn)?;
    diesel::update(found().filter(visit_findings::closing_note.is_not_null()))
        .set(visit_findings::closing_note.eq(EMPTIED))
        .execute(act.conn)?;
    Ok(())
}
