//! What is refused of screenings, and why.

use chrono::{Days, NaiveDate};

use crate::kit::problem::{Result, Rule};

/// So long lasts one at most.
const LONGEST: Days = Days::new(366);

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("screening-division-unknown", "There is no such division.", "没有该区划。");
/// It looks inside its own place.
pub static DIVISIONS_UNFIT: Rule = Rule::invalid(
    "screening-divisions-unfit",
    "Each place to look at lies in the division of the screening.",
    "排查范围须在本次排查所属区划之内。",
);
/// It begins before it ends, within a year.
pub static PERIOD_UNFIT: Rule = Rule::invalid(
    "screening-period-unfit",
    "A screening ends on the day it begins or later, within a year.",
    "排查的结束日期不得早于开始日期，且不超过一年。",
);
/// It is over.
pub static CLOSED: Rule =
    Rule::refused("screening-closed", "This screening is closed already.", "该排查已结束。");
/// Leads are noted while it runs.
pub static NOT_RUNNING: Rule = Rule::refused(
    "screening-not-running",
    "Leads are noted while the screening runs: from its first day to its last, until it is closed.",
    "仅可在排查期间登记线索，结束后不再登记。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &DIVISIONS_UNFIT, &PERIOD_UNFIT, &CLOSED, &NOT_RUNNING];

/// Refuses a period that is none, at the field that ends it.
pub fn must_be_a_period(from: NaiveDate, until: NaiveDate) -> Result<()> {
    let last = from.checked_add_days(LONGEST).unwrap_or(from);
    if (from..=last).contains(&until) { Ok(()) } else { Err(PERIOD_UNFIT.at("/ends_on")) }
}
