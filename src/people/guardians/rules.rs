//! Who may be whose guardian.

use chrono::{Months, NaiveDate};

use crate::kit::problem::Rule;

/// Of age at 18 (民法典 art. 17).
const OF_AGE: Months = Months::new(18 * 12);

/// Only children under 14 have guardians here.
pub static NOT_CHILD: Rule = Rule::refused(
    "guardian-ward-not-child",
    "Only a present resident known to be under 14 has a guardian here.",
    "仅可为在册且不满十四周岁的居民登记监护人。",
);
/// There is no such record within reach.
pub static UNKNOWN: Rule =
    Rule::invalid("guardian-unknown", "There is no such present resident.", "没有该在册居民。");
/// A guardian is of age.
pub static NOT_ADULT: Rule =
    Rule::invalid("guardian-not-adult", "A guardian is of age.", "监护人须为成年人。");
/// The same was recorded already.
pub static TAKEN: Rule =
    Rule::refused("guardian-taken", "This guardian is recorded already.", "该监护人已登记。");

/// The rules of this resource, for the catalogue.
pub static RULES: &[&Rule] = &[&NOT_CHILD, &UNKNOWN, &NOT_ADULT, &TAKEN];

/// Whether somebody born on that day is of age. Whose day of birth is unknown was seen by the worker.
pub fn is_of_age(born_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    born_on.and_then(|day| day.checked_add_months(OF_AGE)).is_none_or(|birthday| birthday <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guardian_is_of_age() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_of_age(Some(day("2008-11-25")), day("2026-11-25")));
        assert!(!is_of_age(Some(day("2008-11-26")), day("2026-11-25")));
        assert!(is_of_age(None, day("2026-11-25")));
    }
}
