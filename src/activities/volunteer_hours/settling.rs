//! Writing down what stays have earned: what differs from what is written is taken back and earned anew.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::model::{AttendanceId, HoursId, HoursKind, NewHours};
use super::reckoning::{Stay, credit};
use super::store;
use crate::access::act::Act;
use crate::access::actor::ResidentId;
use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::activities::volunteer_rules;
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

/// Nobody else writes of the stays and hours of a person until this act has ended.
pub fn take_turn(act: &mut Act<'_>, whose: ResidentId) -> Result<()> {
    let turn = act.ring.hash("volunteer-hours", &[whose.0.as_bytes()]);
    act.serialise(&turn)
}

/// Writes what the stays of a person have earned, whose turn the act has taken.
pub fn settle(act: &mut Act<'_>, whose: ResidentId, around: Around, reason: &str) -> Result<()> {
    let rules = volunteer_rules::store::all(act.conn)?;
    let recorded = store::stays(act, whose)?;
    let mut places: BTreeMap<AttendanceId, (VolunteerCallId, Division)> =
        recorded.iter().map(|stay| (stay.attendance, (stay.call, stay.division))).collect();
    let stays = recorded.iter().filter_map(Stay::inside).collect();
    let earned = credit(stays, |division, day| rules.daily_cap(division, day));
    let mut written = BTreeMap::new();
    for line in store::written(act, whose)? {
        places.entry(line.attendance).or_insert((line.call, line.division));
        let minutes = i32::try_from(line.minutes).map_err(Problem::fault)?;
        written.insert((line.attendance, line.worked_on), minutes);
    }
    let keys: BTreeSet<_> = earned.keys().chain(written.keys()).copied().collect();
    let mut lines = Vec::new();
    for key in keys.into_iter().filter(|(_, day)| around.has(*day)) {
        let of = |map: &BTreeMap<_, i32>| map.get(&key).copied().unwrap_or_default();
        let (before, after) = (of(&written), of(&earned));
        let Some((call, division)) = places.get(&key.0).copied().filter(|_| before != after) else {
            continue;
        };
        for (kind, minutes) in [(HoursKind::Reversed, -before), (HoursKind::Earned, after)] {
            if minutes != 0 {
                lines.push(NewHours {
                    id: HoursId::new(),
                    resident_id: whose,
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
    let mut both = [pair.from, pair.into];
    both.sort();
    for one in both {
        take_turn(act, one)?;
    }
    store::move_all(act, pair)?;
    settle(act, pair.into, Around::All, "档案合并")
}
