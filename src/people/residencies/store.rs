//! Every query of residencies, and the binding of accounts to records.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{
    Candidate, Claim, Ending, Filter, NewResidency, ResidencyId, ResidencyRow, ResidencyStatus,
};
use super::rules::HELD;
use crate::access::accounts;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::id;
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::{OnePerson, ResidentDetailRow, ResidentStatus};
use crate::people::subjects::Subject;
use crate::schema::{accounts as holders, dwellings, residencies, residency_attempts, residents};

/// When this subject tried since a moment, the newest first.
pub fn attempts(act: &mut Act<'_>, subject: &[u8], since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
    let tried = residency_attempts::table
        .filter(residency_attempts::subject.eq(subject).and(residency_attempts::at.gt(since)));
    Ok(tried.order(residency_attempts::at.desc()).select(residency_attempts::at).load(act.conn)?)
}

/// Counts an attempt.
pub fn count_attempt(act: &mut Act<'_>, subject: &[u8]) -> Result<()> {
    let row = (
        residency_attempts::id.eq(id::next()),
        residency_attempts::subject.eq(subject),
        residency_attempts::at.eq(act.now),
    );
    diesel::insert_into(residency_attempts::table).values(row).execute(act.conn)?;
    Ok(())
}

/// Ends what the caller has said of themselves in that committee and nobody has decided. First of all locks, so that
/// whoever decides it meanwhile comes before or after.
pub fn supersede(act: &mut Act<'_>, account: AccountId, division: Division) -> Result<()> {
    let open = residencies::table
        .filter(residencies::account_id.eq(account).and(residencies::division.eq(division)))
        .filter(residencies::status.eq(ResidencyStatus::Pending));
    let ending = Ending::new(ResidencyStatus::Superseded, None, act.now);
    diesel::update(open).set(ending).execute(act.conn)?;
    Ok(())
}

/// The keyed hash of an account's telephone number; none once it is closed.
pub fn phone_hash(act: &mut Act<'_>, account: AccountId) -> Result<Option<Vec<u8>>> {
    Ok(holders::table.find(account).select(holders::phone_hash).first(act.conn)?)
}

/// Those of these accounts that are not closed: whose account is closed holds no record by it.
fn open(conn: &mut PgConnection, ids: Vec<AccountId>) -> Result<Vec<AccountId>> {
    let open = holders::table.filter(holders::id.eq_any(ids)).filter(holders::closed_at.is_null());
    Ok(open.select(holders::id).load(conn)?)
}

/// Whether the account is not closed.
pub fn is_open(act: &mut Act<'_>, account: AccountId) -> Result<bool> {
    Ok(open(act.conn, vec![account])?.contains(&account))
}

/// The record in which all of it agrees, locked, and whose it is. The same statements, whatever does not agree.
pub fn lock_match(act: &mut Act<'_>, claim: &Claim) -> Result<Option<(ResidentId, Option<AccountId>)>> {
    let homes = dwellings::table
        .filter(dwellings::building_id.eq(claim.building))
        .filter(dwellings::unit.eq_any(&claim.units).and(dwellings::number.eq_any(&claim.numbers)))
        .select(dwellings::id.nullable());
    let no_other_phone =
        residents::phone_hash.is_null().or(residents::phone_hash.eq(claim.phone_hash.clone()));
    let agreeing = residents::table
        .filter(residents::division.eq(claim.division))
        .filter(residents::document_hash.eq(claim.document_hash.as_slice()))
        .filter(residents::name.eq(&claim.name))
        .filter(residents::status.eq(ResidentStatus::Present))
        .filter(residents::home_id.eq_any(homes))
        .filter(no_other_phone)
        .select((residents::id, residents::account_id));
    let found: Option<(ResidentId, Option<AccountId>)> =
        agreeing.for_no_key_update().first(act.conn).optional()?;
    let open = open(act.conn, found.iter().filter_map(|(_, holder)| *holder).collect())?;
    Ok(found.map(|(resident, holder)| (resident, holder.filter(|holder| open.contains(holder)))))
}

/// Whether the account has a record in that committee.
pub fn is_held(act: &mut Act<'_>, account: AccountId, division: Division) -> Result<bool> {
    let held = residents::table
        .filter(residents::account_id.eq(account).and(residents::division.eq(division)))
        .filter(residents::status.ne_all([ResidentStatus::Merged, ResidentStatus::Restricted]));
    Ok(diesel::select(diesel::dsl::exists(held)).get_result(act.conn)?)
}

/// Adds a residency.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewResidency>) -> Result<ResidencyRow> {
    Ok(diesel::insert_into(residencies::table)
        .values(&**new)
        .returning(ResidencyRow::as_returning())
        .get_result(act.conn)?)
}

/// The account that a record is bound to, closed or not; none where there is no such record.
pub fn holder(act: &mut Act<'_>, resident: ResidentId) -> Result<Option<AccountId>> {
    let bound = residents::table.find(resident).select(residents::account_id);
    Ok(bound.first::<Option<AccountId>>(act.conn).optional()?.flatten())
}

