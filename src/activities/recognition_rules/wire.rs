//! Rules in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::model::{
    Criterion, Filter, NewRule, RecognitionKind, RecognitionRuleId, RecognitionRuleKind, RuleRow, Rules,
};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::text::Line;

/// Which rules.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecognitionRulesQuery {
    /// At which place.
    #[param(example = "310113003005")]
    pub division: Division,
    /// As what somebody is recognised.
    #[param(inline)]
    pub kind: RecognitionKind,
    /// On which day: a nomination is judged by what held on its own. Left out, today.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
}

/// One thing that is looked at.
#[derive(Serialize, ToSchema)]
pub struct RecognitionCriterionView {
    /// Its code.
    #[schema(example = "mutual_help")]
    pub criterion: String,
    /// What it is called.
    #[schema(example = "邻里互助与志愿服务")]
    pub name: String,
    /// The most points it gives.
    #[schema(minimum = 1)]
    pub most: i32,
}

impl From<Criterion> for RecognitionCriterionView {
    fn from(one: Criterion) -> Self {
        Self { criterion: one.code, name: one.name, most: one.most }
    }
}

/// The rules that hold at a place on a day.
#[derive(Serialize, ToSchema)]
pub struct RecognitionRulesView {
    /// For how many days a nomination is publicised; null where no rule says so.
    pub publicity_days: Option<i32>,
    /// How many points are enough.
    #[schema(minimum = 0)]
    pub passing_points: i32,
    /// What is looked at; nothing where nobody is assessed.
    pub criteria: Vec<RecognitionCriterionView>,
    /// What the rules stand on.
    pub legal_bases: Vec<String>,
}

impl From<Rules> for RecognitionRulesView {
    fn from(rules: Rules) -> Self {
        Self {
            publicity_days: rules.publicity_days,
            passing_points: rules.passing_points,
            criteria: rules.criteria.into_iter().map(RecognitionCriterionView::from).collect(),
            legal_bases: rules.legal_bases,
        }
    }
}

impl View for RecognitionRulesView {}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecognitionRuleListQuery {
    /// Only rules that may hold in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only those by which one is recognised as this.
    #[param(inline)]
    pub kind: Option<RecognitionKind>,
    /// Only rules that held or hold on this day.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl RecognitionRuleListQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, kind: self.kind, on: self.on.map(Day::get) }
    }
}

/// The code of a criterion: a small letter, then up to 39 small letters, digits and underscores.
#[derive(Clone, Debug)]
pub struct RecognitionCriterionCode(String);

impl RecognitionCriterionCode {
    fn new(text: &str) -> Result<Self, &'static str> {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = text.len() <= 40
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(is_letter);
        if is_code { Ok(Self(text.to_owned())) } else { Err("a criterion's code is like mutual_help") }
    }
}

impl<'de> Deserialize<'de> for RecognitionCriterionCode {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for RecognitionCriterionCode {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[a-z][a-z0-9_]{0,39}$"));
        text.examples([serde_json::json!("mutual_help")]).into()
    }
}

impl ToSchema for RecognitionCriterionCode {}

/// Say by what rule somebody is recognised.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionRuleDraft {
    /// It holds in this division and below, unless one that is closer says something else.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// As what somebody is recognised.
    pub kind: RecognitionKind,
    /// What the number is for.
    pub rule: RecognitionRuleKind,
    /// Of a criterion: its code.
    pub criterion: Option<RecognitionCriterionCode>,
    /// Of a criterion: what it is called.
    #[schema(value_type = Option<Line<60>>, example = "邻里互助")]
    pub name: Option<Line<60>>,
    /// How many: days it is publicised, points that are enough, or the most points that a criterion gives. 0 says that a criterion no
    /// longer counts.
    #[schema(value_type = Whole<0, 1000>, example = 25)]
    pub amount: Whole<0, 1000>,
    /// The first day it holds; tomorrow or later.
    pub effective_from: Day,
    /// What it stands on.
    #[schema(example = "友谊路街道活力楼组评选办法（2026年）")]
    pub legal_basis: Line<300>,
}

impl RecognitionRuleDraft {
    /// As written.
    pub fn into_new(self, now: DateTime<Utc>) -> NewRule {
        NewRule {
            id: RecognitionRuleId::new(),
            division: self.division,
            kind: self.kind,
            rule: self.rule,
            criterion: self.criterion.map(|code| code.0),
            name: self.name.map(Line::into_inner),
            amount: self.amount.get(),
            effective_from: self.effective_from.get(),
            legal_basis: self.legal_basis.into_inner(),
            created_at: now,
        }
    }
}

/// A rule that a place has said.
#[derive(Serialize, ToSchema)]
pub struct RecognitionRuleView {
    /// Its id.
    pub id: RecognitionRuleId,
    /// It holds in this division and below.
    pub division: Division,
    /// As what somebody is recognised.
    pub kind: RecognitionKind,
    /// What the number is for.
    pub rule: RecognitionRuleKind,
    /// Of a criterion: its code.
    pub criterion: Option<String>,
    /// Of a criterion: what it is called.
    pub name: Option<String>,
    /// How many days or points; 0 for a criterion that no longer counts.
    pub amount: i32,
    /// The first day it holds.
    pub effective_from: NaiveDate,
    /// What it stands on.
    pub legal_basis: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<RuleRow> for RecognitionRuleView {
    fn from(row: RuleRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            kind: row.kind,
            rule: row.rule,
            criterion: row.criterion,
            name: row.name,
            amount: row.amount,
            effective_from: row.effective_from,
            legal_basis: row.legal_basis,
            created_at: row.created_at,
        }
    }
}

impl View for RecognitionRuleView {}
