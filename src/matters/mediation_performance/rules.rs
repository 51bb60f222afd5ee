//! What is refused of performances.

use crate::kit::problem::Rule;

/// What is not of the agreement in force is not kept, or broken.
pub static ITEM_UNKNOWN: Rule = Rule::invalid(
    "mediation-item-unknown",
    "The agreement in force has no such item.",
    "现行协议没有该履行事项。",
);
/// It is over.
pub static ITEM_SETTLED: Rule =
    Rule::refused("mediation-item-settled", "This item was noted as done already.", "该履行事项已履行完毕。");
/// Who owes something does not say that it is done.
pub static NOT_CREDITOR: Rule = Rule::refused(
    "mediation-performance-not-creditor",
    "Whoever it is owed to says that it was done, or whoever runs the case; that it was broken, the latter alone.",
    "履行情况由权利人或承办人登记；违约由承办人核实后登记。",
);
/// The amount is more than is owed, or none.
pub static AMOUNT_UNFIT: Rule = Rule::invalid(
    "mediation-performance-amount-unfit",
    "A part of a payment says how much was paid, less than is still owed; nothing else says an amount.",
    "部分给付须写明金额，且少于尚欠金额；其他情形不填金额。",
);
/// A day that can't be.
pub static PERFORMED_ON_UNFIT: Rule = Rule::invalid(
    "mediation-performed-on-unfit",
    "Nothing is performed before it was agreed, or in days to come.",
    "履行日期不得早于协议生效日或晚于今日。",
);
/// What breaks an agreement is shown or said.
pub static BREACH_UNSHOWN: Rule = Rule::invalid(
    "mediation-breach-unshown",
    "Say, or show, how the agreement was broken.",
    "登记违约须说明情况或提交证据。",
);
/// There is nothing to hand over.
pub static NOT_ENDED: Rule = Rule::refused(
    "mediation-not-ended",
    "A case is handed over when it failed, or its agreement was broken or ended by a court (People's Mediation Law, art. 26).",
    "调解不成、协议未履行或者被人民法院撤销、确认无效的，方可移送其他途径（人民调解法第二十六条）。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[
    &ITEM_UNKNOWN,
    &ITEM_SETTLED,
    &NOT_CREDITOR,
    &AMOUNT_UNFIT,
    &PERFORMED_ON_UNFIT,
    &BREACH_UNSHOWN,
    &NOT_ENDED,
];
