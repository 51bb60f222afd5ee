//! What must hold of a check-in.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{CheckInId, CheckInPurpose, CheckInRow, Occasion};
use crate::access::codes::OFFLINE;
use crate::kit::problem::{Result, Rule};

/// Clocks differ by so much at most.
const SKEW: TimeDelta = TimeDelta::seconds(30);

/// Two comings, or two goings, so close to each other are one, scanned twice. Farther apart they are two of which what lies between is
/// not known yet, or never will be: a gate is offline, or somebody forgot. While one is there a coming says nothing; once it is known
/// when one went before it, it is when one came back, and what was served since would be lost without it.
pub(super) const AGAIN: TimeDelta = TimeDelta::minutes(15);

/// The code was used for something else.
pub static CODE_USED: Rule = Rule::refused(
    "check-in-code-used",
    "This code was used already, for something else; show a fresh one.",
    "该码已使用，请刷新后再出示。",
);
/// Nobody known here stands behind the code.
pub static PERSON_UNKNOWN: Rule = Rule::refused(
    "check-in-person-unknown",
    "Nobody who is known here stands behind this code.",
    "该码对应的人员在本服务中不存在。",
);
/// Which shift, meeting or training?
pub static EVENT_MISSING: Rule = Rule::invalid(
    "check-in-event-missing",
    "Say which shift, meeting or training it is for; a visit to a venue is for none.",
    "请注明签到对应的班次、会议或培训；到访无需填写。",
);
/// An enrolment is not written so.
pub static PURPOSE_UNFIT: Rule = Rule::invalid(
    "check-in-purpose-unfit",
    "An enrolment has an operation of its own.",
    "扫码录入请使用专用接口。",
);
/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("check-in-division-unknown", "There is no such division.", "没有该区划。");
/// A venue of another division, or none.
pub static VENUE_UNKNOWN: Rule =
    Rule::invalid("check-in-venue-unknown", "The division has no such venue.", "该区划没有此场所。");
/// Too long ago, or still to come.
pub static SCAN_UNFIT: Rule = Rule::invalid(
    "check-in-scan-unfit",
    "A scan is uploaded within 72 hours, and is not of a time to come.",
    "离线扫码须在 72 小时内上传，且不得晚于当前时间。",
);
/// A code of others is verified by its issuer, at the moment it is shown.
pub static ONLINE_ONLY: Rule = Rule::invalid(
    "check-in-online-only",
    "A code of others is verified by who issued it, and can't be uploaded later.",
    "其他平台的码须在线核验，不能离线上传。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &CODE_USED,
    &PERSON_UNKNOWN,
    &EVENT_MISSING,
    &PURPOSE_UNFIT,
    &DIVISION_UNKNOWN,
    &VENUE_UNKNOWN,
    &SCAN_UNFIT,
    &ONLINE_ONLY,
];

/// What may be written by a gate.
pub fn must_fit(occasion: &Occasion) -> Result<()> {
    if occasion.purpose == CheckInPurpose::Enrolment {
        return Err(PURPOSE_UNFIT.at("/purpose"));
    }
    if occasion.purpose.has_event() != occasion.event.is_some() {
        return Err(EVENT_MISSING.at("/event"));
    }
    Ok(())
}

/// Whether a scan of that time may be uploaded now.
pub fn is_in_time(scanned_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - OFFLINE <= scanned_at && scanned_at <= now + SKEW
}

/// Whether somebody's coming to an event, or going from it, is written already.
#[derive(Debug)]
pub enum Turn<'a> {
    /// It is this one.
    Again(&'a CheckInRow),
    /// It is one of its own, and follows that.
    New(Option<CheckInId>),
}

