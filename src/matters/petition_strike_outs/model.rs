//! Rows of strike-outs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::actor::AccountId;
use crate::access::division::Division;
use crate::matters::registry::MatterId;
use crate::places::building_groups::BuildingGroupId;
use crate::schema::petition_strike_outs;
use crate::{id, text_enum};

id! {
    /// A strike-out's id.
    StrikeOutId
}

text_enum! {
    /// How far a strike-out is.
    pub enum StrikeOutState {
        /// 草稿
        Draft = "draft",
        /// 已执行
        CarriedOut = "carried_out",
        /// 已取消
        Cancelled = "cancelled",
    }
}

/// A strike-out as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = petition_strike_outs)]
pub struct StrikeOutRow {
    pub id: StrikeOutId,
    pub petition_id: MatterId,
    pub division: Division,
    pub signed_from: Option<DateTime<Utc>>,
    pub signed_before: Option<DateTime<Utc>>,
    pub building_group_id: Option<BuildingGroupId>,
    pub accounts_since: Option<DateTime<Utc>>,
    pub reason: String,
    pub state: StrikeOutState,
    pub met: i32,
    pub struck: Option<i32>,
    pub created_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl Governed for StrikeOutRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A strike-out about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = petition_strike_outs, treat_none_as_default_value = false)]
pub struct NewStrikeOut {
    pub id: StrikeOutId,
    pub petition_id: MatterId,
    pub division: Division,
    pub signed_from: Option<DateTime<Utc>>,
    pub signed_before: Option<DateTime<Utc>>,
    pub building_group_id: Option<BuildingGroupId>,
    pub accounts_since: Option<DateTime<Utc>>,
    pub reason: String,
    pub state: StrikeOutState,
    pub met: i32,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// Which signatures are meant: those that meet all of it.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    pub petition: MatterId,
    pub signed_from: Option<DateTime<Utc>>,
    pub signed_before: Option<DateTime<Utc>>,
    pub building_group: Option<BuildingGroupId>,
    pub accounts_since: Option<DateTime<Utc>>,
}

impl StrikeOutRow {
    /// Its condition.
    pub fn condition(&self) -> Condition {
        Condition {
            petition: self.petition_id,
            signed_from: self.signed_from,
            signed_before: self.signed_before,
            building_group: self.building_group_id,
            accounts_since: self.accounts_since,
        }
    }
}
