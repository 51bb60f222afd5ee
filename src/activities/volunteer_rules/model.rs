//! Rows of rules.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::schema::volunteer_rules;
use crate::{id, text_enum};

id! {
    /// A rule's id.
    VolunteerRuleId
}

text_enum! {
    /// What a number is for.
    pub enum VolunteerRuleKind {
        /// 星级
        Star = "star",
        /// 每日上限
        DailyCap = "daily_cap",
    }
}

/// A rule as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = volunteer_rules)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct RuleRow {
    pub id: VolunteerRuleId,
    pub division: Division,
    pub rule: VolunteerRuleKind,
    pub stars: Option<i32>,
    pub minutes: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

/// A rule about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = volunteer_rules, treat_none_as_default_value = false)]
pub struct NewRule {
    pub id: VolunteerRuleId,
    pub division: Division,
    pub rule: VolunteerRuleKind,
    pub stars: Option<i32>,
    pub minutes: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

impl Governed for NewRule {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub rule: Option<VolunteerRuleKind>,
    pub on: Option<NaiveDate>,
}

/// All rules that could hold.
#[derive(Clone, Debug)]
pub struct Rules(pub Vec<RuleRow>);

impl Rules {
    /// Those of a kind that hold at a place on a day: of the closest place that has any, each in its latest form.
    fn held(&self, kind: VolunteerRuleKind, division: Division, day: NaiveDate) -> Vec<&RuleRow> {
        let holds = |row: &&RuleRow| {
            row.rule == kind && row.effective_from <= day && row.division.range().contains(division)
        };
        // On one line a division's code is greater than those of all it lies in.
        let closest = self.0.iter().filter(holds).map(|row| row.division.code()).max();
        let mut rows: Vec<&RuleRow> =
            self.0.iter().filter(holds).filter(|row| Some(row.division.code()) == closest).collect();
        rows.sort_by_key(|row| (row.stars, std::cmp::Reverse(row.effective_from)));
        rows.dedup_by_key(|row| row.stars);
        rows
    }

    /// So many minutes of a day count at most; all where no rule says so.
    pub fn daily_cap(&self, division: Division, day: NaiveDate) -> i32 {
        const DAY: i32 = 24 * 60;
        self.held(VolunteerRuleKind::DailyCap, division, day).first().map_or(DAY, |row| row.minutes)
    }

    /// The stars, from the first on.
    pub fn stars(&self, division: Division, day: NaiveDate) -> Vec<&RuleRow> {
        self.held(VolunteerRuleKind::Star, division, day)
    }

    /// The stars that so many minutes make; 0 while they make none.
    pub fn reached(&self, division: Division, day: NaiveDate, minutes: i64) -> i32 {
        let held = self.stars(division, day);
        let reached = held.iter().filter(|row| i64::from(row.minutes) <= minutes);
        reached.filter_map(|row| row.stars).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_place_has_its_own_set_and_the_latest_day_holds() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let place = |code: &str| Division::parse(code).unwrap();
        let star = |code: &str, stars: i32, minutes: i32, from: &str| RuleRow {
            id: VolunteerRuleId::new(),
            division: place(code),
            rule: VolunteerRuleKind::Star,
            stars: Some(stars),
            minutes,
            effective_from: day(from),
            legal_basis: String::new(),
            created_at: DateTime::UNIX_EPOCH,
        };
        let rules = Rules(vec![
            star("310000000000", 1, 6000, "2012-01-01"),
            star("310000000000", 2, 18_000, "2012-01-01"),
            star("310113000000", 1, 1800, "2020-01-01"),
            star("310113000000", 1, 2400, "2026-01-01"),
        ]);
        let minutes = |code: &str, on: &str| -> Vec<i32> {
            rules.stars(place(code), day(on)).iter().map(|row| row.minutes).collect()
        };
        assert_eq!(minutes("310101002003", "2026-05-01"), [6000, 18_000]);
        assert_eq!(minutes("310113003005", "2019-05-01"), [6000, 18_000]);
        assert_eq!(minutes("310113003005", "2020-05-01"), [1800]);
        assert_eq!(minutes("310113003005", "2026-05-01"), [2400]);
        let reached = |minutes: i64| rules.reached(place("310113003005"), day("2026-05-01"), minutes);
        assert_eq!([reached(2399), reached(2400)], [0, 1]);
        assert_eq!(rules.daily_cap(place("310113003005"), day("2026-05-01")), 1440);
    }
}
