//! What a rule can't say.

use chrono::NaiveDate;

use super::model::{NewRule, VolunteerRuleKind};
use crate::kit::problem::{Result, Rule};

/// So many minutes a day has.
const DAY: i32 = 24 * 60;

/// Nothing is known of such a division.
pub static DIVISION_UNKNOWN: Rule =
    Rule::invalid("volunteer-rule-division-unknown", "There is no such division.", "没有该区划。");
/// What counted until now stays what counted, and what is done today counts by what was known before.
pub static DAY_PAST: Rule = Rule::invalid(
    "volunteer-rule-day-past",
    "A rule holds from tomorrow on or later.",
    "时长规则只能自明日或以后生效。",
);
/// Two rules of one day would both be right.
pub static SAID: Rule = Rule::refused(
    "volunteer-rule-said",
    "This division has said already what holds from that day on.",
    "该区划已公布自该日起施行的同类规则。",
);
/// Only a star is one.
pub static STARS_UNFIT: Rule = Rule::invalid(
    "volunteer-rule-stars-unfit",
    "A star says which it is; the cap of a day says none.",
    "星级规则须注明星级，每日上限不填写星级。",
);
/// A day is not so long.
pub static MINUTES_UNFIT: Rule = Rule::invalid(
    "volunteer-rule-minutes-unfit",
    "Of one day no more than 1,440 minutes count.",
    "每日上限不得超过1440分钟。",
);

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&DIVISION_UNKNOWN, &DAY_PAST, &SAID, &STARS_UNFIT, &MINUTES_UNFIT];

/// It holds from tomorrow on or later.
pub fn must_be_ahead(new: &NewRule, today: NaiveDate) -> Result<()> {
    if new.effective_from <= today { Err(DAY_PAST.at("/effective_from")) } else { Ok(()) }
}

/// A star says which; a day has its minutes.
pub fn must_be_countable(new: &NewRule) -> Result<()> {
    match (new.rule, new.stars) {
        (VolunteerRuleKind::Star, Some(_)) => Ok(()),
        (VolunteerRuleKind::DailyCap, None) if new.minutes <= DAY => Ok(()),
        (VolunteerRuleKind::DailyCap, None) => Err(MINUTES_UNFIT.at("/minutes")),
        (VolunteerRuleKind::Star, None) | (VolunteerRuleKind::DailyCap, Some(_)) => {
            Err(STARS_UNFIT.at("/stars"))
        }
    }
}
