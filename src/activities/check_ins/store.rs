//! Every query of check-ins.

use chrono::{DateTime, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use uuid::Uuid;

use super::Action;
use super::model::{CheckInId, CheckInPurpose, CheckInRow, Filter, NewUse};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::access::principal::ApplicationId;
use crate::access::within::{beyond, within};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::people::residents::OnePerson;
use crate::schema::{accounts, check_ins, code_uses, residents};

/// One page of what the caller's posts reach, in the order of divisions.
pub fn page(
    look: &mut Look<'_>,
    filter: &Filter,
    pager: &Pager<'_, (Division, Uuid)>,
) -> Result<Vec<CheckInRow>> {
    let scope = look.scope(Action::List)?.narrow(filter.division);
    let mut query = check_ins::table
        .filter(within(check_ins::division, &scope))
        .select(CheckInRow::as_select())
        .into_boxed();
    if let Some(purpose) = filter.purpose {
        query = query.filter(check_ins::purpose.eq(purpose));
    }
    if let Some(event) = filter.event {
        query = query.filter(check_ins::event_id.eq(event));
    }
    if let Some(venue) = filter.venue {
        query = query.filter(check_ins::venue_id.eq(venue));
    }
    if let Some(by) = filter.by {
        // Nobody follows a person about by what they scanned for themselves.
        let colleague = check_ins::recorded_by
            .eq(AccountId(by))
            .and(check_ins::recorded_by.is_distinct_from(check_ins::account_id));
        query = query.filter(colleague.or(check_ins::application_id.eq(ApplicationId(by))));
    }
    if let Some(after) = pager.after {
        query = query.filter(beyond(check_ins::division, check_ins::id, after));
    }
    let mut rows = query.order((check_ins::division, check_ins::id)).limit(pager.fetch()).load(look.conn)?;
    hide_strangers(look, rows.iter_mut().collect())?;
    Ok(rows)
}

/// Takes out whose record it is where another committee keeps it. Only somebody without an account is known by that.
pub fn hide_strangers(look: &mut Look<'_>, mut rows: Vec<&mut CheckInRow>) -> Result<()> {
    rows.retain(|row| row.account_id.is_none());
    if rows.is_empty() {
        return Ok(());
    }
    let records: Vec<ResidentId> = rows.iter().filter_map(|row| row.resident_id).collect();
    let places: Vec<(ResidentId, Division)> = residents::table
        .filter(residents::id.eq_any(records))
        .select((residents::id, residents::division))
        .load(look.conn)?;
    for row in rows {
        row.resident_id = row.resident_id.filter(|id| places.contains(&(*id, row.division)));
    }
    Ok(())
}

/// One page of the caller's own, the newest first.
pub fn page_own(look: &mut Look<'_>, pager: &Pager<'_, CheckInId>) -> Result<Vec<CheckInRow>> {
    look.scope(Action::ListOwn)?;
    let own = check_ins::table.filter(check_ins::account_id.eq(look.actor.account()?));
    let mut query = own.select(CheckInRow::as_select()).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(check_ins::id.lt(after));
    }
    Ok(query.order(check_ins::id.desc()).limit(pager.fetch()).load(look.conn)?)
}

/// Those of these accounts that live, each with its record of a committee, where it has one there.
pub fn people(
    act: &mut Act<'_>,
    wanted: &[AccountId],
    division: Division,
) -> Result<Vec<(AccountId, Option<ResidentId>)>> {
    let here = residents::account_id
        .eq(accounts::id.nullable())
        .and(residents::division.eq(division))
        .and(residents::status.eq("present"));
    let living = accounts::table
        .left_join(residents::table.on(here))
        .filter(accounts::id.eq_any(wanted).and(accounts::closed_at.is_null()));
    Ok(living.select((accounts::id, residents::id.nullable())).load(act.conn)?)
}

