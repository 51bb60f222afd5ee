//! The finder in JSON.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ranking::Hit;
use super::store::{BuildingFound, EstateFound, StreetFound};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::hours::OpeningHours;
use crate::kit::text::Line;
use crate::places::buildings::BuildingId;
use crate::places::coordinates::{CoordSystem, Located, Point};
use crate::places::divisions::DivisionRow;
use crate::places::estates::EstateId;

/// What to find.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CommitteeFinderQuery {
    /// The text of an address, or the name of an estate or a committee.
    #[param(value_type = String, min_length = 1, max_length = 64, example = "宝钢五村247号")]
    pub q: Line<64>,
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct CommitteeFinderView {
    /// The question as it was understood: half-width and without spaces.
    #[schema(example = "宝钢五村247号")]
    pub query: String,
    /// The places that may be meant, 10 at most, the likeliest first; none where nothing is known.
    pub matches: Vec<CommitteeMatchView>,
}

impl View for CommitteeFinderView {}

/// How exactly a place was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// 楼栋
    Building,
    /// 小区
    Estate,
    /// 居委会、村委会
    Committee,
}

/// A place that may be meant, and its committee.
#[derive(Serialize, ToSchema)]
pub struct CommitteeMatchView {
    /// How exactly it was found.
    pub match_kind: MatchKind,
    /// The estate; null where only the committee was found.
    pub estate: Option<MatchedEstateView>,
    /// The building; null where it was not found.
    pub building: Option<MatchedBuildingView>,
    /// The committee, and how to reach it.
    pub committee: MatchedCommitteeView,
    /// The street or town above the committee.
    pub street: Option<MatchedStreetView>,
    /// Whether the committee's office is open now; false, too, while its hours are unknown.
    pub is_open_now: bool,
    /// When it opens next, in local time; null while its hours are unknown.
    #[schema(example = "2026-10-09T08:30:00+08:00")]
    pub opens_next: Option<DateTime<FixedOffset>>,
}

/// An estate that was found.
#[derive(Serialize, ToSchema)]
pub struct MatchedEstateView {
    /// Its id.
    pub id: EstateId,
    /// Its name.
    #[schema(example = "宝钢五村")]
    pub name: String,
    /// Its address; empty when unknown.
    #[schema(example = "友谊路1588弄")]
    pub address: String,
}

/// A building that was found.
#[derive(Serialize, ToSchema)]
pub struct MatchedBuildingView {
    /// Its id.
    pub id: BuildingId,
    /// Its number 楼号.
    #[schema(example = "247号")]
    pub number: String,
}

/// The committee of a place, and how to reach it.
#[derive(Serialize, ToSchema)]
pub struct MatchedCommitteeView {
    /// Its division's code.
    pub code: Division,
    /// Its name.
    #[schema(example = "宝钢五村居委会")]
    pub name: String,
    /// Its office's address; empty when unknown.
    pub address: String,
    /// Its office's public telephone numbers.
    pub phones: Vec<String>,
    /// When its office is open; no spans while that is unknown.
    pub opening_hours: OpeningHours,
    /// Where its office is; null when unknown.
    pub location: Option<Point>,
}

/// The street or town above a committee.
#[derive(Clone, Serialize, ToSchema)]
pub struct MatchedStreetView {
    /// Its code.
    #[schema(example = "310113003000")]
    pub code: Division,
    /// Its name.
    #[schema(example = "友谊路街道")]
    pub name: String,
}

impl From<EstateFound> for MatchedEstateView {
    fn from(found: EstateFound) -> Self {
        Self { id: found.id, name: found.name, address: found.address }
    }
}

impl From<BuildingFound> for MatchedBuildingView {
    fn from(found: BuildingFound) -> Self {
        Self { id: found.id, number: found.number }
    }
}

impl MatchedCommitteeView {
    fn new(row: DivisionRow) -> Self {
        Self {
            code: row.code,
            name: row.name,
            address: row.address,
            phones: row.phones.into_iter().flatten().collect(),
            // Only what was checked is written, so what does not read was written by another hand: no hours.
            opening_hours: serde_json::from_value(row.opening_hours).unwrap_or_default(),
            location: Point::stored(row.longitude, row.latitude),
        }
    }
}

impl Located for MatchedCommitteeView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl CommitteeMatchView {
    /// Of a hit, at that moment.
    pub fn new(hit: Hit, streets: &[StreetFound], system: Option<CoordSystem>, now: DateTime<Utc>) -> Self {
        let street = streets.iter().find(|street| Some(street.code) == hit.committee.parent);
        let committee = MatchedCommitteeView::new(hit.committee).shown_in(system);
        Self {
            match_kind: match (&hit.building, &hit.estate) {
                (Some(_), _) => MatchKind::Building,
                (None, Some(_)) => MatchKind::Estate,
                (None, None) => MatchKind::Committee,
            },
            estate: hit.estate.map(MatchedEstateView::from),
            building: hit.building.map(MatchedBuildingView::from),
            street: street.map(|street| MatchedStreetView { code: street.code, name: street.name.clone() }),
            is_open_now: committee.opening_hours.is_open(now),
            opens_next: committee.opening_hours.opens_next(now),
            committee,
        }
    }
}
