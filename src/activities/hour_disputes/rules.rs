//! What must hold of a dispute.

use super::model::{DisputeRow, HourDisputeStage};
use crate::kit::problem::{Result, Rule};

/// There is nothing to dispute yet.
pub static EARLY: Rule =
    Rule::refused("hour-dispute-early", "The shift has not begun.", "班次尚未开始，暂无可异议的记录。");
/// It waits already.
pub static PENDING: Rule = Rule::refused(
    "hour-dispute-pending",
    "It is disputed already, and not answered yet.",
    "已提出异议，尚待答复。",
);
/// Both have answered.
pub static DECIDED: Rule = Rule::refused(
    "hour-dispute-decided",
    "The committee has answered already.",
    "居委已答复，异议处理终结。",
);
/// It was answered.
pub static ANSWERED: Rule =
    Rule::refused("hour-dispute-answered", "It is answered already.", "该异议已答复。");
/// The committee's answer is not the organiser's once more.
pub static ANOTHER_NEEDED: Rule = Rule::refused(
    "hour-dispute-another-needed",
    "The committee answers, and not who answered or recorded before.",
    "须由居委另行指定人员答复，原登记人、原答复人回避。",
);
/// Nothing was corrected.
pub static UNCORRECTED: Rule = Rule::refused(
    "hour-dispute-uncorrected",
    "Nothing that is disputed was put right since: correct the attendance first, or uphold it.",
    "提出异议后尚未更正出勤记录：请先更正，或答复维持。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&EARLY, &PENDING, &DECIDED, &ANSWERED, &ANOTHER_NEEDED, &UNCORRECTED];

/// Before whom a dispute comes next, after those there were.
pub fn next_stage(before: &[DisputeRow]) -> Result<HourDisputeStage> {
    if before.iter().any(|one| one.outcome.is_none()) {
        return PENDING.refuse();
    }
    match before.len() {
        0 => Ok(HourDisputeStage::Organiser),
        1 => Ok(HourDisputeStage::Committee),
        _ => DECIDED.refuse(),
    }
}
