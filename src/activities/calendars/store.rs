//! Every query of calendars.

use std::cmp::Reverse;

use chrono::TimeDelta;
use diesel::alias;
use diesel::prelude::*;
use uuid::Uuid;

use super::Action;
use super::model::{CalendarId, CalendarRow, Joined, NewCalendar, Planned};
use super::rules::DIVISION_UNKNOWN;
use crate::access::act::{Act, Look, Permit};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::activities::volunteer_calls::{VolunteerCallState, VolunteerCallVisibility};
use crate::kit::page::Pager;
use crate::kit::problem::{OnConstraint, Result};
use crate::schema::{accounts, calendars, divisions, residents, shift_signups, shifts, volunteer_calls};

/// What is over for so long is left out, and so is what is more than fits a phone.
const PAST: TimeDelta = TimeDelta::days(90);
const MOST_EVENTS: i64 = 500;
/// Calls whose shifts without an end are over.
const ENDED: [VolunteerCallState; 2] = [VolunteerCallState::Finished, VolunteerCallState::Cancelled];

/// One page of one's own.
pub fn page(look: &mut Look<'_>, pager: &Pager<'_, Uuid>) -> Result<Vec<CalendarRow>> {
    look.scope(Action::List)?;
    let own = calendars::table.filter(calendars::account_id.eq(look.actor.account()?));
    let mut query = own.select(CalendarRow::as_select()).into_boxed();
    if let Some(after) = pager.after {
        query = query.filter(calendars::id.gt(CalendarId(after)));
    }
    Ok(query.order(calendars::id).limit(pager.fetch()).load(look.conn)?)
}

/// How many one has.
pub fn count(act: &mut Act<'_>, account: AccountId) -> Result<i64> {
    Ok(calendars::table.filter(calendars::account_id.eq(account)).count().get_result(act.conn)?)
}

/// Adds a calendar.
pub fn insert(act: &mut Act<'_>, new: &Permit<NewCalendar>) -> Result<CalendarRow> {
    diesel::insert_into(calendars::table)
        .values(&**new)
        .returning(CalendarRow::as_returning())
        .get_result(act.conn)
        .on_constraints(&[("calendars_division_fkey", &DIVISION_UNKNOWN, "/division")])
}

/// Takes one of one's own away, where it is there.
pub fn delete(act: &mut Act<'_>, id: CalendarId) -> Result<CalendarRow> {
    let own = calendars::table.find(id).filter(calendars::account_id.eq(act.actor.account()?));
    Ok(diesel::delete(own).returning(CalendarRow::as_returning()).get_result(act.conn)?)
}

/// The calendar of an address, as long as its account is open. Whoever has the address may ask.
pub fn by_token(look: &mut Look<'_>, hash: &[u8]) -> Result<CalendarRow> {
    look.scope(Action::Find)?;
    let living = calendars::table
        .inner_join(accounts::table)
        .filter(calendars::token_hash.eq(hash).and(accounts::closed_at.is_null()));
    Ok(living.select(CalendarRow::as_select()).first(look.conn)?)
}

/// What a division is called.
pub fn place(look: &mut Look<'_>, division: Division) -> Result<String> {
    Ok(divisions::table.find(division).select(divisions::name).first(look.conn)?)
}

macro_rules! planned {
    () => {
        (
            shifts::id,
            volunteer_calls::title,
            volunteer_calls::contact,
            volunteer_calls::state,
            volunteer_calls::version,
            volunteer_calls::updated_at,
            shifts::role,
            shifts::place,
            shifts::kind,
            shifts::starts_at,
            shifts::ends_at,
            shifts::is_cancelled,
            shifts::version,
            shifts::updated_at,
        )
    };
}

/// Whether a shift goes on or is still to come: without an end, as long as its call.
macro_rules! goes_on {
    ($now:expr) => {
        shifts::ends_at
            .gt($now)
            .or(shifts::ends_at.is_null().and(volunteer_calls::state.ne_all(ENDED)))
            .assume_not_null()
    };
}

/// Whether a shift is over, and not for long.
macro_rules! was_lately {
    ($now:expr) => {
        shifts::ends_at
            .gt($now - PAST)
            .and(shifts::ends_at.le($now))
            .or(shifts::ends_at
                .is_null()
                .and(volunteer_calls::state.eq_any(ENDED))
                .and(volunteer_calls::updated_at.gt($now - PAST)))
            .assume_not_null()
    };
}

/// What the owner of a calendar signed up for, themselves or for a child: what comes goes before what was. In the order of beginnings,
/// the last first. The sign-ups come first, each by its index: conditions with an `OR` between them would be tried on every sign-up there is.
pub fn own_shifts(look: &mut Look<'_>, calendar: &CalendarRow) -> Result<Vec<Joined>> {
    let joined = || {
        let records = residents::table
            .filter(residents::account_id.eq(calendar.account_id).and(residents::status.eq("present")))
            .select(residents::id);
        let signups = alias!(shift_signups as own);
        let by_record = signups
            .filter(signups.field(shift_signups::resident_id).eq_any(records))
            .select(signups.field(shift_signups::id));
        let by_account = signups
            .filter(signups.field(shift_signups::account_id).eq(calendar.account_id))
            .select(signups.field(shift_signups::id));
        shift_signups::table
            .inner_join(shifts::table.inner_join(volunteer_calls::table))
            .filter(shift_signups::id.eq_any(by_record.union(by_account)))
            .select((shift_signups::id, shift_signups::state, shift_signups::updated_at, planned!()))
    };
    let next = joined().filter(goes_on!(look.now)).order((shifts::starts_at, shift_signups::id));
    let mut all: Vec<Joined> = next.limit(MOST_EVENTS).load(look.conn)?;
    let last = joined().filter(was_lately!(look.now)).order((shifts::starts_at.desc(), shift_signups::id));
    all.extend(last.limit(left(all.len())).load::<Joined>(look.conn)?);
    all.sort_by_key(|one| (Reverse(one.planned.starts_at), one.signup));
    Ok(all)
}

/// The shifts of public calls in a division and below that were published once: what comes goes before what was. In the order of
/// beginnings, the last first.
pub fn public_shifts(look: &mut Look<'_>, division: Division) -> Result<Vec<Planned>> {
    let range = division.range();
    let shown = || {
        shifts::table
            .inner_join(volunteer_calls::table)
            .filter(shifts::division.ge(range.start).and(shifts::division.lt(range.end)))
            .filter(volunteer_calls::visibility.eq(VolunteerCallVisibility::Public))
            .filter(
                volunteer_calls::state
                    .ne(VolunteerCallState::Draft)
                    .and(volunteer_calls::published_at.is_not_null()),
            )
            .select(planned!())
    };
    let next = shown().filter(goes_on!(look.now)).order((shifts::starts_at, shifts::id));
    let mut all: Vec<Planned> = next.limit(MOST_EVENTS).load(look.conn)?;
    let last = shown().filter(was_lately!(look.now)).order((shifts::starts_at.desc(), shifts::id));
    all.extend(last.limit(left(all.len())).load::<Planned>(look.conn)?);
    all.sort_by_key(|one| (Reverse(one.starts_at), one.shift));
    Ok(all)
}

/// How many more fit a phone.
fn left(taken: usize) -> i64 {
    i64::try_from(taken).map_or(0, |taken| MOST_EVENTS - taken)
}
