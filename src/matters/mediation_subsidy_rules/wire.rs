//! Amounts in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{
    Filter, MediationSubsidyOutcome, MediationSubsidyRole, NewSubsidyRule, SubsidyRuleId, SubsidyRuleRow,
};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::text::Line;
use crate::matters::mediation_cases::MediationGrade;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationSubsidyRuleQuery {
    /// Only amounts that may hold in this division: its own, and those of the divisions it lies in.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only what these are paid.
    #[param(inline)]
    pub role: Option<MediationSubsidyRole>,
    /// Only amounts that held or hold on this day.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl MediationSubsidyRuleQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, role: self.role, on: self.on.map(Day::get) }
    }
}

/// Say what is paid for a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationSubsidyRuleDraft {
    /// It holds in this division and below, unless one that is closer says something else.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// To whom.
    pub role: MediationSubsidyRole,
    /// For which grade of case.
    pub grade: MediationGrade,
    /// For how it ended.
    pub outcome: MediationSubsidyOutcome,
    /// How much, in fen 分; 0 for nothing.
    #[schema(value_type = Whole<0, 100000000>, example = 20000)]
    pub amount_fen: Whole<0, 100_000_000>,
    /// The first day it holds; today or later.
    pub effective_from: Day,
    /// What it stands on.
    #[schema(example = "友谊路街道人民调解以案定补办法（2026年）")]
    pub legal_basis: Line<500>,
}

impl MediationSubsidyRuleDraft {
    /// As written.
    pub fn into_new(self, now: DateTime<Utc>) -> NewSubsidyRule {
        NewSubsidyRule {
            id: SubsidyRuleId::new(),
            division: self.division,
            role: self.role,
            grade: self.grade,
            outcome: self.outcome,
            amount_fen: i64::from(self.amount_fen.get()),
            effective_from: self.effective_from.get(),
            legal_basis: self.legal_basis.into_inner(),
            created_at: now,
        }
    }
}

/// What is paid for a case.
#[derive(Serialize, ToSchema)]
pub struct MediationSubsidyRuleView {
    /// Its id, as lines of the ledger name it.
    pub id: SubsidyRuleId,
    /// It holds in this division and below.
    pub division: Division,
    /// To whom.
    pub role: MediationSubsidyRole,
    /// For which grade of case.
    pub grade: MediationGrade,
    /// For how it ended.
    pub outcome: MediationSubsidyOutcome,
    /// How much, in fen 分.
    pub amount_fen: i64,
    /// The first day it holds.
    pub effective_from: NaiveDate,
    /// What it stands on.
    pub legal_basis: String,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<SubsidyRuleRow> for MediationSubsidyRuleView {
    fn from(row: SubsidyRuleRow) -> Self {
        Self {
            id: row.id,
            division: row.division,
            role: row.role,
            grade: row.grade,
            outcome: row.outcome,
            amount_fen: row.amount_fen,
            effective_from: row.effective_from,
            legal_basis: row.legal_basis,
            created_at: row.created_at,
        }
    }
}

impl View for MediationSubsidyRuleView {}
