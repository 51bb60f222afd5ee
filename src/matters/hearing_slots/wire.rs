//! Free times in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, HearingSlotId, ShownSlotRow, SlotRow};
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::matters::mediation_rooms::MediationRoomId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HearingSlotQuery {
    /// Only times that end later than this; later than now, unless told.
    pub from: Option<DateTime<Utc>>,
    /// Only those that are still free, or only those that are taken.
    pub is_free: Option<bool>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl HearingSlotQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self, now: DateTime<Utc>) -> Filter {
        Filter { from: self.from.unwrap_or(now), is_free: self.is_free }
    }
}

/// A free time in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct HearingSlotPath {
    /// The room.
    pub mediation_room: MediationRoomId,
    /// The time.
    #[param(value_type = uuid::Uuid)]
    pub hearing_slot: HearingSlotId,
}

/// Enter a free time of a room.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingSlotDraft {
    /// From when.
    #[schema(example = "2026-12-01T01:00:00Z")]
    pub begins_at: DateTime<Utc>,
    /// Until when.
    #[schema(example = "2026-12-01T03:00:00Z")]
    pub ends_at: DateTime<Utc>,
}

/// A free time of a room 可约时段.
#[derive(Serialize, ToSchema)]
pub struct HearingSlotView {
    /// Its id.
    pub id: HearingSlotId,
    /// Of which room.
    pub room: MediationRoomId,
    /// From when.
    #[serde(serialize_with = "moment::write")]
    pub begins_at: DateTime<Utc>,
    /// Until when.
    #[serde(serialize_with = "moment::write")]
    pub ends_at: DateTime<Utc>,
    /// Whether no hearing has the room in that time.
    pub is_free: bool,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl From<ShownSlotRow> for HearingSlotView {
    fn from(row: ShownSlotRow) -> Self {
        let SlotRow { id, room_id, begins_at, ends_at, created_at } = row.slot;
        Self { id, room: room_id, begins_at, ends_at, is_free: !row.is_taken, created_at }
    }
}

impl View for HearingSlotView {}
