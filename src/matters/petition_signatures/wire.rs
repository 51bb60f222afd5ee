//! Signatures in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{SignatureId, SignatureRow};
use crate::access::actor::ResidentId;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::text::Prose;
use crate::matters::calendar::Unit;
use crate::matters::petitions::{AnswerState, Deliberation};
use crate::matters::policies::{Level, PolicyId};
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;
use crate::text_enum;

/// What one is told who signed.
#[derive(Serialize, ToSchema)]
pub struct PetitionSigningView {
    /// What was signed.
    pub petition: MatterId,
    /// How many have signed, this one among them: never fewer than were acknowledged before.
    #[schema(minimum = 1, example = 128)]
    pub signatures: i32,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub signed_at: DateTime<Utc>,
}

impl View for PetitionSigningView {
    const IS_SECRET: bool = true;

    fn location(&self) -> Option<String> {
        Some(format!("/v1/petitions/{}/signature-counts", self.petition))
    }
}

/// Who signed.
#[derive(Serialize, ToSchema)]
pub struct PetitionSignatureView {
    /// The signature.
    pub id: SignatureId,
    /// The record of who signed.
    pub resident: ResidentId,
    /// Their name; null where the record was deleted or sealed.
    #[schema(example = "陈桂芳")]
    pub name: Option<String>,
    /// The building group 楼组 they lived in when they signed.
    pub building_group: Option<BuildingGroupId>,
    /// When.
    #[serde(serialize_with = "moment::write")]
    pub signed_at: DateTime<Utc>,
    /// Whether it was struck out 已剔除, and so does not count.
    pub is_struck_out: bool,
}

impl View for PetitionSignatureView {
    const IS_SECRET: bool = true;
}

impl From<SignatureRow> for PetitionSignatureView {
    fn from(row: SignatureRow) -> Self {
        let SignatureRow { id, resident, name, building_group, signed_at, is_struck_out } = row;
        Self { id, resident, name, building_group, signed_at, is_struck_out }
    }
}

/// How many of a building group signed.
#[derive(Serialize, ToSchema)]
pub struct PetitionGroupCountView {
    /// The group.
    pub building_group: BuildingGroupId,
    /// Its name.
    #[schema(example = "247号楼")]
    pub name: String,
    /// How many, rounded down to a multiple of five.
    #[schema(minimum = 5, example = 15)]
    pub signatures: i64,
}

/// From how many signatures on a level of the line must answer.
#[derive(Serialize, ToSchema)]
pub struct PetitionThresholdView {
    /// The policy that says so.
    pub policy: PolicyId,
    /// From how many signatures on.
    #[schema(minimum = 1, example = 30)]
    pub signatures: i32,
    /// Who must answer.
    pub level: Option<Level>,
    /// Within how many days.
    #[schema(minimum = 1, example = 10)]
    pub amount: i32,
    /// What days.
    pub unit: Unit,
    /// By which law or rule.
    pub legal_basis: String,
    /// When it was reached; null where it never was.
    #[serde(serialize_with = "moment::write_some")]
    pub reached_at: Option<DateTime<Utc>>,
    /// When fewer were left; null while it stands.
    #[serde(serialize_with = "moment::write_some")]
    pub taken_back_at: Option<DateTime<Utc>>,
    /// The last day for the answer, while it is due.
    pub due_on: Option<NaiveDate>,
}

/// How many signed a joint petition.
#[derive(Serialize, ToSchema)]
pub struct PetitionSignatureCountsView {
    /// The petition.
    pub petition: MatterId,
    /// How many signed.
    #[schema(minimum = 0, example = 128)]
    pub signatures: i32,
    /// Whether one signed oneself; not where the signature was struck out 已剔除.
    pub is_signed_by_me: bool,
    /// Until when it is signed.
    #[serde(serialize_with = "moment::write_some")]
    pub closes_at: Option<DateTime<Utc>>,
    /// Whether an answer is due.
    pub answer_state: AnswerState,
    /// By building group; those of which fewer than five signed are left out.
    pub building_groups: Vec<PetitionGroupCountView>,
    /// The thresholds of the day it was filed, the lowest first. They follow the count within a second.
    pub thresholds: Vec<PetitionThresholdView>,
}

impl View for PetitionSignatureCountsView {
    const IS_SECRET: bool = true;
}

text_enum! {
    /// What becomes of a joint petition in a meeting.
    pub enum PetitionDeliberationChoice {
        /// 列入议程
        Planned = "planned",
        /// 已议事
        Held = "held",
        /// 不列入议事
        Refused = "refused",
    }
}

impl From<PetitionDeliberationChoice> for Deliberation {
    fn from(choice: PetitionDeliberationChoice) -> Self {
        match choice {
            PetitionDeliberationChoice::Planned => Deliberation::Planned,
            PetitionDeliberationChoice::Held => Deliberation::Held,
            PetitionDeliberationChoice::Refused => Deliberation::Refused,
        }
    }
}

/// Say whether a joint petition is talked over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionDeliberationDraft {
    /// What becomes of it.
    pub deliberation: PetitionDeliberationChoice,
    /// When and where, what came of it, or why not: for the petitioner to read.
    #[serde(default)]
    #[schema(example = "11月30日19时，居民区议事厅")]
    pub note: Prose<500>,
}
