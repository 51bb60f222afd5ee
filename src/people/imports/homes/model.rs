//! Rows of places and homes, as an import compares them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use crate::access::division::Division;
use crate::people::homes::{DwellingResidentId, HomeRelation};
use crate::people::residents::ResidentId;
use crate::places::buildings::BuildingId;
use crate::places::dwellings::DwellingId;
use crate::schema::dwelling_residents;

/// A building with the name of its estate.
#[derive(Clone, Debug, Queryable)]
pub struct BuildingFound {
    pub id: BuildingId,
    pub division: Division,
    pub number: String,
    pub estate: String,
}

/// A dwelling of one of the buildings.
#[derive(Clone, Debug, QueryableByName)]
pub struct DwellingFound {
    #[diesel(sql_type = SqlUuid)]
    pub id: DwellingId,
    #[diesel(sql_type = SqlUuid)]
    pub building_id: BuildingId,
    #[diesel(sql_type = Text)]
    pub unit: String,
    #[diesel(sql_type = Text)]
    pub number: String,
}

/// What somebody is in a home now.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = dwelling_residents)]
pub struct TieKnown {
    pub id: DwellingResidentId,
    pub resident_id: Option<ResidentId>,
    pub dwelling_id: DwellingId,
    pub relation: HomeRelation,
    pub is_living: bool,
    pub starts_on: NaiveDate,
}
