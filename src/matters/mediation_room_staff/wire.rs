//! Who serves in a room, in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, NamedStaffRow, RoomStaffId, RoomStaffRole};
use crate::access::actor::AccountId;
use crate::kit::answer::View;
use crate::kit::day::Day;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::matters::mediation_rooms::MediationRoomId;
use crate::matters::mediators::MediatorId;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoomStaffQuery {
    /// Only who serves as this.
    #[param(inline)]
    pub role: Option<RoomStaffRole>,
    /// Only those whose time in the room has that day in it and was not ended.
    #[param(value_type = Option<NaiveDate>)]
    pub on: Option<Day>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl RoomStaffQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { role: self.role, on: self.on.map(Day::get) }
    }
}

/// Somebody in the room of the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RoomStaffPath {
    /// The room.
    pub mediation_room: MediationRoomId,
    /// Their time in the room.
    #[param(value_type = uuid::Uuid)]
    pub mediation_room_staff: RoomStaffId,
}

/// Put somebody into a room. Name either the entry of a roster or the account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomStaffDraft {
    /// As what.
    pub role: RoomStaffRole,
    /// The entry in a roster, of a mediator or a lawyer.
    pub mediator: Option<MediatorId>,
    /// The account: of a liaison, or of somebody who stands in a roster for this place.
    pub account: Option<AccountId>,
    /// Whether they serve there beside other work 兼职.
    pub is_part_time: bool,
    /// How many hours a week they are there.
    pub weekly_hours: Whole<1, 60>,
    /// The first day; today, unless told.
    pub starts_on: Option<Day>,
    /// The last day; open, unless told.
    pub ends_on: Option<Day>,
}

/// Say when somebody's time in a room ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomStaffEndDraft {
    /// The last day, today or later; null ends it at once.
    pub on: Option<Day>,
}

/// Somebody's time in a room.
#[derive(Serialize, ToSchema)]
pub struct RoomStaffView {
    /// Its id.
    pub id: RoomStaffId,
    /// The room.
    pub room: MediationRoomId,
    /// As what.
    pub role: RoomStaffRole,
    /// The person's name.
    #[schema(example = "调解员老徐")]
    pub name: String,
    /// The entry in a roster; null of a liaison.
    pub mediator: Option<MediatorId>,
    /// The account of a liaison.
    pub account: Option<AccountId>,
    /// Whether they serve there beside other work 兼职.
    pub is_part_time: bool,
    /// How many hours a week they are there.
    #[schema(minimum = 1, example = 16)]
    pub weekly_hours: i32,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; null when it is open.
    pub ends_on: Option<NaiveDate>,
    /// When it was ended before that.
    #[serde(serialize_with = "moment::write_some")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether they serve there today: neither this nor their term in the roster is over.
    pub is_serving: bool,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
}

impl RoomStaffView {
    /// As it is on that day.
    pub fn new(row: NamedStaffRow, on: NaiveDate) -> Self {
        let is_serving = row.serves(on);
        let NamedStaffRow { staff, roster, display_name, .. } = row;
        let name = roster.map(|roster| roster.name).or(display_name).unwrap_or_default();
        Self {
            id: staff.id,
            room: staff.room_id,
            role: staff.role,
            name,
            mediator: staff.mediator_id,
            account: staff.account_id,
            is_part_time: staff.is_part_time,
            weekly_hours: staff.weekly_hours,
            starts_on: staff.starts_on,
            ends_on: staff.ends_on,
            ended_at: staff.ended_at,
            is_serving,
            created_at: staff.created_at,
        }
    }
}

impl View for RoomStaffView {
    const IS_SECRET: bool = true;
}
