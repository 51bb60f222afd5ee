//! What must hold of who is what in which home.

use chrono::NaiveDate;

use super::model::{HomeRelation, HomeRow};
use crate::kit::problem::{Result, Rule};

/// The same twice at a time.
pub static HELD: Rule = Rule::refused(
    "dwelling-resident-held",
    "The person is this in this home already at that time.",
    "该人员在此期间已与该房屋有相同关系。",
);
/// There is no such resident within reach.
pub static RESIDENT_UNKNOWN: Rule =
    Rule::invalid("dwelling-resident-unknown", "There is no such resident.", "没有该居民。");
/// The record is kept by another committee than the home's.
pub static OTHER_COMMITTEE: Rule = Rule::invalid(
    "dwelling-resident-other-committee",
    "Another committee keeps this record; who is something in a home has a record of the home's own committee.",
    "该档案属于其他居村委；人房关系须使用房屋所属居村委的人员档案。",
);
/// Owners are set as a whole.
pub static OWNERS_AS_A_WHOLE: Rule = Rule::invalid(
    "dwelling-resident-owner",
    "The owners of a home are set together, with shares that are exactly 1.",
    "产权人及份额须整体登记，份额合计为 1。",
);
/// It began or ended tomorrow.
pub static DAY_AHEAD: Rule =
    Rule::invalid("dwelling-resident-day-ahead", "The day is still to come.", "日期尚未到来。");
/// It ends before it begins.
pub static DAYS_REVERSED: Rule = Rule::invalid(
    "dwelling-resident-days-reversed",
    "It can't end before it begins.",
    "结束日期早于开始日期。",
);
/// The person lives elsewhere since a later day.
pub static LIVES_SINCE_LATER: Rule = Rule::refused(
    "dwelling-resident-lives-since-later",
    "The person lives in their present home since a later day than that.",
    "该人员入住现居住房屋的日期晚于所填日期。",
);
/// The person lives elsewhere.
pub static LIVES_ELSEWHERE: Rule = Rule::refused(
    "dwelling-resident-lives-elsewhere",
    "The person lives in another home at that time.",
    "该人员在此期间居住于其他房屋。",
);
/// It has ended already.
pub static ENDED: Rule = Rule::refused("dwelling-resident-ended", "It has ended already.", "该关系已结束。");
/// An owner is a person or a body.
pub static ONE_HOLDER: Rule = Rule::invalid(
    "dwelling-owner-one-holder",
    "An owner is either a resident or an organisation.",
    "产权人须为一名居民或一个组织。",
);
/// An owner twice.
pub static OWNER_REPEATED: Rule =
    Rule::invalid("dwelling-owner-repeated", "This owner is in the list twice.", "产权人重复。");
/// More or less than the home.
pub static SHARES_NOT_WHOLE: Rule = Rule::invalid(
    "dwelling-owner-shares-not-whole",
    "The shares of all owners must be exactly 1 together.",
    "全部产权人的份额合计须等于 1。",
);
/// There is no such organisation.
pub static ORGANISATION_UNKNOWN: Rule =
    Rule::invalid("dwelling-owner-organisation-unknown", "There is no such organisation.", "没有该组织。");
/// Somebody dead buys nothing.
pub static OWNER_DECEASED: Rule = Rule::refused(
    "dwelling-owner-deceased",
    "Somebody who has died keeps what they owned until succession, and gets no more.",
    "已故人员仅保留原有产权直至继承，不能新增份额。",
);
/// The change of owners lies before an owner's beginning.
pub static CHANGES_BEFORE: Rule = Rule::invalid(
    "dwelling-owner-changes-before",
    "An owner who goes, or whose share changes, began after that day.",
    "变更日期早于原产权人的取得日期。",
);
/// What leaves can't end before it began.
pub static LEAVES_BEFORE: Rule = Rule::invalid(
    "resident-departure-before-home",
    "The person came to a home after that day.",
    "离开日期早于入住日期。",
);
/// What a record has in another committee stays there.
pub static TIES_ELSEWHERE: Rule = Rule::refused(
    "resident-merge-ties-elsewhere",
    "The record still has a home, a household or the like in another committee; end that first.",
    "该档案在其他居村委仍有房屋或家庭户等关系，请先结束。",
);
/// The two shares together can't be kept.
pub static SHARES_TOO_FINE: Rule = Rule::refused(
    "resident-merge-shares-too-fine",
    "Both records own the same home, and their shares together can't be kept; set its owners first.",
    "两份档案均为同一房屋产权人，合并份额无法保存，请先调整产权人。",
);
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &HELD,
    &RESIDENT_UNKNOWN,
    &OTHER_COMMITTEE,
    &OWNERS_AS_A_WHOLE,
    &DAY_AHEAD,
    &DAYS_REVERSED,
    &LIVES_SINCE_LATER,
    &LIVES_ELSEWHERE,
    &ENDED,
    &ONE_HOLDER,
    &OWNER_REPEATED,
    &SHARES_NOT_WHOLE,
    &ORGANISATION_UNKNOWN,
    &OWNER_DECEASED,
    &CHANGES_BEFORE,
    &LEAVES_BEFORE,
    &TIES_ELSEWHERE,
    &SHARES_TOO_FINE,
];

/// Nothing begins or ends in the future, nor ends before it begins.
pub fn must_have_days(row: &HomeRow, today: NaiveDate) -> Result<()> {
    if row.starts_on > today {
        return Err(DAY_AHEAD.at("/starts_on"));
    }
    match row.ends_on {
        Some(end) if end > today => Err(DAY_AHEAD.at("/ends_on")),
        Some(end) if end < row.starts_on => Err(DAYS_REVERSED.at("/ends_on")),
        _ => Ok(()),
    }
}

/// Owners are made, unmade and told apart from others only as a whole.
pub fn must_not_make_owners(before: &HomeRow, after: &HomeRow) -> Result<()> {
    let is_owner = |row: &HomeRow| row.relation == HomeRelation::Owner;
    if is_owner(before) != is_owner(after) {
        return Err(OWNERS_AS_A_WHOLE.at("/relation"));
    }
    if is_owner(before) && after.is_living {
        return Err(OWNERS_AS_A_WHOLE.at("/is_living"));
    }
    if is_owner(before) && before.ends_on != after.ends_on {
        return Err(OWNERS_AS_A_WHOLE.at("/ends_on"));
    }
    Ok(())
}
