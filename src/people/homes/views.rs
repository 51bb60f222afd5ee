//! Who is what in which home, as it is answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{DwellingResidentId, HomeRelation, HomeSource, NamedHomeRow, PlacedHomeRow};
use super::shares::HomeShare;
use crate::access::actor::OrganisationId;
use crate::access::division::Division;
use crate::kit::answer::View;
use crate::kit::etag::etag;
use crate::kit::moment;
use crate::people::residents::ResidentId;
use crate::places::dwellings::DwellingId;

/// What somebody is in a home 人房关系.
#[derive(Serialize, ToSchema)]
pub struct DwellingResidentView {
    /// Its id.
    pub id: DwellingResidentId,
    /// The home.
    pub dwelling: DwellingId,
    /// The committee that the home lies in.
    pub division: Division,
    /// The resident; null where it is a body.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub resident: Option<ResidentId>,
    /// The body that owns; null where it is a resident.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub organisation: Option<OrganisationId>,
    /// The name of either.
    #[schema(example = "陈桂芳")]
    pub name: String,
    /// What they are.
    pub relation: HomeRelation,
    /// The share of an owner; null for others.
    pub share: Option<HomeShare>,
    /// Whether they live there by this relation. An owner who lives in the home is its occupant as well.
    pub is_living: bool,
    /// The first day on which it holds.
    #[schema(example = "2019-06-01")]
    pub starts_on: NaiveDate,
    /// The first day on which it holds no longer; null while it holds.
    pub ends_on: Option<NaiveDate>,
    /// Where it is known from.
    pub source: HomeSource,
    /// Its version, as in the ETag.
    pub version: i64,
    /// When it was entered.
    #[serde(serialize_with = "moment::write")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "moment::write")]
    pub updated_at: DateTime<Utc>,
}

impl From<NamedHomeRow> for DwellingResidentView {
    fn from(row: NamedHomeRow) -> Self {
        let NamedHomeRow { home, resident_name, organisation_name } = row;
        Self {
            id: home.id,
            dwelling: home.dwelling_id,
            division: home.division,
            resident: home.resident_id,
            organisation: home.organisation_id,
            name: resident_name.or(organisation_name).unwrap_or_default(),
            relation: home.relation,
            share: home.share(),
            is_living: home.is_living,
            starts_on: home.starts_on,
            ends_on: home.ends_on,
            source: home.source,
            version: home.version,
            created_at: home.created_at,
            updated_at: home.updated_at,
        }
    }
}

impl View for DwellingResidentView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// The owners of a home 产权人.
#[derive(Serialize, ToSchema)]
pub struct DwellingOwnersView {
    /// The home.
    pub dwelling: DwellingId,
    /// Everybody who owns it now; nobody while that is not known.
    pub owners: Vec<DwellingResidentView>,
    /// The version of the owners as a whole, as in the ETag.
    pub version: i64,
}

impl View for DwellingOwnersView {
    const IS_SECRET: bool = true;

    fn etag(&self) -> Option<String> {
        Some(etag(self.version))
    }
}

/// What a resident is in a home 人房关系.
#[derive(Serialize, ToSchema)]
pub struct ResidentHomeView {
    /// Its id.
    pub id: DwellingResidentId,
    /// The home.
    pub dwelling: DwellingId,
    /// The committee that the home lies in.
    pub division: Division,
    /// Its estate's name 小区.
    #[schema(example = "宝钢五村")]
    pub estate: String,
    /// Its building's number 楼号.
    #[schema(example = "247号")]
    pub building_number: String,
    /// Its unit 单元; empty where the building has none.
    #[schema(example = "1")]
    pub unit: String,
    /// Its number 室号.
    #[schema(example = "502")]
    pub number: String,
    /// What they are.
    pub relation: HomeRelation,
    /// The share of an owner; null for others.
    pub share: Option<HomeShare>,
    /// Whether they live there by this relation. An owner who lives in the home is its occupant as well.
    pub is_living: bool,
    /// The first day on which it holds.
    #[schema(example = "2019-06-01")]
    pub starts_on: NaiveDate,
    /// The first day on which it holds no longer; null while it holds.
    pub ends_on: Option<NaiveDate>,
    /// Where it is known from.
    pub source: HomeSource,
}

impl From<PlacedHomeRow> for ResidentHomeView {
    fn from(row: PlacedHomeRow) -> Self {
        let PlacedHomeRow { home, estate, building_number, unit, number } = row;
        Self {
            id: home.id,
            dwelling: home.dwelling_id,
            division: home.division,
            estate,
            building_number,
            unit,
            number,
            relation: home.relation,
            share: home.share(),
            is_living: home.is_living,
            starts_on: home.starts_on,
            ends_on: home.ends_on,
            source: home.source,
        }
    }
}

impl View for ResidentHomeView {
    const IS_SECRET: bool = true;
}
