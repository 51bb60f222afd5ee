//! Every query of clocks.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;

use super::model::{ClockId, ClockRow, NewClock, Subject};
use crate::access::act::Look;
use crate::access::division::Range;
use crate::kit::clock::{local_date, start_of};
use crate::kit::problem::Result;
use crate::matters::calendar::{self, Due, Reckoning, Unit, due_at};
use crate::matters::emergency_orders::{self, EmergencyOrderId};
use crate::matters::policies::{self, ClockKind, PolicyId, PolicyMode, PolicyRow, Wanted};
use crate::matters::registry::MatterId;
use crate::schema::matter_clocks;

/// The clocks of a matter that was found, in the order they began.
pub fn of(look: &mut Look<'_>, matter: MatterId) -> Result<Vec<ClockRow>> {
    let begun = matter_clocks::table.filter(matter_clocks::matter_id.eq(matter)).order(matter_clocks::id);
    Ok(begun.select(ClockRow::as_select()).load(look.conn)?)
}

/// A clock of a matter that is not done with.
pub fn find_running(look: &mut Look<'_>, matter: MatterId, clock: ClockKind) -> Result<Option<ClockRow>> {
    let running = matter_clocks::table
        .filter(matter_clocks::matter_id.eq(matter).and(matter_clocks::clock.eq(clock)))
        .filter(matter_clocks::stopped_at.is_null());
    Ok(running.select(ClockRow::as_select()).first(look.conn).optional()?)
}

/// Begins a clock, by the policy that holds there and then; none where no policy says anything.
pub fn start(look: &mut Look<'_>, subject: &Subject, clock: ClockKind) -> Result<Option<ClockRow>> {
    let order = emergency_orders::in_force(look.conn, subject.division, look.now)?.map(|order| order.id);
    match policy(look, subject, clock, order.is_some())? {
        Some(policy) => begin(look, subject, by(look, &policy), order).map(Some),
        None => Ok(None),
    }
}

/// Begins the clock of a policy that was chosen otherwise, as by a threshold 联名人数 that was reached.
pub fn start_by(look: &mut Look<'_>, subject: &Subject, policy: &PolicyRow) -> Result<ClockRow> {
    let order = emergency_orders::in_force(look.conn, subject.division, look.now)?.map(|order| order.id);
    begin(look, subject, by(look, policy), order)
}

/// Begins a clock that ends on a day people agreed on, or on the next that is worked (民法典 203).
pub fn start_until(look: &mut Look<'_>, subject: &Subject, clock: ClockKind, on: NaiveDate) -> Result<()> {
    let until = Reckoning { anchor_on: on, amount: 0, unit: Unit::CalendarDay };
    begin(look, subject, (clock, None, until), None).map(drop)
}

type Begun = (ClockKind, Option<PolicyId>, Reckoning);

fn by(look: &Look<'_>, policy: &PolicyRow) -> Begun {
    let anchor_on = local_date(look.now);
    (policy.clock, Some(policy.id), Reckoning { anchor_on, amount: policy.amount, unit: policy.unit })
}

fn begin(
    look: &mut Look<'_>,
    subject: &Subject,
    (clock, policy_id, reckoning): Begun,
    order: Option<EmergencyOrderId>,
) -> Result<ClockRow> {
    let due = reckon(look, reckoning)?;
    let new = NewClock {
        id: ClockId::new(),
        matter_id: subject.matter,
        division: subject.division,
        clock,
        policy_id,
        unit: reckoning.unit,
        started_at: look.now,
        anchor_on: reckoning.anchor_on,
        amount: reckoning.amount,
        extended_by: 0,
        due_on: due.on,
        due_at: due_at(due.on),
        is_provisional: due.is_provisional,
        emergency_order_id: order,
        escalations: 0,
        next_at: Some(first_look(clock, due.on)),
    };
    let added = diesel::insert_into(matter_clocks::table).values(new).returning(ClockRow::as_returning());
    Ok(added.get_result(look.conn)?)
}

/// In an emergency the policy for emergencies, where there is one.
fn policy(
    look: &mut Look<'_>,
    subject: &Subject,
    clock: ClockKind,
    is_emergency: bool,
) -> Result<Option<PolicyRow>> {
    let wanted = Wanted {
        kind: subject.kind,
        variant: Some(subject.variant),
        category: subject.category.as_deref(),
        grade: Some(subject.grade),
        mode: if is_emergency { PolicyMode::Emergency } else { PolicyMode::Normal },
        clock,
        division: subject.division,
        on: local_date(look.now),
    };
    policies::find(look.conn, &wanted)
}

fn reckon(look: &mut Look<'_>, reckoning: Reckoning) -> Result<Due> {
    Ok(reckoning.due(&calendar::load(look.conn, reckoning.anchor_on)?))
}