/// Whose document it is: a record of that committee before one of another, who keeps it, and the account it is bound to.
pub fn citizen(
    act: &mut Act<'_>,
    document_hash: &[u8],
    division: Division,
) -> Result<Option<(ResidentId, Division, Option<AccountId>)>> {
    let known = residents::table
        .filter(residents::document_hash.eq(document_hash).and(residents::status.eq("present")))
        .order((residents::division.eq(division).desc(), residents::id))
        .select((residents::id, residents::division, residents::account_id));
    Ok(known.first(act.conn).optional()?)
}

/// Uses a code up; whether it was unused. One that is being used at this moment is waited for.
pub fn use_code(act: &mut Act<'_>, new: &NewUse<'_>) -> Result<bool> {
    let used = diesel::insert_into(code_uses::table).values(new).on_conflict_do_nothing();
    Ok(used.execute(act.conn)? == 1)
}

/// Says what a code led to after all.
pub fn point(act: &mut Act<'_>, nonce: &[u8], check_in: CheckInId) -> Result<()> {
    diesel::update(code_uses::table.find(nonce))
        .set(code_uses::check_in_id.eq(check_in))
        .execute(act.conn)?;
    Ok(())
}

/// What a used code led to, whether that is still there or not.
pub fn find_use(act: &mut Act<'_>, nonce: &[u8]) -> Result<Option<CheckInId>> {
    Ok(code_uses::table.find(nonce).select(code_uses::check_in_id).first(act.conn).optional()?)
}

/// What a used code led to; none where that is gone.
pub fn find_by_code(act: &mut Act<'_>, nonce: &[u8]) -> Result<Option<CheckInRow>> {
    let led = code_uses::table
        .find(nonce)
        .inner_join(check_ins::table.on(check_ins::id.eq(code_uses::check_in_id)));
    Ok(led.select(CheckInRow::as_select()).first(act.conn).optional()?)
}

/// Adds a check-in, by proof of an act that may; whether none of the person for the event follows the same.
pub fn insert<T>(act: &mut Act<'_>, _: &Permit<T>, new: &CheckInRow) -> Result<bool> {
    let added = diesel::insert_into(check_ins::table).values(new).on_conflict_do_nothing().execute(act.conn);
    let rows = added.on_constraints(&[("check_ins_division_fkey", &DIVISION_UNKNOWN, "/division")])?;
    Ok(rows == 1)
}

/// What is written of when somebody came to the same shift, and when they went, next to a moment and in the order of time: the last
/// until then and the first after it, by their account and by their record.
pub fn beside(act: &mut Act<'_>, new: &CheckInRow) -> Result<Vec<CheckInRow>> {
    let at = new.checked_in_at;
    let of_shift = || {
        check_ins::table
            .filter(check_ins::event_id.eq(new.event_id))
            .filter(check_ins::purpose.eq_any([CheckInPurpose::ShiftIn, CheckInPurpose::ShiftOut]))
            .select(<CheckInRow as SelectableHelper<Pg>>::as_select())
    };
    let until = || {
        let latest = (check_ins::checked_in_at.desc(), check_ins::id.desc());
        of_shift().filter(check_ins::checked_in_at.le(at)).order(latest).limit(1)
    };
    let since = || {
        let earliest = (check_ins::checked_in_at, check_ins::id);
        of_shift().filter(check_ins::checked_in_at.gt(at)).order(earliest).limit(1)
    };
    let by_account = check_ins::account_id.eq(new.account_id);
    let by_record = check_ins::resident_id.eq(new.resident_id);
    let next = until()
        .filter(by_account)
        .union_all(until().filter(by_record))
        .union_all(since().filter(by_account))
        .union_all(since().filter(by_record));
    let mut rows: Vec<CheckInRow> = next.load(act.conn)?;
    rows.sort_by_key(|row| (row.checked_in_at, row.id));
    Ok(rows)
}

/// The check-in of the same person for the same event that follows the same.
pub fn find_same(act: &mut Act<'_>, new: &CheckInRow) -> Result<CheckInRow> {
    let of_event = check_ins::table
        .filter(check_ins::event_id.eq(new.event_id).and(check_ins::purpose.eq(new.purpose)))
        .filter(check_ins::account_id.eq(new.account_id).or(check_ins::resident_id.eq(new.resident_id)))
        .filter(check_ins::follows_id.is_not_distinct_from(new.follows_id));
    Ok(of_event.order(check_ins::id).select(CheckInRow::as_select()).first(act.conn)?)
}

