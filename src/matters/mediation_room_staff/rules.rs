//! What must hold of who serves in a room.

use chrono::NaiveDate;

use super::model::RoomStaffRow;
use crate::kit::problem::{Result, Rule};

/// Somebody who may serve there is named in one way.
pub static PERSON_UNFIT: Rule = Rule::invalid(
    "mediation-room-staff-person-unfit",
    "A mediator or a lawyer stands in a roster for this place today; a liaison is an account with a post there. Name either the entry or the account.",
    "调解员、律师须为服务该区域的在册人员；联络员须为在该区域任职的账号。名册与账号只填其一。",
);
/// A room that is not used takes nobody.
pub static ROOM_INACTIVE: Rule =
    Rule::refused("mediation-room-inactive", "The room is not used.", "该调解场所已停用。");
/// A term has at least one day, and is not over when it is entered.
pub static TERM_REVERSED: Rule = Rule::invalid(
    "mediation-room-staff-term-reversed",
    "It ends on its first day or later, and today or later.",
    "截止日期不能早于开始日期，也不能早于今日。",
);
/// Nobody is in one room twice at a time.
pub static TAKEN: Rule = Rule::refused(
    "mediation-room-staff-taken",
    "The person serves in this room already in that time.",
    "该人员在此期间已在该调解场所任职。",
);
/// Full time is one room.
pub static FULL_TIME_ELSEWHERE: Rule = Rule::refused(
    "mediation-room-staff-full-time-elsewhere",
    "The person serves full time in another room in that time.",
    "该人员在此期间已在其他调解场所专职任职。",
);
/// It is ended once, and an end is brought forward, never put off.
pub static ENDED: Rule = Rule::refused(
    "mediation-room-staff-ended",
    "It is over on that day or before it already.",
    "该任职已在该日或更早结束。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&PERSON_UNFIT, &ROOM_INACTIVE, &TERM_REVERSED, &TAKEN, &FULL_TIME_ELSEWHERE, &ENDED];

/// A term has at least one day; one that is entered now is not over already.
pub fn must_be_a_term(starts_on: NaiveDate, ends_on: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    match ends_on {
        Some(last) if last < starts_on || last < today => Err(TERM_REVERSED.at("/ends_on")),
        _ => Ok(()),
    }
}

/// It may end on that day, or at once.
pub fn may_end(staff: &RoomStaffRow, on: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    if staff.is_over(today) || on.is_some_and(|on| staff.ends_on.is_some_and(|last| last <= on)) {
        return ENDED.refuse();
    }
    match on {
        Some(on) if on < staff.starts_on || on < today => Err(TERM_REVERSED.at("/on")),
        _ => Ok(()),
    }
}
