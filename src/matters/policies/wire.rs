//! Policies in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::model::{ClockKind, Filter, MatterKind, NewPolicy, PolicyId, PolicyMode, PolicyRow};
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::text::Line;
use crate::matters::calendar::Unit;
use crate::places::divisions::Level;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// Only policies that hold in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only policies for this kind of matter.
    #[param(inline)]
    pub kind: Option<MatterKind>,
    /// Only policies for this clock.
    #[param(inline)]
    pub clock: Option<ClockKind>,
    /// Only policies for these times.
    #[param(inline)]
    pub mode: Option<PolicyMode>,
    /// Only policies in force on this day.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PolicyQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let PolicyQuery { division, kind, clock, mode, on, .. } = *self;
        Filter { division, kind, clock, mode, on: on.map(Day::get) }
    }
}

/// The policy in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PolicyPath {
    /// The policy.
    pub policy: PolicyId,
}

/// The word of a variant, a category or a grade: a small letter, then 1 to 39 small letters, digits and underscores.
#[derive(Clone, Debug)]
pub struct PolicyTerm(String);

impl PolicyTerm {
    fn new(text: &str) -> Result<Self, &'static str> {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = (2..=40).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(is_letter);
        if is_code { Ok(Self(text.to_owned())) } else { Err("a code is like joint_petition") }
    }
}

impl<'de> Deserialize<'de> for PolicyTerm {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(input)?).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for PolicyTerm {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[a-z][a-z0-9_]{1,39}$"));
        text.examples([serde_json::json!("request")]).into()
    }
}

impl ToSchema for PolicyTerm {}

/// Say how long a clock runs. What is null holds for all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyDraft {
    /// For matters in this division and below.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// For this kind of matter.
    pub kind: MatterKind,
    /// For this variant: of petitions `request`, `complaint`, `consultation`, `suggestion`, `report` or `joint_petition`.
    pub variant: Option<PolicyTerm>,
    /// For the category of this code.
    #[schema(example = "falling_objects")]
    pub category: Option<PolicyTerm>,
    /// For this grade: of petitions `normal`, `fast` or `complex`.
    #[schema(example = "fast")]
    pub grade: Option<PolicyTerm>,
    /// In normal times, or while an emergency order is in force.
    pub mode: PolicyMode,
    /// Which clock.
    pub clock: ClockKind,
    /// How long it runs.
    pub amount: Whole<1, 3660>,
    /// In what that is counted.
    pub unit: Unit,
    /// Of the answer to joint petitions: from how many signatures on.
    pub signatures: Option<Whole<1, 10_000_000>>,
    /// Of the answer to joint petitions: who answers then.
    pub level: Option<Level>,
    /// The first day it holds; today or later. Matters keep the clocks that run.
    pub effective_from: Day,
    /// The last day it holds; null for one that stays until a newer one takes its place.
    pub effective_until: Option<Day>,
    /// What it stands on.
    #[schema(example = "友谊路街道诉求办理规定（2026年）：高空抛物类3个工作日")]
    pub legal_basis: Line<500>,
}

impl PolicyDraft {
    /// As written.
    pub fn into_new(self, by: AccountId, now: DateTime<Utc>) -> NewPolicy {
        let term = |term: PolicyTerm| term.0;
        NewPolicy {
            id: PolicyId::new(),
            division: self.division,
            kind: self.kind,
            variant: self.variant.map(term),
            category: self.category.map(term),
            grade: self.grade.map(term),
            mode: self.mode,
            clock: self.clock,
            amount: self.amount.get(),
            unit: self.unit,
            signatures: self.signatures.map(Whole::get),
            level: self.level,
            effective_from: self.effective_from.get(),
            effective_until: self.effective_until.map(Day::get),
            legal_basis: self.legal_basis.into_inner(),
            created_by: Some(by),
            created_at: now,
        }
    }
}

/// Say when a policy ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyEndDraft {
    /// The last day it holds; today or later.
    pub on: Day,
}

/// A policy. What is null holds for all.
#[derive(Serialize, ToSchema)]
pub struct PolicyView {
    /// Its id.
    pub id: PolicyId,
    /// It holds in this division and below.
    pub division: Division,
    /// For which kind of matter.
    pub kind: MatterKind,
    /// For which variant.
    #[schema(example = "request")]
    pub variant: Option<String>,
    /// For the category of which code.
    #[schema(example = "falling_objects")]
    pub category: Option<String>,
    /// For which grade.
    #[schema(example = "fast")]
    pub grade: Option<String>,
    /// In which times.
    pub mode: PolicyMode,
    /// Which clock.
    pub clock: ClockKind,
    /// How long it runs.
    #[schema(example = 5)]
    pub amount: i32,
    /// In what that is counted.
    pub unit: Unit,
    /// Of the answer to joint petitions: from how many signatures on.
    pub signatures: Option<i32>,
    /// Of the answer to joint petitions: who answers then.
    pub level: Option<Level>,
    /// The first day it holds.
    pub effective_from: NaiveDate,
    /// The last day it holds; null for one without an end.
    pub effective_until: Option<NaiveDate>,
    /// What it stands on.
    #[schema(example = "《信访工作条例》第三十四条：自受理之日起60日内办结")]
    pub legal_basis: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<PolicyRow> for PolicyView {
    fn from(row: PolicyRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            kind: row.kind,
            variant: row.variant,
            category: row.category,
            grade: row.grade,
            mode: row.mode,
            clock: row.clock,
            amount: row.amount,
            unit: row.unit,
            signatures: row.signatures,
            level: row.level,
            effective_from: row.effective_from,
            effective_until: row.effective_until,
            legal_basis: row.legal_basis,
            created_at: row.created_at,
        }
    }
}

impl View for PolicyView {}
