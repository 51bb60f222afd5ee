//! Every query of the ledger.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Uuid as SqlUuid};
use uuid::Uuid;

use super::Action;
use super::model::{Filter, NamedSubsidyRow, NewSubsidy, SubsidyId, SubsidyRow, TotalRow};
use super::rules::REVERSED;
use crate::access::act::{Act, Governed as _, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::access::role::Role;
use crate::access::within::{beyond, within};
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{NOT_FOUND, OnConstraint, Result};
use crate::schema::{accounts, mediation_subsidies, posts};

/// Who is paid a salary for what they do at the table.
const OFFICIALS: [Role; 6] = [
    Role::PoliceOfficer,
    Role::JusticeOfficer,
    Role::DepartmentOfficer,
    Role::StreetOfficer,
    Role::DistrictOfficer,
    Role::CityOfficer,
];

macro_rules! listed {
    ($filter:expr) => {{
        let mut query = mediation_subsidies::table
            .inner_join(accounts::table.on(accounts::id.eq(mediation_subsidies::account_id)))
            .select((SubsidyRow::as_select(), accounts::display_name))
            .into_boxed();
        if let Some(account) = $filter.account {
            query = query.filter(mediation_subsidies::account_id.eq(account));
        }
        if let Some(id) = $filter.mediation_case {
            query = query.filter(mediation_subsidies::case_id.eq(id));
        }
        if let Some(from) = $filter.from {
            query = query.filter(mediation_subsidies::earned_on.ge(from));
        }
        if let Some(until) = $filter.until {
            query = query.filter(mediation_subsidies::earned_on.le(until));
        }
        query
    }};
}

/// One page of the lines of a range; by division, the first first.
pub fn page_of_range(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedSubsidyRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = listed!(filter).filter(within(mediation_subsidies::division, &scope));
    if let Some(after) = pager.after {
        query = query.filter(beyond(mediation_subsidies::division, mediation_subsidies::id, after));
    }
    let order = (mediation_subsidies::division, mediation_subsidies::id);
    Ok(query.order(order).limit(pager.fetch()).load(look.conn)?)
}

/// One page of one's own lines, the newest first.
pub fn page_of_own(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedSubsidyRow>> {
    look.scope(Action::List)?;
    let account = look.actor.account()?;
    let mut query = listed!(filter).filter(mediation_subsidies::account_id.eq(account));
    if let Some(division) = filter.division {
        let range = division.range();
        query = query.filter(
            mediation_subsidies::division.ge(range.start).and(mediation_subsidies::division.lt(range.end)),
        );
    }
    if let Some((_, id)) = pager.after {
        query = query.filter(mediation_subsidies::id.lt(id));
    }
    Ok(query.order(mediation_subsidies::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

const TOTALS: &str = "\
    SELECT to_char(earned_on, 'YYYY-MM') AS month, role, count(DISTINCT case_id) AS cases, count(DISTINCT account_id) AS people, \
           coalesce(sum(amount_fen) FILTER (WHERE amount_fen > 0), 0)::bigint AS given_fen, \
           coalesce(-sum(amount_fen) FILTER (WHERE amount_fen < 0), 0)::bigint AS reversed_fen \
    FROM mediation_subsidies s \
    WHERE earned_on BETWEEN $1 AND $2 AND ($3 IS NULL OR account_id = $3) \
      AND EXISTS (SELECT FROM unnest($4, $5) AS reach (start, beyond) WHERE s.division >= reach.start AND s.division < reach.beyond) \
    GROUP BY 1, 2 ORDER BY 1, 2";

/// What the months of some days come to: of one's own, or of all whom the caller may list.
pub fn totals(
    look: &mut Look<'_>,
    division: Option<Division>,
    (from, until): (NaiveDate, NaiveDate),
    own: Option<AccountId>,
) -> Result<Vec<TotalRow>> {
    let scope = look.scope(Action::ListTotals)?;
    let ranges = match (own, division) {
        (None, _) => scope.narrow(division).ranges,
        (Some(_), Some(division)) => vec![division.range()],
        (Some(_), None) => vec![crate::access::division::Range::EVERYWHERE],
    };
    let (starts, ends): (Vec<i64>, Vec<i64>) = ranges.iter().map(|range| (range.start, range.end)).unzip();
    let bound = diesel::sql_query(TOTALS)
        .bind::<Date, _>(from)
        .bind::<Date, _>(until)
        .bind::<Nullable<SqlUuid>, _>(own.map(|account| account.0))
        .bind::<Array<BigInt>, _>(starts)
        .bind::<Array<BigInt>, _>(ends);
    Ok(bound.load(look.conn)?)
}

/// A line that the caller sees.
pub fn find(look: &mut Look<'_>, id: SubsidyId) -> Result<SubsidyRow> {
    look.scope(Action::List)?;
    let row = mediation_subsidies::table.find(id).select(SubsidyRow::as_select());
    let row: SubsidyRow = row.first(look.conn)?;
    let is_seen = look.actor.may(Action::List, row.division(), row.is_own(&look.actor));
    if is_seen { Ok(row) } else { NOT_FOUND.refuse() }
}

/// A line as it is answered.
pub fn named(look: &mut Look<'_>, id: SubsidyId) -> Result<NamedSubsidyRow> {
    let row = mediation_subsidies::table
        .inner_join(accounts::table.on(accounts::id.eq(mediation_subsidies::account_id)))
        .filter(mediation_subsidies::id.eq(id));
    Ok(row.select((SubsidyRow::as_select(), accounts::display_name)).first(look.conn)?)
}

/// Takes a line back; once.
pub fn reverse(act: &mut Act<'_>, _: &Permit<SubsidyRow>, new: &NewSubsidy) -> Result<()> {
    diesel::insert_into(mediation_subsidies::table)
        .values(new)
        .execute(act.conn)
        .on_constraint("mediation_subsidies_reverses_id_key", &REVERSED)?;
    Ok(())
}

/// Writes lines for a case that is filed; who was paid for it already is left out.
pub fn credit<T>(act: &mut Act<'_>, _: &Permit<T>, new: &[NewSubsidy]) -> Result<()> {
    diesel::insert_into(mediation_subsidies::table).values(new).on_conflict_do_nothing().execute(act.conn)?;
    Ok(())
}

/// Which of these people hold an office that pays them.
pub fn officials(look: &mut Look<'_>, wanted: &[AccountId]) -> Result<Vec<AccountId>> {
    let today = local_date(look.now);
    let held = posts::table
        .filter(posts::account_id.eq_any(wanted).and(posts::role.eq_any(OFFICIALS)))
        .filter(posts::ended_at.is_null().and(posts::starts_on.le(today)))
        .filter(posts::ends_on.is_null().or(posts::ends_on.ge(today)));
    Ok(held.select(posts::account_id).load(look.conn)?)
}
