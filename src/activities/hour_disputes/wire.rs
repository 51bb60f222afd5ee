//! Disputes in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{DisputeRow, HourDisputeId, HourDisputeOutcome, HourDisputeStage};
use crate::access::division::Division;
use crate::activities::shift_signups::ShiftSignupId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::text::Line;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HourDisputeQuery {
    /// Only those that wait for their answer, or only those that have it.
    pub is_open: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The dispute in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct HourDisputePath {
    /// The dispute.
    #[param(value_type = uuid::Uuid)]
    pub dispute: HourDisputeId,
}

/// Dispute what was recorded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HourDisputeDraft {
    /// What is wrong.
    #[schema(value_type = Line<500>, example = "当天服务到十一点，只记到十点")]
    pub reason: Line<500>,
}

/// Answer a dispute.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HourDisputeAnswerDraft {
    /// Whether something was put right.
    pub outcome: HourDisputeOutcome,
    /// The answer.
    pub answer: Line<500>,
}

/// A dispute.
#[derive(Serialize, ToSchema)]
pub struct HourDisputeView {
    /// Its id.
    pub id: HourDisputeId,
    /// Of which sign-up.
    pub signup: ShiftSignupId,
    /// Where.
    pub division: Division,
    /// Before whom it is.
    pub stage: HourDisputeStage,
    /// What is said to be wrong.
    pub reason: String,
    /// What came of it; null until it is answered.
    pub outcome: Option<HourDisputeOutcome>,
    /// The answer.
    pub answer: Option<String>,
    /// When it was answered.
    #[serde(serialize_with = "moment::write_some")]
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was raised.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<DisputeRow> for HourDisputeView {
    fn from(row: DisputeRow) -> Self {
        Self {
            id: row.id,
            signup: row.signup_id,
            division: row.division,
            stage: row.stage,
            reason: row.reason,
            outcome: row.outcome,
            answer: row.answer,
            answered_at: row.answered_at,
            created_at: row.created_at,
        }
    }
}

impl View for HourDisputeView {
    const IS_SECRET: bool = true;
}
