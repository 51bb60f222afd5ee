//! What must hold of a correction.

use crate::kit::problem::Rule;

/// The same field waits for an answer already.
pub static PENDING: Rule = Rule::refused(
    "correction-pending",
    "A correction of this field waits for its answer already.",
    "该项信息已有待答复的更正申请。",
);
/// It was answered.
pub static DECIDED: Rule =
    Rule::refused("correction-decided", "This has been answered already.", "该更正申请已答复。");
/// Nobody answers themselves.
pub static SELF_DECIDED: Rule = Rule::refused(
    "correction-self-decided",
    "Nobody decides about a correction that they asked for.",
    "不能处理本人提出的更正申请。",
);
/// Whoever is refused is told why.
pub static ANSWER_MISSING: Rule =
    Rule::invalid("correction-answer-missing", "Say why it is refused.", "请说明未采纳的理由。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&PENDING, &DECIDED, &SELF_DECIDED, &ANSWER_MISSING];
