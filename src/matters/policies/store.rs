//! Every query of policies. They are no secret, so finding the one that holds asks for no viewer: the worker has none.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{ClockKind, Filter, MatterKind, NewPolicy, PolicyId, PolicyMode, PolicyRow, Wanted};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::division::Division;
use crate::access::said::said;
use crate::access::within::within;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::matter_policies::{self, dsl};

/// The most specific policy that holds: one for the category goes before one for the grade, that before one for the variant, that
/// before one of a smaller place, that before a later one. In an emergency every policy of emergencies goes before those of
/// normal times, which hold where there is none.
pub fn find(conn: &mut PgConnection, wanted: &Wanted<'_>) -> Result<Option<PolicyRow>> {
    let modes = match wanted.mode {
        PolicyMode::Normal => vec![PolicyMode::Normal],
        PolicyMode::Emergency => vec![PolicyMode::Normal, PolicyMode::Emergency],
    };
    let held = dsl::matter_policies
        .filter(dsl::kind.eq(wanted.kind).and(dsl::clock.eq(wanted.clock)).and(dsl::mode.eq_any(modes)))
        .filter(dsl::division.eq_any(wanted.division.line()))
        .filter(dsl::effective_from.le(wanted.on))
        .filter(dsl::effective_until.is_null().or(dsl::effective_until.ge(wanted.on)))
        .filter(dsl::variant.is_null().or(dsl::variant.eq(wanted.variant)))
        .filter(dsl::category.is_null().or(dsl::category.eq(wanted.category)))
        .filter(dsl::grade.is_null().or(dsl::grade.eq(wanted.grade)))
        // Those are thresholds of joint petitions.
        .filter(dsl::signatures.is_null());
    // On one line a division's code is greater than those of all it lies in.
    let order = (
        dsl::mode.eq(PolicyMode::Emergency).desc(),
        dsl::category.is_not_null().desc(),
        dsl::grade.is_not_null().desc(),
        dsl::variant.is_not_null().desc(),
        dsl::division.desc(),
        dsl::effective_from.desc(),
        dsl::id.desc(),
    );
    Ok(held.order(order).select(PolicyRow::as_select()).first(conn).optional()?)
}

/// From how many signatures on a joint petition 联名 is answered by which level, the lowest number first. Of each level the
/// policy of the smallest place counts, and of two of one place the later.
pub fn thresholds(conn: &mut PgConnection, division: Division, on: NaiveDate) -> Result<Vec<PolicyRow>> {
    let held = dsl::matter_policies
        .filter(dsl::kind.eq(MatterKind::Petition).and(dsl::clock.eq(ClockKind::Answer)))
        .filter(dsl::signatures.is_not_null())
        .filter(dsl::division.eq_any(division.line()))
        .filter(dsl::effective_from.le(on))
        .filter(dsl::effective_until.is_null().or(dsl::effective_until.ge(on)))
        .distinct_on(matter_policies::level)
        .order((dsl::level, dsl::division.desc(), dsl::effective_from.desc(), dsl::id.desc()));
    let mut rows: Vec<PolicyRow> = held.select(PolicyRow::as_select()).load(conn)?;
    rows.sort_by_key(|row| row.signatures);
    Ok(rows)
}

/// The clocks that there is any policy of, by kind of matter.
pub fn clocks(conn: &mut PgConnection) -> Result<Vec<(MatterKind, ClockKind)>> {
    Ok(dsl::matter_policies.select((dsl::kind, dsl::clock)).distinct().load(conn)?)
}

/// One page of what the caller sees, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<PolicyRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = said!(dsl::matter_policies as PolicyRow, &scope, filter, pager);
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    if let Some(clock) = filter.clock {
        query = query.filter(dsl::clock.eq(clock));
    }
    if let Some(mode) = filter.mode {
        query = query.filter(dsl::mode.eq(mode));
    }
    if let Some(on) = filter.on {
        query = query.filter(dsl::effective_until.is_null().or(dsl::effective_until.ge(on)));
    }
    Ok(query.load(look.conn)?)
}

/// A policy the caller sees, locked.
pub fn lock(act: &mut Act<'_>, id: PolicyId) -> Result<PolicyRow> {
    let scope = act.scope(Action::List)?;
    let seen = dsl::matter_policies.find(id).filter(within(dsl::division, &scope));
    Ok(seen.select(PolicyRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Adds a policy.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewPolicy>) -> Result<PolicyRow> {
    diesel::insert_into(dsl::matter_policies)
        .values(&**new)
        .returning(PolicyRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("matter_policies_division_fkey", &DIVISION_UNKNOWN, "/division")])
}

/// Writes the last day of a policy.
pub fn end(act: &mut Act<'_>, policy: &Permit<PolicyRow>, on: NaiveDate) -> Result<PolicyRow> {
    Ok(diesel::update(dsl::matter_policies.find(policy.id))
        .set(dsl::effective_until.eq(on))
        .returning(PolicyRow::as_returning())
        .get_result(act.conn)?)
}