/// Reminders come with the last day; what only ends by itself is looked at when it does.
fn first_look(clock: ClockKind, due_on: NaiveDate) -> DateTime<Utc> {
    if clock.lapses() { due_at(due_on) } else { start_of(due_on) }
}

/// Done with: these clocks of a matter, where they are not yet.
pub fn stop(look: &mut Look<'_>, matter: MatterId, clocks: &[ClockKind]) -> Result<()> {
    let running = matter_clocks::table
        .filter(matter_clocks::matter_id.eq(matter).and(matter_clocks::stopped_at.is_null()))
        .filter(matter_clocks::clock.eq_any(clocks));
    let stopped = (matter_clocks::stopped_at.eq(look.now), matter_clocks::next_at.eq(None::<DateTime<Utc>>));
    diesel::update(running).set(stopped).execute(look.conn)?;
    Ok(())
}

/// Done with: the clock that this policy began, where it is not yet.
pub fn stop_by(look: &mut Look<'_>, matter: MatterId, policy: PolicyId) -> Result<()> {
    let running = matter_clocks::table
        .filter(matter_clocks::matter_id.eq(matter).and(matter_clocks::stopped_at.is_null()))
        .filter(matter_clocks::policy_id.eq(policy));
    let stopped = (matter_clocks::stopped_at.eq(look.now), matter_clocks::next_at.eq(None::<DateTime<Utc>>));
    diesel::update(running).set(stopped).execute(look.conn)?;
    Ok(())
}

/// Done with: every clock of a matter that is over, but for a review, which goes on beyond that.
pub fn stop_all(look: &mut Look<'_>, matter: MatterId) -> Result<()> {
    let is_of_course = |clock: &ClockKind| !matches!(clock, ClockKind::Review | ClockKind::FinalReview);
    let clocks: Vec<ClockKind> = ClockKind::ALL.iter().copied().filter(is_of_course).collect();
    stop(look, matter, &clocks)
}

/// The matter waits for somebody outside: its clocks stand still.
pub fn pause(look: &mut Look<'_>, matter: MatterId) -> Result<()> {
    let running = matter_clocks::table
        .filter(matter_clocks::matter_id.eq(matter).and(matter_clocks::stopped_at.is_null()))
        .filter(matter_clocks::paused_on.is_null());
    let paused =
        (matter_clocks::paused_on.eq(local_date(look.now)), matter_clocks::next_at.eq(None::<DateTime<Utc>>));
    diesel::update(running).set(paused).execute(look.conn)?;
    Ok(())
}

/// What stood still goes on, with the days it had left.
pub fn resume(look: &mut Look<'_>, matter: MatterId) -> Result<()> {
    for clock in of(look, matter)? {
        let Some(paused_on) = clock.paused_on.filter(|_| clock.stopped_at.is_none()) else { continue };
        let calendar = calendar::load(look.conn, clock.anchor_on)?;
        let resumed = clock.reckoning().paused(paused_on, &calendar).resumed(local_date(look.now));
        set(look, &clock, resumed)?;
    }
    Ok(())
}

/// More time for a clock, in its own unit.
pub fn extend(look: &mut Look<'_>, clock: &ClockRow, by: i32) -> Result<ClockRow> {
    let longer = clock.reckoning().extended(by);
    let more = matter_clocks::extended_by.eq(matter_clocks::extended_by + by);
    diesel::update(matter_clocks::table.find(clock.id)).set(more).execute(look.conn)?;
    set(look, clock, longer)
}

/// A clock runs from another day than that it was begun on, as what took effect before it was noted.
pub fn anchor(look: &mut Look<'_>, clock: &ClockRow, on: NaiveDate) -> Result<()> {
    set(look, clock, Reckoning { anchor_on: on, ..clock.reckoning() }).map(drop)
}

/// Another policy for a clock, from the day an emergency order began or the clock did, whichever is later. Where there is no such
/// policy it only notes the order, so that it is not asked again.
pub fn swap(
    look: &mut Look<'_>,
    clock: &ClockRow,
    subject: &Subject,
    (order, since): (EmergencyOrderId, DateTime<Utc>),
) -> Result<ClockRow> {
    let under = matter_clocks::emergency_order_id.eq(order);
    diesel::update(matter_clocks::table.find(clock.id)).set(under).execute(look.conn)?;
    let Some(policy) =
        policy(look, subject, clock.clock, true)?.filter(|one| one.mode == PolicyMode::Emergency)
    else {
        return Ok(clock.clone());
    };
    let anchor_on = clock.anchor_on.max(local_date(since));
    // What was granted besides stays granted.
    let other = Reckoning { anchor_on, amount: policy.amount, unit: policy.unit }.extended(clock.extended_by);
    let by = matter_clocks::policy_id.eq(policy.id);
    diesel::update(matter_clocks::table.find(clock.id)).set(by).execute(look.conn)?;
    set(look, clock, other)
}

