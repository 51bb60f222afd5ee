//! Guardians in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{GuardianRelation, GuardianRow, GuardianshipId};
use crate::access::actor::ResidentId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::text::Line;

/// The child in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct WardPath {
    /// The child.
    pub resident: ResidentId,
}

/// The child and the guardian in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GuardianPath {
    /// The child.
    pub resident: ResidentId,
    /// The guardian's record.
    pub guardian: ResidentId,
}

/// Record a guardian.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardianDraft {
    /// The guardian's record.
    pub guardian: ResidentId,
    /// What they are to the child.
    pub relation: GuardianRelation,
    /// What it was seen by.
    #[schema(example = "户口簿、出生医学证明")]
    pub evidence: Line<200>,
}

/// A guardian of a child.
#[derive(Serialize, ToSchema)]
pub struct GuardianView {
    /// The guardianship's id.
    pub id: GuardianshipId,
    /// The child.
    pub ward: ResidentId,
    /// The guardian's record.
    pub guardian: ResidentId,
    /// The guardian's name.
    #[schema(example = "王小明")]
    pub name: String,
    /// What they are to the child.
    pub relation: GuardianRelation,
    /// What it was seen by.
    pub evidence: String,
    /// When it was recorded.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<GuardianRow> for GuardianView {
    fn from(row: GuardianRow) -> Self {
        let GuardianRow { id, ward_id, guardian_id, name, relation, evidence, created_at } = row;
        Self { id, ward: ward_id, guardian: guardian_id, name, relation, evidence, created_at }
    }
}

impl View for GuardianView {
    const IS_SECRET: bool = true;
}
