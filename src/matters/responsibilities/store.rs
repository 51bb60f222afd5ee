//! Every query of responsibilities.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, NamedProposalRow, NamedResponsibilityRow, NewProposal, NewResponsibility, ProposalFilter,
    ProposalRow, ProposalStatus, ResponsibilityChange, ResponsibilityId, ResponsibilityProposalId,
    ResponsibilityRow, ResponsibleRow, Stint,
};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::categories::CategoryId;
use crate::schema::{organisations, petition_categories, responsibilities, responsibility_proposals};

macro_rules! named {
    ($scope:expr) => {
        responsibilities::table
            .inner_join(petition_categories::table)
            .inner_join(organisations::table)
            .filter(within(responsibilities::division, $scope))
            .select((
                ResponsibilityRow::as_select(),
                petition_categories::code,
                petition_categories::name,
                organisations::name,
            ))
    };
}

/// One page of the map, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedResponsibilityRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = named!(&scope).into_boxed();
    if let Some(category) = filter.category {
        query = query.filter(responsibilities::category_id.eq(category));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(responsibilities::organisation_id.eq(organisation));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(responsibilities::division, responsibilities::id, after));
    }
    let order = (responsibilities::division, responsibilities::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A responsibility the caller sees.
pub fn find(look: &mut Look<'_>, id: ResponsibilityId) -> Result<NamedResponsibilityRow> {
    let scope = look.scope(Action::Find)?;
    Ok(named!(&scope).filter(responsibilities::id.eq(id)).first(look.conn)?)
}

/// A responsibility the caller sees, locked. Its place must be held before.
pub fn lock(act: &mut Act<'_>, id: ResponsibilityId) -> Result<ResponsibilityRow> {
    let scope = act.scope(Action::Find)?;
    let seen = responsibilities::table.find(id).filter(within(responsibilities::division, &scope));
    Ok(seen.select(ResponsibilityRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Until this act has ended nobody else changes who handles the category in the division.
pub fn hold_place(act: &mut Act<'_>, category: CategoryId, division: Division) -> Result<()> {
    let place = [category.0.as_bytes().as_slice(), &division.code().to_be_bytes()];
    act.serialise(&act.ring.hash("responsibility.place", &place))
}

/// Who is responsible in one place from that day on, or later. For who holds the place.
pub fn stints(
    act: &mut Act<'_>,
    category: CategoryId,
    division: Division,
    from: NaiveDate,
) -> Result<Vec<Stint>> {
    use responsibilities::dsl;
    let not_over = dsl::ends_on.is_null().or(dsl::ends_on.ge(from));
    let there = dsl::responsibilities
        .filter(dsl::category_id.eq(category).and(dsl::division.eq(division)))
        .filter(not_over)
        .order(dsl::id);
    let columns = (dsl::id, dsl::organisation_id, dsl::role, dsl::starts_on, dsl::ends_on);
    Ok(there.select(columns).load(act.conn)?)
}

/// Who is responsible on that day in a division and above it, the deepest first. Everybody may know.
pub fn line(
    look: &mut Look<'_>,
    category: CategoryId,
    division: Division,
    on: NaiveDate,
) -> Result<Vec<ResponsibleRow>> {
    use responsibilities::dsl;
    let line: Vec<Division> = division.line();
    let not_over = dsl::ends_on.is_null().or(dsl::ends_on.ge(on));
    let not_closed = organisations::closed_on.is_null().or(organisations::closed_on.gt(on));
    let there = dsl::responsibilities
        .inner_join(organisations::table)
        .filter(dsl::category_id.eq(category).and(dsl::division.eq_any(line)))
        .filter(dsl::starts_on.le(on).and(not_over))
        .filter(not_closed)
        // What lies deeper has the greater code.
        .order((dsl::division.desc(), dsl::id));
    let columns =
        (dsl::id, dsl::division, dsl::organisation_id, organisations::name, dsl::role, dsl::legal_basis);
    Ok(there.select(columns).load(look.conn)?)
}

/// Adds a responsibility. For who holds its place.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewResponsibility>) -> Result<()> {
    diesel::insert_into(responsibilities::table).values(&**new).execute(act.conn).on_constraints(&[(
        "responsibilities_division_fkey",
        &DIVISION_UNKNOWN,
        "/division",
    )])?;
    Ok(())
}

/// Changes a responsibility.
pub fn update(
    act: &mut Act<'_>,
    responsibility: &Permit<ResponsibilityRow>,
    change: ResponsibilityChange,
) -> Result<ResponsibilityRow> {
    let (version, updated_at) = (responsibilities::version, responsibilities::updated_at);
    Ok(diesel::update(responsibilities::table.find(responsibility.id))
        .set((change, version.eq(version + 1), updated_at.eq(act.now)))
        .returning(ResponsibilityRow::as_returning())
        .get_result(act.conn)?)
}

/// Ends what a proposal replaces, where it was accepted.
pub fn end(
    act: &mut Act<'_>,
    _: &Permit<ProposalRow>,
    id: ResponsibilityId,
    ends_on: NaiveDate,
) -> Result<()> {
    use responsibilities::dsl;
    let next = (dsl::ends_on.eq(ends_on), dsl::version.eq(dsl::version + 1), dsl::updated_at.eq(act.now));
    diesel::update(dsl::responsibilities.find(id)).set(next).execute(act.conn)?;
    Ok(())
}

macro_rules! proposed {
    ($scope:expr) => {
        responsibility_proposals::table
            .inner_join(petition_categories::table)
            .inner_join(organisations::table)
            .filter(within(responsibility_proposals::division, $scope))
            .select((
                ProposalRow::as_select(),
                petition_categories::code,
                petition_categories::name,
                organisations::name,
            ))
    };
}

/// One page of proposals within the caller's range, in the order of divisions.
pub fn page_proposals(
    look: &mut Look<'_>,
    filter: &ProposalFilter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedProposalRow>> {
    let scope = look.scope(Action::ListProposals)?.narrow(filter.division);
    let mut query = proposed!(&scope).filter(responsibility_proposals::status.eq(filter.status)).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(responsibility_proposals::division, responsibility_proposals::id, after));
    }
    let order = (responsibility_proposals::division, responsibility_proposals::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// A proposal within the caller's range.
pub fn find_proposal(look: &mut Look<'_>, id: ResponsibilityProposalId) -> Result<NamedProposalRow> {
    let scope = look.scope(Action::ListProposals)?;
    Ok(proposed!(&scope).filter(responsibility_proposals::id.eq(id)).first(look.conn)?)
}

/// A proposal within the caller's range, locked.
pub fn lock_proposal(act: &mut Act<'_>, id: ResponsibilityProposalId) -> Result<ProposalRow> {
    let scope = act.scope(Action::ListProposals)?;
    let seen =
        responsibility_proposals::table.find(id).filter(within(responsibility_proposals::division, &scope));
    Ok(seen.select(ProposalRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Enters what a returned dispatch proposes, once for each.
pub fn insert_proposal(act: &mut Act<'_>, new: &NewProposal) -> Result<()> {
    diesel::insert_into(responsibility_proposals::table)
        .values(new)
        .on_conflict(responsibility_proposals::dispatch_id)
        .do_nothing()
        .execute(act.conn)?;
    Ok(())
}

/// Writes what became of a proposal.
pub fn decide(act: &mut Act<'_>, proposal: &Permit<ProposalRow>, status: ProposalStatus) -> Result<()> {
    use responsibility_proposals::dsl;
    let decided =
        (dsl::status.eq(status), dsl::decided_by.eq(act.actor.account()?), dsl::decided_at.eq(act.now));
    diesel::update(dsl::responsibility_proposals.find(proposal.id)).set(decided).execute(act.conn)?;
    Ok(())
}
