//! Rows of dwellings.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::area::Area;
use crate::access::act::Governed;
use crate::access::division::Division;
use crate::id;
use crate::places::buildings::BuildingId;
use crate::schema::dwellings;

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