/// Binds an account to a record, by proof of an act that may. One account is one person in a committee.
pub fn bind<T>(act: &mut Act<'_>, _: &Permit<T>, resident: ResidentId, account: AccountId) -> Result<()> {
    let next = (
        residents::account_id.eq(account),
        residents::version.eq(residents::version + 1),
        residents::updated_at.eq(act.now),
    );
    diesel::update(residents::table.find(resident))
        .set(next)
        .execute(act.conn)
        .on_constraint("residents_division_account_id_key", &HELD)?;
    accounts::store::touch(act, account)
}

/// Frees a record of the account it was bound to, by proof of an act that may.
pub fn unbind<T>(act: &mut Act<'_>, _: &Permit<T>, resident: ResidentId, account: AccountId) -> Result<()> {
    diesel::update(residents::table.find(resident).filter(residents::account_id.eq(account)))
        .set(residents::account_id.eq(None::<AccountId>))
        .execute(act.conn)?;
    accounts::store::touch(act, account)
}

/// What the caller last said of themselves: what waits before what was decided, in whichever committee, since that can be taken back.
pub fn find_own(look: &mut Look<'_>) -> Result<ResidencyRow> {
    look.scope(Action::Find)?;
    let own = residencies::table.filter(residencies::account_id.eq(look.actor.account()?));
    let waits = residencies::status.eq(ResidencyStatus::Pending);
    let last = own.order((waits.desc(), residencies::id.desc()));
    Ok(last.select(ResidencyRow::as_select()).first(look.conn)?)
}

/// The same, locked.
pub fn lock_own(act: &mut Act<'_>) -> Result<ResidencyRow> {
    let own = residencies::table.filter(residencies::account_id.eq(act.actor.account()?));
    let waits = residencies::status.eq(ResidencyStatus::Pending);
    let last = own.order((waits.desc(), residencies::id.desc())).select(ResidencyRow::as_select());
    Ok(last.for_no_key_update().first(act.conn)?)
}

/// The record of somebody the caller may act for.
pub fn find_record(look: &mut Look<'_>, subject: &Permit<Subject>) -> Result<ResidentDetailRow> {
    Ok(residents::table.find(subject.resident).select(ResidentDetailRow::as_select()).first(look.conn)?)
}

/// One page of what the caller's posts reach, each with the record that has the document shown.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<(ResidencyRow, Option<Candidate>)>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let same_document = residents::division
        .eq(residencies::division)
        .and(residents::document_hash.eq(residencies::document_hash))
        .and(residents::status.eq(ResidentStatus::Present));
    let mut query = residencies::table
        .left_join(residents::table.on(same_document))
        .filter(within(residencies::division, &scope))
        .filter(residencies::status.eq(filter.status))
        .select((
            ResidencyRow::as_select(),
            (residents::id, residents::name, residents::account_id).nullable(),
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(residencies::division, residencies::id, after));
    }
    let mut rows: Vec<(ResidencyRow, Option<Candidate>)> =
        query.order((residencies::division, residencies::id)).limit(pager.fetch()).load(look.conn)?;
    let holders = rows.iter().filter_map(|(_, candidate)| candidate.as_ref()?.account).collect();
    let open = open(look.conn, holders)?;
    for candidate in rows.iter_mut().filter_map(|(_, candidate)| candidate.as_mut()) {
        candidate.account = candidate.account.filter(|holder| open.contains(holder));
    }
    Ok(rows)
}

/// Who said what the caller's posts reach.
pub fn applicant(act: &mut Act<'_>, id: ResidencyId) -> Result<AccountId> {
    let scope = act.scope(Action::List)?;
    let seen = residencies::table.find(id).filter(within(residencies::division, &scope));
    Ok(seen.select(residencies::account_id).first(act.conn)?)
}

/// A residency that the caller's posts reach, locked.
pub fn lock(act: &mut Act<'_>, id: ResidencyId) -> Result<ResidencyRow> {
    let scope = act.scope(Action::List)?;
    let seen = residencies::table.find(id).filter(within(residencies::division, &scope));
    Ok(seen.select(ResidencyRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// The keyed hash of the document of a record.
pub fn document_hash(act: &mut Act<'_>, resident: ResidentId) -> Result<Option<Vec<u8>>> {
    Ok(residents::table.find(resident).select(residents::document_hash).first(act.conn)?)
}

/// Writes how a residency ended.
pub fn end(act: &mut Act<'_>, residency: &Permit<ResidencyRow>, ending: Ending) -> Result<ResidencyRow> {
    Ok(diesel::update(residencies::table.find(residency.id))
        .set(ending)
        .returning(ResidencyRow::as_returning())
        .get_result(act.conn)?)
}

/// Says of another record of the same person, and of the committee that keeps that, what was decided about one.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let of_record = residencies::table.filter(residencies::resident_id.eq(pair.from));
    let kept = (residencies::resident_id.eq(pair.into), residencies::division.eq(pair.division));
    diesel::update(of_record).set(kept).execute(act.conn)?;
    Ok(())
}

/// Ends what people said of themselves whose accounts are closed, and that nobody has decided; answers how much.
pub fn forget_next(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    let closed = holders::table.filter(holders::closed_at.is_not_null()).select(holders::id);
    let left = residencies::table
        .filter(residencies::status.eq(ResidencyStatus::Pending))
        .filter(residencies::account_id.eq_any(closed));
    Ok(diesel::update(left).set(Ending::new(ResidencyStatus::Superseded, None, now)).execute(conn)?)
}
