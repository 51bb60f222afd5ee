//! Rows of dwellings, and how they are shown.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::area::Area;
use crate::access::act::Governed;
use crate::access::division::Division;
use crate::kit::moment;
use crate::places::buildings::BuildingId;
use crate::schema::dwellings;
use crate::{id, view};

id! {
    /// A dwelling's id.
    DwellingId
}

/// A dwelling as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = dwellings)]
pub struct DwellingRow {
    pub id: DwellingId,
    pub building_id: BuildingId,
    pub division: Division,
    pub unit: String,
    pub number: String,
    pub floor: Option<i32>,
    pub exclusive_area: Option<Area>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for DwellingRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

view! {
    /// A dwelling.
    pub struct DwellingView of DwellingRow in dwellings by (division: Division, id: Uuid) {
        /// Its id.
        id: DwellingId = id,
        /// Its building.
        building: BuildingId = building_id,
        /// The committee it lies in.
        division: Division = division,
        /// Its unit 单元; empty where the building has none.
        #[schema(example = "1")]
        unit: String = unit,
        /// Its number 室号.
        #[schema(example = "502")]
        number: String = number,
        /// Its floor, 1 at the ground; null when unknown.
        #[schema(example = 5)]
        floor: Option<i32> = floor,
        /// Its exclusive area 专有面积, m²; null when unknown.
        exclusive_area: Option<Area> = exclusive_area,
        /// Its version, as in the ETag.
        version: i64 = version,
        /// When it was entered.
        #[serde(serialize_with = "moment::write")]
        created_at: DateTime<Utc> = created_at,
        /// When it last changed.
        #[serde(serialize_with = "moment::write")]
        updated_at: DateTime<Utc> = updated_at,
    }
}

/// A dwelling about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = dwellings, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewDwelling {
    pub id: DwellingId,
    pub building_id: BuildingId,
    pub division: Division,
    pub unit: String,
    pub number: String,
    pub floor: Option<i32>,
    pub exclusive_area: Option<Area>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewDwelling {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub building: Option<BuildingId>,
}

/// A change of a dwelling.
#[derive(AsChangeset)]
#[diesel(table_name = dwellings)]
pub struct DwellingChange {
    pub unit: Option<String>,
    pub number: Option<String>,
    pub floor: Option<Option<i32>>,
    pub exclusive_area: Option<Option<Area>>,
}
