//! Rows of buildings.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::access::act::Governed;
use crate::access::division::Division;
use crate::id;
use crate::places::estates::EstateId;
use crate::schema::buildings;

id! {
    /// A building's id.
    BuildingId
}

/// A building as kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = buildings)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct BuildingRow {
    pub id: BuildingId,
    pub estate_id: EstateId,
    pub division: Division,
    pub number: String,
    pub floors: Option<i32>,
    pub has_lift: bool,
    pub units: Vec<Option<String>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for BuildingRow {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// A building about to be written.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = buildings, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "named as their columns")]
pub struct NewBuilding {
    pub id: BuildingId,
    pub estate_id: EstateId,
    pub division: Division,
    pub number: String,
    pub floors: Option<i32>,
    pub has_lift: bool,
    pub units: Vec<Option<String>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Governed for NewBuilding {
    fn division(&self) -> Option<Division> {
        Some(self.division)
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub division: Option<Division>,
    pub estate: Option<EstateId>,
}

/// A change of a building.
#[derive(AsChangeset)]
#[diesel(table_name = buildings)]
pub struct BuildingChange {
    pub number: Option<String>,
    pub floors: Option<Option<i32>>,
    pub has_lift: Option<bool>,
    pub units: Option<Vec<Option<String>>>,
}
