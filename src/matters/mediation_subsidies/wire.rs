//! The ledger in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, NamedSubsidyRow, SubsidyId, TotalRow};
use super::rules::span_invalid;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::mediation_cases::MediationGrade;
use crate::matters::mediation_subsidy_rules::{MediationSubsidyOutcome, MediationSubsidyRole};
use crate::matters::registry::MatterId;
use crate::text_enum;

/// So many days are added up at most.
const MOST: i64 = 366;

text_enum! {
    /// Whose lines.
    pub enum MediationSubsidySight {
        /// 本人的
        Own = "own",
        /// 辖区的: of the cases in the range of one's posts
        Range = "range",
    }
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationSubsidyQuery {
    /// Whose. Unless told: those of the range for whoever has one, one's own for everybody else.
    #[param(inline)]
    pub of: Option<MediationSubsidySight>,
    /// Only for cases in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only those of this person.
    pub account: Option<AccountId>,
    /// Only those for this case.
    pub mediation_case: Option<MatterId>,
    /// Only those of this day and later.
    #[param(value_type = Option<NaiveDate>)]
    pub from: Option<Day>,
    /// Only those of this day and earlier.
    #[param(value_type = Option<NaiveDate>)]
    pub until: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl MediationSubsidyQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter {
            division: self.division,
            account: self.account,
            mediation_case: self.mediation_case,
            from: self.from.map(Day::get),
            until: self.until.map(Day::get),
        }
    }
}

/// What to add up.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationSubsidyTotalQuery {
    /// Whose. Unless told: those of the range for whoever has one, one's own for everybody else.
    #[param(inline)]
    pub of: Option<MediationSubsidySight>,
    /// Only for cases in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// From this day on.
    #[param(example = "2026-01-01")]
    pub from: Day,
    /// To this day, which is counted.
    #[param(example = "2026-12-31")]
    pub until: Day,
}

impl MediationSubsidyTotalQuery {
    /// The days it names.
    pub fn days(&self) -> Result<(NaiveDate, NaiveDate)> {
        let (from, until) = (self.from.get(), self.until.get());
        let days = (until - from).num_days() + 1;
        if (1..=MOST).contains(&days) { Ok((from, until)) } else { Err(span_invalid()) }
    }
}

/// The line in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationSubsidyPath {
    /// The line.
    #[param(value_type = uuid::Uuid)]
    pub mediation_subsidy: SubsidyId,
}

/// Take a line of the ledger back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationSubsidyReversalDraft {
    /// Why; whoever was paid reads it.
    #[schema(example = "该案由在编人员办理，误计补贴。")]
    pub reason: Line<500>,
}

/// A line of the ledger 补贴.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationSubsidyView {
    /// Its id.
    pub id: SubsidyId,
    /// For which case.
    pub mediation_case: MatterId,
    /// Where that lies.
    pub division: Division,
    /// Whose it is.
    pub account: AccountId,
    /// What they are called.
    #[schema(example = "周调解员")]
    pub display_name: String,
    /// As what they sat.
    pub role: MediationSubsidyRole,
    /// How hard the case was.
    pub grade: MediationGrade,
    /// How it ended.
    pub outcome: MediationSubsidyOutcome,
    /// The amount in fen; less than nothing where a line is taken back.
    #[schema(example = 20_000)]
    pub amount_fen: i64,
    /// What it stands on.
    pub legal_basis: String,
    /// On which day the case was filed; of a reversal, on which it was made.
    pub earned_on: NaiveDate,
    /// Which line this one takes back; null for one that pays.
    pub reverses: Option<SubsidyId>,
    /// Why it takes it back.
    pub reason: Option<String>,
    /// When it was written.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<NamedSubsidyRow> for MediationSubsidyView {
    fn from(row: NamedSubsidyRow) -> Self {
        let NamedSubsidyRow { subsidy, display_name } = row;
        Self {
            id: subsidy.id,
            mediation_case: subsidy.case_id,
            division: subsidy.division,
            account: subsidy.account_id,
            display_name,
            role: subsidy.role,
            grade: subsidy.grade,
            outcome: subsidy.outcome,
            amount_fen: subsidy.amount_fen,
            legal_basis: subsidy.legal_basis,
            earned_on: subsidy.earned_on,
            reverses: subsidy.reverses_id,
            reason: subsidy.reason,
            created_at: subsidy.created_at,
        }
    }
}

impl View for MediationSubsidyView {
    const IS_SECRET: bool = true;
}

/// What a month comes to, of mediators or of lawyers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationSubsidyTotalView {
    /// The month.
    #[schema(example = "2026-11")]
    pub month: String,
    /// Of whom.
    pub role: MediationSubsidyRole,
    /// For how many cases.
    pub cases: i64,
    /// To how many people.
    pub people: i64,
    /// What was given, in fen.
    #[schema(example = 70_000)]
    pub given_fen: i64,
    /// What was taken back, in fen.
    pub reversed_fen: i64,
    /// What is left, in fen.
    #[schema(example = 70_000)]
    pub amount_fen: i64,
}

impl From<TotalRow> for MediationSubsidyTotalView {
    fn from(row: TotalRow) -> Self {
        let TotalRow { month, role, cases, people, given_fen, reversed_fen } = row;
        Self { month, role, cases, people, given_fen, reversed_fen, amount_fen: given_fen - reversed_fen }
    }
}

impl View for MediationSubsidyTotalView {
    const IS_SECRET: bool = true;
}
