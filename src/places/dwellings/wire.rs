//! Dwellings in JSON.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::area::Area;
use super::model::{DwellingChange, DwellingId, DwellingView, Filter};
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::number::Whole;
use crate::kit::page::Limit;
use crate::kit::patch::{Change, Patch};
use crate::kit::text::{Label, Line};
use crate::places::buildings::BuildingId;

/// A floor: -10 to 200, 1 at the ground.
pub type Floor = Whole<-10, 200>;

/// What to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DwellingQuery {
    /// Only dwellings in this division and below.
    #[param(example = "310113003005")]
    pub division: Option<Division>,
    /// Only dwellings of this building.
    pub building: Option<BuildingId>,
    /// Items a page, 1 to 100.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    pub limit: Option<Limit>,
    /// Where the page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl DwellingQuery {
    /// What the rows are narrowed to.
    pub fn filter(&self) -> Filter {
        Filter { division: self.division, building: self.building }
    }
}

/// The dwelling in the address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DwellingPath {
    /// The dwelling.
    pub dwelling: DwellingId,
}

/// Add a dwelling.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DwellingDraft {
    /// Its building.
    pub building: BuildingId,
    /// Its unit 单元; empty where the building has none.
    #[serde(default)]
    #[schema(example = "1")]
    pub unit: Label<20>,
    /// Its number 室号.
    #[schema(example = "502")]
    pub number: Line<20>,
    /// Its floor.
    pub floor: Option<Floor>,
    /// Its exclusive area 专有面积, m².
    pub exclusive_area: Option<Area>,
}

/// Change a dwelling.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DwellingPatch {
    /// Its unit 单元; empty where the building has none.
    #[serde(default)]
    #[schema(value_type = Label<20>, example = "1")]
    pub unit: Change<Label<20>>,
    /// Its number 室号.
    #[serde(default)]
    #[schema(value_type = Line<20>, example = "502")]
    pub number: Change<Line<20>>,
    /// Its floor.
    #[serde(default)]
    #[schema(value_type = Option<Floor>)]
    pub floor: Patch<Floor>,
    /// Its exclusive area 专有面积, m².
    #[serde(default)]
    #[schema(value_type = Option<Area>)]
    pub exclusive_area: Patch<Area>,
}

impl From<DwellingPatch> for DwellingChange {
    fn from(patch: DwellingPatch) -> Self {
        DwellingChange {
            unit: patch.unit.map(Label::into_inner),
            number: patch.number.map(Line::into_inner),
            floor: patch.floor.map(Floor::get),
            exclusive_area: patch.exclusive_area.map(|area| area),
        }
    }
}

impl View for DwellingView {
    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }

    fn location(&self) -> Option<String> {
        Some(format!("/v1/dwellings/{}", self.id))
    }
}