/// Of the same person for the same event, what follows the same and came later than a moment follows this one, which is about to be added.
pub fn make_room<T>(
    act: &mut Act<'_>,
    _: &Permit<T>,
    new: &CheckInRow,
    later_than: DateTime<Utc>,
) -> Result<()> {
    let later = check_ins::table
        .filter(check_ins::event_id.eq(new.event_id).and(check_ins::purpose.eq(new.purpose)))
        .filter(check_ins::account_id.eq(new.account_id).or(check_ins::resident_id.eq(new.resident_id)))
        .filter(check_ins::follows_id.is_not_distinct_from(new.follows_id))
        .filter(check_ins::checked_in_at.gt(later_than));
    diesel::update(later).set(check_ins::follows_id.eq(new.id)).execute(act.conn)?;
    Ok(())
}

/// The check-in by which somebody who came went again.
pub fn left_later(act: &mut Act<'_>, came: &CheckInRow) -> Result<Option<CheckInRow>> {
    let later = check_ins::table
        .filter(check_ins::event_id.eq(came.event_id).and(check_ins::purpose.eq(CheckInPurpose::ShiftOut)))
        .filter(check_ins::account_id.eq(came.account_id).or(check_ins::resident_id.eq(came.resident_id)))
        .filter(check_ins::checked_in_at.gt(came.checked_in_at));
    let first = later.order(check_ins::checked_in_at).select(CheckInRow::as_select());
    Ok(first.first(act.conn).optional()?)
}

/// Gives the check-ins of one record to another of the same person, but for those it has already: of a shift, where it came, no other
/// comings, and where it went, no other goings.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let of_record = check_ins::table.filter(check_ins::resident_id.eq(pair.from));
    let events = check_ins::table.filter(check_ins::resident_id.eq(pair.into));
    let known: Vec<(Option<Uuid>, CheckInPurpose)> = events
        .filter(check_ins::event_id.is_not_null())
        .select((check_ins::event_id, check_ins::purpose))
        .distinct()
        .load(act.conn)?;
    for (event, purpose) in known {
        let double = of_record.filter(check_ins::event_id.eq(event).and(check_ins::purpose.eq(purpose)));
        diesel::delete(double).execute(act.conn)?;
    }
    diesel::update(of_record).set(check_ins::resident_id.eq(pair.into)).execute(act.conn)?;
    Ok(())
}

/// What is kept by a consent goes with it: of those who withdrew it, closed their account, or were deleted or sealed by law.
const FORGET: &str = "\
    DELETE FROM check_ins WHERE ctid = ANY (ARRAY( \
        SELECT k.ctid FROM check_ins k WHERE k.purpose <> 'enrolment' AND ( \
            EXISTS (SELECT FROM accounts a WHERE a.id = k.account_id AND a.closed_at IS NOT NULL) \
            OR EXISTS (SELECT FROM residents r WHERE r.id = k.resident_id AND r.status IN ('erased', 'restricted')) \
            OR EXISTS (SELECT FROM consents w WHERE w.purpose = 'movement_track' AND w.withdrawn_at <= $1 \
                AND w.withdrawn_at >= k.checked_in_at \
                AND (w.resident_id IS NULL AND w.account_id = k.account_id OR w.resident_id = k.resident_id)) \
            AND NOT EXISTS (SELECT FROM consents g WHERE g.purpose = 'movement_track' AND g.withdrawn_at IS NULL \
                AND (g.resident_id IS NULL AND g.account_id = k.account_id OR g.resident_id = k.resident_id)) \
        ) LIMIT 5000 FOR UPDATE SKIP LOCKED))";

/// Deletes a batch of check-ins that nobody agrees to any more; answers how many.
pub fn forget_next(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    Ok(diesel::sql_query(FORGET).bind::<Timestamptz, _>(now).execute(conn)?)
}
