//! Objections in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{ObjectionRow, RecognitionObjectionId, RecognitionObjectionOutcome};
use crate::activities::recognitions::RecognitionId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::text::Story;

/// The objection in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RecognitionObjectionPath {
    /// The recognition.
    #[param(value_type = uuid::Uuid)]
    pub recognition: RecognitionId,
    /// The objection.
    #[param(value_type = uuid::Uuid)]
    pub objection: RecognitionObjectionId,
}

/// Object to a nomination.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionObjectionDraft {
    /// What speaks against it.
    #[schema(value_type = Story<1000>)]
    pub text: Story<1000>,
}

/// Answer an objection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionObjectionAnswerDraft {
    /// Whether it holds.
    pub outcome: RecognitionObjectionOutcome,
    /// What was found.
    #[schema(value_type = Story<1000>)]
    pub answer: Story<1000>,
}

/// An objection. Who made it is not told.
#[derive(Serialize, ToSchema)]
pub struct RecognitionObjectionView {
    /// Its id.
    pub id: RecognitionObjectionId,
    /// To which recognition.
    pub recognition: RecognitionId,
    /// What speaks against it.
    pub text: String,
    /// Whether it holds; null before it is answered.
    pub outcome: Option<RecognitionObjectionOutcome>,
    /// What was found; null before.
    pub answer: Option<String>,
    /// When it was answered; null before.
    #[serde(serialize_with = "moment::write_some")]
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<ObjectionRow> for RecognitionObjectionView {
    fn from(row: ObjectionRow) -> Self {
        Self {
            id: row.id,
            recognition: row.recognition_id,
            text: row.text,
            outcome: row.outcome,
            answer: row.answer,
            answered_at: row.answered_at,
            created_at: row.created_at,
        }
    }
}

impl View for RecognitionObjectionView {
    const IS_SECRET: bool = true;
}
