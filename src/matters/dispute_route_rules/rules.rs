//! What a rule that routes disputes can't say.

use chrono::NaiveDate;

use super::model::NewRouteRule;
use crate::kit::problem::{Result, Rule};

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("dispute-route-rule-division-unknown", "There is no such division.", "没有该区划。");
/// Where disputes went by yesterday they went.
pub static DAY_PAST: Rule = Rule::invalid(
    "dispute-route-rule-day-past",
    "This day has passed; a rule holds from today on or later.",
    "日期已过；分流规则只能自今日或以后生效。",
);
/// Two rules of one position and one day would both come first.
pub static SAID: Rule = Rule::refused(
    "dispute-route-rule-said",
    "This division has said already what holds at this position from that day on.",
    "该区划已公布该顺位自该日起施行的规则。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &DAY_PAST, &SAID];

/// It holds from today on or later.
pub fn must_be_ahead(new: &NewRouteRule, today: NaiveDate) -> Result<()> {
    if new.effective_from < today { Err(DAY_PAST.at("/effective_from")) } else { Ok(()) }
}
