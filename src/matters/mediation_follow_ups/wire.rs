//! Follow-up visits in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{FollowUpId, FollowUpRow, MediationFollowUpChannel, MediationFollowUpFinding};
use crate::access::actor::AccountId;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::text::Label;
use crate::matters::registry::MatterId;

/// A visit in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationFollowUpPath {
    /// The case.
    pub mediation_case: MatterId,
    /// The visit.
    #[param(value_type = uuid::Uuid)]
    pub follow_up: FollowUpId,
}

/// Plan a visit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationFollowUpDraft {
    /// How.
    pub channel: MediationFollowUpChannel,
    /// On which day; today, unless told.
    pub planned_on: Option<Day>,
    /// In words.
    #[serde(default)]
    #[schema(example = "核实第二期付款。")]
    pub note: Label<2000>,
}

/// Record a visit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationFollowUpPatch {
    /// What was found.
    pub finding: MediationFollowUpFinding,
    /// On which day; today, unless told.
    pub done_on: Option<Day>,
    /// In words.
    #[schema(example = "已到账一期，二期约定周五前补付。")]
    pub note: Label<2000>,
}

/// A follow-up visit 回访.
#[derive(Serialize, ToSchema)]
pub struct MediationFollowUpView {
    /// Its id.
    pub id: FollowUpId,
    /// How.
    pub channel: MediationFollowUpChannel,
    /// For which day it was planned.
    pub planned_on: NaiveDate,
    /// Who does it, or did.
    pub account: AccountId,
    /// On which day it was done; null while it is not.
    pub done_on: Option<NaiveDate>,
    /// What was found.
    pub finding: Option<MediationFollowUpFinding>,
    /// In words.
    pub note: String,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was planned.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<FollowUpRow> for MediationFollowUpView {
    fn from(row: FollowUpRow) -> Self {
        let FollowUpRow {
            id,
            channel,
            planned_on,
            account_id,
            done_on,
            finding,
            note,
            version,
            created_at,
            ..
        } = row;
        Self { id, channel, planned_on, account: account_id, done_on, finding, note, version, created_at }
    }
}

impl View for MediationFollowUpView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}
