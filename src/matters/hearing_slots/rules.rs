//! What must hold of free times.

use chrono::{DateTime, TimeDelta, Utc};

use crate::kit::problem::Rule;

/// So long is a time at most.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// So far ahead.
const FURTHEST: TimeDelta = TimeDelta::days(366);

/// It begins later than now, and ends after that.
pub static TIME_UNFIT: Rule = Rule::invalid(
    "hearing-slot-time-unfit",
    "It begins later than now, within a year, and ends within twelve hours after it begins.",
    "开始时间须晚于现在且在一年内，结束时间须在开始后十二小时内。",
);
/// A room's free times do not overlap.
pub static TAKEN: Rule = Rule::refused(
    "hearing-slot-taken",
    "The room has a free time that overlaps with this one already.",
    "该调解室已有与此重叠的可约时段。",
);
/// Nobody uses the room.
pub static ROOM_INACTIVE: Rule =
    Rule::refused("hearing-slot-room-inactive", "The room is not used.", "该调解室已停用。");
/// A hearing took it once: it stays on record.
pub static IN_USE: Rule = Rule::refused(
    "hearing-slot-in-use",
    "A hearing takes this time, or took it; it stays.",
    "该时段已被调解会占用或曾被占用，不能删除。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TIME_UNFIT, &TAKEN, &ROOM_INACTIVE, &IN_USE];

/// Whether something may be planned for then.
pub fn is_a_time(begins_at: DateTime<Utc>, ends_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let length = ends_at.signed_duration_since(begins_at);
    let ahead = begins_at.signed_duration_since(now);
    ahead > TimeDelta::zero() && ahead <= FURTHEST && length > TimeDelta::zero() && length <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_ahead_and_has_a_length() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-03-02T02:00:00Z");
        let fits = |from, to| is_a_time(at(from), at(to), now);
        assert!(fits("2026-03-03T01:00:00Z", "2026-03-03T03:00:00Z"));
        assert!(!fits("2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z"), "now is too late");
        assert!(!fits("2026-03-03T01:00:00Z", "2026-03-03T01:00:00Z"), "no length");
        assert!(!fits("2026-03-03T01:00:00Z", "2026-03-03T00:00:00Z"), "backwards");
        assert!(!fits("2026-03-03T01:00:00Z", "2026-03-03T13:00:01Z"), "too long");
        assert!(!fits("2027-03-04T01:00:00Z", "2027-03-04T02:00:00Z"), "too far");
    }
}