/// Writes how a clock runs on.
fn set(look: &mut Look<'_>, clock: &ClockRow, to: Reckoning) -> Result<ClockRow> {
    let due = reckon(look, to)?;
    // What was reported as late is reported again only if the new end is missed, too.
    let is_later = due.on > clock.due_on;
    let change = (
        matter_clocks::anchor_on.eq(to.anchor_on),
        matter_clocks::amount.eq(to.amount),
        matter_clocks::unit.eq(to.unit),
        matter_clocks::due_on.eq(due.on),
        matter_clocks::due_at.eq(due_at(due.on)),
        matter_clocks::is_provisional.eq(due.is_provisional),
        matter_clocks::paused_on.eq(None::<NaiveDate>),
        matter_clocks::escalations.eq(if is_later { 0 } else { clock.escalations }),
        matter_clocks::next_at.eq(first_look(clock.clock, due.on)),
    );
    let changed = diesel::update(matter_clocks::table.find(clock.id)).set(change);
    Ok(changed.returning(ClockRow::as_returning()).get_result(look.conn)?)
}

/// The nearest end of what runs, of those that are somebody's deadline.
pub fn nearest(look: &mut Look<'_>, matter: MatterId) -> Result<Option<DateTime<Utc>>> {
    let running = matter_clocks::table
        .filter(matter_clocks::matter_id.eq(matter).and(matter_clocks::stopped_at.is_null()))
        .filter(matter_clocks::paused_on.is_null().and(matter_clocks::clock.ne_all(ClockKind::LAPSING)));
    Ok(running.select(diesel::dsl::min(matter_clocks::due_at)).first(look.conn)?)
}

/// The matters with a clock that must be looked at now, the longest waiting first; those that somebody holds come next time.
pub fn due_next(look: &mut Look<'_>, most: i64) -> Result<Vec<ClockRow>> {
    let due = matter_clocks::table
        .filter(matter_clocks::next_at.le(look.now))
        .order(matter_clocks::next_at)
        .limit(most)
        .select(ClockRow::as_select());
    Ok(due.load(look.conn)?)
}

/// A clock was looked at on its last day.
pub fn warned(look: &mut Look<'_>, clock: &ClockRow) -> Result<()> {
    let seen = (matter_clocks::warned_at.eq(look.now), matter_clocks::next_at.eq(clock.due_at));
    diesel::update(matter_clocks::table.find(clock.id)).set(seen).execute(look.conn)?;
    Ok(())
}

/// A clock was reported as late one step up the line; the next step comes a working day later, if there is one.
pub fn reported(look: &mut Look<'_>, clock: &ClockRow, has_more: bool) -> Result<()> {
    let today = local_date(look.now);
    let next = reckon(look, Reckoning { anchor_on: today, amount: 1, unit: Unit::WorkingDay })?.on;
    let seen = (
        matter_clocks::escalations.eq(matter_clocks::escalations + 1),
        matter_clocks::next_at.eq(has_more.then(|| due_at(next))),
    );
    diesel::update(matter_clocks::table.find(clock.id)).set(seen).execute(look.conn)?;
    Ok(())
}

/// The clocks of a range that run under no emergency order that is in force.
pub fn begun_under(
    look: &mut Look<'_>,
    range: Range,
    in_force: &[EmergencyOrderId],
    most: i64,
) -> Result<Vec<ClockRow>> {
    let other = matter_clocks::emergency_order_id
        .is_null()
        .or(matter_clocks::emergency_order_id.ne_all(in_force.to_vec()).assume_not_null());
    let running = matter_clocks::table
        .filter(matter_clocks::division.ge(range.start).and(matter_clocks::division.lt(range.end)))
        .filter(matter_clocks::stopped_at.is_null().and(matter_clocks::paused_on.is_null()))
        // The answer to a joint petition is due by the threshold that was reached.
        .filter(
            matter_clocks::clock.ne_all(ClockKind::LAPSING).and(matter_clocks::clock.ne(ClockKind::Answer)),
        )
        .filter(other)
        .order(matter_clocks::id)
        .limit(most);
    Ok(running.select(ClockRow::as_select()).load(look.conn)?)
}

/// A clock as it is now, for whoever holds its matter.
pub fn find(look: &mut Look<'_>, id: ClockId) -> Result<ClockRow> {
    Ok(matter_clocks::table.find(id).select(ClockRow::as_select()).first(look.conn)?)
}

/// Nothing can be done about it just now: it is looked at again a day later.
pub fn postpone(look: &mut Look<'_>, clock: &ClockRow) -> Result<()> {
    let later = matter_clocks::next_at.eq(look.now + TimeDelta::days(1));
    diesel::update(matter_clocks::table.find(clock.id)).set(later).execute(look.conn)?;
    Ok(())
}
