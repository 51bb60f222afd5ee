//! The map in GeoJSON (RFC 7946): longitude before latitude, WGS84.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{PlacedCall, Places};
use crate::access::division::Division;
use crate::activities::volunteer_calls::{VolunteerCallId, VolunteerCallOrganiserView};
use crate::kit::answer::View;
use crate::kit::moment;
use crate::kit::problem::Result;
use crate::places::coordinates::{CoordSystem, Near, Radius};
use crate::text_enum;

/// Round which point.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerCallMapQuery {
    /// The middle of the map: degrees east.
    #[param(minimum = 72, maximum = 138, example = 121.489)]
    pub longitude: f64,
    /// Its degrees north.
    #[param(minimum = 0, maximum = 56, example = 31.405)]
    pub latitude: f64,
    /// How many metres round it, 100 to 5000; 1000 unless told.
    #[param(value_type = Option<i32>, minimum = 100, maximum = 5000)]
    pub within: Option<Radius>,
    /// What the two coordinates mean; `wgs84` unless told. What is answered is WGS84, as GeoJSON is.
    pub coord_system: Option<CoordSystem>,
}

impl VolunteerCallMapQuery {
    /// What is near.
    pub fn near(&self) -> Result<Option<Near>> {
        Near::read((Some(self.longitude), Some(self.latitude)), self.within, self.coord_system)
    }
}

text_enum! {
    /// What a part of GeoJSON is.
    pub enum GeoJsonKind {
        /// Several of them.
        FeatureCollection = "FeatureCollection",
        /// Something that is somewhere.
        Feature = "Feature",
        /// Where it is.
        Point = "Point",
    }
}

/// A point of GeoJSON.
#[derive(Serialize, ToSchema)]
pub struct GeoJsonPoint {
    /// `Point`.
    pub r#type: GeoJsonKind,
    /// Degrees east, then degrees north.
    #[schema(min_items = 2, max_items = 2, example = json!([121.489, 31.405]))]
    pub coordinates: Vec<f64>,
}

/// What is told of a call on the map.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallProperties {
    /// What it is called.
    pub title: String,
    /// Where it is for.
    pub division: Division,
    /// Who organises it.
    pub organiser: VolunteerCallOrganiserView,
    /// When its next shift begins; null where none is ahead.
    #[serde(serialize_with = "moment::write_some")]
    pub next_shift_at: Option<DateTime<Utc>>,
    /// How many places are free in the shifts ahead.
    pub free_places: i64,
}

/// A call on the map.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallFeature {
    /// `Feature`.
    pub r#type: GeoJsonKind,
    /// The call.
    pub id: VolunteerCallId,
    /// Where it happens.
    pub geometry: GeoJsonPoint,
    /// What it is.
    pub properties: VolunteerCallProperties,
}

impl VolunteerCallFeature {
    /// Of a call, and what can still be taken of it.
    pub fn new(call: PlacedCall, places: Places) -> Self {
        let (organisation, group) = (call.organisation, call.building_group);
        let organiser = VolunteerCallOrganiserView {
            organisation: organisation.0,
            building_group: group.0,
            name: organisation.1.or(group.1).unwrap_or_default(),
        };
        Self {
            r#type: GeoJsonKind::Feature,
            id: call.id,
            geometry: GeoJsonPoint {
                r#type: GeoJsonKind::Point,
                coordinates: vec![call.longitude, call.latitude],
            },
            properties: VolunteerCallProperties {
                title: call.title,
                division: call.division,
                organiser,
                next_shift_at: places.next_shift_at,
                free_places: places.free,
            },
        }
    }
}

/// The open calls nearby.
#[derive(Serialize, ToSchema)]
pub struct VolunteerCallMap {
    /// `FeatureCollection`.
    pub r#type: GeoJsonKind,
    /// The calls, the closest first.
    #[schema(max_items = 100)]
    pub features: Vec<VolunteerCallFeature>,
}

impl View for VolunteerCallMap {}
