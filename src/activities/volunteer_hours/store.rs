//! Every query of the ledger.

use diesel::dsl::{sql, sum};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use uuid::Uuid;

use super::model::{HoursRow, NewHours, RecordedStay, Written};
use crate::access::act::{Act, Look};
use crate::access::actor::ResidentId;
use crate::activities::shift_signups::PersonId;
use crate::kit::page::Pager;
use crate::kit::problem::Result;
use crate::people::residents::OnePerson;
use crate::schema::{attendances, residents, shifts, volunteer_calls, volunteer_hours};

/// The person of a record: the account that it is bound to, else the record.
pub fn person(act: &mut Act<'_>, whose: ResidentId) -> Result<PersonId> {
    let account: Option<PersonId> =
        residents::table.find(whose).select(residents::account_id).first(act.conn)?;
    Ok(account.unwrap_or(PersonId(whose.0)))
}

/// The same; whose the record is stays so until this act has ended. No other change of the record waits for that.
pub fn hold_person(act: &mut Act<'_>, whose: ResidentId) -> Result<PersonId> {
    let account: Option<PersonId> =
        residents::table.find(whose).select(residents::account_id).for_key_share().first(act.conn)?;
    Ok(account.unwrap_or(PersonId(whose.0)))
}

/// Every record of the person of a record, whichever committee keeps it.
pub fn records(act: &mut Act<'_>, whose: ResidentId) -> Result<Vec<ResidentId>> {
    let person = person(act, whose)?;
    let mut all = bound(act, person)?;
    if !all.contains(&whose) {
        all.push(whose);
    }
    Ok(all)
}

/// The records that are bound to an account.
pub fn bound(act: &mut Act<'_>, person: PersonId) -> Result<Vec<ResidentId>> {
    let bound = residents::table.filter(residents::account_id.eq(person)).select(residents::id);
    Ok(bound.load(act.conn)?)
}

/// All stays of these records.
pub fn stays(act: &mut Act<'_>, of: &[ResidentId]) -> Result<Vec<RecordedStay>> {
    let all = attendances::table
        .inner_join(shifts::table)
        .filter(attendances::resident_id.eq_any(of.to_vec()).and(attendances::kind.eq("present")))
        .select((
            attendances::id,
            attendances::resident_id,
            shifts::call_id,
            shifts::division,
            attendances::arrived_at,
            attendances::left_at,
            attendances::break_minutes,
            shifts::starts_at,
            shifts::ends_at,
        ));
    Ok(all.load(act.conn)?)
}

/// What the ledger says of these records, by stay and day.
pub fn written(act: &mut Act<'_>, of: &[ResidentId]) -> Result<Vec<Written>> {
    let sums = volunteer_hours::table
        .filter(volunteer_hours::resident_id.eq_any(of.to_vec()))
        .group_by((
            volunteer_hours::attendance_id,
            volunteer_hours::resident_id,
            volunteer_hours::call_id,
            volunteer_hours::division,
            volunteer_hours::worked_on,
        ))
        .select((
            volunteer_hours::attendance_id,
            volunteer_hours::resident_id,
            volunteer_hours::call_id,
            volunteer_hours::division,
            volunteer_hours::worked_on,
            sql::<BigInt>("sum(minutes)"),
        ));
    Ok(sums.load(act.conn)?)
}

/// Adds lines.
pub fn append(act: &mut Act<'_>, lines: &[NewHours]) -> Result<()> {
    diesel::insert_into(volunteer_hours::table).values(lines).execute(act.conn)?;
    Ok(())
}

/// Gives the hours of one record to another of the same person.
pub fn move_all(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    diesel::update(volunteer_hours::table.filter(volunteer_hours::resident_id.eq(pair.from)))
        .set(volunteer_hours::resident_id.eq(pair.into))
        .execute(act.conn)?;
    Ok(())
}

/// One page of the lines of these records, the newest first.
pub fn page(look: &mut Look<'_>, of: &[ResidentId], pager: &Pager<'_, Uuid>) -> Result<Vec<HoursRow>> {
    let mut query = volunteer_hours::table
        .inner_join(volunteer_calls::table)
        .filter(volunteer_hours::resident_id.eq_any(of.to_vec()))
        .select((
            volunteer_hours::id,
            volunteer_hours::resident_id,
            volunteer_hours::attendance_id,
            volunteer_hours::call_id,
            volunteer_calls::title,
            volunteer_hours::worked_on,
            volunteer_hours::kind,
            volunteer_hours::minutes,
            volunteer_hours::reason,
            volunteer_hours::created_at,
        ))
        .into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(volunteer_hours::id.lt(super::model::HoursId(after)));
    }
    Ok(query.order(volunteer_hours::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// How many minutes these records have.
pub fn total(look: &mut Look<'_>, of: &[ResidentId]) -> Result<i64> {
    let all = volunteer_hours::table.filter(volunteer_hours::resident_id.eq_any(of.to_vec()));
    let minutes: Option<i64> = all.select(sum(volunteer_hours::minutes)).first(look.conn)?;
    Ok(minutes.unwrap_or_default())
}
