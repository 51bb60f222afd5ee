//! Uses and reports in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{PledgeReportId, PledgeUseId, ReportRow, UseRow};
use crate::activities::pledges::PledgeId;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::text::Story;

/// The report in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PledgeReportPath {
    /// The pledge.
    #[param(value_type = uuid::Uuid)]
    pub pledge: PledgeId,
    /// Of which year.
    #[param(value_type = i32, minimum = 2000, maximum = 2999)]
    pub year: Whole<2000, 2999>,
}

/// Note a use.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgeUseDraft {
    /// On which day.
    pub used_on: Day,
    /// What was done.
    #[schema(value_type = Story<1000>, example = "为32位老人量血压、测血糖")]
    pub text: Story<1000>,
    /// How many minutes, where that says something.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100000)]
    pub minutes: Option<Whole<1, 100_000>>,
}

/// A use of a pledge.
#[derive(Serialize, ToSchema)]
pub struct PledgeUseView {
    /// Its id.
    pub id: PledgeUseId,
    /// Of which pledge.
    pub pledge: PledgeId,
    /// On which day.
    pub used_on: NaiveDate,
    /// What was done.
    pub text: String,
    /// How many minutes; null where it is not told.
    pub minutes: Option<i32>,
    /// When it was noted.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<UseRow> for PledgeUseView {
    fn from(row: UseRow) -> Self {
        Self {
            id: row.id,
            pledge: row.pledge_id,
            used_on: row.used_on,
            text: row.text,
            minutes: row.minutes,
            created_at: row.created_at,
        }
    }
}

impl View for PledgeUseView {
    const IS_SECRET: bool = true;
}

/// Report of a year.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgeReportDraft {
    /// Of which year.
    #[schema(value_type = i32, minimum = 2000, maximum = 2999, example = 2026)]
    pub year: Whole<2000, 2999>,
    /// What was done, and what the community has to say to it.
    #[schema(value_type = Story<2000>)]
    pub text: Story<2000>,
}

/// Answer a report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PledgeReportAnswerDraft {
    /// What who pledged has to say to it.
    #[schema(value_type = Story<2000>)]
    pub text: Story<2000>,
}

/// What both sides told each other of a year.
#[derive(Serialize, ToSchema)]
pub struct PledgeReportView {
    /// Its id.
    pub id: PledgeReportId,
    /// Of which pledge.
    pub pledge: PledgeId,
    /// Of which year.
    pub year: i32,
    /// How often it was used in that year, when it was reported.
    #[schema(minimum = 0)]
    pub uses: i32,
    /// How many minutes together.
    #[schema(minimum = 0)]
    pub minutes: i64,
    /// What the community told.
    pub text: String,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// What who pledged answered; null before.
    pub answer: Option<String>,
    /// When; null before.
    #[serde(serialize_with = "moment::write_some")]
    pub answered_at: Option<DateTime<Utc>>,
}

impl From<ReportRow> for PledgeReportView {
    fn from(row: ReportRow) -> Self {
        Self {
            id: row.id,
            pledge: row.pledge_id,
            year: row.year,
            uses: row.uses,
            minutes: row.minutes,
            text: row.text,
            created_at: row.created_at,
            answer: row.answer,
            answered_at: row.answered_at,
        }
    }
}

impl View for PledgeReportView {
    const IS_SECRET: bool = true;
}
