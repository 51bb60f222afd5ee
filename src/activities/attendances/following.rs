//! What codes that were shown at a shift say of the hours.

use chrono::{DateTime, Utc};

use super::model::{AttendanceRow, AttendanceSource, Bearer, Told};
use super::noting::{By, Place, arrive, leave, place, record};
use super::rules::must_be_arrival;
use super::{Action, store};
use crate::access::act::Act;
use crate::access::division::Division;
use crate::activities::shift_signups::{must_be_anothers, must_be_safe};
use crate::activities::shifts::{self, ShiftId, ShiftRow};
use crate::kit::clock::local_date;
use crate::kit::problem::{Kind, Result};

/// A code that was shown at a shift.
pub struct Scanned {
    /// Which shift.
    pub shift: ShiftId,
    /// Whose code.
    pub bearer: Bearer,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether they came, or went.
    pub is_arrival: bool,
    /// Where it was scanned.
    pub division: Division,
    /// Whether they scanned what the place shows at that moment, instead of being scanned by somebody.
    pub is_by_oneself: bool,
}

/// What a code that was shown at a shift says of the hours: its bearer came, or went. It says nothing of who has no place there, is there
/// already, or has gone, nor at another time or of oneself, nor of who may not do dangerous work that day: the check-in stands, and
/// whoever organises may note what was. Answers whether anything was noted.
pub fn follow(act: &mut Act<'_>, scanned: &Scanned) -> Result<bool> {
    let &Scanned { shift, bearer, at, is_arrival, division, is_by_oneself } = scanned;
    let known = match is_arrival {
        true => store::whose_place(act, shift, bearer)?,
        false => store::whose_stay(act, shift, bearer)?,
    };
    let Some(signup) = known else { return Ok(false) };
    let there: Place = (shifts::store::load(act, shift)?, signup);
    let has_witness = is_by_oneself || act.actor.application.is_some();
    if !is_near(&there.0, division) || !has_witness && must_be_anothers(act, &there.1).is_err() {
        return Ok(false);
    }
    let is_noted = come_or_go(act, &there, (at, is_arrival))?;
    // At this moment nobody has come since.
    if is_noted && !is_arrival && at < act.now {
        follow_later(act, &there)?;
    }
    Ok(is_noted)
}

/// Whoever was there was not heard when they came again; once it is known when they went, what was
/// kept of scans since is, in the order of time; a coming scanned twice within minutes is kept once: see `check_ins::rules::turn`.
pub(super) fn follow_later(act: &mut Act<'_>, there: &Place) -> Result<()> {
    for shown in store::shown_later(act, &there.1)? {
        if is_near(&there.0, shown.division) {
            come_or_go(act, there, (shown.at, shown.is_arrival))?;
        }
    }
    Ok(())
}

fn is_near(shift: &ShiftRow, division: Division) -> bool {
    shift.division.range().contains(division) || division.range().contains(shift.division)
}

/// Whether something was noted. What is in the way of it is none of a gate's business.
fn come_or_go(act: &mut Act<'_>, there: &Place, (at, is_arrival): (DateTime<Utc>, bool)) -> Result<bool> {
    let noted = if is_arrival { come(act, there, at) } else { go(act, there, at) };
    match noted {
        Err(problem) if matches!(problem.rule().kind, Kind::Refused | Kind::Invalid | Kind::Absent) => {
            Ok(false)
        }
        other => other,
    }
}

fn come(act: &mut Act<'_>, there: &Place, at: DateTime<Utc>) -> Result<bool> {
    let place = place(act, there)?;
    if let Some(stay) = store::open(act, place.1.id)? {
        return come_before(act, &place, &stay, at);
    }
    let row = arrive(act, &place, at, By::Code)?;
    record(act, Action::Create, &row).map(|()| true)
}

/// Whoever is there since a later scan came before that, and is not known to have gone since: as if it had been told in order. Once it is
/// known that they went, the later scan is a coming again.
fn come_before(
    act: &mut Act<'_>,
    (shift, signup): &Place,
    stay: &AttendanceRow,
    at: DateTime<Utc>,
) -> Result<bool> {
    let is_before = stay.arrived_at.is_some_and(|arrived| at < arrived);
    if !is_before || stay.source != AttendanceSource::Code || store::has_left_since(act, signup.id, at)? {
        return Ok(false);
    }
    must_be_arrival(shift, at, act.now)?;
    let day = local_date(at);
    must_be_safe(act, signup.id, (day, day))?;
    let told =
        Told { kind: stay.kind, arrived_at: Some(at), left_at: None, break_minutes: stay.break_minutes };
    let row = store::update(act, stay.id, &told)?;
    record(act, Action::Create, &row).map(|()| true)
}

fn go(act: &mut Act<'_>, there: &Place, at: DateTime<Utc>) -> Result<bool> {
    let row = leave(act, there, (at, 0), By::Code)?;
    record(act, Action::Create, &row).map(|()| true)
}
