//! What a rule can't say.

use chrono::NaiveDate;

use super::model::{NewRule, RecognitionRuleKind};
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

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &DAY_PAST, &SAID, &CRITERION_UNFIT];

/// It holds from tomorrow on or later.
pub fn must_be_ahead(new: &NewRule, today: NaiveDate) -> Result<()> {
    if new.effective_from <= today { Err(DAY_PAST.at("/effective_from")) } else { Ok(()) }
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
