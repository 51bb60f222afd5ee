//! Every query of divisions.

use diesel::prelude::*;

use super::model::{DivisionChange, DivisionRow, Filter, LineageRow, Status};
use super::{Action, PREDECESSOR_KNOWN};
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::places::prefix::begins;
use crate::schema::{division_lineages, divisions};

/// One page, in the order of the codes.
pub fn page(look: &mut Look<'_>, filter: &Filter, pager: &Pager<'_, Division>) -> Result<Vec<DivisionRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = divisions::table
        .filter(within(divisions::code, &scope))
        .select(DivisionRow::as_select())
        .into_boxed();
    if let Some(parent) = filter.parent {
        query = query.filter(divisions::parent.eq(parent));
    }
    if let Some(level) = filter.level {
        query = query.filter(divisions::level.eq(level));
    }
    if let Some(status) = filter.status {
        query = query.filter(divisions::status.eq(status));
    }
    if let Some(name) = &filter.name {
        query = query.filter(begins(divisions::name, name));
    }
    if let Some(after) = pager.after {
        query = query.filter(divisions::code.gt(after));
    }
    Ok(query.order(divisions::code).limit(pager.fetch()).load(look.conn)?)
}

/// A division the caller sees.
pub fn find(look: &mut Look<'_>, code: Division) -> Result<DivisionRow> {
    let scope = look.scope(Action::Find)?;
    let seen = divisions::table.find(code).filter(within(divisions::code, &scope));
    Ok(seen.select(DivisionRow::as_select()).first(look.conn)?)
}

/// A division the caller sees, locked.
pub fn lock(act: &mut Act<'_>, code: Division) -> Result<DivisionRow> {
    let scope = act.scope(Action::Find)?;
    let seen = divisions::table.find(code).filter(within(divisions::code, &scope));
    Ok(seen.select(DivisionRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Whether a division was abolished. It is not until this act has ended, so that nothing is added to it in between.
pub fn is_abolished(act: &mut Act<'_>, code: Division) -> Result<bool> {
    let scope = act.scope(Action::Find)?;
    let seen = divisions::table.find(code).filter(within(divisions::code, &scope));
    let status = seen.select(divisions::status).for_share().first::<Status>(act.conn).optional()?;
    Ok(status == Some(Status::Abolished))
}

/// What it came from and what came of it.
pub fn lineage(look: &mut Look<'_>, code: Division) -> Result<Vec<LineageRow>> {
    use division_lineages::dsl;
    let steps = dsl::division_lineages
        .filter(dsl::predecessor.eq(code).or(dsl::successor.eq(code)))
        .order((dsl::effective_on, dsl::predecessor, dsl::successor))
        .select((dsl::predecessor, dsl::successor, dsl::kind, dsl::effective_on));
    Ok(steps.load(look.conn)?)
}

/// Divisions the caller sees, locked in the order of their codes.
pub fn lock_all(act: &mut Act<'_>, codes: &[Division]) -> Result<Vec<DivisionRow>> {
    let scope = act.scope(Action::Find)?;
    let seen = divisions::table
        .filter(divisions::code.eq_any(codes).and(within(divisions::code, &scope)))
        .select(DivisionRow::as_select())
        .order(divisions::code)
        .for_no_key_update();
    Ok(seen.load(act.conn)?)
}

/// Writes down that one came from the other. Both have another history from then on.
pub fn insert_lineage(act: &mut Act<'_>, _: [&Permit<DivisionRow>; 2], step: &LineageRow) -> Result<()> {
    use division_lineages::dsl;
    let row = (
        dsl::predecessor.eq(step.predecessor),
        dsl::successor.eq(step.successor),
        dsl::kind.eq(step.kind),
        dsl::effective_on.eq(step.effective_on),
    );
    let inserted = diesel::insert_into(dsl::division_lineages).values(row).execute(act.conn);
    inserted.on_constraint("division_lineages_pkey", &PREDECESSOR_KNOWN)?;
    let next = (divisions::version.eq(divisions::version + 1), divisions::updated_at.eq(act.now));
    let both = divisions::table.filter(divisions::code.eq_any([step.predecessor, step.successor]));
    diesel::update(both).set(next).execute(act.conn)?;
    Ok(())
}

/// Changes a division.
pub fn update(
    act: &mut Act<'_>,
    division: &Permit<DivisionRow>,
    change: DivisionChange,
) -> Result<DivisionRow> {
    let next = (change, divisions::version.eq(divisions::version + 1), divisions::updated_at.eq(act.now));
    let updated = diesel::update(divisions::table.find(division.code)).set(next);
    Ok(updated.returning(DivisionRow::as_returning()).get_result(act.conn)?)
}

/// How many divisions there are: whether the map was imported.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(divisions::table.count().get_result(conn)?)
}
