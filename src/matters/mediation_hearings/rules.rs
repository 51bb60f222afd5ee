//! What is refused of hearings, and why.

use chrono::{DateTime, TimeDelta, Utc};

use crate::kit::problem::{Result, Rule};
use crate::matters::mediation_cases::hearings::{Clashes, HearingRow};
use crate::matters::mediation_cases::parties::PartyRow;
use crate::matters::mediation_cases::seats::{ObjectionRow, SeatRow};
use crate::matters::mediation_cases::{GradeRow, MediationSeatRole};

/// So long before its time a hearing may begin.
const EARLY: TimeDelta = TimeDelta::minutes(30);

/// A free time, or a room and a time: one of the two.
pub static PLACE_UNFIT: Rule = Rule::invalid(
    "mediation-hearing-place-unfit",
    "Name a free time of a room, or a room with a beginning and an end.",
    "请选择可约时段，或同时填写调解室和起止时间。",
);
/// The room does not serve the place of the case, or is not used.
pub static ROOM_UNFIT: Rule = Rule::invalid(
    "mediation-hearing-room-unfit",
    "There is no such room, or no such free time, that is used and serves the place of the case.",
    "没有该调解室或可约时段，或其已停用、不服务本案所在区域。",
);
/// It begins later than now, and ends after that.
pub static TIME_UNFIT: Rule = Rule::invalid(
    "mediation-hearing-time-unfit",
    "A hearing begins later than now, within a year, and ends within twelve hours after it begins.",
    "调解会开始时间须晚于现在且在一年内，结束时间须在开始后十二小时内。",
);
/// Somebody was named who is not of the case, or does not sit.
pub static ATTENDEE_UNKNOWN: Rule = Rule::invalid(
    "mediation-hearing-attendee-unknown",
    "There is no such party of the case, or no such seat that somebody has taken.",
    "本案没有该当事人，或该席位无人就席。",
);
/// The room is closed then.
pub static ROOM_CLOSED: Rule = Rule::refused(
    "mediation-hearing-room-closed",
    "The room is not open all that time; take one of its free times, or another.",
    "该时间超出调解室开放时间，请选择可约时段或另择时间。",
);
/// The room is too small.
pub static ROOM_SMALL: Rule = Rule::refused(
    "mediation-hearing-room-small",
    "The room does not hold so many people.",
    "调解室容纳不下全部应到人员。",
);
/// Another hearing has the room.
pub static ROOM_TAKEN: Rule = Rule::refused(
    "mediation-hearing-room-taken",
    "Another hearing has the room in that time.",
    "该调解室在此时间已有调解会。",
);
/// Somebody is elsewhere.
pub static PERSON_TAKEN: Rule = Rule::refused(
    "mediation-hearing-person-taken",
    "Somebody who is expected, a mediator or another, is at another hearing in that time.",
    "应到人员（调解员等）在此时间另有调解会。",
);
/// A party is elsewhere.
pub static PARTY_TAKEN: Rule = Rule::refused(
    "mediation-hearing-party-taken",
    "A party is at another hearing in that time.",
    "当事人在此时间另有调解会。",
);
/// One hearing at a time.
pub static PLANNED: Rule = Rule::refused(
    "mediation-hearing-planned",
    "A hearing of this case is planned already; move it, or call it off.",
    "本案已排定调解会，请改期或先取消。",
);
/// In the open only if all want it (人民调解法 23).
pub static OPEN_UNWANTED: Rule = Rule::refused(
    "mediation-hearing-open-unwanted",
    "A hearing is open only where every party asked for that (People's Mediation Law, art. 23).",
    "须全体当事人要求公开方可公开调解（人民调解法第二十三条）。",
);
/// One of the three does not sit.
pub static SEAT_EMPTY: Rule = Rule::refused(
    "mediation-hearing-seat-empty",
    "A case of this grade is not heard with an empty seat of police, judicial office and lawyer (rules of grades of the place).",
    "该等级案件须派出所、司法所、律师席位齐备方可调解（当地分级标准）。",
);
/// There are too few mediators (人民调解法 19).
pub static MEDIATORS_FEW: Rule = Rule::refused(
    "mediation-hearing-mediators-few",
    "A case of this grade is heard by more mediators (People's Mediation Law, art. 19; rules of grades of the place).",
    "调解员人数不足该等级案件的要求（人民调解法第十九条；当地分级标准）。",
);
/// Whoever is objected to waits for the decision (人民调解法 23).
pub static OBJECTION_UNDECIDED: Rule = Rule::refused(
    "mediation-hearing-objection-undecided",
    "A party objects to one of the mediators, and that is not decided yet (People's Mediation Law, art. 23).",
    "当事人对调解员的回避申请尚未决定（人民调解法第二十三条）。",
);
/// It is not the time of the hearing.
pub static NOT_NOW: Rule = Rule::refused(
    "mediation-hearing-not-now",
    "A hearing begins from half an hour before its time until its end; move it first.",
    "调解会可于预定时间前半小时至结束时间内开始；请先改期。",
);
/// What was said, and what follows, is written down.
pub static TEXT_MISSING: Rule = Rule::invalid(
    "mediation-hearing-text-missing",
    "Write down what was said, and where it goes on, what follows.",
    "请填写调解笔录；择日再调的须写明后续安排。",
);
/// Minutes are written once.
pub static MINUTES_WRITTEN: Rule = Rule::refused(
    "mediation-hearing-minutes-written",
    "The minutes of this hearing are written; a note adds to them.",
    "本次调解笔录已定稿，补充内容请另作记录。",
);
/// Nobody says for somebody else that they read it in the app.
pub static NOTICE_UNFIT: Rule = Rule::invalid(
    "mediation-hearing-notice-unfit",
    "Whoever notes that somebody was told says how, in person, by telephone or on paper, and when, not later than now; oneself one reads it in the app.",
    "代记送达须写明方式（当面、电话或书面）和时间（不晚于现在）；本人在手机端确认。",
);
/// Who is expected was named.
pub static NOT_EXPECTED: Rule = Rule::invalid(
    "mediation-hearing-not-expected",
    "They are not expected at this hearing.",
    "此人不在本次调解会应到之列。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &PLACE_UNFIT,
    &ROOM_UNFIT,
    &TIME_UNFIT,
    &ATTENDEE_UNKNOWN,
    &ROOM_CLOSED,
    &ROOM_SMALL,
    &ROOM_TAKEN,
    &PERSON_TAKEN,
    &PARTY_TAKEN,
    &PLANNED,
    &OPEN_UNWANTED,
    &SEAT_EMPTY,
    &MEDIATORS_FEW,
    &OBJECTION_UNDECIDED,
    &NOT_NOW,
    &TEXT_MISSING,
    &MINUTES_WRITTEN,
    &NOTICE_UNFIT,
    &NOT_EXPECTED,
];

