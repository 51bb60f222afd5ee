//! Every query of erasures, and of records that were sealed by law.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{Emptied, ErasureId, ErasureRow, ErasureStatus, Filter, NewErasure};
use super::rules::PENDING;
use crate::access::accounts;
use crate::access::act::{Act, Look, Mine, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::access::within::{beyond, within};
use crate::kit::clock::local_date;
use crate::kit::page::Pager;
use crate::kit::problem::{NOT_FOUND, OnConstraint, Result};
use crate::people::data_exports;
use crate::people::residents::{OnePerson, ResidentDetailRow, ResidentRow, ResidentStatus};
use crate::people::subjects::{self, Subject};
use crate::schema::{consents, erasures, guardians, resident_merges, residents};

/// What stands where a name or words were.
const ERASED_NAME: &str = "已删除";

/// What is answered where two wishes became of one person.
const MERGED: &str = "档案已合并，按合并后档案的申请办理";

/// The caller's own records, also those that are sealed by law.
fn own_records(look: &mut Look<'_>) -> Result<Vec<ResidentId>> {
    let bound = residents::table.filter(residents::account_id.eq(look.actor.account()?));
    Ok(bound.select(residents::id).load(look.conn)?)
}

/// One page of what was asked for by the caller, and in the office about their own records; or of all that was asked for about a record
/// they may act for. The newest first.
pub fn page_own(
    look: &mut Look<'_>,
    subject: Option<&Permit<Subject>>,
    pager: &Pager<'_, ErasureId>,
) -> Result<Vec<ErasureRow>> {
    look.scope(Action::ListOwn)?;
    let mut query = erasures::table.select(ErasureRow::as_select()).into_boxed();
    query = match subject {
        Some(subject) => query.filter(erasures::resident_id.eq(subject.resident)),
        None => {
            let (account, records) = (look.actor.account()?, own_records(look)?);
            let in_office = erasures::entered_by.is_not_null().and(erasures::resident_id.eq_any(records));
            query.filter(erasures::account_id.eq(account).or(in_office))
        }
    };
    if let Some(after) = pager.after {
        query = query.filter(erasures::id.lt(after));
    }
    Ok(query.order(erasures::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// One page of what the caller's posts reach.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ErasureRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = erasures::table
        .filter(within(erasures::division, &scope))
        .filter(erasures::status.eq(filter.status))
        .select(ErasureRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(erasures::division, erasures::id, after));
    }
    Ok(query.order((erasures::division, erasures::id)).limit(pager.fetch()).load(look.conn)?)
}

/// An erasure that the caller's posts reach, locked.
pub fn lock(act: &mut Act<'_>, id: ErasureId) -> Result<ErasureRow> {
    let scope = act.scope(Action::List)?;
    let seen = erasures::table.find(id).filter(within(erasures::division, &scope));
    Ok(seen.select(ErasureRow::as_select()).for_no_key_update().first(act.conn)?)
}

/// What the caller asked for, or what was asked for in the office about whom they speak for, locked.
pub fn lock_own(act: &mut Act<'_>, id: ErasureId) -> Result<ErasureRow> {
    let one = || erasures::table.find(id).select(ErasureRow::as_select());
    let row: ErasureRow = one().first(act.conn)?;
    let is_asker = row.account_id == Some(act.actor.account()?);
    if !is_asker && (row.entered_by.is_none() || !speaks_for(act, row.resident_id)?) {
        return NOT_FOUND.refuse();
    }
    Ok(one().for_no_key_update().first(act.conn)?)
}

/// Whether a record is the caller's own.
pub fn is_own(look: &mut Look<'_>, id: ResidentId) -> Result<bool> {
    Ok(own_records(look)?.contains(&id))
}

/// Whether the caller may take back what was asked for of a record: it is their own, and they are no child, or their child's.
fn speaks_for(look: &mut Look<'_>, id: ResidentId) -> Result<bool> {
    if is_own(look, id)? {
        let born_on = residents::table.find(id).select(residents::born_on).first(look.conn)?;
        return Ok(!subjects::is_child(born_on, local_date(look.now)));
    }
    match subjects::find_ever(look, Some(id)) {
        Ok(_) => Ok(true),
        Err(problem) if std::ptr::eq(problem.rule(), &NOT_FOUND) => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// Takes back what [`lock_own`] found; nothing is left of the reason, nor of what was checked.
pub fn withdraw(act: &mut Act<'_>, _: &Permit<Mine>, id: ErasureId) -> Result<ErasureRow> {
    let ended = (
        erasures::status.eq(ErasureStatus::Withdrawn),
        erasures::reason.eq(""),
        erasures::evidence.eq(""),
        erasures::decided_at.eq(act.now),
    );
    let withdrawn = diesel::update(erasures::table.find(id)).set(ended);
    Ok(withdrawn.returning(ErasureRow::as_returning()).get_result(act.conn)?)
}

/// Adds an erasure.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewErasure>) -> Result<ErasureRow> {
    diesel::insert_into(erasures::table)
        .values(&**new)
        .returning(ErasureRow::as_returning())
        .get_result(act.conn)
        .on_constraint("erasures_resident_id_key", &PENDING)
}

/// Writes what became of an erasure. Nothing is left of the reason, nor of what was checked, where nothing is left of the record.
pub fn end(
    act: &mut Act<'_>,
    erasure: &Permit<ErasureRow>,
    status: ErasureStatus,
    answer: &str,
) -> Result<ErasureRow> {
    let (reason, evidence) = match status {
        ErasureStatus::Erased => ("", ""),
        _ => (erasure.reason.as_str(), erasure.evidence.as_str()),
    };
    let ended = (
        erasures::status.eq(status),
        erasures::answer.eq(answer),
        erasures::reason.eq(reason),
        erasures::evidence.eq(evidence),
        erasures::decided_by.eq(act.actor.account()?),
        erasures::decided_at.eq(act.now),
    );
    Ok(diesel::update(erasures::table.find(erasure.id))
        .set(ended)
        .returning(ErasureRow::as_returning())
        .get_result(act.conn)?)
}

/// The record that an erasure is about, locked, if it is still worked with.
pub fn lock_record(act: &mut Act<'_>, erasure: &Permit<ErasureRow>) -> Result<Option<ResidentDetailRow>> {
    let gone = [ResidentStatus::Merged, ResidentStatus::Restricted, ResidentStatus::Erased];
    let record = residents::table.find(erasure.resident_id).filter(residents::status.ne_all(gone));
    let row = record.select(ResidentDetailRow::as_select()).for_no_key_update();
    Ok(row.first(act.conn).optional()?)
}

/// A record and those that were merged into it: they are of the same person.
pub fn records(act: &mut Act<'_>, id: ResidentId) -> Result<Vec<ResidentId>> {
    let all = residents::table.filter(residents::id.eq(id).or(residents::merged_into.eq(id)));
    Ok(all.select(residents::id).load(act.conn)?)
}

/// Empties a record, and what hangs on it. The account is nobody's here any more.
pub fn empty(act: &mut Act<'_>, _: &Permit<ErasureRow>, record: &ResidentDetailRow) -> Result<()> {
    clear(act, record)
}

/// The same without anybody's wish; also of what was written beside it: why it was merged, what was answered to wishes before.
pub fn clear(act: &mut Act<'_>, record: &ResidentDetailRow) -> Result<()> {
    let id = record.resident.id;
    let all = records(act, id)?;
    let words = (erasures::reason.eq(""), erasures::evidence.eq(""), erasures::answer.eq(""));
    diesel::update(erasures::table.filter(erasures::resident_id.eq(id))).set(words).execute(act.conn)?;
    diesel::update(resident_merges::table.filter(resident_merges::into_id.eq_any(&all)))
        .set(resident_merges::reason.eq(ERASED_NAME))
        .execute(act.conn)?;
    let next = (
        Emptied::new(),
        residents::name.eq(ERASED_NAME),
        residents::pinyin.eq(""),
        residents::initials.eq(""),
        residents::account_id.eq(None::<AccountId>),
        residents::status.eq(ResidentStatus::Erased),
        residents::merged_into.eq(None::<ResidentId>),
        residents::version.eq(residents::version + 1),
        residents::updated_at.eq(act.now),
    );
    // Records that were merged into it are of the same person.
    diesel::update(residents::table.filter(residents::id.eq_any(all))).set(next).execute(act.conn)?;
    let of_record = guardians::table.filter(guardians::ward_id.eq(id).or(guardians::guardian_id.eq(id)));
    diesel::delete(of_record).execute(act.conn)?;
    diesel::delete(consents::table.filter(consents::resident_id.eq(id))).execute(act.conn)?;
    match record.account_id {
        Some(account) => {
            // The record is theirs no more; what became of the wish is theirs to read still.
            let in_office = erasures::entered_by.is_not_null().and(erasures::account_id.is_null());
            diesel::update(erasures::table.filter(erasures::resident_id.eq(id).and(in_office)))
                .set(erasures::account_id.eq(account))
                .execute(act.conn)?;
            data_exports::delete_all_of(act, account)?;
            accounts::store::touch(act, account)
        }
        None => Ok(()),
    }
}

/// Hides a record from daily work. Its numbers stay sealed, but are found by nobody: hashed once more, they stand in the way
/// of no record that is entered anew, and so betray nothing.
pub fn restrict(act: &mut Act<'_>, _: &Permit<ErasureRow>, record: &ResidentDetailRow) -> Result<()> {
    let id = record.resident.id;
    type Hashes = (Option<Vec<u8>>, Option<Vec<u8>>);
    let kept = residents::table.find(id).select((residents::document_hash, residents::phone_hash));
    let (document, phone): Hashes = kept.first(act.conn)?;
    let again =
        |hash: Option<Vec<u8>>| hash.map(|hash| act.ring.hash("residents.restricted", &[&hash]).to_vec());
    let next = (
        residents::status.eq(ResidentStatus::Restricted),
        residents::document_hash.eq(again(document)),
        residents::phone_hash.eq(again(phone)),
        residents::external_id.eq(None::<String>),
        residents::ended_at.eq(None::<DateTime<Utc>>),
        residents::version.eq(residents::version + 1),
        residents::updated_at.eq(act.now),
    );
    diesel::update(residents::table.find(id)).set(next).execute(act.conn)?;
    match record.account_id {
        Some(account) => accounts::store::touch(act, account),
        None => Ok(()),
    }
}

/// One page of the records sealed by law that the caller may find.
pub fn page_restricted(
    look: &mut Look<'_>,
    division: Option<Division>,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<ResidentRow>> {
    let scope = look.scope(Action::ListRestricted)?.narrow(division);
    let mut query = residents::table
        .filter(within(residents::division, &scope))
        .filter(residents::status.eq(ResidentStatus::Restricted))
        .select(ResidentRow::as_select())
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(beyond(residents::division, residents::id, after));
    }
    Ok(query.order((residents::division, residents::id)).limit(pager.fetch()).load(look.conn)?)
}

/// A record sealed by law that the caller may find.
pub fn find_restricted(look: &mut Look<'_>, id: ResidentId) -> Result<ResidentDetailRow> {
    let scope = look.scope(Action::FindRestricted)?;
    let seen = residents::table
        .find(id)
        .filter(within(residents::division, &scope))
        .filter(residents::status.eq(ResidentStatus::Restricted));
    Ok(seen.select(ResidentDetailRow::as_select()).first(look.conn)?)
}

/// Gives what was asked for one record to another of the same person, and to the committee that keeps that. Two wishes that wait are one.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let waits = erasures::status.eq(ErasureStatus::Pending);
    let known = erasures::table.filter(erasures::resident_id.eq(pair.into).and(waits));
    let of_record = erasures::table.filter(erasures::resident_id.eq(pair.from));
    if diesel::select(diesel::dsl::exists(known)).get_result(act.conn)? {
        let ended = (
            erasures::status.eq(ErasureStatus::Refused),
            erasures::answer.eq(MERGED),
            erasures::decided_by.eq(act.actor.account()?),
            erasures::decided_at.eq(act.now),
        );
        diesel::update(of_record.filter(waits)).set(ended).execute(act.conn)?;
    }
    let kept = (erasures::resident_id.eq(pair.into), erasures::division.eq(pair.division));
    diesel::update(of_record).set(kept).execute(act.conn)?;
    Ok(())
}
