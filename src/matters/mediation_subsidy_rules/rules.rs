//! What an amount can't say.

use chrono::NaiveDate;

use super::model::NewSubsidyRule;
use crate::kit::problem::{Result, Rule};

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("mediation-subsidy-rule-division-unknown", "There is no such division.", "没有该区划。");
/// What was paid by yesterday stays what was paid.
pub static DAY_PAST: Rule = Rule::invalid(
    "mediation-subsidy-rule-day-past",
    "This day has passed; an amount holds from today on or later.",
    "日期已过；补贴标准只能自今日或以后生效。",
);
/// Two amounts of one day would both be right.
pub static SAID: Rule = Rule::refused(
    "mediation-subsidy-rule-said",
    "This division has said already what is paid from that day on.",
    "该区划已公布自该日起施行的同类标准。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &DAY_PAST, &SAID];

/// It holds from today on or later.
pub fn must_be_ahead(new: &NewSubsidyRule, today: NaiveDate) -> Result<()> {
    if new.effective_from < today { Err(DAY_PAST.at("/effective_from")) } else { Ok(()) }
}
