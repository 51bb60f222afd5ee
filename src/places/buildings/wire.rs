//! Buildings in JSON.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{BuildingChange, BuildingId, BuildingRow, Filter};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::list::Few;
use crate::kit::moment;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::Line;
use crate::places::estates::EstateId;

/// How many floors a building has.
pub type Floors = Whole<1, 200>;
/// The units of a building, at most twenty.
pub type Units = Few<Line<20>, 0, 20>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BuildingQuery {
    /// Only buildings in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only buildings of this estate.
    pub estate: Option<EstateId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl BuildingQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, estate: self.estate }
    }
}

/// The building in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct BuildingPath {
    /// The building.
    pub building: BuildingId,
}

/// Add a building.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingDraft {
    /// Its estate, whose committee becomes the building's. Stays.
    pub estate: EstateId,
    /// Its number 楼号.
    #[schema(example = "247号")]
    pub number: Line<20>,
    /// How many floors it has.
    pub floors: Option<Floors>,
    /// Whether it has a lift.
    #[serde(default)]
    pub has_lift: bool,
    /// Its units 单元, no two alike; none where it has but one entrance.
    #[serde(default)]
    #[schema(value_type = BTreeSet<Line<20>>, max_items = 20, example = json!(["1", "2"]))]
    pub units: Units,
}

/// Change a building.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildingPatch {
    /// Its number 楼号.
    #[serde(default)]
    #[schema(value_type = Line<20>, example = "247号")]
    pub number: Change<Line<20>>,
    /// How many floors it has.
    #[serde(default)]
    #[schema(value_type = Option<Floors>)]
    pub floors: Patch<Floors>,
    /// Whether it has a lift.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub has_lift: Change<bool>,
    /// Its units 单元, no two alike. Those that dwellings or building groups are in must stay.
    #[serde(default)]
    #[schema(value_type = BTreeSet<Line<20>>, max_items = 20, example = json!(["1", "2"]))]
    pub units: Change<Units>,
}

/// Units as kept.
pub fn kept(units: Units) -> Vec<Option<String>> {
    units.into_inner().into_iter().map(|unit| Some(unit.into_inner())).collect()
}

impl From<BuildingPatch> for BuildingChange {
    fn from(patch: BuildingPatch) -> Self {
        BuildingChange {
            number: patch.number.map(Line::into_inner),
            floors: patch.floors.map(Floors::get),
            has_lift: patch.has_lift.0,
            units: patch.units.map(kept),
        }
    }
}

/// A building.
#[derive(Serialize, ToSchema)]
pub struct BuildingView {
    /// Its id.
    pub id: BuildingId,
    /// Its estate.
    pub estate: EstateId,
    /// The committee it lies in, that of its estate.
    pub division: Division,
    /// Its number 楼号.
    #[schema(example = "247号")]
    pub number: String,
    /// How many floors it has; null when unknown.
    #[schema(example = 6)]
    pub floors: Option<i32>,
    /// Whether it has a lift.
    pub has_lift: bool,
    /// Its units 单元; none where it has but one entrance.
    #[schema(example = json!(["1", "2"]))]
    pub units: Vec<String>,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<BuildingRow> for BuildingView {
    fn from(row: BuildingRow) -> Self {
        Self {
            id: row.id,
            estate: row.estate_id,
            division: row.division,
            number: row.number,
            floors: row.floors,
            has_lift: row.has_lift,
            units: row.units.into_iter().flatten().collect(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl View for BuildingView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/buildings/{}", self.id))
    }
}
