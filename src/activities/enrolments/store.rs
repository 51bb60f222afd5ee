//! Every query of enrolments.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{EnrolmentId, EnrolmentRow};
use crate::access::act::{Act, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::kit::problem::Result;
use crate::people::residents::OnePerson;
use crate::schema::{enrolments, residents};

/// The record of a committee that an account is bound to.
pub fn find_bound(act: &mut Act<'_>, account: AccountId, division: Division) -> Result<Option<ResidentId>> {
    let bound = residents::table
        .filter(residents::division.eq(division).and(residents::account_id.eq(account)))
        .filter(residents::status.eq("present"));
    Ok(bound.select(residents::id).first(act.conn).optional()?)
}

/// The one record of a committee that has this number and name and no account, if there is exactly one.
pub fn find_by_phone(
    act: &mut Act<'_>,
    phone_hash: &[u8],
    name: &str,
    division: Division,
) -> Result<Option<ResidentId>> {
    let named = residents::table
        .filter(residents::division.eq(division).and(residents::phone_hash.eq(phone_hash)))
        .filter(residents::name.eq(name).and(residents::account_id.is_null()))
        .filter(residents::status.eq("present"));
    let found: Vec<ResidentId> = named.select(residents::id).limit(2).load(act.conn)?;
    Ok(<[ResidentId; 1]>::try_from(found).ok().map(|[one]| one))
}

/// The record of a committee that has this document.
pub fn find_by_document(
    act: &mut Act<'_>,
    document_hash: &[u8],
    division: Division,
) -> Result<Option<ResidentId>> {
    let known = residents::table
        .filter(residents::division.eq(division).and(residents::document_hash.eq(document_hash)))
        .filter(residents::status.eq("present"));
    Ok(known.select(residents::id).first(act.conn).optional()?)
}

/// The accounts of whoever has this document, in whatever committee.
pub fn holders(act: &mut Act<'_>, document_hash: &[u8]) -> Result<Vec<AccountId>> {
    let known = residents::table
        .filter(residents::document_hash.eq(document_hash).and(residents::account_id.is_not_null()))
        .filter(residents::status.eq("present"));
    Ok(known.select(residents::account_id.assume_not_null()).load(act.conn)?)
}

/// The account that a record is bound to; none where there is no such record.
pub fn holder(act: &mut Act<'_>, id: ResidentId) -> Result<Option<AccountId>> {
    let bound = residents::table.find(id).select(residents::account_id);
    Ok(bound.first::<Option<AccountId>>(act.conn).optional()?.flatten())
}

/// The days of birth that the records of an account tell, in whatever committee.
pub fn birthdays(act: &mut Act<'_>, account: AccountId) -> Result<Vec<Option<NaiveDate>>> {
    let bound = residents::table
        .filter(residents::account_id.eq(account).and(residents::status.eq("present")))
        .select(residents::born_on);
    Ok(bound.load(act.conn)?)
}

/// Writes down an enrolment, by proof of an act that may.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &EnrolmentRow) -> Result<()> {
    diesel::insert_into(enrolments::table).values(new).execute(act.conn)?;
    Ok(())
}

/// What a code led to before.
pub fn find(act: &mut Act<'_>, id: EnrolmentId) -> Result<Option<EnrolmentRow>> {
    Ok(enrolments::table.find(id).select(EnrolmentRow::as_select()).first(act.conn).optional()?)
}

/// Gives the enrolments of one record to another of the same person.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let of_record = enrolments::table.filter(enrolments::resident_id.eq(pair.from));
    let moved = (enrolments::resident_id.eq(pair.into), enrolments::division.eq(pair.division));
    diesel::update(of_record).set(moved).execute(act.conn)?;
    Ok(())
}
