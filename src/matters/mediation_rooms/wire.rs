//! Mediation rooms as they are sent.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Filter, MediationRoomChange, MediationRoomId, MediationRoomKind, NewMediationRoom};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::hours::OpeningHours;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::problem::{Problem, Result};
use crate::kit::text::{Line, Prose};
use crate::places::coordinates::{CoordSystem, Point};

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationRoomQuery {
    /// Only rooms in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Only rooms of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Only rooms of this kind.
    #[param(inline)]
    pub kind: Option<MediationRoomKind>,
    /// Only rooms in use, or only those that are not.
    pub is_active: Option<bool>,
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl MediationRoomQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let Self { division, organisation, kind, is_active, .. } = *self;
        Filter { division, organisation, kind, is_active }
    }
}

/// Which rooms to look at.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MediationRoomShortfallQuery {
    /// Only rooms in this division and below.
    #[param(example = "310113003000")]
    pub division: Option<Division>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// The room in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MediationRoomPath {
    /// The room.
    pub mediation_room: MediationRoomId,
}

/// Add a mediation room.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationRoomDraft {
    /// Whom it serves: this division and below. Stays.
    #[schema(example = "310113003000")]
    pub division: Division,
    /// Whose it is, as a police station that works there. Stays.
    pub organisation: OrganisationId,
    /// What it is called.
    #[schema(example = "友谊路派出所联合调解室")]
    pub name: Line<60>,
    /// What kind of place it is.
    pub kind: MediationRoomKind,
    /// Where it is, in words.
    #[serde(default)]
    pub address: Prose<200>,
    /// Where it is on the map.
    pub location: Option<Point>,
    /// How many people it holds.
    pub capacity: Whole<1, 500>,
    /// When it is open.
    #[serde(default)]
    pub opening_hours: OpeningHours,
}

impl MediationRoomDraft {
    /// As written to a row.
    pub fn into_new(self, now: DateTime<Utc>) -> Result<NewMediationRoom> {
        let location = self.location.map(Point::to_wgs84);
        Ok(NewMediationRoom {
            id: MediationRoomId::new(),
            division: self.division,
            organisation_id: self.organisation,
            name: self.name.into_inner(),
            kind: self.kind,
            address: self.address.into_inner(),
            longitude: location.map(|point| point.longitude),
            latitude: location.map(|point| point.latitude),
            capacity: self.capacity.get(),
            opening_hours: serde_json::to_value(self.opening_hours).map_err(Problem::fault)?,
            is_active: true,
            created_at: now,
            updated_at: now,
        })
    }
}

/// Change a mediation room.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationRoomPatch {
    /// What it is called.
    #[serde(default)]
    #[schema(value_type = Line<60>)]
    pub name: Change<Line<60>>,
    /// What kind of place it is.
    #[serde(default)]
    #[schema(value_type = MediationRoomKind)]
    pub kind: Change<MediationRoomKind>,
    /// Where it is, in words.
    #[serde(default)]
    #[schema(value_type = Prose<200>)]
    pub address: Change<Prose<200>>,
    /// Where it is on the map.
    #[serde(default)]
    #[schema(value_type = Option<Point>)]
    pub location: Patch<Point>,
    /// How many people it holds.
    #[serde(default)]
    #[schema(value_type = Whole<1, 500>)]
    pub capacity: Change<Whole<1, 500>>,
    /// When it is open.
    #[serde(default)]
    #[schema(value_type = OpeningHours)]
    pub opening_hours: Change<OpeningHours>,
    /// Whether it is used.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_active: Change<bool>,
}

impl MediationRoomPatch {
    /// As written to the row.
    pub fn into_change(self) -> Result<MediationRoomChange> {
        let location = self.location.map(Point::to_wgs84);
        let hours = self.opening_hours.map(serde_json::to_value).transpose().map_err(Problem::fault)?;
        Ok(MediationRoomChange {
            name: self.name.map(Line::into_inner),
            kind: self.kind.0,
            address: self.address.map(Prose::into_inner),
            longitude: location.map(|point| point.map(|p| p.longitude)),
            latitude: location.map(|point| point.map(|p| p.latitude)),
            capacity: self.capacity.map(Whole::get),
            opening_hours: hours,
            is_active: self.is_active.0,
        })
    }
}
