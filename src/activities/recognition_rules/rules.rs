//! What a rule can't say.

use chrono::NaiveDate;

use super::model::{NewRule, RecognitionRuleKind, RuleRow, Rules};
use crate::kit::problem::{Result, Rule};

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("recognition-rule-division-unknown", "There is no such division.", "没有该区划。");
/// What held until now stays what held, and what is at hand today is judged by what was known before.
pub static DAY_PAST: Rule = Rule::invalid(
    "recognition-rule-day-past",
    "A rule holds from tomorrow on or later.",
    "评选规则只能自明日或以后生效。",
);
/// Two rules of one day would both be right.
pub static SAID: Rule = Rule::refused(
    "recognition-rule-said",
    "This division has said already what holds from that day on.",
    "该区划已公布自该日起施行的同类规则。",
);
/// Only a criterion is one, and has a name.
pub static CRITERION_UNFIT: Rule = Rule::invalid(
    "recognition-rule-criterion-unfit",
    "A criterion has a code and a name; no other rule has.",
    "评分项须有代码和名称，其他规则均不填写。",
);

/// Nothing is publicised for no days, and no points are never enough.
pub static AMOUNT_UNFIT: Rule = Rule::invalid(
    "recognition-rule-amount-unfit",
    "Only a criterion can be of no points: it no longer counts then.",
    "只有评分项可为0分，即不再评分；其他规则至少为1。",
);
/// An assessment has no room for more.
pub static CRITERIA_FULL: Rule = Rule::refused(
    "recognition-rule-criteria-full",
    "At a place 30 criteria count at once at most; say first of another that it no longer counts.",
    "同一区划同时施行的评分项最多30项，请先停用其他评分项。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] =
    &[&DIVISION_UNKNOWN, &DAY_PAST, &SAID, &CRITERION_UNFIT, &AMOUNT_UNFIT, &CRITERIA_FULL];

/// As many criteria an assessment gives points by.
const CRITERIA: usize = 30;

/// It holds from tomorrow on or later.
pub fn must_be_ahead(new: &NewRule, today: NaiveDate) -> Result<()> {
    if new.effective_from <= today { Err(DAY_PAST.at("/effective_from")) } else { Ok(()) }
}

/// Only a criterion may be of no points.
pub fn must_amount(new: &NewRule) -> Result<()> {
    match new.amount > 0 || new.rule == RecognitionRuleKind::Criterion {
        true => Ok(()),
        false => Err(AMOUNT_UNFIT.at("/amount")),
    }
}

/// With a rule that was added to those of its kind, no more criteria count at its place than an assessment has room for, on whatever day.
pub fn must_have_room(all: &[RuleRow], added: &RuleRow) -> Result<()> {
    let mut later = all.iter().map(|row| row.effective_from).filter(|day| *day >= added.effective_from);
    let is_full = |day: NaiveDate| Rules::held(all, added.division, day).criteria.len() > CRITERIA;
    if later.any(is_full) { CRITERIA_FULL.refuse() } else { Ok(()) }
}

/// A criterion says which, and what it is called.
pub fn must_be_named(new: &NewRule) -> Result<()> {
    let is_criterion = new.rule == RecognitionRuleKind::Criterion;
    match (new.criterion.is_some() == is_criterion, new.name.is_some() == is_criterion) {
        (false, _) => Err(CRITERION_UNFIT.at("/criterion")),
        (_, false) => Err(CRITERION_UNFIT.at("/name")),
        (true, true) => Ok(()),
    }
}
