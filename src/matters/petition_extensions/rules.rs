//! What is refused of extensions.

use crate::kit::problem::{Result, Rule};
use crate::matters::clocks::ClockRow;

/// Only what runs is extended.
pub static CLOCK_ABSENT: Rule = Rule::refused(
    "extension-clock-absent",
    "No such clock of this petition runs.",
    "该诉求没有正在计时的该项时限。",
);
/// Half of what there was, and no more.
pub static TOO_LONG: Rule = Rule::invalid(
    "extension-too-long",
    "Together no more than half of what the policy gave, rounded up: 30 days of 60 (Regulation on Petitions, art. 34).",
    "延期合计不得超过原时限的一半（如六十日可延长三十日，信访工作条例第三十四条）。",
);
/// One request at a time.
pub static PENDING: Rule = Rule::refused(
    "extension-pending",
    "Another request for more time waits for its decision.",
    "已有待审批的延期申请。",
);
/// It was decided before.
pub static DECIDED: Rule =
    Rule::refused("extension-decided", "This request was decided before.", "该延期申请已审批。");
/// Nobody allows themselves more time.
pub static OWN: Rule = Rule::refused(
    "extension-own",
    "Whoever asked for more time does not decide over it.",
    "不得审批本人提出的延期申请。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&CLOCK_ABSENT, &TOO_LONG, &PENDING, &DECIDED, &OWN];

/// Refuses more than half of what the policy gave.
pub fn must_be_short(clock: &ClockRow, given: i32, by: i32) -> Result<()> {
    let most = (given + 1) / 2;
    if clock.extended_by + by <= most { Ok(()) } else { Err(TOO_LONG.at("/amount")) }
}
