//! Rows of free times.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::id;
use crate::matters::mediation_rooms::MediationRoomId;
use crate::schema::hearing_slots;

id! {
    /// A free time's id.
    HearingSlotId
}

/// A free time as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = hearing_slots)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct SlotRow {
    pub id: HearingSlotId,
    pub room_id: MediationRoomId,
    pub begins_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// A free time, and whether it still is.
#[derive(Clone, Debug, Queryable)]
pub struct ShownSlotRow {
    pub slot: SlotRow,
    pub is_taken: bool,
}

/// A free time about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = hearing_slots)]
pub struct NewSlot {
    pub id: HearingSlotId,
    pub room_id: MediationRoomId,
    pub begins_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    pub from: DateTime<Utc>,
    pub is_free: Option<bool>,
}
