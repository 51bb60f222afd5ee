//! What is refused of dispute entries, and why.

use super::model::{DisputeEntryState, EntryRow};
use crate::kit::problem::{Kind, Result, Rule};

/// A dispute is told to a committee.
pub static NOT_COMMITTEE: Rule = Rule::invalid(
    "dispute-entry-division-not-committee",
    "A dispute that is told for somebody names a residents' or village committee.",
    "代为登记的纠纷须填写居委会或村委会。",
);
/// Who is not known there is helped at the counter.
pub static RESIDENCY_MISSING: Rule = Rule::refused(
    "dispute-entry-residency-missing",
    "One tells a dispute where one is a verified resident; elsewhere the committee enters it.",
    "须为本居民区已认证居民；否则请到居委会由工作人员代为登记。",
);
/// Whose it is.
pub static PERSON_UNFIT: Rule = Rule::invalid(
    "dispute-entry-person-unfit",
    "It is told for a resident of this committee, or for somebody named: one of the two.",
    "须填写本居民区居民或写明姓名，二者选一。",
);
/// With whom.
pub static OTHER_UNFIT: Rule = Rule::invalid(
    "dispute-entry-other-unfit",
    "The other side is an organisation, or somebody named: one of the two.",
    "对方当事人须为单位或写明姓名，二者选一。",
);
/// So many a day are enough.
pub static TOO_MANY: Rule = Rule {
    code: "dispute-entry-too-many",
    kind: Kind::TooMany,
    en: "Five disputes a day are enough; the committee takes more at its counter.",
    zh: "每日最多登记五件纠纷，更多请到居委会办理。",
};
/// No rule says where it goes.
pub static ROUTE_UNKNOWN: Rule = Rule::refused(
    "dispute-entry-route-unknown",
    "No rule of this place says where such a dispute goes.",
    "本地尚无此类纠纷的分流规则。",
);
/// It stands elsewhere.
pub static STATE_UNFIT: Rule = Rule::refused(
    "dispute-entry-state-unfit",
    "Where the entry stands this can't be done: it was answered, taken already, or became a mediation case.",
    "当前状态不允许此操作：已答复、已接收或已转为调解案件。",
);
/// Nobody is sent round in circles.
pub static HANDED_ALREADY: Rule = Rule::refused(
    "dispute-entry-handed-already",
    "It was handed on once; whoever has it now answers it.",
    "已转办一次，由现接收单位答复，不得再次转办。",
);
/// It is there already.
pub static ROUTE_SAME: Rule = Rule::invalid(
    "dispute-entry-route-same",
    "It is handed on to another way than the one it took.",
    "转办去向不得与原去向相同。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &NOT_COMMITTEE,
    &RESIDENCY_MISSING,
    &PERSON_UNFIT,
    &OTHER_UNFIT,
    &TOO_MANY,
    &ROUTE_UNKNOWN,
    &STATE_UNFIT,
    &HANDED_ALREADY,
    &ROUTE_SAME,
];

/// How many one tells a day for oneself.
pub const MOST_A_DAY: i64 = 5;

/// What who received an entry does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is theirs.
    Accept,
    /// What came of it.
    Answer,
    /// It is not theirs.
    HandOver,
}

/// Refuses a step that does not follow from where the entry stands.
pub fn may_follow(step: Step, row: &EntryRow) -> Result<()> {
    use DisputeEntryState::{Accepted, Sent};
    let follows = match step {
        Step::Accept => row.state == Sent,
        Step::Answer | Step::HandOver => matches!(row.state, Sent | Accepted),
    };
    if !follows {
        return STATE_UNFIT.refuse();
    }
    let is_second = step == Step::HandOver && row.handed_from.is_some();
    if is_second { HANDED_ALREADY.refuse() } else { Ok(()) }
}
