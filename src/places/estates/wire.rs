//! Estates in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{EstateChange, EstateId, EstateKind, EstateRow, Filter, NewEstate};
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Line, Prose};
use crate::places::addresses;
use crate::places::coordinates::{CoordSystem, Located, Point};

/// A year of building.
pub type BuiltYear = Whole<1840, 2200>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EstateQuery {
    /// Only estates in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only names that begin like this.
    #[param(value_type = Option<String>, min_length = 1, max_length = 40)]
    pub name: Option<Line<40>>,
    /// Only old estates 老旧小区, or only others.
    pub is_old: Option<bool>,
    /// What the coordinates answered shall mean; `wgs84` unless told, `gcj02` for WeChat's maps.
    pub coord_system: Option<CoordSystem>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl EstateQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        let name = self.name.clone().map(Line::into_inner);
        Filter { division: self.division, name, is_old: self.is_old }
    }
}

/// The estate in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EstatePath {
    /// The estate.
    pub estate: EstateId,
}

/// Add an estate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EstateDraft {
    /// Its name.
    #[schema(example = "宝钢五村")]
    pub name: Line<100>,
    /// The committee it belongs to. Stays.
    pub division: Division,
    /// What it is.
    pub kind: EstateKind,
    /// Its address, road and number. Kept in one form, so that it is found: without spaces, half-width, and without
    /// the city and the district in front.
    #[serde(default)]
    #[schema(example = "友谊路1588弄")]
    pub address: Prose<200>,
    /// The year it was built.
    pub built_year: Option<BuiltYear>,
    /// Whether it counts as old 老旧小区.
    #[serde(default)]
    pub is_old: bool,
    /// Whether it has lifts.
    #[serde(default)]
    pub has_lift: bool,
    /// The property company that serves it, an organisation of kind `property_company`.
    pub property_company: Option<OrganisationId>,
    /// Where it is.
    pub location: Option<Point>,
}

impl EstateDraft {
    /// As written to a row.
    pub fn into_new(self, now: DateTime<Utc>) -> NewEstate {
        let location = self.location.map(Point::to_wgs84);
        NewEstate {
            id: EstateId::new(),
            name: self.name.into_inner(),
            division: self.division,
            kind: self.kind,
            address: addresses::plain(&self.address),
            built_year: self.built_year.map(BuiltYear::get),
            is_old: self.is_old,
            has_lift: self.has_lift,
            property_company_id: self.property_company,
            longitude: location.map(|point| point.longitude),
            latitude: location.map(|point| point.latitude),
            created_at: now,
            updated_at: now,
        }
    }
}

/// Change an estate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EstatePatch {
    /// Its name.
    #[serde(default)]
    #[schema(value_type = Line<100>, example = "宝钢五村")]
    pub name: Change<Line<100>>,
    /// What it is.
    #[serde(default)]
    #[schema(value_type = EstateKind)]
    pub kind: Change<EstateKind>,
    /// Its address, road and number, kept in one form as when it was added.
    #[serde(default)]
    #[schema(value_type = Prose<200>, example = "友谊路1588弄")]
    pub address: Change<Prose<200>>,
    /// The year it was built.
    #[serde(default)]
    #[schema(value_type = Option<BuiltYear>)]
    pub built_year: Patch<BuiltYear>,
    /// Whether it counts as old 老旧小区.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub is_old: Change<bool>,
    /// Whether it has lifts.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub has_lift: Change<bool>,
    /// The property company that serves it, an organisation of kind `property_company`.
    #[serde(default)]
    #[schema(value_type = Option<OrganisationId>)]
    pub property_company: Patch<OrganisationId>,
    /// Where it is.
    #[serde(default)]
    #[schema(value_type = Option<Point>)]
    pub location: Patch<Point>,
}

impl From<EstatePatch> for EstateChange {
    fn from(patch: EstatePatch) -> Self {
        let location = patch.location.map(Point::to_wgs84);
        EstateChange {
            name: patch.name.map(Line::into_inner),
            kind: patch.kind.0,
            address: patch.address.map(|address| addresses::plain(&address)),
            built_year: patch.built_year.map(BuiltYear::get),
            is_old: patch.is_old.0,
            has_lift: patch.has_lift.0,
            property_company_id: patch.property_company.map(|company| company),
            longitude: location.map(|point| point.map(|p| p.longitude)),
            latitude: location.map(|point| point.map(|p| p.latitude)),
        }
    }
}

/// An estate.
#[derive(Serialize, ToSchema)]
pub struct EstateView {
    /// Its id.
    pub id: EstateId,
    /// Its name.
    #[schema(example = "宝钢五村")]
    pub name: String,
    /// The committee it belongs to.
    pub division: Division,
    /// What it is.
    pub kind: EstateKind,
    /// Its address, road and number; empty when unknown.
    #[schema(example = "友谊路1588弄")]
    pub address: String,
    /// The year it was built; null when unknown.
    #[schema(example = 1986)]
    pub built_year: Option<i32>,
    /// Whether it counts as old 老旧小区.
    pub is_old: bool,
    /// Whether it has lifts.
    pub has_lift: bool,
    /// The property company that serves it; null when there is none.
    pub property_company: Option<OrganisationId>,
    /// Where it is; null when unknown.
    pub location: Option<Point>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<EstateRow> for EstateView {
    fn from(row: EstateRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            division: row.division,
            kind: row.kind,
            address: row.address,
            built_year: row.built_year,
            is_old: row.is_old,
            has_lift: row.has_lift,
            property_company: row.property_company_id,
            location: Point::stored(row.longitude, row.latitude),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Located for EstateView {
    fn location_mut(&mut self) -> &mut Option<Point> {
        &mut self.location
    }
}

impl View for EstateView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/estates/{}", self.id))
    }
}
