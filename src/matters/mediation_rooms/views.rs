//! Mediation rooms as they are answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{MediationRoomId, MediationRoomKind, NamedRoomRow, ServingRow, ShortRow};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::hours::OpeningHours;
use crate::kit::moment;
use crate::matters::mediators::MediatorId;
use crate::matters::registry::MatterOrganisationView;
use crate::places::coordinates::{Located, Point};

/// A mediation room.
#[derive(Serialize, ToSchema)]
pub struct MediationRoomView {
    /// Its id.
    pub id: MediationRoomId,
    /// Whom it serves: this division and below.
    pub division: Division,
    /// Whose it is.
    pub organisation: MatterOrganisationView,
    /// What it is called.
    #[schema(example = "友谊路派出所联合调解室")]
    pub name: String,
    /// What kind of place it is.
    pub kind: MediationRoomKind,
    /// Where it is, in words; empty when unknown.
    pub address: String,
    /// Where it is on the map; null when unknown.
    pub location: Option<Point>,
    /// How many people it holds.
    #[schema(minimum = 1, example = 8)]
    pub capacity: i32,
    /// When it is open.
    pub opening_hours: OpeningHours,
    /// Whether it is used.
    pub is_active: bool,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedRoomRow> for MediationRoomView {
    fn from(row: NamedRoomRow) -> Self {
        let NamedRoomRow { room, organisation_name } = row;
        Self {
            id: room.id,
            division: room.division,
            organisation: MatterOrganisationView { id: room.organisation_id, name: organisation_name },
            name: room.name,
            kind: room.kind,
            address: room.address,
            location: Point::stored(room.longitude, room.latitude),
            capacity: room.capacity,
            // Only what was checked is written, so what does not read was written by another hand: no hours.
            opening_hours: serde_json::from_value(room.opening_hours).unwrap_or_default(),
            is_active: room.is_active,
            version: room.version,
            created_at: room.created_at,
            updated_at: room.updated_at,
        }
    }
}

impl Located for MediationRoomView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for MediationRoomView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/mediation-rooms/{}", self.id))
    }
}

/// A mediator who serves in a room that is short of them.
#[derive(Serialize, ToSchema)]
pub struct ServingMediatorView {
    /// The entry in the roster.
    pub mediator: MediatorId,
    /// The person's name.
    #[schema(example = "调解员老徐")]
    pub name: String,
    /// Whether they serve there part time 兼职.
    pub is_part_time: bool,
    /// How many hours a week they are there.
    #[schema(minimum = 1, example = 16)]
    pub weekly_hours: i32,
    /// Whether they count towards what is needed: full time, or for enough hours.
    pub is_counted: bool,
}

/// A room with fewer mediators than it needs today.
#[derive(Serialize, ToSchema)]
pub struct MediationRoomShortfallView {
    /// The room.
    pub room: MediationRoomId,
    /// What it is called.
    #[schema(example = "友谊路派出所联合调解室")]
    pub name: String,
    /// What kind of place it is.
    pub kind: MediationRoomKind,
    /// Whom it serves.
    pub division: Division,
    /// Whose it is.
    pub organisation: MatterOrganisationView,
    /// How many mediators it needs.
    #[schema(minimum = 1, example = 2)]
    pub needed: i32,
    /// How many it has that count.
    #[schema(minimum = 0, example = 1)]
    pub counted: i64,
    /// How many are missing.
    #[schema(minimum = 1, example = 1)]
    pub missing: i64,
    /// From how many hours a week on somebody who serves part time counts.
    #[schema(minimum = 1, example = 20)]
    pub part_time_hours: i32,
    /// What the number needed stands on.
    pub legal_basis: String,
    /// The mediators who serve there today, full time or part time.
    pub serving: Vec<ServingMediatorView>,
}

impl MediationRoomShortfallView {
    /// A room with those of the mediators who serve in it.
    pub fn new(row: ShortRow, serving: &[ServingRow]) -> Self {
        let ShortRow { room, organisation_name, needed, legal_basis, part_time_hours, counted } = row;
        // Without a rule everybody counts.
        let part_time_hours = part_time_hours.unwrap_or(1);
        let there = serving.iter().filter(|one| one.room == room.id).map(|one| ServingMediatorView {
            mediator: MediatorId(one.mediator),
            name: one.name.clone(),
            is_part_time: one.is_part_time,
            weekly_hours: one.weekly_hours,
            is_counted: !one.is_part_time || one.weekly_hours >= part_time_hours,
        });
        Self {
            room: room.id,
            name: room.name,
            kind: room.kind,
            division: room.division,
            organisation: MatterOrganisationView { id: room.organisation_id, name: organisation_name },
            needed,
            counted,
            missing: i64::from(needed) - counted,
            part_time_hours,
            legal_basis,
            serving: there.collect(),
        }
    }
}

impl View for MediationRoomShortfallView {
    const IS_SECRET: bool = true;
}
