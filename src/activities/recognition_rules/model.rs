//! Rows of rules.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::schema::recognition_rules;
use crate::{id, text_enum};

id! {
    /// A rule's id.
    RecognitionRuleId
}

text_enum! {
    /// As what somebody is recognised.
    pub enum RecognitionKind {
        /// 社区达人: a person
        CommunityStar = "community_star",
        /// 活力楼组: a building group
        VitalGroup = "vital_group",
    }
}

text_enum! {
    /// What a number is for.
    pub enum RecognitionRuleKind {
        /// 公示天数
        PublicityDays = "publicity_days",
        /// 合格分
        PassingPoints = "passing_points",
        /// 评分项
        Criterion = "criterion",
    }
}

/// A rule as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = recognition_rules)]
pub struct RuleRow {
    pub id: RecognitionRuleId,
    pub division: Division,
    pub kind: RecognitionKind,
    pub rule: RecognitionRuleKind,
    pub criterion: Option<String>,
    pub name: Option<String>,
    pub amount: i32,
    pub effective_from: NaiveDate,
    pub legal_basis: String,
    pub created_at: DateTime<Utc>,
}

/// A rule about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = recognition_rules, treat_none_as_default_value = false)]
pub struct NewRule {
    pub id: RecognitionRuleId,
    pub division: Division,
    pub kind: RecognitionKind,
    pub rule: RecognitionRuleKind,
    pub criterion: Option<String>,
    pub name: Option<String>,
    pub amount: i32,
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
    pub kind: Option<RecognitionKind>,
    pub on: Option<NaiveDate>,
}

/// One thing that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The most points it gives.
    pub most: i32,
}

/// The rules that hold at a place on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// For how many days a nomination is publicised; none where no rule says so.
    pub publicity_days: Option<i32>,
    /// How many points are enough.
    pub passing_points: i32,
    /// What is looked at; nothing where nobody is assessed.
    pub criteria: Vec<Criterion>,
    /// What the rules stand on, each once.
    pub legal_bases: Vec<String>,
}

impl Rules {
    /// Of all rules of a kind, those that hold at a place on a day: for each sort of rule those of the closest place that has any, in
    /// their latest form, but for criteria that no longer count.
    pub fn held(all: &[RuleRow], division: Division, day: NaiveDate) -> Self {
        let mut rules = Rules::default();
        for sort in RecognitionRuleKind::ALL {
            let holds = |row: &&RuleRow| {
                row.rule == *sort && row.effective_from <= day && row.division.range().contains(division)
            };
            // On one line a division's code is greater than those of all it lies in.
            let closest = all.iter().filter(holds).map(|row| row.division.code()).max();
            let mut rows: Vec<&RuleRow> =
                all.iter().filter(holds).filter(|row| Some(row.division.code()) == closest).collect();
            rows.sort_by_key(|row| (row.criterion.as_deref(), std::cmp::Reverse(row.effective_from)));
            rows.dedup_by_key(|row| row.criterion.as_deref());
            rows.into_iter().filter(|row| row.amount > 0).for_each(|row| rules.add(row));
        }
        rules
    }

    fn add(&mut self, row: &RuleRow) {
        match row.rule {
            RecognitionRuleKind::PublicityDays => self.publicity_days = Some(row.amount),
            RecognitionRuleKind::PassingPoints => self.passing_points = row.amount,
            RecognitionRuleKind::Criterion => self.criteria.push(Criterion {
                code: row.criterion.clone().unwrap_or_default(),
                name: row.name.clone().unwrap_or_default(),
                most: row.amount,
            }),
        }
        if !self.legal_bases.contains(&row.legal_basis) {
            self.legal_bases.push(row.legal_basis.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_with_criteria_of_its_own_has_those_alone() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let place = |code: &str| Division::parse(code).unwrap();
        let row = |code: &str, rule, criterion: Option<&str>, amount, from: &str| RuleRow {
            id: RecognitionRuleId::new(),
            division: place(code),
            kind: RecognitionKind::VitalGroup,
            rule,
            criterion: criterion.map(str::to_owned),
            name: criterion.map(str::to_owned),
            amount,
            effective_from: day(from),
            legal_basis: "本系统默认".into(),
            created_at: DateTime::UNIX_EPOCH,
        };
        use RecognitionRuleKind as Kind;
        let all = [
            row("310000000000", Kind::PublicityDays, None, 5, "2022-01-01"),
            row("310000000000", Kind::PublicityDays, None, 7, "2026-06-01"),
            row("310000000000", Kind::Criterion, Some("care"), 20, "2022-01-01"),
            row("310000000000", Kind::Criterion, Some("brand"), 10, "2022-01-01"),
            row("310113003000", Kind::Criterion, Some("brand"), 50, "2026-01-01"),
            row("310113003000", Kind::Criterion, Some("brand"), 0, "2026-08-01"),
        ];
        let told = |code: &str, on: &str| {
            let rules = Rules::held(&all, place(code), day(on));
            let criteria: Vec<_> = rules.criteria.iter().map(|one| (one.code.clone(), one.most)).collect();
            (rules.publicity_days, criteria)
        };
        let wide = vec![("brand".to_owned(), 10), ("care".to_owned(), 20)];
        assert_eq!(told("310113003005", "2025-12-31"), (Some(5), wide.clone()));
        assert_eq!(told("310113003005", "2026-07-01"), (Some(7), vec![("brand".to_owned(), 50)]));
        assert_eq!(told("310113003005", "2026-08-01"), (Some(7), vec![]));
        assert_eq!(told("310101002003", "2026-08-01"), (Some(7), wide));
        assert_eq!(told("310101002003", "2021-07-01"), (None, vec![]));
    }
}