/// What somebody's scan at a moment is, beside what is written of them next to it, in the order of time: of two comings within minutes
/// and without a going between them both are one, and so are two goings.
pub fn turn(written: &[CheckInRow], purpose: CheckInPurpose, at: DateTime<Utc>) -> Turn<'_> {
    let (before, after) = written.split_at(written.partition_point(|row| row.checked_in_at <= at));
    let is_same = |row: &&CheckInRow| row.purpose == purpose && (row.checked_in_at - at).abs() <= AGAIN;
    let same = before.last().filter(is_same).or(after.first().filter(is_same));
    same.map_or_else(|| Turn::New(before.last().map(|row| row.id)), Turn::Again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::division::Division;

    #[test]
    fn a_scan_is_uploaded_within_three_days() {
        let now: DateTime<Utc> = "2026-11-26T08:00:00Z".parse().unwrap();
        assert!(is_in_time(now - OFFLINE, now) && is_in_time(now + SKEW, now));
        assert!(!is_in_time(now - OFFLINE - TimeDelta::seconds(1), now));
        assert!(!is_in_time(now + SKEW + TimeDelta::seconds(1), now));
    }

    #[test]
    fn comings_and_goings_take_turns_in_whatever_order_they_are_told() {
        use CheckInPurpose::{ShiftIn, ShiftOut};
        let now: DateTime<Utc> = "2026-11-26T08:00:00Z".parse().unwrap();
        const HOUR: i64 = 60;
        let at = |minute: i64| now + TimeDelta::minutes(minute);
        let key = |row: &CheckInRow| (row.purpose, row.follows_id);
        let mut written: Vec<CheckInRow> = Vec::new();
        // Whether it was new. The going of hour 50 is told before the comings of that day, of which the second is told before the going
        // between them, and the coming before 90 is never told.
        let mut told = |purpose, minute: i64| {
            let follows_id = match turn(&written, purpose, at(minute)) {
                Turn::Again(_) => return false,
                Turn::New(follows) => follows,
            };
            // What follows the same was told first and came later: it makes room.
            let new = row(purpose, at(minute), follows_id);
            for other in written.iter_mut().filter(|other| key(other) == key(&new)) {
                assert!(other.checked_in_at > new.checked_in_at + AGAIN);
                other.follows_id = Some(new.id);
            }
            written.push(new);
            written.sort_by_key(|row| row.checked_in_at);
            true
        };
        let all = [
            (ShiftIn, 0, true),
            (ShiftIn, 15, false),
            (ShiftOut, 2 * HOUR, true),
            (ShiftOut, 2 * HOUR + 10, false),
            (ShiftOut, 50 * HOUR, true),
            (ShiftIn, 24 * HOUR, true),
            (ShiftIn, 24 * HOUR - 10, false),
            (ShiftOut, 26 * HOUR, true),
            (ShiftIn, 23 * HOUR, true),
            (ShiftOut, 23 * HOUR + 15, true),
            (ShiftIn, 23 * HOUR + 10, false),
            (ShiftIn, 48 * HOUR, true),
            (ShiftIn, 49 * HOUR, true),
            (ShiftOut, 48 * HOUR + 30, true),
            (ShiftOut, 50 * HOUR, false),
            (ShiftOut, 50 * HOUR - 10, false),
            (ShiftOut, 90 * HOUR, true),
        ];
        for (purpose, minute, is_new) in all {
            assert_eq!(told(purpose, minute), is_new, "{purpose:?} {minute}");
        }
        // What is one is so by what it follows.
        let is_one = |(n, row): (usize, &CheckInRow)| written[..n].iter().all(|other| key(other) != key(row));
        assert!(written.iter().enumerate().all(is_one), "{written:?}");
    }

    fn row(purpose: CheckInPurpose, at: DateTime<Utc>, follows_id: Option<CheckInId>) -> CheckInRow {
        CheckInRow {
            id: CheckInId::new(),
            division: Division::SHANGHAI,
            purpose,
            event_id: None,
            venue_id: None,
            account_id: None,
            resident_id: None,
            recorded_by: None,
            application_id: None,
            is_offline: false,
            scanned_at: None,
            checked_in_at: at,
            recorded_at: at,
            follows_id,
        }
    }
}
