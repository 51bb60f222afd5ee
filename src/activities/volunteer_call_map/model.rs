//! Rows of the map.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::activities::volunteer_calls::VolunteerCallId;
use crate::places::building_groups::BuildingGroupId;
use crate::places::coordinates::Point;

/// A call on the map.
#[derive(Clone, Debug, Queryable)]
pub struct PlacedCall {
    pub id: VolunteerCallId,
    pub division: Division,
    pub title: String,
    pub organisation: (Option<OrganisationId>, Option<String>),
    pub building_group: (Option<BuildingGroupId>, Option<String>),
    pub longitude: f64,
    pub latitude: f64,
}

impl PlacedCall {
    /// Where it happens.
    pub fn point(&self) -> Option<Point> {
        Point::stored(Some(self.longitude), Some(self.latitude))
    }
}

/// What can still be taken of a call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places {
    /// When the next shift that has not begun begins.
    pub next_shift_at: Option<DateTime<Utc>>,
    /// How many places are free in all of them.
    pub free: i64,
}
