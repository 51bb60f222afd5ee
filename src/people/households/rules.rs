//! What must hold of a household.

use crate::kit::problem::{Result, Rule};

use super::model::HouseholdRelation;
use crate::people::residents::ResidentId;

/// The committee has a household of this number already.
pub static NUMBER_TAKEN: Rule = Rule::refused(
    "household-number-taken",
    "The committee has a household of this number already.",
    "本居村委已有该户号的家庭户。",
);
/// Households belong to a committee.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "household-division-not-committee",
    "A household belongs to one committee that has not been abolished; this is none.",
    "家庭户必须属于一个未撤销的居委会或村委会。",
);
/// There is no such dwelling in the household's committee.
pub static DWELLING_UNKNOWN: Rule = Rule::invalid(
    "household-dwelling-unknown",
    "The committee has no such dwelling.",
    "本居村委没有该房屋。",
);
/// There is no such resident in the household's committee.
pub static MEMBER_UNKNOWN: Rule = Rule::invalid(
    "household-member-unknown",
    "The committee keeps no record of such a resident.",
    "本居村委没有该居民档案。",
);
/// Somebody twice.
pub static MEMBER_REPEATED: Rule =
    Rule::invalid("household-member-repeated", "This member is in the list twice.", "家庭成员重复。");
/// Exactly one head.
pub static ONE_HEAD: Rule =
    Rule::invalid("household-one-head", "A household has exactly one head.", "家庭户须有且仅有一名户主。");
/// Somebody is in another household.
pub static MEMBER_TAKEN: Rule = Rule::refused(
    "household-member-taken",
    "This person is in another household; they must leave that first.",
    "该人员已在其他家庭户，须先退出。",
);
/// Who heads a household with others does not just go.
pub static HEADS_HOUSEHOLD: Rule = Rule::refused(
    "household-head-needed",
    "This person heads a household with others; say first who heads it then.",
    "该人员为户主且户内仍有其他成员，请先变更户主。",
);
/// The household has changed since they left it.
pub static NOT_RESTORABLE: Rule = Rule::refused(
    "household-changed-since",
    "The household has changed since this person left it; enter it anew.",
    "该人员离开后家庭户已变更，请重新登记。",
);
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NUMBER_TAKEN,
    &NOT_COMMITTEE,
    &DWELLING_UNKNOWN,
    &MEMBER_UNKNOWN,
    &MEMBER_REPEATED,
    &ONE_HEAD,
    &MEMBER_TAKEN,
    &HEADS_HOUSEHOLD,
    &NOT_RESTORABLE,
];

/// Nobody is in the list twice, and one of them is the head.
pub fn must_have_one_head(members: &[(ResidentId, HouseholdRelation)]) -> Result<()> {
    for (at, (resident, _)) in members.iter().enumerate() {
        if members.iter().take(at).any(|(known, _)| known == resident) {
            return Err(MEMBER_REPEATED.at(format!("/members/{at}")));
        }
    }
    match members.iter().filter(|(_, relation)| *relation == HouseholdRelation::Head).count() {
        1 => Ok(()),
        _ => Err(ONE_HEAD.at("/members")),
    }
}
