//! Strike-outs in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Condition, StrikeOutId, StrikeOutRow, StrikeOutState};
use super::rules::CONDITION_UNFIT;
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::problem::Result;
use crate::kit::text::Line;
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;

/// The strike-out in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct StrikeOutPath {
    /// The strike-out.
    pub strike_out: StrikeOutId,
}

/// Write a strike-out down: signatures that meet all of what is said are meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikeOutDraft {
    /// Signed at that moment or later.
    pub signed_from: Option<DateTime<Utc>>,
    /// Signed before that moment.
    pub signed_before: Option<DateTime<Utc>>,
    /// Signed by people of this building group 楼组.
    pub building_group: Option<BuildingGroupId>,
    /// Signed by accounts that are no older than that.
    pub accounts_since: Option<DateTime<Utc>>,
    /// Why.
    #[schema(example = "同一晚间集中注册的账号签名，经核实非本人意愿")]
    pub reason: Line<500>,
}

impl StrikeOutDraft {
    /// Its condition, which must say something.
    pub fn condition(&self, petition: MatterId) -> Result<Condition> {
        let Self { signed_from, signed_before, building_group, accounts_since, .. } = *self;
        let says_nothing = signed_from.is_none()
            && signed_before.is_none()
            && building_group.is_none()
            && accounts_since.is_none();
        let is_empty = signed_from.zip(signed_before).is_some_and(|(from, before)| from >= before);
        if says_nothing || is_empty {
            return Err(CONDITION_UNFIT.at("/signed_before"));
        }
        Ok(Condition { petition, signed_from, signed_before, building_group, accounts_since })
    }
}

/// A strike-out.
#[derive(Serialize, ToSchema)]
pub struct StrikeOutView {
    /// Its id.
    pub id: StrikeOutId,
    /// Of which petition.
    pub petition: MatterId,
    /// How far it is.
    pub state: StrikeOutState,
    /// Signed at that moment or later.
    #[serde(serialize_with = "moment::write_some")]
    pub signed_from: Option<DateTime<Utc>>,
    /// Signed before that moment.
    #[serde(serialize_with = "moment::write_some")]
    pub signed_before: Option<DateTime<Utc>>,
    /// Signed by people of this building group 楼组.
    pub building_group: Option<BuildingGroupId>,
    /// Signed by accounts that are no older than that.
    #[serde(serialize_with = "moment::write_some")]
    pub accounts_since: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
    /// How many signatures it met when it was written down.
    #[schema(minimum = 0, example = 12)]
    pub met: i32,
    /// How many it struck out when it was carried out.
    #[schema(minimum = 0, example = 12)]
    pub struck: Option<i32>,
    /// When it was written down.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it was carried out or cancelled.
    #[serde(serialize_with = "moment::write_some")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<StrikeOutRow> for StrikeOutView {
    fn from(row: StrikeOutRow) -> Self {
        Self {
            id: row.id,
            petition: row.petition_id,
            state: row.state,
            signed_from: row.signed_from,
            signed_before: row.signed_before,
            building_group: row.building_group_id,
            accounts_since: row.accounts_since,
            reason: row.reason,
            met: row.met,
            struck: row.struck,
            created_at: row.created_at,
            decided_at: row.decided_at,
        }
    }
}

impl View for StrikeOutView {
    const IS_SECRET: bool = true;
}
