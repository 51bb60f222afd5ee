//! Every query of summons.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};
use uuid::Uuid;

use super::Action;
use super::model::{
    Filter, NamedSummonsRow, NewSummons, RecordRow, Side, SummonsChange, SummonsId, SummonsRow, SummonsState,
    spoken_for_by,
};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::access::policy::Scope;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::matters::registry::MatterId;
use crate::schema::{matters, organisations, petitions, summons};

/// What lies in the scope, or calls an organisation that the actor speaks for, wherever it lies.
macro_rules! seen {
    ($look:expr, $scope:expr) => {
        within(summons::division, $scope).or(summons::organisation_id.eq_any(spoken_for_by(&$look.actor)))
    };
}

macro_rules! named {
    () => {
        summons::table.inner_join(organisations::table).select((SummonsRow::as_select(), organisations::name))
    };
}

/// One page of what the caller sees from either side, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedSummonsRow>> {
    let scope = look.scope(Action::List)?;
    let mut query = named!().filter(seen!(look, &scope)).into_boxed();
    query = match filter.side {
        Some(Side::Caller) => query.filter(within(summons::division, &scope)),
        Some(Side::Called) => query.filter(summons::organisation_id.eq_any(spoken_for_by(&look.actor))),
        None => query,
    };
    if let Some(division) = filter.division {
        query = query.filter(within(summons::division, &all_of(division)));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(summons::organisation_id.eq(organisation));
    }
    if let Some(state) = filter.state {
        query = query.filter(summons::state.eq(state));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(summons::division, summons::id, after));
    }
    Ok(query.order((summons::division, summons::id)).limit(pager.fetch()).load(look.conn)?)
}

fn all_of(division: Division) -> Scope {
    let mut scope = Scope::nothing();
    scope.add(division.range());
    scope
}

/// A summons the caller sees from either side.
pub fn find(look: &mut Look<'_>, id: SummonsId) -> Result<NamedSummonsRow> {
    let scope = look.scope(Action::Find)?;
    Ok(named!().filter(summons::id.eq(id)).filter(seen!(look, &scope)).first(look.conn)?)
}

/// A summons the caller sees from either side, locked.
pub fn lock(act: &mut Act<'_>, id: SummonsId) -> Result<SummonsRow> {
    let scope = act.scope(Action::Find)?;
    let seen = summons::table.find(id).filter(seen!(act, &scope));
    Ok(seen.select(SummonsRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// Whether there is such a matter where the caller summons. A report 检举 is none that may be named here.
pub fn has_matter(act: &mut Act<'_>, id: MatterId) -> Result<bool> {
    let scope = act.scope(Action::Create)?;
    let there = matters::table
        .left_join(petitions::table.on(petitions::id.eq(matters::id)))
        .filter(matters::id.eq(id))
        .filter(within(matters::division, &scope))
        .filter(petitions::kind.is_null().or(petitions::kind.ne("report")));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(act.conn)?)
}

/// Adds a summons.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewSummons>) -> Result<SummonsRow> {
    diesel::insert_into(summons::table)
        .values(&**new)
        .returning(SummonsRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("summons_division_fkey", &DIVISION_UNKNOWN, "/division")])
}

/// Writes what an event changes.
pub fn update(act: &mut Act<'_>, row: &Permit<SummonsRow>, change: &SummonsChange) -> Result<SummonsRow> {
    let moved = (summons::version.eq(summons::version + 1), summons::updated_at.eq(act.now));
    Ok(diesel::update(summons::table.find(row.id))
        .set((change, moved))
        .returning(SummonsRow::as_returning())
        .get_result(act.conn)?)
}

/// One page of records, organisation by organisation, of what was called within the caller's range; what was withdrawn is
/// not counted.
pub fn records(
    look: &mut Look<'_>,
    division: Option<Division>,
    today: NaiveDate,
    pager: &Pager<'_, Uuid>,
) -> Result<Vec<(RecordRow, String)>> {
    let scope = look.scope(Action::ListRecords)?.narrow(division);
    let counted = |condition: &str| sql::<BigInt>(&format!("count(*) FILTER (WHERE {condition})"));
    let late = sql::<BigInt>("count(*) FILTER (WHERE state = 'pending' AND reply_on < ")
        .bind::<Date, _>(today)
        .sql(")");
    let counts = (
        sql::<BigInt>("count(*)"),
        counted("state = 'accepted'"),
        counted("state = 'declined'"),
        late,
        counted("attendance = 'attended'"),
        counted("attendance = 'represented'"),
        counted("attendance = 'absent'"),
        counted("answer IS NOT NULL"),
    );
    let (called, accepted, declined, late, attended, represented, absent, answered) = counts;
    let after = OrganisationId(pager.after.unwrap_or(Uuid::nil()));
    let rows: Vec<RecordRow> = summons::table
        .filter(within(summons::division, &scope))
        .filter(summons::state.ne(SummonsState::Withdrawn))
        .filter(summons::organisation_id.gt(after))
        .group_by(summons::organisation_id)
        .select((
            summons::organisation_id,
            called,
            accepted,
            declined,
            late,
            attended,
            represented,
            absent,
            answered,
        ))
        .order(summons::organisation_id)
        .limit(pager.fetch())
        .load(look.conn)?;
    name(look, rows)
}

fn name(look: &mut Look<'_>, rows: Vec<RecordRow>) -> Result<Vec<(RecordRow, String)>> {
    let ids: Vec<OrganisationId> = rows.iter().map(|row| row.organisation).collect();
    let names: Vec<(OrganisationId, String)> = organisations::table
        .filter(organisations::id.eq_any(&ids))
        .select((organisations::id, organisations::name))
        .load(look.conn)?;
    let named = |row: RecordRow| {
        let name = names.iter().find(|(id, _)| *id == row.organisation).map(|(_, name)| name.clone());
        (row, name.unwrap_or_default())
    };
    Ok(rows.into_iter().map(named).collect())
}
