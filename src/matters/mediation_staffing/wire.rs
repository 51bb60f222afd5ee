//! Staffing rules in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{
    Filter, MediationRoomKind, NewStaffingRule, StaffingMeasure, StaffingRuleId, StaffingRuleRow,
};
use crate::access::actor::AccountId;
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
pub struct StaffingRuleQuery {
    /// Only rules that hold in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only rules of this measure.
    #[param(inline)]
    pub measure: Option<StaffingMeasure>,
    /// Only rules in force on this day.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl StaffingRuleQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, measure: self.measure, on: self.on.map(Day::get) }
    }
}

/// The staffing rule in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct StaffingRulePath {
    /// The rule.
    #[param(value_type = uuid::Uuid)]
    pub mediation_staffing_rule: StaffingRuleId,
}

/// Make a staffing rule.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffingRuleDraft {
    /// It holds in this division and below.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// What it measures.
    pub measure: StaffingMeasure,
    /// For rooms of this kind; null for all.
    pub room_kind: Option<MediationRoomKind>,
    /// The number: of mediators, of hours a week, or of months.
    pub amount: Whole<0, 600>,
    /// The first day it holds; today or later.
    pub effective_from: Day,
    /// The last day it holds; null for one that stays until a newer one takes its place.
    pub effective_until: Option<Day>,
    /// What it stands on.
    #[schema(example = "友谊路街道调解工作室建设标准（2026年）：每室三名调解员")]
    pub legal_basis: Line<500>,
}

impl StaffingRuleDraft {
    /// As written.
    pub fn into_new(self, by: AccountId, now: DateTime<Utc>) -> NewStaffingRule {
        NewStaffingRule {
            id: StaffingRuleId::new(),
            division: self.division,
            measure: self.measure,
            room_kind: self.room_kind,
            amount: self.amount.get(),
            effective_from: self.effective_from.get(),
            effective_until: self.effective_until.map(Day::get),
            legal_basis: self.legal_basis.into_inner(),
            created_by: Some(by),
            created_at: now,
        }
    }
}

/// Say when a staffing rule ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffingRuleEndDraft {
    /// The last day it holds; today or later.
    pub on: Day,
}

/// A staffing rule.
#[derive(Serialize, ToSchema)]
pub struct StaffingRuleView {
    /// Its id.
    pub id: StaffingRuleId,
    /// It holds in this division and below.
    pub division: Division,
    /// What it measures.
    pub measure: StaffingMeasure,
    /// For rooms of which kind; null for all.
    pub room_kind: Option<MediationRoomKind>,
    /// The number: of mediators, of hours a week, or of months.
    #[schema(example = 2)]
    pub amount: i32,
    /// The first day it holds.
    pub effective_from: NaiveDate,
    /// The last day it holds; null for one without an end.
    pub effective_until: Option<NaiveDate>,
    /// What it stands on.
    #[schema(example = "《中华人民共和国人民调解法》第九条：人民调解委员会委员每届任期三年")]
    pub legal_basis: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<StaffingRuleRow> for StaffingRuleView {
    fn from(row: StaffingRuleRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            measure: row.measure,
            room_kind: row.room_kind,
            amount: row.amount,
            effective_from: row.effective_from,
            effective_until: row.effective_until,
            legal_basis: row.legal_basis,
            created_at: row.created_at,
        }
    }
}

impl View for StaffingRuleView {}
