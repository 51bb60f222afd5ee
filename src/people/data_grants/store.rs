//! Every query of data grants.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    DataGrantId, DataGrantReadId, DataGrantReadRow, DataGrantRow, Filter, GrantBasis, NamedGrantRow,
    NewDataGrant, NewRead, OwnGrantRow,
};
use super::rules::{DIVISION_UNKNOWN, GRANTEE_UNKNOWN};
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{Actor, OrganisationId};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result, Rule};
use crate::people::consents;
use crate::people::residents::{ResidentDetailRow, ResidentStatus};
use crate::people::subjects::Subject;
use crate::schema::{accounts, data_grant_reads, data_grants, organisations, residents};

const CONSTRAINTS: &[(&str, &Rule, &str)] = &[
    ("data_grants_grantee_id_fkey", &GRANTEE_UNKNOWN, "/grantee"),
    ("data_grants_division_fkey", &DIVISION_UNKNOWN, "/division"),
];

/// The organisations in which the actor holds a post.
pub fn own(actor: &Actor) -> Vec<OrganisationId> {
    actor.standings.iter().filter_map(|standing| standing.organisation).collect()
}

/// One page of the grants in the caller's range, and of those to organisations of theirs.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<NamedGrantRow>> {
    let scope = look.scope(Action::List)?;
    let seen = within(data_grants::division, &scope).or(data_grants::grantee_id.eq_any(own(&look.actor)));
    let mut query = data_grants::table
        .inner_join(organisations::table)
        .filter(seen)
        .select((DataGrantRow::as_select(), organisations::name))
        .into_boxed();
    if let Some(division) = filter.division {
        let range = division.range();
        query = query.filter(data_grants::division.ge(range.start).and(data_grants::division.lt(range.end)));
    }
    if let Some(grantee) = filter.grantee {
        query = query.filter(data_grants::grantee_id.eq(grantee));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(data_grants::division, data_grants::id, after));
    }
    Ok(query.order((data_grants::division, data_grants::id)).limit(pager.fetch()).load(look.conn)?)
}

/// One page of the grants that count now for any of these records, which are the caller's own or their ward's.
pub fn page_own(
    look: &mut Look<'_>,
    records: &[Subject],
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<OwnGrantRow>> {
    look.scope(Action::ListOwn)?;
    let lines: Vec<Division> = records.iter().flat_map(|record| record.division.line()).collect();
    let counting = data_grants::withdrawn_at.is_null().and(data_grants::expires_at.gt(look.now));
    let mut query = data_grants::table
        .inner_join(organisations::table)
        .filter(data_grants::division.eq_any(lines).and(counting).and(organisations::closed_on.is_null()))
        .select((DataGrantRow::as_select(), organisations::name, organisations::phones))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(data_grants::division, data_grants::id, after));
    }
    Ok(query.order((data_grants::division, data_grants::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A grant that the caller sees: in their range, or to an organisation of theirs.
pub fn find(look: &mut Look<'_>, id: DataGrantId) -> Result<DataGrantRow> {
    let scope = look.scope(Action::List)?;
    let seen = within(data_grants::division, &scope).or(data_grants::grantee_id.eq_any(own(&look.actor)));
    let grant = data_grants::table.find(id).filter(seen).select(DataGrantRow::as_select());
    Ok(grant.first(look.conn)?)
}

/// The same, held to the end of the act: a withdrawal comes before it or after it. And the day its grantee was closed.
pub fn hold(act: &mut Act<'_>, id: DataGrantId) -> Result<(DataGrantRow, Option<NaiveDate>)> {
    let scope = act.scope(Action::List)?;
    let seen = within(data_grants::division, &scope).or(data_grants::grantee_id.eq_any(own(&act.actor)));
    let grant =
        data_grants::table.inner_join(organisations::table).filter(data_grants::id.eq(id)).filter(seen);
    let columns = (DataGrantRow::as_select(), organisations::closed_on);
    Ok(grant.select(columns).for_share().first(act.conn)?)
}

/// Adds a grant.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewDataGrant>) -> Result<DataGrantRow> {
    diesel::insert_into(data_grants::table)
        .values(&**new)
        .returning(DataGrantRow::as_returning())
        .get_result(act.conn)
        .on_constraints(CONSTRAINTS)
}

/// Withdraws a grant; whether it was not withdrawn yet.
pub fn withdraw(act: &mut Act<'_>, grant: &Permit<DataGrantRow>) -> Result<bool> {
    let by = act.actor.account()?;
    let open = data_grants::table.find(grant.id).filter(data_grants::withdrawn_at.is_null());
    let withdrawn = (data_grants::withdrawn_at.eq(act.now), data_grants::withdrawn_by.eq(by));
    Ok(diesel::update(open).set(withdrawn).execute(act.conn)? > 0)
}

/// One page of the residents that a grant is for: those who are present in its division, and of a grant on
/// consent those who agree at this moment to be shown to its grantee.
pub fn residents(
    act: &mut Act<'_>,
    grant: &Permit<DataGrantRow>,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ResidentDetailRow>> {
    let range = grant.division.range();
    let mut query = residents::table
        .filter(residents::division.ge(range.start).and(residents::division.lt(range.end)))
        .filter(residents::status.eq(ResidentStatus::Present))
        .select(ResidentDetailRow::as_select())
        .into_boxed();
    if grant.basis == GrantBasis::Consent {
        query = query.filter(consents::has_agreed(grant.grantee_id));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(residents::division, residents::id, after));
    }
    Ok(query.order((residents::division, residents::id)).limit(pager.fetch()).load(act.conn)?)
}

/// Notes that a page was read.
pub fn insert_read(act: &mut Act<'_>, new: &NewRead) -> Result<()> {
    diesel::insert_into(data_grant_reads::table).values(new).execute(act.conn)?;
    Ok(())
}

/// One page of what was read through a grant, the newest first.
pub fn reads(
    look: &mut Look<'_>,
    grant: &Permit<DataGrantRow>,
    pager: &Pager<'_, DataGrantReadId>,
) -> Result<Vec<DataGrantReadRow>> {
    let mut query = data_grant_reads::table
        .inner_join(accounts::table)
        .filter(data_grant_reads::data_grant_id.eq(grant.id))
        .select((
            data_grant_reads::id,
            accounts::id,
            accounts::display_name,
            data_grant_reads::at,
            data_grant_reads::rows,
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(data_grant_reads::id.lt(after));
    }
    Ok(query.order(data_grant_reads::id.desc()).limit(pager.fetch()).load(look.conn)?)
}
