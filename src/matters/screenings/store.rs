//! Every query of screenings.

use diesel::dsl::count_star;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, NamedScreeningRow, NewScreening, ScreeningChange, ScreeningId, ScreeningLeadState,
    ScreeningRiskLevel, ScreeningRow,
};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::{organisations, screening_leads, screenings};

/// The divisions that those of a scope lie in: their campaigns are run below, too.
fn above(scope: &Scope) -> Vec<Division> {
    scope.ranges.iter().filter_map(|range| Division::of_start(*range)).flat_map(Division::above).collect()
}

macro_rules! seen {
    ($scope:expr) => {
        screenings::table
            .left_join(organisations::table)
            .filter(within(screenings::division, $scope).or(screenings::division.eq_any(above($scope))))
            .select((ScreeningRow::as_select(), organisations::name.nullable()))
    };
}

/// One page of what the caller sees, in the order of divisions, the oldest first.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedScreeningRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = seen!(&scope).into_boxed();
    if let Some(division) = filter.division {
        let range = division.range();
        query = query.filter(screenings::division.ge(range.start).and(screenings::division.lt(range.end)));
    }
    query = match filter.is_closed {
        Some(true) => query.filter(screenings::closed_at.is_not_null()),
        Some(false) => query.filter(screenings::closed_at.is_null()),
        None => query,
    };
    if let Some(after) = pager.after {
        query = query.filter(beyond(screenings::division, screenings::id, after));
    }
    Ok(query.order((screenings::division, screenings::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A screening the caller sees.
pub fn find(look: &mut Look<'_>, id: ScreeningId) -> Result<NamedScreeningRow> {
    let scope = look.scope(Action::Find)?;
    Ok(seen!(&scope).filter(screenings::id.eq(id)).first(look.conn)?)
}

/// A screening the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: ScreeningId) -> Result<ScreeningRow> {
    find(act, id)?;
    let one = screenings::table.find(id).select(ScreeningRow::as_select()).for_no_key_update();
    Ok(one.first(act.conn)?)
}

/// How many leads of a screening there are that the caller may read, by level and state.
pub fn counts(
    look: &mut Look<'_>,
    id: ScreeningId,
) -> Result<Vec<(ScreeningRiskLevel, ScreeningLeadState, i64)>> {
    let scope = look.scope(Action::FindCounts)?;
    let counted = screening_leads::table
        .filter(screening_leads::screening_id.eq(id))
        .filter(within(screening_leads::division, &scope))
        .group_by((screening_leads::risk_level, screening_leads::state))
        .select((screening_leads::risk_level, screening_leads::state, count_star()));
    Ok(counted.load(look.conn)?)
}

/// Adds a screening.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewScreening>) -> Result<()> {
    diesel::insert_into(screenings::table).values(&**new).execute(act.conn).on_constraints(&[(
        "screenings_division_fkey",
        &DIVISION_UNKNOWN,
        "/division",
    )])?;
    Ok(())
}

/// Changes a screening.
pub fn update(act: &mut Act<'_>, row: &Permit<ScreeningRow>, change: &ScreeningChange) -> Result<()> {
    let moved = (screenings::version.eq(screenings::version + 1), screenings::updated_at.eq(act.now));
    diesel::update(screenings::table.find(row.id)).set((change, moved)).execute(act.conn)?;
    Ok(())
}
