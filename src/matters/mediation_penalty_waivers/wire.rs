//! Applications in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{MediationWaiverState, WaiverId, WaiverRow};
use crate::access::files::{FileId, FileView};
use crate::kit::answer::View;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::text::Line;
use crate::matters::mediation_cases::parties::PartyId;
use crate::matters::registry::MatterId;

/// An application in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationWaiverPath {
    /// The case.
    pub mediation_case: MatterId,
    /// The application.
    #[param(value_type = uuid::Uuid)]
    pub waiver: WaiverId,
}

/// Ask that nobody be punished.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationWaiverDraft {
    /// The application, in writing.
    #[schema(example = "双方已和解并履行完毕，申请不予处罚。")]
    pub text: Line<2000>,
    /// Whose, where whoever runs the case notes it; one's own, unless told.
    pub party: Option<PartyId>,
    /// A picture of it, where it is on paper: one's own files that belong to nothing yet.
    #[serde(default)]
    #[schema(value_type = Vec<FileId>, max_items = 9)]
    pub files: Few<FileId, 0, 9>,
}

/// Decide over an application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationWaiverDecisionDraft {
    /// Whether nobody is punished.
    pub is_granted: bool,
    /// Why.
    #[schema(example = "情节较轻，协议已履行。")]
    pub reason: Line<1000>,
}

/// An application that nobody be punished 不予处罚申请.
#[derive(Serialize, ToSchema)]
pub struct MediationWaiverView {
    /// Its id.
    pub id: WaiverId,
    /// Whose.
    pub party: PartyId,
    /// Where it stands.
    pub state: MediationWaiverState,
    /// What it says.
    pub text: String,
    /// Why it was decided so.
    pub reason: String,
    /// A picture of it.
    pub files: Vec<FileView>,
    /// When it was made.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl MediationWaiverView {
    /// An application with its files.
    pub fn new(row: WaiverRow, files: Vec<FileView>) -> Self {
        let WaiverRow { id, party_id, state, text, created_at, decided_at, reason, .. } = row;
        Self { id, party: party_id, state, text, reason, files, created_at, decided_at }
    }
}

impl View for MediationWaiverView {
    const IS_SECRET: bool = true;
}