/// What the database refuses, whoever asks.
pub const CLASHES: Clashes<'_> = &[
    ("mediation_hearings_case_id_key", &PLANNED, ""),
    ("mediation_hearings_room_id_excl", &ROOM_TAKEN, ""),
    ("mediation_hearing_reservations_subject_id_excl", &PARTY_TAKEN, ""),
    ("mediation_hearing_reservations_account_id_excl", &PERSON_TAKEN, ""),
];

/// Who must sit when a case of that grade is heard, and how many mediate; at least one does, whatever the grade.
pub fn must_be_manned(rule: Option<&GradeRow>, present: &[&SeatRow]) -> Result<()> {
    let sits = |role: &MediationSeatRole| present.iter().any(|seat| seat.role == *role);
    let mut asked = rule.iter().flat_map(|rule| rule.seats.iter().flatten());
    if !asked.all(sits) {
        return SEAT_EMPTY.refuse();
    }
    let mediators = present.iter().filter(|seat| seat.mediates()).count();
    let needed = rule.and_then(|rule| usize::try_from(rule.mediators).ok()).unwrap_or(1).max(1);
    if mediators < needed { MEDIATORS_FEW.refuse() } else { Ok(()) }
}

/// Nobody mediates to whom a party objects, until that is decided.
pub fn must_be_undisputed(objections: &[ObjectionRow], present: &[&SeatRow]) -> Result<()> {
    let mut open = objections.iter().filter(|one| one.decision.is_none());
    let is_disputed = open.any(|one| present.iter().any(|seat| seat.id == one.seat_id));
    if is_disputed { OBJECTION_UNDECIDED.refuse() } else { Ok(()) }
}

/// Open, only if every party wants it so.
pub fn may_be_open(is_open: bool, parties: &[PartyRow]) -> Result<()> {
    let all_want = parties.iter().all(|party| party.wants_open == Some(true));
    if is_open && !all_want { OPEN_UNWANTED.refuse() } else { Ok(()) }
}

/// A hearing begins when it is time for it.
pub fn must_be_now(hearing: &HearingRow, now: DateTime<Utc>) -> Result<()> {
    let is_early = hearing.begins_at.signed_duration_since(now) > EARLY;
    if is_early || now >= hearing.ends_at { NOT_NOW.refuse() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::actor::AccountId;
    use crate::matters::mediation_cases::MediationSeatState;
    use crate::matters::mediation_cases::seats::SeatId;

    fn seat(role: MediationSeatRole, state: MediationSeatState) -> SeatRow {
        SeatRow {
            id: SeatId::new(),
            role,
            account_id: AccountId::new(),
            organisation_id: None,
            state,
            reason: String::new(),
            asked_at: DateTime::UNIX_EPOCH,
            replied_at: None,
            left_at: None,
        }
    }

    #[test]
    fn no_seat_asked_for_is_empty_and_there_are_mediators_enough() {
        use MediationSeatRole::{Justice, Lawyer, Mediator, Police};
        let seats: Vec<SeatRow> = [Police, Justice, Lawyer, Mediator, Mediator]
            .map(|role| seat(role, MediationSeatState::Accepted))
            .into();
        let rule = GradeRow {
            seats: vec![Some(Police), Some(Justice), Some(Lawyer)],
            mediators: 2,
            legal_basis: String::new(),
        };
        let all: Vec<&SeatRow> = seats.iter().collect();
        let code = |rule: Option<&GradeRow>, present: &[&SeatRow]| {
            must_be_manned(rule, present).err().map(|problem| problem.rule().code)
        };
        assert_eq!(code(Some(&rule), &all), None);
        for missing in 0..3 {
            let mut some = all.clone();
            some.remove(missing);
            assert_eq!(code(Some(&rule), &some), Some("mediation-hearing-seat-empty"));
        }
        assert_eq!(code(Some(&rule), &all[..4]), Some("mediation-hearing-mediators-few"));
        assert_eq!(
            code(None, &all[..3]),
            Some("mediation-hearing-mediators-few"),
            "somebody mediates always"
        );
        assert_eq!(code(None, &all[3..4]), None);
        let asked = seat(Mediator, MediationSeatState::Asked);
        assert_eq!(
            code(None, &[&asked]),
            Some("mediation-hearing-mediators-few"),
            "who was asked does not sit"
        );
    }
}
