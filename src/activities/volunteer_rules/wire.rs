//! Rules in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, NewRule, RuleRow, VolunteerRuleId, VolunteerRuleKind};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::text::Line;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerRuleQuery {
    /// Only rules that may hold in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only rules of this.
    #[param(inline)]
    pub rule: Option<VolunteerRuleKind>,
    /// Only rules that held or hold on this day.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VolunteerRuleQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, rule: self.rule, on: self.on.map(Day::get) }
    }
}

/// Say by what rule hours are counted or honoured.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VolunteerRuleDraft {
    /// It holds in this division and below, unless one that is closer says something else.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// What the number is for.
    pub rule: VolunteerRuleKind,
    /// Of a star: which.
    #[schema(value_type = Option<Whole<1, 5>>, example = 1)]
    pub stars: Option<Whole<1, 5>>,
    /// From how many minutes of service on one has the star, or how many minutes of a day count.
    #[schema(value_type = Whole<1, 1000000>, example = 6000)]
    pub minutes: Whole<1, 1_000_000>,
    /// The first day it holds; tomorrow or later.
    pub effective_from: Day,
    /// What it stands on.
    #[schema(example = "友谊路街道志愿者星级认定办法（2026年）")]
    pub legal_basis: Line<300>,
}

impl VolunteerRuleDraft {
    /// As written.
    pub fn into_new(self, now: DateTime<Utc>) -> NewRule {
        NewRule {
            id: VolunteerRuleId::new(),
            division: self.division,
            rule: self.rule,
            stars: self.stars.map(Whole::get),
            minutes: self.minutes.get(),
            effective_from: self.effective_from.get(),
            legal_basis: self.legal_basis.into_inner(),
            created_at: now,
        }
    }
}

/// A rule that a place has said.
#[derive(Serialize, ToSchema)]
pub struct VolunteerRuleView {
    /// Its id.
    pub id: VolunteerRuleId,
    /// It holds in this division and below.
    pub division: Division,
    /// What the number is for.
    pub rule: VolunteerRuleKind,
    /// Of a star: which.
    pub stars: Option<i32>,
    /// From how many minutes of service on one has the star, or how many minutes of a day count.
    pub minutes: i32,
    /// The first day it holds.
    pub effective_from: NaiveDate,
    /// What it stands on.
    pub legal_basis: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<RuleRow> for VolunteerRuleView {
    fn from(row: RuleRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            rule: row.rule,
            stars: row.stars,
            minutes: row.minutes,
            effective_from: row.effective_from,
            legal_basis: row.legal_basis,
            created_at: row.created_at,
        }
    }
}

impl View for VolunteerRuleView {}
