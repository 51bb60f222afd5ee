//! What an emergency order can't be.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{EmergencyOrderRow, NewEmergencyOrder};
use crate::kit::problem::{Result, Rule};

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("emergency-order-division-unknown", "There is no such division.", "没有该区划。");
/// An order is not dated back, and does not make an emergency of all times.
pub static TERM_UNFIT: Rule = Rule::invalid(
    "emergency-order-term-unfit",
    "An order begins now or later, and ends after that, within a year.",
    "应急令须自现在或以后生效，终止时间须晚于生效时间且不超过一年。",
);
/// It is over.
pub static ENDED: Rule =
    Rule::refused("emergency-order-ended", "This order is over already.", "该应急令已终止。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &TERM_UNFIT, &ENDED];

/// It begins now or later, and ends after that, within a year.
pub fn must_be_ahead(new: &NewEmergencyOrder, now: DateTime<Utc>) -> Result<()> {
    const LONGEST: TimeDelta = TimeDelta::days(366);
    let latest = now + LONGEST;
    if new.starts_at < now || new.starts_at > latest {
        return Err(TERM_UNFIT.at("/starts_at"));
    }
    let is_term = new.ends_at > new.starts_at && new.ends_at <= new.starts_at + LONGEST;
    if is_term { Ok(()) } else { Err(TERM_UNFIT.at("/ends_at")) }
}

/// It can be called off until it is over.
pub fn may_end(order: &EmergencyOrderRow, now: DateTime<Utc>) -> Result<()> {
    if order.ended_at.is_some() || order.ends_at <= now { ENDED.refuse() } else { Ok(()) }
}
