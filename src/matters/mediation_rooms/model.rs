//! Rows of mediation rooms.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::access::act::Governed;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::id;
pub use crate::matters::mediation_staffing::MediationRoomKind;
use crate::schema::mediation_rooms;

id! {
    /// A mediation room's id.
    MediationRoomId
}

/// A room as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mediation_rooms)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct MediationRoomRow {
    pub id: MediationRoomId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub kind: MediationRoomKind,
    pub address: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub capacity: i32,
    pub opening_hours: Value,
    pub is_active: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for MediationRoomRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A room with the name of its organisation.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "named as what they hold")]
pub struct NamedRoomRow {
    pub room: MediationRoomRow,
    pub organisation_name: String,
}

/// A room about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = mediation_rooms, treat_none_as_default_value = false)]
pub struct NewMediationRoom {
    pub id: MediationRoomId,
    pub division: Division,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub kind: MediationRoomKind,
    pub address: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub capacity: i32,
    pub opening_hours: Value,
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewMediationRoom {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A change of a room.
#[derive(AsChangeset)]
#[diesel(table_name = mediation_rooms)]
pub struct MediationRoomChange {
    pub name: Option<String>,
    pub kind: Option<MediationRoomKind>,
    pub address: Option<String>,
    pub longitude: Option<Option<f64>>,
    pub latitude: Option<Option<f64>>,
    pub capacity: Option<i32>,
    pub opening_hours: Option<Value>,
    pub is_active: Option<bool>,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub organisation: Option<OrganisationId>,
    pub kind: Option<MediationRoomKind>,
    pub is_active: Option<bool>,
}

/// A room with fewer mediators than it needs, and by which rule.
#[derive(Clone, Debug, Queryable)]
pub struct ShortRow {
    pub room: MediationRoomRow,
    pub organisation_name: String,
    pub needed: i32,
    pub legal_basis: String,
    pub part_time_hours: Option<i32>,
    pub counted: i64,
}

/// A mediator who serves in a room today.
#[derive(Clone, Debug, Queryable)]
pub struct ServingRow {
    pub room: MediationRoomId,
    pub mediator: uuid::Uuid,
    pub name: String,
    pub is_part_time: bool,
    pub weekly_hours: i32,
}
