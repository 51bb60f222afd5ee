//! Rows of who serves in a room.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::access::actor::AccountId;
use crate::matters::mediation_rooms::MediationRoomId;
use crate::matters::mediators::{MediatorId, MediatorKind, MediatorStatus};
use crate::schema::mediation_room_staff;
use crate::{id, text_enum};

id! {
    /// The id of somebody's time in a room.
    RoomStaffId
}

text_enum! {
    /// As what somebody serves in a room.
    pub enum RoomStaffRole {
        /// 调解员
        Mediator = "mediator",
        /// 律师
        Lawyer = "lawyer",
        /// 联络员
        Liaison = "liaison",
    }
}

impl RoomStaffRole {
    /// Of which roster; a liaison is of none.
    pub fn roster(self) -> Option<MediatorKind> {
        match self {
            RoomStaffRole::Mediator => Some(MediatorKind::Mediator),
            RoomStaffRole::Lawyer => Some(MediatorKind::Lawyer),
            RoomStaffRole::Liaison => None,
        }
    }
}

/// Somebody's time in a room, as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_room_staff)]
pub struct RoomStaffRow {
    pub id: RoomStaffId,
    pub room_id: MediationRoomId,
    pub role: RoomStaffRole,
    pub mediator_id: Option<MediatorId>,
    pub account_id: Option<AccountId>,
    pub is_part_time: bool,
    pub weekly_hours: i32,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub ended_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl RoomStaffRow {
    /// Whether it is over, or was ended.
    pub fn is_over(&self, on: NaiveDate) -> bool {
        self.ended_at.is_some() || self.ends_on.is_some_and(|last| last < on)
    }
}

/// What a roster says of somebody.
#[derive(Clone, Debug, Queryable)]
pub struct RosterColumns {
    pub name: String,
    pub status: MediatorStatus,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

/// Somebody's time in a room, with what the roster says of them, or what their account is called, and whether the account of
/// either was closed.
#[derive(Clone, Debug, Queryable)]
pub struct NamedStaffRow {
    pub staff: RoomStaffRow,
    pub roster: Option<RosterColumns>,
    pub display_name: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl NamedStaffRow {
    /// Whether they serve there on that day: neither that nor their term in the roster is over, and both have begun.
    pub fn serves(&self, on: NaiveDate) -> bool {
        let stands = |roster: &RosterColumns| {
            roster.status == MediatorStatus::Active
                && roster.starts_on <= on
                && roster.ends_on.is_none_or(|last| on <= last)
        };
        self.staff.starts_on <= on
            && !self.staff.is_over(on)
            && self.closed_at.is_none()
            && self.roster.as_ref().is_none_or(stands)
    }
}

/// Somebody's time in a room, about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_room_staff, treat_none_as_default_value = false)]
pub struct NewRoomStaff {
    pub id: RoomStaffId,
    pub room_id: MediationRoomId,
    pub role: RoomStaffRole,
    pub mediator_id: Option<MediatorId>,
    pub account_id: Option<AccountId>,
    pub is_part_time: bool,
    pub weekly_hours: i32,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub created_by: AccountId,
    pub created_at: DateTime<Utc>,
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    pub role: Option<RoomStaffRole>,
    pub on: Option<NaiveDate>,
}
