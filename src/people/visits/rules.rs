//! What must hold of a visit.

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};

use super::model::{Subject, VisitKind, VisitRow};
use crate::kit::clock::local_date;
use crate::kit::problem::{Result, Rule};

/// A committee keeps the record of a visit.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "visit-division-not-committee",
    "A visit is recorded by one committee that has not been abolished; this is none.",
    "走访和接待记录必须属于一个未撤销的居委会或村委会。",
);
/// Neither whom nor which home.
pub static SUBJECT_MISSING: Rule = Rule::invalid(
    "visit-subject-missing",
    "A visit names whom or which home; a reception may name a topic instead.",
    "走访须注明对象或房屋；接待可只注明事由。",
);
/// The committee has no such resident.
pub static RESIDENT_UNKNOWN: Rule = Rule::invalid(
    "visit-resident-unknown",
    "The committee has no such resident.",
    "本居村委没有该居民档案。",
);
/// The committee has no such home.
pub static HOME_UNKNOWN: Rule =
    Rule::invalid("visit-home-unknown", "The committee has no such dwelling.", "本居村委没有该房屋。");
/// Nobody of that committee has this account.
pub static COMPANION_UNKNOWN: Rule = Rule::invalid(
    "visit-companion-unknown",
    "Who goes along holds a post that reaches the committee, is not the author, and is named once.",
    "同行人员须为本居村委或其上级的在岗人员，不能是记录人本人，也不能重复。",
);
/// A visit is written down when it has happened, and soon.
pub static MOMENT_INVALID: Rule = Rule::invalid(
    "visit-moment-invalid",
    "A visit lies behind us, and not by more than a year.",
    "走访或接待时间不能晚于现在，也不能早于一年前。",
);
/// Nobody looks again before the first time.
pub static FOLLOW_UP_EARLY: Rule = Rule::invalid(
    "visit-follow-up-early",
    "The day of the follow-up lies before the visit.",
    "回访日期不能早于走访日期。",
);
/// No such earlier visit.
pub static FOLLOWS_UNKNOWN: Rule =
    Rule::invalid("visit-follows-unknown", "There is no such earlier visit.", "没有所回访的记录。");
/// The earlier visit was to somebody else.
pub static FOLLOWS_OTHER: Rule = Rule::invalid(
    "visit-follows-other",
    "A follow-up is later than what it follows, and about the same person, home or topic.",
    "回访须晚于原记录，且对象、房屋或事由相同。",
);
/// The earlier visit was followed up already.
pub static FOLLOWED_UP: Rule = Rule::refused(
    "visit-followed-up-already",
    "This visit has been followed up; whom it was about and when stay as they are.",
    "该记录已有回访，不能重复回访或更改对象和时间。",
);
/// After a week a record is history.
pub static CHANGE_LATE: Rule = Rule::refused(
    "visit-change-late",
    "A visit can be changed for seven days after it was entered.",
    "记录提交满七日后不能再修改。",
);
/// The visit has no such open finding.
pub static FINDING_UNKNOWN: Rule =
    Rule::invalid("visit-finding-unknown", "The visit has no such open finding.", "该记录没有此条待办问题。");
/// What was sent as a photo is none.
pub static PHOTO_INVALID: Rule =
    Rule::invalid("visit-photo-invalid", "A photo is a picture.", "照片必须是图片文件。");
/// More than one visit can hold.
pub static TOO_MUCH: Rule = Rule::refused(
    "visit-too-much",
    "A visit has at most 20 findings and 20 photos.",
    "每条记录最多20条问题、20张照片。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NOT_COMMITTEE,
    &SUBJECT_MISSING,
    &RESIDENT_UNKNOWN,
    &HOME_UNKNOWN,
    &COMPANION_UNKNOWN,
    &MOMENT_INVALID,
    &FOLLOW_UP_EARLY,
    &FOLLOWS_UNKNOWN,
    &FOLLOWS_OTHER,
    &FOLLOWED_UP,
    &CHANGE_LATE,
    &FINDING_UNKNOWN,
    &PHOTO_INVALID,
    &TOO_MUCH,
];

/// How many findings, and how many photos, a visit has at most.
pub const MOST: usize = 20;
/// For how long a visit can be changed.
const CHANGES: TimeDelta = TimeDelta::days(7);

/// A visit is about somebody or a home; a reception may be about a topic.
pub fn must_have_subject(kind: VisitKind, subject: &Subject) -> Result<()> {
    let is_of_place = subject.resident.is_some() || subject.home.is_some();
    let has_topic = kind == VisitKind::Reception && subject.topic.is_some();
    if is_of_place || has_topic { Ok(()) } else { Err(SUBJECT_MISSING.at("/resident")) }
}

/// A visit lies in the year behind us.
pub fn must_be_past(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let is_recent = now.checked_sub_months(Months::new(12)).is_none_or(|year_ago| at >= year_ago);
    if at <= now && is_recent { Ok(()) } else { Err(MOMENT_INVALID.at("/visited_at")) }
}

/// Nobody looks again before the day of the visit.
pub fn must_look_later(at: DateTime<Utc>, follow_up_on: Option<NaiveDate>) -> Result<()> {
    let is_early = follow_up_on.is_some_and(|day| day < local_date(at));
    if is_early { Err(FOLLOW_UP_EARLY.at("/follow_up_on")) } else { Ok(()) }
}

/// A follow-up is later than what it follows, and about the same.
pub fn must_follow(earlier: &VisitRow, at: DateTime<Utc>, subject: &Subject) -> Result<()> {
    let before = earlier.subject();
    let same_resident = before.resident.is_some() && before.resident == subject.resident;
    let same_home = before.home.is_some() && before.home == subject.home;
    let same_topic = before.topic.is_some() && before.topic == subject.topic;
    let is_same = same_resident || same_home || same_topic;
    if is_same && earlier.visited_at < at { Ok(()) } else { Err(FOLLOWS_OTHER.at("/follows")) }
}

/// A record can be changed for seven days.
pub fn must_be_fresh(visit: &VisitRow, now: DateTime<Utc>) -> Result<()> {
    CHANGE_LATE.unless(now - visit.created_at <= CHANGES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::disclosures::ResidentId;

    #[test]
    fn only_a_reception_is_about_a_topic_alone() {
        let about = |resident, topic: Option<&str>| Subject {
            resident,
            home: None,
            topic: topic.map(ToOwned::to_owned),
        };
        let somebody = Some(ResidentId::new());
        assert!(must_have_subject(VisitKind::Visit, &about(somebody, None)).is_ok());
        assert!(must_have_subject(VisitKind::Visit, &about(None, Some("电梯"))).is_err());
        assert!(must_have_subject(VisitKind::Reception, &about(None, Some("电梯"))).is_ok());
        assert!(must_have_subject(VisitKind::Reception, &about(None, None)).is_err());
    }

    #[test]
    fn a_visit_lies_in_the_year_behind_us() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-11-25T08:00:00Z");
        let check = |visited: &str| must_be_past(at(visited), now).is_ok();
        assert!(check("2026-11-25T08:00:00Z") && !check("2026-11-25T08:00:01Z"));
        assert!(check("2025-11-25T08:00:00Z") && !check("2025-11-25T07:59:59Z"));
        // At 23:30 UTC it is the next day in Shanghai.
        let follow = |day: &str| must_look_later(at("2026-11-20T23:30:00Z"), day.parse().ok()).is_ok();
        assert!(follow("2026-11-21") && !follow("2026-11-20"));
    }
}
