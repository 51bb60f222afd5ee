//! What must hold of a label on a person.

use chrono::{DateTime, TimeDelta, Utc};

use crate::kit::problem::{Result, Rule};

/// The person carries the label.
pub static TAKEN: Rule =
    Rule::refused("resident-label-set", "The person has this label already.", "该人员已有此标签。");
/// A label does not outlast what its definition says.
pub static UNTIL_UNFIT: Rule = Rule::invalid(
    "resident-label-until-unfit",
    "The end lies behind us, or later than the label lasts.",
    "标签到期时间已过，或超过该标签的有效天数。",
);
/// What is sensitive is not set without saying why.
pub static REASON_MISSING: Rule = Rule::invalid(
    "resident-label-reason-missing",
    "The label is sensitive: say why it is set.",
    "该标签属敏感信息，须说明设置原因。",
);
/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&TAKEN, &UNTIL_UNFIT, &REASON_MISSING];

/// No end is farther away than this, whatever the label.
const LONGEST: i32 = 3650;

/// When a label set now ends: as asked for, else when the label does; never later than that.
pub fn end(
    asked: Option<DateTime<Utc>>,
    lasts_days: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let last = now + TimeDelta::days(lasts_days.unwrap_or(LONGEST).into());
    match asked {
        Some(end) if end > now && end <= last => Ok(Some(end)),
        Some(_) => Err(UNTIL_UNFIT.at("/until")),
        None => Ok(lasts_days.map(|_| last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_ends_when_asked_and_never_later_than_it_lasts() {
        let now: DateTime<Utc> = "2026-11-25T08:00:00Z".parse().unwrap();
        let days = |n| now + TimeDelta::days(n);
        assert_eq!(end(None, None, now).unwrap(), None);
        assert_eq!(end(None, Some(30), now).unwrap(), Some(days(30)));
        assert_eq!(end(Some(days(7)), Some(30), now).unwrap(), Some(days(7)));
        assert_eq!(end(Some(days(7)), None, now).unwrap(), Some(days(7)));
        assert!(end(Some(days(31)), Some(30), now).is_err());
        assert!(end(Some(now), Some(30), now).is_err());
        assert!(end(Some(days(3651)), None, now).is_err());
    }
}
