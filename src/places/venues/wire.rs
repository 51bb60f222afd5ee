//! Venues in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::codes::Shown;
use super::model::{CodeGrade, Filter, VenueChange, VenueId, VenueKind, VenueRow, VenueStatus};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::picture::PictureFormat;
use crate::kit::problem::Result;
use crate::kit::text::{Line, Prose};
use crate::places::coordinates::{CoordSystem, Located, Near, Point, Radius};

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VenueQuery {
    /// Only venues in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only venues of this kind.
    #[param(inline)]
    pub kind: Option<VenueKind>,
    /// Only venues near a point: its degrees east, with `latitude`.
    #[param(minimum = 72, maximum = 138, example = 121.489)]
    pub longitude: Option<f64>,
    /// Its degrees north, with `longitude`.
    #[param(minimum = 0, maximum = 56, example = 31.405)]
    pub latitude: Option<f64>,
    /// How many metres round that point, 100 to 5000; 1000 unless told.
    #[param(value_type = Option<i32>, minimum = 100, maximum = 5000)]
    pub within: Option<Radius>,
    /// What the coordinates sent and answered mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl VenueQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Result<Filter> {
        let near = Near::read((self.longitude, self.latitude), self.within, self.coord_system)?;
        Ok(Filter { division: self.division, kind: self.kind, near })
    }
}

/// The venue in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct VenuePath {
    /// The venue.
    pub venue: VenueId,
}

/// How a picture is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VenueCodeImageQuery {
    /// How it is written; `svg` unless told.
    #[param(inline)]
    pub format: Option<PictureFormat>,
}

/// Add a venue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VenueDraft {
    /// Its division, a committee's or a wider one. Stays.
    pub division: Division,
    /// Whose it is, where it is an organisation's.
    pub organisation: Option<OrganisationId>,
    /// Its name, the only one of its division.
    #[schema(example = "宝钢五村红色议事厅")]
    pub name: Line<60>,
    /// What it is.
    pub kind: VenueKind,
    /// Its address.
    #[serde(default)]
    #[schema(example = "友谊路1588弄247号底楼")]
    pub address: Prose<200>,
    /// Where it is.
    pub location: Option<Point>,
    /// How its code is shown.
    pub code_grade: CodeGrade,
    /// Within how many metres its code counts, 100 to 5000; anywhere unless told. Needs `location`.
    pub radius: Option<Radius>,
}

/// Change a venue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VenuePatch {
    /// Whose it is, where it is an organisation's.
    #[serde(default)]
    #[schema(value_type = Option<OrganisationId>)]
    pub organisation: Patch<OrganisationId>,
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<60>, example = "宝钢五村红色议事厅")]
    pub name: Change<Line<60>>,
    /// What it is.
    #[serde(default)]
    #[schema(value_type = VenueKind)]
    pub kind: Change<VenueKind>,
    /// Its address.
    #[serde(default)]
    #[schema(value_type = Prose<200>)]
    pub address: Change<Prose<200>>,
    /// Where it is.
    #[serde(default)]
    #[schema(value_type = Option<Point>)]
    pub location: Patch<Point>,
    /// How its code is shown.
    #[serde(default)]
    #[schema(value_type = CodeGrade)]
    pub code_grade: Change<CodeGrade>,
    /// Within how many metres its code counts; null for anywhere.
    #[serde(default)]
    #[schema(value_type = Option<Radius>)]
    pub radius: Patch<Radius>,
    /// Whether one may go there.
    #[serde(default)]
    #[schema(value_type = VenueStatus)]
    pub status: Change<VenueStatus>,
}

impl From<VenuePatch> for VenueChange {
    fn from(patch: VenuePatch) -> Self {
        let location = patch.location.map(Point::to_wgs84);
        VenueChange {
            organisation_id: patch.organisation.map(|organisation| organisation),
            name: patch.name.map(Line::into_inner),
            kind: patch.kind.0,
            address: patch.address.map(Prose::into_inner),
            longitude: location.map(|point| point.map(|p| p.longitude)),
            latitude: location.map(|point| point.map(|p| p.latitude)),
            code_grade: patch.code_grade.0,
            radius: patch.radius.map(Radius::get),
            status: patch.status.0,
            ..VenueChange::default()
        }
    }
}

/// A venue.
#[derive(Serialize, ToSchema)]
pub struct VenueView {
    /// Its id.
    pub id: VenueId,
    /// Its division.
    pub division: Division,
    /// Whose it is; null when no organisation's.
    pub organisation: Option<OrganisationId>,
    /// Its name.
    #[schema(example = "宝钢五村红色议事厅")]
    pub name: String,
    /// What it is.
    pub kind: VenueKind,
    /// Its address; empty when unknown.
    pub address: String,
    /// Where it is; null when unknown.
    pub location: Option<Point>,
    /// How far it is from the point asked about, in metres; null when none was.
    #[schema(example = 240)]
    pub distance: Option<i64>,
    /// How its code is shown.
    pub code_grade: CodeGrade,
    /// Within how many metres its code counts; null for anywhere.
    pub radius: Option<i32>,
    /// Whether one may go there.
    pub status: VenueStatus,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl VenueView {
    /// Seen from a point, where one was asked about.
    pub fn new(row: VenueRow, near: Option<Near>) -> Self {
        let location = row.point();
        let metres = near.zip(location).map(|(near, place)| near.point.metres_to(place).round() as i64);
        Self {
            id: row.id,
            division: row.division,
            organisation: row.organisation_id,
            name: row.name,
            kind: row.kind,
            address: row.address,
            location,
            distance: metres,
            code_grade: row.code_grade,
            radius: row.radius,
            status: row.status,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Located for VenueView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for VenueView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/venues/{}", self.id))
    }
}

/// The code that a venue shows now.
#[derive(Serialize, ToSchema)]
pub struct VenueCodeView {
    /// The venue.
    pub venue: VenueId,
    /// How its code is shown.
    pub code_grade: CodeGrade,
    /// What stands in the symbol; at most 29 characters, so that a mini-program's `scene` holds it.
    #[schema(example = "SV1:7K3M9QX2VD4TBC8P:28708213")]
    pub text: String,
    /// When the next is shown; null where it is printed and stays.
    #[serde(serialize_with = "moment::write_some")]
    pub expires_at: Option<DateTime<Utc>>,
}

impl VenueCodeView {
    /// As it is shown.
    pub fn new(row: &VenueRow, shown: Shown) -> Self {
        let Shown { text, expires_at } = shown;
        Self { venue: row.id, code_grade: row.code_grade, text, expires_at }
    }
}

impl View for VenueCodeView {
    const IS_SECRET: bool = true;
}
