//! Writing down what stays have earned: what differs from what is written is taken back and earned anew.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::model::{AttendanceId, HoursId, HoursKind, NewHours, RecordedStay};
use super::reckoning::{Stay, credit};
use super::store;
use crate::access::act::Act;
use crate::access::actor::{AccountId, ResidentId};
use crate::access::division::Division;
use crate::activities::shift_signups::PersonId;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::activities::volunteer_rules;
use crate::kit::clock::local_date;
use crate::kit::problem::{Problem, Result};
use crate::people::residents::OnePerson;

/// A stay moves what others earn on its days and beside them, and nothing further away: a later rule does not reach back.
const BESIDE: Days = Days::new(2);

/// Which days may change.
#[derive(Clone, Copy, Debug)]
pub enum Around {
    /// Those of a stay that was recorded or put right.
    Days(NaiveDate, NaiveDate),
    /// All.
    All,
}

impl Around {
    fn has(self, day: NaiveDate) -> bool {
        match self {
            Around::All => true,
            Around::Days(first, last) => {
                let first = first.checked_sub_days(BESIDE).unwrap_or(first);
                let last = last.checked_add_days(BESIDE).unwrap_or(last);
                (first..=last).contains(&day)
            }
        }
    }
}

/// Nobody else writes of the stays and hours of the person of a record, by whichever of their records, until this act has ended; nor
/// does the record become another person's.
pub fn take_turn(act: &mut Act<'_>, whose: ResidentId) -> Result<()> {
    let person = store::hold_person(act, whose)?;
    take_turn_of(act, person)
}

/// The turns of two, in the order of their ids.
fn take_turns(act: &mut Act<'_>, mut both: [PersonId; 2]) -> Result<()> {
    both.sort();
    both.into_iter().try_for_each(|one| take_turn_of(act, one))
}

fn take_turn_of(act: &mut Act<'_>, person: PersonId) -> Result<()> {
    let turn = act.ring.hash("volunteer-hours", &[person.0.as_bytes()]);
    act.serialise(&turn)
}

/// Writes what the stays of the person of a record have earned, by all their records, whose turn the act has taken.
pub fn settle(act: &mut Act<'_>, whose: ResidentId, around: Around, reason: &str) -> Result<()> {
    let records = store::records(act, whose)?;
    settle_all(act, &records, &[around], reason)
}

/// The same of these records, which are of one person: each line is of the record that its stay is of.
fn settle_all(act: &mut Act<'_>, of: &[ResidentId], around: &[Around], reason: &str) -> Result<()> {
    let rules = volunteer_rules::store::all(act.conn)?;
    let recorded = store::stays(act, of)?;
    let mut places: BTreeMap<AttendanceId, (ResidentId, VolunteerCallId, Division)> =
        recorded.iter().map(|stay| (stay.attendance, (stay.resident, stay.call, stay.division))).collect();
    let stays = recorded.iter().filter_map(Stay::inside).collect();
    let earned = credit(stays, |division, day| rules.daily_cap(division, day));
    let mut written = BTreeMap::new();
    for line in store::written(act, of)? {
        places.entry(line.attendance).or_insert((line.resident, line.call, line.division));
        let minutes = i32::try_from(line.minutes).map_err(Problem::fault)?;
        written.insert((line.attendance, line.worked_on), minutes);
    }
    let keys: BTreeSet<_> = earned.keys().chain(written.keys()).copied().collect();
    let mut lines = Vec::new();
    for key in keys.into_iter().filter(|(_, day)| around.iter().any(|one| one.has(*day))) {
        let minutes = |map: &BTreeMap<_, i32>| map.get(&key).copied().unwrap_or_default();
        let (before, after) = (minutes(&written), minutes(&earned));
        let Some((resident, call, division)) = places.get(&key.0).copied().filter(|_| before != after) else {
            continue;
        };
        for (kind, minutes) in [(HoursKind::Reversed, -before), (HoursKind::Earned, after)] {
            if minutes != 0 {
                lines.push(NewHours {
                    id: HoursId::new(),
                    resident_id: resident,
                    attendance_id: key.0,
                    call_id: call,
                    division,
                    worked_on: key.1,
                    kind,
                    minutes,
                    reason: if before == 0 { String::new() } else { reason.to_owned() },
                    created_at: act.now,
                });
            }
        }
    }
    store::append(act, &lines)
}

/// Gives the hours of one record to another of the same person; what both did at one time counts once from now on.
pub fn join(act: &mut Act<'_>, pair: &OnePerson) -> Result<()> {
    let both = [store::person(act, pair.from)?, store::person(act, pair.into)?];
    take_turns(act, both)?;
    store::move_all(act, pair)?;
    // The account of the one that closes may go to the other: what is bound to either is of one person.
    let records = [store::records(act, pair.from)?, store::records(act, pair.into)?].concat();
    settle_all(act, &records, &[Around::All], "档案合并")
}

/// A record is of another account than before, or of one for the first time: what two records did at one time counts once where they are
/// of one person now, and twice where they are of one no more.
pub fn follow(act: &mut Act<'_>, whose: ResidentId, was: Option<AccountId>) -> Result<()> {
    let before = was.map_or(PersonId(whose.0), |account| PersonId(account.0));
    let both = [before, store::person(act, whose)?];
    take_turns(act, both)?;
    let stays = store::stays(act, &[whose])?;
    let days = |stay: &RecordedStay| stay.arrived_at.zip(stay.left_at);
    let around = |(from, until)| Around::Days(local_date(from), local_date(until));
    let around: Vec<Around> = stays.iter().filter_map(days).map(around).collect();
    if around.is_empty() {
        return Ok(());
    }
    for records in [store::bound(act, before)?, store::records(act, whose)?] {
        settle_all(act, &records, &around, "居民认证变更")?;
    }
    Ok(())
}
