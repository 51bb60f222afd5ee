//! More time in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::text::Line;
use crate::matters::mediation_cases::MediationConsentBy;
use crate::matters::mediation_cases::extensions::{
    ExtensionReplyRow, MediationExtensionId, MediationExtensionRow, MediationExtensionState,
};
use crate::matters::mediation_cases::parties::PartyId;

/// Ask the parties for more time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationExtensionDraft {
    /// How much, in the unit of the policy: months, unless the place counts days.
    pub amount: Whole<1, 60>,
    /// Why; the parties read it.
    #[schema(example = "需等待房屋检测报告。")]
    pub reason: Line<500>,
}

/// Answer whether mediation may take more time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationExtensionConsentDraft {
    /// Which party; oneself, unless told.
    pub party: Option<PartyId>,
    /// Whether it agrees.
    pub is_agreed: bool,
    /// How it said so; `app` where it does so itself.
    pub by: Option<MediationConsentBy>,
}

/// What a party answered.
#[derive(Serialize, ToSchema)]
pub struct MediationExtensionReplyView {
    /// Which party.
    pub party: PartyId,
    /// Whether it agrees.
    pub is_agreed: bool,
    /// How it said so.
    pub by: MediationConsentBy,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<ExtensionReplyRow> for MediationExtensionReplyView {
    fn from(row: ExtensionReplyRow) -> Self {
        let ExtensionReplyRow { party_id, is_agreed, means, created_at } = row;
        Self { party: party_id, is_agreed, by: means, created_at }
    }
}

/// A request for more time 延期.
#[derive(Serialize, ToSchema)]
pub struct MediationExtensionView {
    /// Its id.
    pub id: MediationExtensionId,
    /// How much, in the unit of the clock.
    pub amount: i32,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: MediationExtensionState,
    /// What the parties answered.
    pub replies: Vec<MediationExtensionReplyView>,
    /// The last day then, once all agreed.
    pub due_on: Option<NaiveDate>,
    /// When it was asked.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl MediationExtensionView {
    /// A request with its answers.
    pub fn new(row: MediationExtensionRow, replies: Vec<ExtensionReplyRow>) -> Self {
        let MediationExtensionRow { id, amount, reason, state, due_on, created_at, .. } = row;
        let replies = replies.into_iter().map(MediationExtensionReplyView::from).collect();
        Self { id, amount, reason, state, replies, due_on, created_at }
    }
}

impl View for MediationExtensionView {
    const IS_SECRET: bool = true;
}
