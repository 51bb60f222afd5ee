//! What must hold of calendars.

use crate::access::division::Division;
use crate::kit::problem::Rule;

/// So many addresses one has at a time.
pub const MOST: i64 = 10;

/// How many codes lie in a street.
const STREET: i64 = 1_000;

/// There are enough.
pub static TOO_MANY: Rule = Rule::refused(
    "calendar-feed-too-many",
    "One has at most ten calendar addresses: take one away first.",
    "每人最多保留十个日历订阅地址，请先停用其中一个。",
);
/// Public calls are those of a place; one's own shifts are of none.
pub static DIVISION_UNFIT: Rule = Rule::invalid(
    "calendar-feed-division-unfit",
    "Name the division whose public calls are meant; one's own shifts are of no division.",
    "订阅公开招募须注明区划；订阅本人班次无需填写。",
);
/// There is no such division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("calendar-feed-division-unknown", "There is no such division.", "没有该区划。");
/// More than a phone has a use for.
pub static DIVISION_WIDE: Rule = Rule::invalid(
    "calendar-feed-division-wide",
    "Name a street or a town, or one of its committees: wider places have more shifts than fit a calendar.",
    "订阅范围最大为街道、乡镇。",
);

/// Whether a place is a street's or a committee's.
pub fn is_near(division: Division) -> bool {
    let range = division.range();
    range.end - range.start <= STREET
}

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TOO_MANY, &DIVISION_UNFIT, &DIVISION_UNKNOWN, &DIVISION_WIDE];
